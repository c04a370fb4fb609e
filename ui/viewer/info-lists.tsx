import type { Copies } from '#contract/appliance-status';
import { pictureUrl } from '../api.ts';
import { useApp } from '../app-context.ts';
import { listAlbums } from '../calls/albums.ts';
import { readCopies } from '../calls/assets.ts';
import { dateWords } from '../dates.ts';
import { text } from '../text.ts';
import { useLoad } from '../use-load.ts';
import { Fact } from './fact.tsx';

/** The albums that the photo is in. */
export function AlbumsOf({ assetId }: { assetId: string }) {
  const { api, hasScreen } = useApp();
  const { state } = useLoad(() => listAlbums(api, { assetId }), [api, assetId]);
  if (state.kind !== 'ready' || state.value.length === 0) return null;
  return (
    <Fact icon="album" title={text.viewer.albums}>
      <ul class="info-albums">
        {state.value.map(({ id, albumName, albumThumbnailAssetId }) => {
          const content = (
            <>
              {albumThumbnailAssetId ? (
                <img src={pictureUrl(albumThumbnailAssetId, 'thumbnail', '')} alt="" />
              ) : null}
              <span>{albumName}</span>
            </>
          );
          return (
            <li key={id}>{hasScreen(`/albums/${id}`) ? <a href={`/albums/${id}`}>{content}</a> : content}</li>
          );
        })}
      </ul>
    </Fact>
  );
}

/** Where the original is, and when it was last read again from the drive. */
export function CopiesOf({ assetId }: { assetId: string }) {
  const { api } = useApp();
  const { state } = useLoad(() => readCopies(api, assetId), [api, assetId]);
  if (state.kind !== 'ready') return null;
  return (
    <Fact icon="drive" title={text.viewer.copies}>
      {state.value.copies.map((copy) => (
        <CopyWords key={copy.place} copy={copy} />
      ))}
    </Fact>
  );
}

function CopyWords({ copy }: { copy: Copies['copies'][number] }) {
  const { place, state, checkedAt, drives, heals } = copy;
  const words = text.viewer;
  const isBad = state === 'damaged' || state === 'missing' || state === 'unreadable';
  const where = [words.places[place], drives === null ? '' : words.onDrives(drives)]
    .filter(Boolean)
    .join(', ');
  // The server's clock, shown in the reader's own time.
  const ago =
    checkedAt === null
      ? undefined
      : new Date(Date.parse(checkedAt) - new Date().getTimezoneOffset() * 60_000);
  return (
    <>
      <p>{where}</p>
      <p class={isBad ? 'info-bad' : state === 'well' ? 'info-good' : 'info-more'}>
        {state === 'well' ? words.states.well(ago ? dateWords().day(ago) : '') : words.states[state]}
      </p>
      {heals ? <p class="info-more">{words.heals}</p> : null}
    </>
  );
}
