import { createHash } from 'node:crypto';
import { access, link, readFile, rm } from 'node:fs/promises';
import Value from 'typebox/value';
import type { accountFileChanges, accountFileQueries } from '#catalog/account-files';
import type { DueSidecar, sidecarChanges, sidecarQueries, TakenOver } from '#catalog/sidecars';
import { ACCOUNT_FILE, type SidecarRecord, sidecarRecordSchema } from '#contract/sidecars';
import { decodeXmp } from '#media/sidecar';
import { findZoneAt, formatOffset, instantAt } from '#media/time-zone';
import { findOutsideEdits, type OutsideEdits, readSidecarRecord, writeSidecar } from '#media/write-sidecar';
import { XmpError } from '#media/xmp';
import type { Logger } from '#runtime/log';
import { type Replacement, replaceFile, syncReplaced } from '#storage/atomic-write';
import { makeDurableFolder } from '#storage/durable';
import type { PoolLayout } from '#storage/layout';

/** Sidecars in one round between two looks at whether somebody waits; their folders are flushed once. */
const BATCH = 64;
/** A full or read-only drive is tried again after this; a change is never forgotten. */
const RETRY_MS = 10 * 60_000;

export interface SidecarParts {
  layout: PoolLayout;
  sidecars: ReturnType<typeof sidecarQueries> & ReturnType<typeof sidecarChanges>;
  accountFiles: ReturnType<typeof accountFileQueries> & ReturnType<typeof accountFileChanges>;
  transact<Result>(work: () => Result): Result;
  log: Logger;
  now: () => number;
}

/**
 * Writes what people said into the sidecars and account files whose time has come, until none is due or
 * `isBusy` says that somebody waits for the box. A drive that takes nothing leaves them due. Returns how many
 * files were replaced.
 */
export async function writeSidecars(
  parts: SidecarParts,
  isBusy: () => boolean = () => false,
): Promise<number> {
  let replaced = await writeAccountFiles(parts);
  parts.transact(() => parts.sidecars.plan(parts.now()));
  while (!isBusy()) {
    const due = parts.sidecars.listDue(parts.now(), BATCH);
    if (due.length === 0) break;
    const done: { sidecar: DueSidecar; content: string; isNew: boolean }[] = [];
    for (const sidecar of due) {
      const outcome = await writeOne(parts, sidecar);
      if (outcome) done.push({ sidecar, ...outcome });
    }
    const written = done.filter(({ isNew }) => isNew);
    await syncReplaced(written.map(({ sidecar }) => parts.layout.resolve(`${sidecar.path}.xmp`)));
    for (const { sidecar, content } of done) {
      const { assetId, revision } = sidecar;
      const path = `${sidecar.path}.xmp`;
      const isThere = parts.transact(() =>
        parts.sidecars.recordWritten({ assetId, path, revision, checksum: sha1(content) }),
      );
      // Deleted for good meanwhile: nobody else knows of this file.
      if (!isThere) await rm(parts.layout.resolve(path), { force: true });
    }
    replaced += written.length;
  }
  return replaced;
}

/** Undefined when it is tried again later. */
async function writeOne(
  parts: SidecarParts,
  due: DueSidecar,
): Promise<{ content: string; isNew: boolean } | undefined> {
  const original = parts.layout.resolve(due.path);
  const path = `${original}.xmp`;
  const later = () =>
    parts.transact(() => parts.sidecars.postpone({ assetId: due.assetId, dueAt: parts.now() + RETRY_MS }));
  try {
    // The sidecar's place is the upload's until the original is there.
    if (!(await isThere(original))) {
      later();
      return undefined;
    }
    const existing = await readText(path);
    const isEdited =
      existing !== undefined && due.writtenChecksum !== null && sha1(existing) !== due.writtenChecksum;
    const taken = isEdited ? findTaken(due, existing, parts.now()) : undefined;
    if (taken) {
      parts.transact(() => {
        parts.sidecars.takeOver(taken);
        // Now the catalog says it too: the next round writes both together, over the file as it is now.
        parts.sidecars.recordWritten({
          assetId: due.assetId,
          path: `${due.path}.xmp`,
          revision: due.revision - 1,
          checksum: sha1(existing!),
        });
      });
      parts.log.info({ assetId: due.assetId }, 'took over what was changed in a sidecar');
      return undefined;
    }
    const content = await merge(parts, path, existing, due);
    if (content === existing) return { content, isNew: false };
    await replaceFile({ path, content });
    return { content, isNew: true };
  } catch (error) {
    if (!isDriveFault(error)) throw error;
    parts.log.warn({ err: error, assetId: due.assetId }, 'sidecar not written');
    later();
    return undefined;
  }
}

async function merge(
  parts: SidecarParts,
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
    parts.log.warn({ assetId: due.assetId, reason: error.message }, 'unreadable sidecar kept aside');
    return writeSidecar(undefined, content);
  }
}

/** What another program said since our last write. What was changed here as well meanwhile counts here. */
function findTaken(due: DueSidecar, existing: string, now: number): TakenOver | undefined {
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

/** The facts that no photo carries, one small file for each account. */
async function writeAccountFiles(parts: SidecarParts): Promise<number> {
  let replaced = 0;
  for (const { folder, revision, record } of parts.accountFiles.listDue(parts.now())) {
    const path = parts.layout.resolve(`library/${folder}/${ACCOUNT_FILE}`);
    const replacement: Replacement = { path, content: `${JSON.stringify(record, null, 1)}\n` };
    const userId = record.id;
    try {
      if ((await readText(path)) !== replacement.content) {
        await makeDurableFolder(parts.layout.resolve(`library/${folder}`));
        // E-mail addresses are for those who may read the whole drive.
        await replaceFile(replacement, 0o600);
        await syncReplaced([path]);
        replaced++;
      }
      parts.transact(() => parts.accountFiles.recordWritten({ userId, revision }));
    } catch (error) {
      if (!isDriveFault(error)) throw error;
      parts.log.warn({ err: error }, 'account file not written');
      parts.transact(() => parts.accountFiles.postpone({ userId, dueAt: parts.now() + RETRY_MS }));
    }
  }
  return replaced;
}

/** What the file system refuses is about this file or its drive; the next sidecar may well be written. */
const isDriveFault = (error: unknown): boolean =>
  typeof (error as NodeJS.ErrnoException | null)?.syscall === 'string';

const sha1 = (text: string): string => createHash('sha1').update(text).digest('base64');

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return false;
    },
  );
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return decodeXmp(await readFile(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
