import { useCallback, useEffect, useState } from 'preact/hooks';
import { pictureUrl, RequestProblem } from '../api.ts';
import { useApp } from '../app-context.ts';
import { type AssetDetails, readAsset } from '../calls/assets.ts';
import type { GridAsset, PhotoGroup, PhotoSource } from '../photo-source.ts';

/** What is known of the asset that is shown. */
export interface ShownAsset {
  asset?: AssetDetails;
  problem?: string;
  /** Asks again, after a change. */
  reload: () => void;
}

/** Fetches an asset's details, again when its picture has changed. */
export function useAsset(assetId: string, thumbhash: string | null): ShownAsset {
  const { api } = useApp();
  const [state, setState] = useState<{ asset?: AssetDetails; problem?: string }>({});
  const [turn, setTurn] = useState(0);
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
  }, [api, assetId, thumbhash, turn]);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  // While the next one is on its way, nothing of the one before is shown.
  return state.asset && state.asset.id !== assetId ? { reload } : { ...state, reload };
}

/** Has the groups fetched that the asset and its neighbours are in. */
export function useGroupsAround(
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
export function usePreload(neighbours: readonly (GridAsset | undefined)[]): void {
  const urls = neighbours.flatMap((asset) =>
    asset?.thumbhash ? [pictureUrl(asset.id, 'preview', asset.thumbhash)] : [],
  );
  useEffect(() => {
    for (const url of urls) new Image().src = url;
  }, [urls.join()]);
}
