import { createHash } from 'node:crypto';
import { access, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { accountFileChanges, accountFileQueries } from '#catalog/account-files';
import type { DueSidecar, sidecarChanges, sidecarQueries } from '#catalog/sidecars';
import { ACCOUNT_FILE } from '#contract/account-file';
import type { Logger } from '#runtime/log';
import { type Replacement, replaceFile, syncReplaced } from '#storage/atomic-write';
import { makeDurableFolder } from '#storage/durable';
import { findExternalFile, openExternal } from '#storage/external';
import type { PoolLayout } from '#storage/layout';

/** Sidecars in one round between two looks at whether somebody waits; their folders are flushed once. */
const BATCH = 64;
/** A full or read-only drive is tried again after this; a change is never forgotten. */
const RETRY_MS = 10 * 60_000;

/** A sidecar with the history of years of edits has some 100 kB. */
const MOST_BESIDE_BYTES = 4 * 1024 ** 2;

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
    // Parsing and writing XML takes memory that an idle box need not hold.
    const xml = await import('./merge-sidecar.ts');
    const done: { sidecar: DueSidecar; content: string; isNew: boolean }[] = [];
    for (const sidecar of due) {
      const outcome = await writeOne(parts, sidecar, xml);
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
  { decodeXmp, findTaken, isReadable, mergeSidecar }: typeof import('./merge-sidecar.ts'),
): Promise<{ content: string; isNew: boolean } | undefined> {
  const original = parts.layout.resolve(due.path);
  const external = findExternalFile(due.path);
  const path = `${original}.xmp`;
  const later = () =>
    parts.transact(() => parts.sidecars.postpone({ assetId: due.assetId, dueAt: parts.now() + RETRY_MS }));
  try {
    // The sidecar's place is the upload's until the original is there.
    if (external === undefined && !(await isThere(original))) {
      later();
      return undefined;
    }
    const existing = await readText(path, decodeXmp);
    if (external !== undefined && existing === undefined && saysNothing(due.record)) {
      const { assetId, revision } = due;
      parts.transact(() => parts.sidecars.recordSkipped({ assetId, revision }));
      return undefined;
    }
    const isEdited =
      existing !== undefined && due.writtenChecksum !== null && sha1(existing) !== due.writtenChecksum;
    const taken = isEdited ? await findTaken(due, existing, parts.now()) : undefined;
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
    let base = existing;
    if (external !== undefined && base === undefined) {
      await makeDurableFolder(dirname(path));
      // What others wrote beside the photo is said in ours too, since from now on only that one is read.
      const beside = await readBeside(external, decodeXmp);
      if (beside !== undefined && isReadable(beside)) base = beside;
    }
    const content = await mergeSidecar(parts.log, path, base, due);
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

/** Of a photo in an external folder nothing needs to be kept until somebody says something. */
const saysNothing = (record: DueSidecar['record']): boolean =>
  !record.isFavorite &&
  record.visibility === 'timeline' &&
  record.trashedAt === undefined &&
  record.stack === undefined &&
  record.liveVideoId === undefined &&
  record.edits === undefined &&
  [record.setByOwner, record.tags, record.albums, record.faces].every((list) => list.length === 0);

/** The sidecar that lies beside an external file, when there is one of a sensible size. */
async function readBeside(external: string, decode: (bytes: Buffer) => string): Promise<string | undefined> {
  const handle = await openExternal(`${external}.xmp`);
  if (!handle) return undefined;
  try {
    const { size } = await handle.stat();
    return size <= MOST_BESIDE_BYTES ? decode(await handle.readFile()) : undefined;
  } finally {
    await handle.close();
  }
}

/** The facts that no photo carries, one small file for each account. */
async function writeAccountFiles(parts: SidecarParts): Promise<number> {
  let replaced = 0;
  for (const { folder, revision, record } of parts.accountFiles.listDue(parts.now())) {
    const path = parts.layout.resolve(`library/${folder}/${ACCOUNT_FILE}`);
    const replacement: Replacement = { path, content: `${JSON.stringify(record, null, 1)}\n` };
    const userId = record.id;
    try {
      if ((await readText(path, (bytes) => bytes.toString('utf8'))) !== replacement.content) {
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

async function readText(path: string, decode: (bytes: Buffer) => string): Promise<string | undefined> {
  try {
    return decode(await readFile(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
