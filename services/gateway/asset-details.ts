import type { AssetResponse, StrippedAsset } from '#contract/assets';
import type { GatewayParts } from './parts.ts';
import { personResponse } from './person-response.ts';
import { tagResponse } from './tag-response.ts';

/**
 * Fills in people and tags, where they were asked for, of those assets that are the viewer's own: who is on a
 * photo and what it is filed under is only its owner's business. Two questions to the catalog for all of them.
 */
export function fillDetails<Asset extends AssetResponse | StrippedAsset>(
  { queries }: Pick<GatewayParts, 'queries'>,
  viewerId: string,
  assets: Asset[],
): Asset[] {
  const own = new Map<string, AssetResponse>();
  for (const asset of assets)
    if ('people' in asset && asset.ownerId === viewerId) own.set(asset.id, asset as AssetResponse);
  if (own.size === 0) return assets;
  const ids = [...own.keys()];
  for (const person of queries.people.listOfAssets(viewerId, ids))
    own.get(person.assetId)!.people!.push(personResponse(person));
  for (const tag of queries.tags.listOfAssets(viewerId, ids))
    own.get(tag.assetId)!.tags!.push(tagResponse(tag));
  return assets;
}
