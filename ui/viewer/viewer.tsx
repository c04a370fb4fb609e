import './viewer.css';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Api, originalUrl, pictureUrl, RequestProblem } from '../api.ts';
import { useApp, useGuest } from '../app-context.ts';
import { type AssetDetails, readAsset } from '../calls/assets.ts';
import { IconButton } from '../components/icon-button.tsx';
import { dateWords } from '../dates.ts';
import { findAsset, findNeighbours, type PhotoGroup, type PhotoSource } from '../photo-source.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { Stage } from './stage.tsx';

export interface ViewerProps {
  source: PhotoSource;
  assetId: string;
  onMove: (assetId: string) => void;
  onClose: () => void;
}

/** A finger that goes this far to the side means the next photo. */
const SWIPE_PX = 60;

/** One asset as large as the screen allows. */
export function Viewer({ source, assetId, onMove, onClose }: ViewerProps) {
  const { api } = useApp();
  const guest = useGuest();
  const dialog = useRef<HTMLDialogElement>(null);
  const swipe = useRef<{ x: number; y: number } | undefined>(undefined);
  const { groups = [] } = useStore(source.state);
  const { newer, older } = findNeighbours(groups, assetId);
  const thumbhash = findAsset(groups, assetId)?.thumbhash ?? null;
  const { asset, problem } = useAsset(api, assetId, thumbhash);

  useLayoutEffect(() => {
    dialog.current?.showModal();
    // The dialog, not its first button: arrow keys should not draw a ring around the way back.
    dialog.current?.focus();
  }, []);
  useGroupsAround(source, groups, assetId, asset);
  usePreload([newer, older]);

  const move = (to: { id: string } | undefined) => to && onMove(to.id);
  const place = [asset?.exifInfo?.city, asset?.exifInfo?.country].filter(Boolean).join(', ');

  return (
    <dialog
      ref={dialog}
      class="viewer"
      tabIndex={-1}
      aria-label={text.viewer.label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => {
        // A video uses the arrow keys itself.
        if (event.target instanceof HTMLVideoElement) return;
        if (event.key === 'ArrowLeft') move(newer);
        if (event.key === 'ArrowRight') move(older);
      }}
      onTouchStart={(event) => {
        const touch = event.touches.length === 1 ? event.touches[0] : undefined;
        swipe.current = touch && { x: touch.clientX, y: touch.clientY };
      }}
      onTouchEnd={(event) => {
        const touch = event.changedTouches[0];
        const start = swipe.current;
        swipe.current = undefined;
        if (!touch || !start || event.target instanceof HTMLVideoElement) return;
        const x = touch.clientX - start.x;
        if (Math.abs(x) < SWIPE_PX || Math.abs(touch.clientY - start.y) > Math.abs(x)) return;
        move(x > 0 ? newer : older);
      }}
    >
      <header class="viewer-bar">
        <IconButton icon="back" label={text.viewer.back} onClick={onClose} />
        <div class="viewer-words" aria-live="polite">
          {asset ? (
            <>
              <p class="viewer-date">{dateWords().moment(new Date(asset.localDateTime))}</p>
              <p class="viewer-name">{[asset.originalFileName, place].filter(Boolean).join(' · ')}</p>
            </>
          ) : null}
        </div>
        {guest?.canDownload === false ? null : (
          <IconButton
            icon="download"
            label={text.viewer.download}
            href={originalUrl(assetId)}
            download={asset?.originalFileName ?? ''}
          />
        )}
      </header>

      <Stage key={assetId} assetId={assetId} asset={asset} thumbhash={asset?.thumbhash ?? thumbhash} />

      {newer ? (
        <div class="viewer-move viewer-newer">
          <IconButton icon="left" label={text.viewer.previous} onClick={() => move(newer)} />
        </div>
      ) : null}
      {older ? (
        <div class="viewer-move viewer-older">
          <IconButton icon="right" label={text.viewer.next} onClick={() => move(older)} />
        </div>
      ) : null}

      <div class="viewer-notes" role="status">
        {problem ? <p>{problem}</p> : null}
        {asset?.problem ? (
          <p>
            {text.viewer.problem} {asset.problem.message}
          </p>
        ) : null}
      </div>
    </dialog>
  );
}

/** Fetches an asset's details, again when its picture has changed. */
function useAsset(api: Api, assetId: string, thumbhash: string | null) {
  const [state, setState] = useState<{ asset?: AssetDetails; problem?: string }>({});
  useEffect(() => {
    let isOver = false;
    const read = async () => {
      try {
        const asset = await readAsset(api, assetId);
        if (!isOver) setState({ asset });
      } catch (error) {
        if (!(error instanceof RequestProblem)) throw error;
        if (!isOver) setState({ problem: error.message });
      }
    };
    void read();
    return () => {
      isOver = true;
    };
  }, [api, assetId, thumbhash]);
  // While the next one is on its way, nothing of the one before is shown.
  return state.asset && state.asset.id !== assetId ? {} : state;
}

/** Has the groups fetched that the asset and its neighbours are in. */
function useGroupsAround(
  source: PhotoSource,
  groups: readonly PhotoGroup[],
  assetId: string,
  asset: AssetDetails | undefined,
): void {
  useEffect(() => {
    const at = groups.findIndex(({ assets }) => assets?.some(({ id }) => id === assetId));
    if (at < 0) {
      if (asset && source.isByMonth) source.ensure(`${asset.localDateTime.slice(0, 7)}-01`);
      return;
    }
    const assets = groups[at]?.assets;
    const newer = assets?.[0]?.id === assetId ? groups[at - 1] : undefined;
    const older = assets?.at(-1)?.id === assetId ? groups[at + 1] : undefined;
    if (newer) source.ensure(newer.key);
    if (older) source.ensure(older.key);
  }, [source, groups, assetId, asset]);
}

/** Lets the browser fetch the previews that are likely to be wanted next. */
function usePreload(neighbours: readonly ({ id: string; thumbhash: string | null } | undefined)[]): void {
  const urls = neighbours.flatMap((asset) =>
    asset?.thumbhash ? [pictureUrl(asset.id, 'preview', asset.thumbhash)] : [],
  );
  useEffect(() => {
    for (const url of urls) new Image().src = url;
  }, [urls.join()]);
}
