import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { damagedName } from '#catalog/place-name';
import type { Acceptance, Arrival } from '#catalog/uploads';
import { type Placement, PlaceTaken, placeIncoming, replaceDamaged } from '#storage/incoming';
import type { GatewayParts } from '../parts.ts';

/**
 * Uploads on their way from the catalog to their places in the library, by asset id: each promise resolves when
 * the file is in its place or was taken back. Also originals that come back to a known asset. Whoever hears of such an asset waits before telling anybody.
 */
export type Arriving = Map<string, Promise<void>>;

/** What became of an upload. */
export type Settlement =
  | { status: 'created'; hiddenVideoId: string | null }
  | { status: 'duplicate'; id: string; wasTrashed: boolean };

/** An upload that was accepted, but got no place and could not be taken back: its incoming files must stay. */
export class LeftToRecovery extends Error {}

/**
 * Takes a received file into the catalog and gives it its place, or finds the asset that has these bytes already.
 * Resolves when what it says is true on the drive; rejects with the drive's error or LeftToRecovery.
 */
export async function settleUpload(
  parts: GatewayParts,
  arriving: Arriving,
  arrival: Arrival,
): Promise<Settlement> {
  for (;;) {
    const { promise, resolve } = Promise.withResolvers<void>();
    arriving.set(arrival.id, promise);
    let acceptance: Acceptance;
    try {
      acceptance = await parts.writer.uploads.accept(arrival);
      if (acceptance.status === 'created') {
        await placeOrWithdraw(parts, arrival, acceptance);
        return { status: 'created', hiddenVideoId: acceptance.hiddenVideoId };
      }
    } finally {
      arriving.delete(arrival.id);
      resolve();
    }
    // One at a time: two would each take what the other has just put there for the damaged one.
    while (arriving.has(acceptance.id)) await arriving.get(acceptance.id);
    // The other upload may have been taken back meanwhile: then this one is the first.
    const place = parts.queries.uploads.findPlace(acceptance.id);
    if (!place) continue;
    // Who waits for it need not hear that it failed: its own upload does.
    const healing = healOriginal(parts, arrival, { id: acceptance.id, ...place });
    arriving.set(
      acceptance.id,
      healing.catch(() => {}),
    );
    try {
      await healing;
    } finally {
      arriving.delete(acceptance.id);
    }
    return acceptance;
  }
}

/** The user's asset with these bytes, unless its original is gone or damaged: then it is worth receiving again. */
export async function findStored(
  parts: GatewayParts,
  arriving: Arriving,
  userId: string,
  checksum: string,
): Promise<{ id: string; isTrashed: number } | undefined> {
  const seen = parts.queries.uploads.findByChecksum(userId, checksum);
  if (!seen) return undefined;
  await arriving.get(seen.id);
  const found = parts.queries.uploads.findByChecksum(userId, checksum);
  const place = found && parts.queries.uploads.findPlace(found.id);
  return place && !place.isDamaged && (await isOnDrive(parts, place.path)) ? found : undefined;
}

async function placeOrWithdraw(
  parts: GatewayParts,
  arrival: Arrival,
  { path, sidecarPath }: { path: string; sidecarPath: string | null },
): Promise<void> {
  try {
    await placeBoth(parts, arrival.id, path, sidecarPath, () => parts.writer.uploads.chooseAgain(arrival));
  } catch (error) {
    // Nobody was told of it: it is taken back whole.
    await parts.writer.uploads.withdraw(arrival.id).catch((cause: unknown) => {
      parts.log.error({ err: cause, assetId: arrival.id }, 'upload not withdrawn');
      throw new LeftToRecovery('the upload has no place yet', { cause: error });
    });
    throw error;
  }
}

/**
 * Gives an upload's files their places; also what recovery does. Chooses other places when a stranger holds one.
 * The sidecar comes first: ingest looks for the original and must then find both.
 */
export async function placeBoth(
  { layout }: Pick<GatewayParts, 'layout'>,
  id: string,
  path: string,
  sidecarPath: string | null,
  chooseAgain: () => Promise<{ path: string; sidecarPath: string | null }>,
): Promise<void> {
  const placements: Placement[] = [{ part: 'original', path }];
  if (sidecarPath !== null) placements.unshift({ part: 'sidecar', path: sidecarPath });
  try {
    await placeIncoming(layout, id, placements);
  } catch (error) {
    if (!(error instanceof PlaceTaken)) throw error;
    const next = await chooseAgain();
    await placeBoth({ layout }, id, next.path, next.sidecarPath, chooseAgain);
  }
}

async function isOnDrive({ layout }: GatewayParts, path: string): Promise<boolean> {
  try {
    await access(layout.resolve(path));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** A photo that is gone from the drive or damaged comes back with the bytes that were just received again. */
async function healOriginal(
  parts: GatewayParts,
  received: Pick<Arrival, 'id' | 'checksum'>,
  { id, path, isDamaged }: { id: string; path: string; isDamaged: number },
): Promise<void> {
  if (!(await isOnDrive(parts, path))) {
    try {
      await placeIncoming(parts.layout, received.id, [{ part: 'original', path }]);
    } catch (error) {
      // Another upload of the same bytes was faster.
      if (error instanceof PlaceTaken) return;
      throw error;
    }
  } else if (!isDamaged) return;
  // Found again since: somebody put the right bytes back by hand.
  else if ((await readChecksum(parts.layout.resolve(path))) !== received.checksum)
    await replaceOriginal(parts, received.id, path);
  await parts.writer.uploads.recordHealed(id, parts.now());
  parts.wakeIngest();
  parts.log.warn({ assetId: id }, 'original restored from an upload');
}

async function replaceOriginal({ layout }: GatewayParts, receivedId: string, path: string): Promise<void> {
  const keep = (keptPath: string) => replaceDamaged(layout, receivedId, { path, keptPath });
  try {
    await keep(damagedName(path));
  } catch (error) {
    if (!(error instanceof PlaceTaken)) throw error;
    await keep(damagedName(path, randomUUID().slice(0, 8)));
  }
}

/** Null when the drive cannot read the file. */
async function readChecksum(path: string): Promise<string | null> {
  const hash = createHash('sha1');
  try {
    await pipeline(createReadStream(path, { highWaterMark: 1024 ** 2 }), hash);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EIO') return null;
    throw error;
  }
  return hash.digest('base64');
}
