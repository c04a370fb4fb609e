import type { Static } from 'typebox';
import type { AssetCopyBody } from '#contract/assets';
import { Problem } from '#contract/problems';
import { requireOwned } from './asset-access.ts';
import { announceAlbums, announceUpdates } from './asset-events.ts';
import type { Caller } from './caller.ts';
import type { GatewayParts } from './parts.ts';

/**
 * Gives one asset what another has: its albums and shared links, its being a favourite, what its owner wrote
 * about it with its tags, and its place in a stack, each unless it is switched off. For tools that replace a file by a better one.
 */
export async function copyAsset(
  parts: GatewayParts,
  caller: Caller,
  body: Static<typeof AssetCopyBody>,
): Promise<void> {
  const [sourceId, targetId] = [body.sourceId.toLowerCase(), body.targetId.toLowerCase()];
  if (sourceId === targetId) throw new Problem('not_found_or_no_access', { scope: 'asset.copy' });
  requireOwned(parts, caller, [sourceId, targetId], 'asset.copy');
  const albumIds = await parts.writer.assetEdits.copy({
    sourceId,
    targetId,
    userId: caller.user.id,
    albums: body.albums ?? true,
    favorite: body.favorite ?? true,
    sharedLinks: body.sharedLinks ?? true,
    sidecar: body.sidecar ?? true,
    stack: body.stack ?? true,
    now: parts.now(),
  });
  announceUpdates(parts, [targetId]);
  announceAlbums(parts, albumIds);
}
