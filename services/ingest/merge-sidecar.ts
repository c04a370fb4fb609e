import { link } from 'node:fs/promises';
import type { DueSidecar, TakenOver } from '#catalog/sidecars';
import type { SidecarRecord } from '#contract/sidecars';
import { findZoneAt, formatOffset, instantAt } from '#media/time-zone';
import { findOutsideEdits, type OutsideEdits, readSidecarRecord, writeSidecar } from '#media/write-sidecar';
import { XmpError } from '#media/xmp';
import type { Logger } from '#runtime/log';

export { decodeXmp } from '#media/sidecar';

/** Whether what somebody wrote can be merged with what we write. */
export function isReadable(text: string): boolean {
  try {
    readSidecarRecord(text);
    return true;
  } catch (error) {
    if (error instanceof XmpError) return false;
    throw error;
  }
}

/** The sidecar's new text. One that cannot be read stays beside it under another name. */
export async function mergeSidecar(
  log: Logger,
  path: string,
  existing: string | undefined,
  due: DueSidecar,
): Promise<string> {
  const content = { record: due.record, orientation: due.orientation };
  try {
    return writeSidecar(existing, content);
  } catch (error) {
    if (!(error instanceof XmpError)) throw error;
    // What cannot be read cannot be merged: it stays under another name, whole.
    const kept = path.replace(/\.xmp$/, '.kept.xmp');
    await link(path, kept).catch((linkError: NodeJS.ErrnoException) => {
      if (linkError.code !== 'EEXIST') throw linkError;
    });
    log.warn({ assetId: due.assetId, reason: error.message }, 'unreadable sidecar kept aside');
    return writeSidecar(undefined, content);
  }
}

/** What another program said since our last write. What was changed here as well meanwhile counts here. */
export async function findTaken(
  due: DueSidecar,
  existing: string,
  now: number,
): Promise<TakenOver | undefined> {
  // Needed when somebody edited a sidecar, which is rare enough.
  const [{ default: Value }, { sidecarRecordSchema }] = await Promise.all([
    import('typebox/value'),
    import('#contract/sidecars'),
  ]);
  let before: unknown;
  let edits: OutsideEdits;
  try {
    before = readSidecarRecord(existing);
    if (!Value.Check(sidecarRecordSchema, before) || before.assetId !== due.assetId) return undefined;
    edits = findOutsideEdits(existing, before);
  } catch (error) {
    if (error instanceof XmpError) return undefined;
    throw error;
  }
  const { record } = due;
  const isSame = (field: 'description' | 'rating' | 'place' | 'date') =>
    JSON.stringify(record[field]) === JSON.stringify((before as SidecarRecord)[field]);
  const { description, rating, place, date } = edits;
  const addedTags = edits.addedTags.filter((tag) => !record.tags.includes(tag));
  const removedTags = edits.removedTags.filter((tag) => record.tags.includes(tag));
  const taken: TakenOver = {
    assetId: due.assetId,
    ownerId: record.ownerId,
    ...(description !== undefined && isSame('description') && { description }),
    ...(rating !== undefined && isSame('rating') && { rating }),
    ...(place !== undefined && isSame('place') && { place }),
    ...(date !== undefined && isSame('date') && { date: settleDate(date, record, place) }),
    addedTags,
    removedTags,
    now,
  };
  const hasMore = taken.description ?? taken.rating ?? taken.place ?? taken.date;
  return hasMore !== undefined || taken.rating === null || addedTags.length + removedTags.length > 0
    ? taken
    : undefined;
}

/** A date without an offset is read in the zone that was known, else in that of the place, else as UTC. */
function settleDate(
  { localMs, offsetMinutes }: NonNullable<OutsideEdits['date']>,
  record: SidecarRecord,
  moved: OutsideEdits['place'],
): NonNullable<TakenOver['date']> {
  const place = moved ?? record.place;
  const timeZone =
    offsetMinutes !== undefined
      ? formatOffset(offsetMinutes)
      : (record.date?.timeZone ?? (place ? findZoneAt(place.latitude, place.longitude) : undefined) ?? 'UTC');
  return { capturedAt: instantAt(timeZone, localMs), localAt: localMs, timeZone };
}
