import './album.css';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { AlbumResponse } from '#contract/albums';
import { useMember } from '../../app-context.ts';
import { readAlbum, updateAlbum } from '../../calls/albums.ts';
import { Button } from '../../components/button.tsx';
import { EditableText } from '../../components/editable-text.tsx';
import { Page } from '../../components/page.tsx';
import { PhotoView } from '../../components/photo-view.tsx';
import { EmptyState, LoadedView, Skeleton } from '../../components/states.tsx';
import type { ScreenProps } from '../../screens.ts';
import { text } from '../../text.ts';
import { useAction } from '../../use-action.ts';
import type { AssetActionName } from '../../use-asset-actions.tsx';
import { useFresh } from '../../use-fresh.ts';
import { type Load, useLoad } from '../../use-load.ts';
import { useTimeline } from '../../use-timeline.ts';
import { albumActions } from './album-actions.ts';
import { AlbumTools } from './album-tools.tsx';
import { datesBetween } from './album-words.ts';
import { TalkSheet } from './talk-sheet.tsx';

const OWNER_ACTIONS: readonly AssetActionName[] = ['share', 'album', 'download', 'favourite', 'tag'];
const MEMBER_ACTIONS: readonly AssetActionName[] = ['download'];

/** One album: its photos, and all that can be done with it. */
export function Album({ params: { albumId = '' } }: ScreenProps) {
  const { api } = useMember();
  const album = useLoad(() => readAlbum(api, albumId), [api, albumId]);
  const { state } = album;
  if (state.kind === 'ready') return <AlbumView album={state.value} load={album} />;
  const isGone = state.kind === 'problem' && state.problem.code === 'not_found_or_no_access';
  return (
    <Page title={text.albums.title}>
      {isGone ? (
        <EmptyState icon="album" title={text.albums.goneTitle} words={text.albums.gone}>
          <Button href="/albums">{text.albums.toAlbums}</Button>
        </EmptyState>
      ) : (
        <LoadedView load={album} skeleton={<Skeleton kind="tiles" count={12} />}>
          {() => null}
        </LoadedView>
      )}
    </Page>
  );
}

function AlbumView({ album, load }: { album: AlbumResponse; load: Load<AlbumResponse> }) {
  const { api, user, live, toasts } = useMember();
  const { id, order } = album;
  const source = useTimeline({ albumId: id, order });
  const { run } = useAction();
  const [isHere, setIsHere] = useState(true);
  const words = text.albums;
  const role = album.albumUsers.find((member) => member.user.id === user.id)?.role ?? 'viewer';
  const mayEdit = role !== 'viewer';

  useEffect(
    () =>
      live.on('on_album_update', (changedId) => {
        if (changedId !== id || !isHere) return;
        load.look();
        void source.refresh('all');
      }),
    [live, id, source, load.look, isHere],
  );
  // The photos follow by themselves; this is for the name, the count and who is in it.
  useFresh(() => {
    if (isHere) load.look();
  });
  const [talkAbout, setTalkAbout] = useState<string>();
  const onTalk = album.isActivityEnabled ? setTalkAbout : undefined;
  const actions = useMemo(
    () => albumActions({ api, toasts, source, albumId: id, role, onChange: load.change, onTalk, run }),
    [api, toasts, source, id, role, onTalk, run],
  );
  const change = async (changes: Parameters<typeof updateAlbum>[2]) =>
    load.change(await updateAlbum(api, id, changes));
  const name = album.albumName || words.untitled;
  const lead = [datesBetween(album), words.count(album.assetCount)].filter(Boolean).join(' · ');

  return (
    <Page
      title={name}
      heading={
        mayEdit ? (
          <EditableText
            value={album.albumName}
            label={words.editTitle}
            placeholder={words.untitled}
            maxLength={200}
            isRequired
            onSave={(albumName) => change({ albumName })}
          />
        ) : (
          name
        )
      }
      lead={lead}
      actions={
        <AlbumTools
          album={album}
          role={role}
          onChange={load.change}
          onReload={load.reload}
          onGone={() => setIsHere(false)}
        />
      }
    >
      {mayEdit ? (
        <div class="album-description">
          <EditableText
            value={album.description}
            label={words.editDescription}
            placeholder={words.addDescription}
            maxLength={10_000}
            isLong
            onSave={(description) => change({ description })}
          />
        </div>
      ) : album.description ? (
        <p class="album-description">{album.description}</p>
      ) : null}
      <PhotoView
        source={source}
        can={role === 'owner' ? OWNER_ACTIONS : MEMBER_ACTIONS}
        actions={actions}
        empty={
          <EmptyState
            icon="album"
            title={words.albumEmptyTitle}
            words={mayEdit ? words.albumEmpty : words.albumEmptyViewer}
          >
            {mayEdit ? <Button href={`/albums/${id}/add`}>{words.addPhotos}</Button> : null}
          </EmptyState>
        }
      />
      {talkAbout ? (
        <TalkSheet
          album={album}
          isOwner={role === 'owner'}
          assetId={talkAbout}
          onClose={() => setTalkAbout(undefined)}
        />
      ) : null}
    </Page>
  );
}
