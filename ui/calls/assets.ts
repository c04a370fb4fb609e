import type { AssetResponse } from '#contract/assets';
import type { Api } from '../api.ts';

/** All that is known of one asset. */
export type AssetDetails = AssetResponse;

export function readAsset(api: Api, id: string): Promise<AssetDetails> {
  return api.get(`/assets/${id}`);
}
