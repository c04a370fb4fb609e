import { discardIncoming, type LeftBehind, listIncoming, placeIncoming } from '#storage/incoming';
import type { GatewayParts } from '../parts.ts';
import { placeBoth } from './settle-upload.ts';

/**
 * Settles what a crash or a power cut left in flight, before the gateway listens: an upload that the catalog
 * had accepted gets its place, everything else was never acknowledged and goes.
 */
export async function recoverUploads(
  parts: Pick<GatewayParts, 'layout' | 'queries' | 'writer' | 'log'>,
): Promise<{ placed: number; discarded: number }> {
  const left = await listIncoming(parts.layout);
  let placed = 0;
  let discarded = 0;
  for (const [id, files] of Map.groupBy(left, ({ assetId }) => assetId)) {
    const place = parts.queries.uploads.findPlace(id);
    const has = (part: LeftBehind['part']) => files.some((file) => file.part === part);
    if (place) {
      await placeFound(parts, id, place, has);
      placed += files.length;
    } else {
      discarded += files.length;
    }
    for (const file of files) await discardIncoming(parts.layout, file);
  }
  if (left.length > 0) parts.log.info({ placed, discarded }, 'uploads in flight settled');
  return { placed, discarded };
}

async function placeFound(
  parts: Pick<GatewayParts, 'layout' | 'queries' | 'writer'>,
  id: string,
  place: { path: string; sidecarPath: string | null },
  has: (part: LeftBehind['part']) => boolean,
): Promise<void> {
  const sidecarPath = has('sidecar') ? place.sidecarPath : null;
  if (!has('original')) {
    // The original's incoming name goes only when both have their places: this one has its place already.
    if (sidecarPath !== null) await placeIncoming(parts.layout, id, [{ part: 'sidecar', path: sidecarPath }]);
    return;
  }
  const slash = place.path.lastIndexOf('/');
  await placeBoth(parts, id, place.path, sidecarPath, () =>
    parts.writer.uploads.chooseAgain({
      id,
      folder: place.path.slice(0, slash),
      fileName: place.path.slice(slash + 1),
      poolDir: parts.layout.poolDir,
      hasSidecar: has('sidecar'),
    }),
  );
}
