import './albums.css';
import { useEffect, useState } from 'preact/hooks';
import type { AlbumResponse } from '#contract/albums';
import { useMember } from '../../app-context.ts';
import { listAlbums } from '../../calls/albums.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Page } from '../../components/page.tsx';
import { Select } from '../../components/select.tsx';
import { EmptyState, LoadedView, Skeleton } from '../../components/states.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { text } from '../../text.ts';
import { useFresh } from '../../use-fresh.ts';
import { useLoad } from '../../use-load.ts';
import { AlbumCard } from './album-card.tsx';
import { NewAlbumDialog } from './new-album-dialog.tsx';
import { ALBUM_KINDS, ALBUM_SORTS, type AlbumKind, type AlbumSort, pickAlbums } from './sort-albums.ts';

/** With fewer there is nothing to look for. */
const MANY = 6;

/** All albums: one's own and those that others share. */
export function Albums() {
  const { api, live } = useMember();
  const albums = useLoad(() => listAlbums(api), [api]);
  const [isNaming, setIsNaming] = useState(false);
  useEffect(() => live.on('on_album_update', albums.look), [live, albums.look]);
  useFresh(albums.look);
  const words = text.albums;
  return (
    <Page
      title={words.title}
      actions={
        <Button kind="main" icon="plus" onClick={() => setIsNaming(true)}>
          {words.create}
        </Button>
      }
    >
      <LoadedView load={albums} skeleton={<Skeleton kind="tiles" count={8} />}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState icon="album" title={words.emptyTitle} words={words.empty}>
              <Button onClick={() => setIsNaming(true)}>{words.create}</Button>
            </EmptyState>
          ) : (
            <AlbumShelf albums={list} />
          )
        }
      </LoadedView>
      {isNaming ? <NewAlbumDialog onClose={() => setIsNaming(false)} /> : null}
    </Page>
  );
}

function AlbumShelf({ albums }: { albums: readonly AlbumResponse[] }) {
  const { user } = useMember();
  const [kind, setKind] = useState<AlbumKind>('all');
  const [sort, setSort] = useState<AlbumSort>('changed');
  const [find, setFind] = useState('');
  const words = text.albums;
  const shown = pickAlbums(albums, user.id, { kind, sort, words: find });
  const nothing =
    find.trim() !== '' ? words.noneFound(find.trim()) : kind === 'shared' ? words.noneShared : words.noneMine;
  return (
    <>
      <div class="album-tools">
        <Tabs
          label={words.kind}
          value={kind}
          tabs={ALBUM_KINDS.map((value) => ({ value, words: words.kinds[value] }))}
          onChange={setKind}
        />
        {albums.length > MANY ? (
          <Field
            label={words.find}
            isLabelHidden
            placeholder={words.find}
            type="search"
            value={find}
            onInput={setFind}
            isOptional
          />
        ) : null}
        <Select
          label={words.sort}
          isLabelHidden
          value={sort}
          options={ALBUM_SORTS.map((value) => ({ value, words: words.sorts[value] }))}
          onChange={setSort}
        />
      </div>
      {shown.length === 0 ? (
        <p class="album-none" role="status">
          {nothing}
        </p>
      ) : (
        <ul class="album-shelf">
          {shown.map((album) => (
            <li key={album.id}>
              <AlbumCard album={album} userId={user.id} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
