import { useEffect, useMemo, useState } from 'preact/hooks';
import type { GuestSharedLink } from '#contract/shared-links';
import { useApp } from '../app-context.ts';
import { gridAssetOf } from '../calls/shared-links.ts';
import { listMonths, readMonth } from '../calls/timeline.ts';
import { Button } from '../components/button.tsx';
import { PhotoView } from '../components/photo-view.tsx';
import { EmptyState } from '../components/states.tsx';
import { dateWords } from '../dates.ts';
import { downloadAlbum, downloadArchives } from '../downloads.ts';
import { localClock } from '../links/link-wishes.ts';
import { createListSource } from '../list-source.ts';
import { text } from '../text.ts';
import { createTimeline } from '../timeline.ts';
import { useAction } from '../use-action.ts';
import type { AssetActionName } from '../use-asset-actions.tsx';
import { GuestUploads } from './guest-uploads.tsx';

const DOWNLOAD: readonly AssetActionName[] = ['download'];
const NOTHING: readonly AssetActionName[] = [];

/** The photos of a link: what they are, the photos themselves, and what its owner allows to be done with them. */
export function GuestPhotos({ link, onReload }: { link: GuestSharedLink; onReload: () => void }) {
  const { api, toasts } = useApp();
  const { run, isBusy } = useAction();
  const words = text.guest;
  const { album, assets } = link;
  const source = useGuestSource(link);
  const mayDownload = link.allowDownload && link.showMetadata;
  const count = album?.assetCount ?? assets.length;
  const owner = album?.albumUsers[0]?.user.name;
  const title = album?.albumName || (album ? text.albums.untitled : words.title);
  const lines = [link.description, album?.description].filter(Boolean);
  useEffect(() => {
    document.title = title;
  }, [title]);

  const download = () =>
    run(async () => {
      toasts.show({ words: text.actions.downloading });
      if (album) await downloadAlbum(api, album.id, title);
      else
        await downloadArchives(
          api,
          assets.map(({ id }) => id),
          title,
        );
    });
  const onStored = () => {
    onReload();
    void source.refresh('all');
  };
  return (
    <>
      <header class="guest-head">
        <h1>{title}</h1>
        <p class="guest-facts">
          {[
            owner ? words.from(owner) : '',
            words.count(count),
            link.expiresAt ? words.ends(dateWords().moment(localClock(link.expiresAt))) : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {lines.map((line) => (
          <p key={line} class="guest-line">
            {line}
          </p>
        ))}
        <div class="guest-actions">
          {link.allowUpload ? <GuestUploads linkId={link.id} onStored={onStored} /> : null}
          {mayDownload && count > 0 ? (
            <Button icon="download" isBusy={isBusy} onClick={download}>
              {words.downloadAll}
            </Button>
          ) : null}
        </div>
        {link.allowUpload ? <p class="guest-hint">{words.addHint}</p> : null}
      </header>
      <PhotoView
        source={source}
        can={mayDownload ? DOWNLOAD : NOTHING}
        empty={
          <EmptyState
            icon="photos"
            title={words.emptyTitle}
            words={link.allowUpload ? words.emptyUpload : words.empty}
          />
        }
      />
    </>
  );
}

/** An album month by month, single photos as the link lists them. */
function useGuestSource({ album, assets }: GuestSharedLink) {
  const { api } = useApp();
  const [list] = useState(() => createListSource(album ? undefined : assets.map(gridAssetOf)));
  useEffect(() => {
    if (!album) list.show(assets.map(gridAssetOf));
  }, [album, assets, list]);
  const albumId = album?.id;
  const order = album?.order;
  return useMemo(() => {
    if (albumId === undefined) return list;
    const filter = { albumId, order };
    return createTimeline({
      months: () => listMonths(api, filter),
      month: (timeBucket) => readMonth(api, filter, timeBucket),
    });
  }, [api, albumId, order, list]);
}
