import './album-add.css';
import { useEffect, useState } from 'preact/hooks';
import { RequestProblem } from '../../api.ts';
import { useMember } from '../../app-context.ts';
import { addEachToAlbum, readAlbum } from '../../calls/albums.ts';
import { Button } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { PhotoGrid } from '../../components/photo-grid.tsx';
import { EmptyState, ErrorState, LoadedView, Skeleton } from '../../components/states.tsx';
import type { ScreenProps } from '../../screens.ts';
import { createSelection, type Selection } from '../../selection.ts';
import { useStore } from '../../store.ts';
import { text } from '../../text.ts';
import { useAction } from '../../use-action.ts';
import { useLoad } from '../../use-load.ts';

/** The timeline, to choose from it what goes into an album. */
export function AlbumAdd({ params: { albumId = '' } }: ScreenProps) {
  const { api } = useMember();
  const album = useLoad(() => readAlbum(api, albumId), [api, albumId]);
  const [selection] = useState(createSelection);
  const { state } = album;
  const words = text.albums.add;
  if (state.kind !== 'ready')
    return (
      <Page title={text.albums.addPhotos}>
        <LoadedView load={album} skeleton={<Skeleton kind="tiles" count={12} />}>
          {() => null}
        </LoadedView>
      </Page>
    );
  return (
    <Page title={words.title(state.value.albumName || text.albums.untitled)} lead={words.lead}>
      <Choice selection={selection} />
      <AddBar albumId={albumId} selection={selection} />
    </Page>
  );
}

/** All photos; every tap chooses one. */
function Choice({ selection }: { selection: Selection }) {
  const { timeline } = useMember();
  const { groups, problem } = useStore(timeline.state);
  useEffect(() => {
    void timeline.refresh(new Set());
  }, [timeline]);
  const words = text.albums.add;
  if (groups && groups.length > 0)
    return (
      <>
        <span id="chosen-words" hidden>
          {text.kit.selectedCount(1)}
        </span>
        <PhotoGrid source={timeline} groups={groups} selection={selection} onOpen={selection.toggle} />
      </>
    );
  if (groups) return <EmptyState icon="photos" title={words.emptyTitle} words={words.empty} />;
  if (problem)
    return (
      <ErrorState problem={new RequestProblem(0, problem)} onRetry={() => void timeline.refresh('all')} />
    );
  return <Skeleton kind="tiles" count={12} />;
}

function AddBar({ albumId, selection }: { albumId: string; selection: Selection }) {
  const { api, router, toasts } = useMember();
  const { run, isBusy } = useAction();
  const { size } = useStore(selection.ids);
  const words = text.albums.add;
  const add = () =>
    run(async () => {
      const results = await addEachToAlbum(api, albumId, [...selection.ids.get()]);
      const added = results.filter(({ success }) => success).length;
      const refused = results.find(({ error }) => error !== undefined && error !== 'duplicate');
      const known = results.filter(({ error }) => error === 'duplicate').length;
      toasts.show({
        words: [words.added(added), ...(known > 0 ? [words.thereAlready(known)] : [])].join('. '),
        ...(refused && { tone: 'problem' as const }),
      });
      router.back(`/albums/${albumId}`);
    });
  return (
    <div class="add-bar">
      <p role="status">{size === 0 ? words.nothing : text.kit.selectedCount(size)}</p>
      <Button onClick={() => router.back(`/albums/${albumId}`)}>{text.kit.cancel}</Button>
      <Button kind="main" isBusy={isBusy} isDisabled={size === 0} onClick={add}>
        {size === 0 ? text.albums.addPhotos : words.submit(size)}
      </Button>
    </div>
  );
}
