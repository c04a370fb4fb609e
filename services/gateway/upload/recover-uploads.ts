import { discardIncoming, type LeftBehind, listIncoming } from '#storage/incoming';
import type { GatewayParts } from '../parts.ts';
import { placeBoth } from './receive-upload.ts';

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
    if (!place) {
      for (const file of files) await discardIncoming(parts.layout, file);
      discarded += files.length;
      continue;
    }
    await placeFound(parts, id, place, has);
    placed += files.length;
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
  const hasOriginal = has('original');
  // The sidecar is placed first, so an original that is still here may be alone.
  if (!hasOriginal) return;
  const slash = place.path.lastIndexOf('/');
  await placeBoth(parts, id, place.path, has('sidecar') ? place.sidecarPath : null, () =>
    parts.writer.uploads.chooseAgain({
      id,
      folder: place.path.slice(0, slash),
      fileName: place.path.slice(slash + 1),
      poolDir: parts.layout.poolDir,
      hasSidecar: has('sidecar'),
    }),
  );
}
