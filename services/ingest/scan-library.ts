import { createHash, randomUUID } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { KnownFile, LeasedScan, ReadFile, ScanFolder } from '#catalog/library-scans';
import { findMediaType } from '#contract/media-types';
import { isExcluded } from '#storage/exclusion';
import { externalPath, isNowhere, isReallyThere, openExternal } from '#storage/external';
import { type ExternalFolder, walkExternal } from '#storage/external-walk';
import { checkFolder } from './check-folder.ts';
import type { ScanParts } from './library-scans.ts';

/** A name with `.xmp` behind it must be a name too (NAME_MAX 255), and a path below the pool a path (PATH_MAX 4096). */
const LONGEST_NAME_BYTES = 251;
const LONGEST_PATH_BYTES = 3500;

/** Files that get their rows together, or fewer after this time: a transaction for each takes longer than the file. */
const BATCH = 64;
const BATCH_MS = 1000;

/** Read at a time; hashing this much takes a slow board some 5 ms. */
const CHUNK_BYTES = 1024 ** 2;

/** Thrown when the folder goes away while it is read: nothing that was seen since may be believed. */
export class FolderWentAway extends Error {
  constructor() {
    super('an external folder went away while it was read');
  }
}

/** Thrown when the library was deleted meanwhile. */
export class ScanEnded extends Error {
  constructor() {
    super('the library of a scan is gone');
  }
}

/**
 * Reads all folders of a library: adds what is new, reads again what has changed, and marks what is gone, as long
 * as the folder's marker says that the folder itself is there. Goes on where the last try ended. Nothing is ever
 * written outside the pool, and no asset is removed. Resolves to whether all folders were there to the end; with
 * `signal` aborted it stops between two files.
 */
export async function scanLibrary(
  parts: ScanParts,
  scan: LeasedScan,
  signal: AbortSignal,
): Promise<{ isWhole: boolean; isStopped: boolean }> {
  let isWhole = true;
  for (const folder of parts.scans.listFoldersOf(scan.libraryId)) {
    if (scan.folderId !== null && folder.id < scan.folderId) continue;
    if (!(await checkFolder(parts, folder))) {
      isWhole = false;
      continue;
    }
    await scanFolder(parts, scan, folder, signal);
    if (signal.aborted) return { isWhole: false, isStopped: true };
  }
  return { isWhole, isStopped: false };
}

async function scanFolder(parts: ScanParts, scan: LeasedScan, folder: ScanFolder, signal: AbortSignal) {
  const { scans, transact, log, worker } = parts;
  const isLeftOut = (path: string) => isExcluded(scan.exclusionPatterns, folder.path, path);
  const walk = walkExternal(folder.path, {
    after: scan.folderId === folder.id ? scan.position : null,
    isLeftOut,
    isWanted: (path) => isPhoto(folder.path, path) && !isLeftOut(path),
    onUnreadable: () =>
      log.warn({ libraryId: scan.libraryId }, 'a folder of an external library is closed to us'),
  });
  for await (const found of walk) {
    if (signal.aborted) return;
    await scanDir(parts, scan, folder, found, signal);
    if (signal.aborted) return;
    const isKept = transact(() =>
      scans.recordProgress({
        libraryId: scan.libraryId,
        worker,
        folderId: folder.id,
        position: found.dir,
        files: found.names.length,
      }),
    );
    if (!isKept) throw new ScanEnded();
  }
  await findLostDirs(parts, folder, isLeftOut, signal);
}

/** Compares one folder with what the catalog knows of it. */
async function scanDir(
  parts: ScanParts,
  scan: LeasedScan,
  folder: ScanFolder,
  { dir, names }: ExternalFolder,
  signal: AbortSignal,
): Promise<void> {
  const { scans, transact, now } = parts;
  const known = scans.listDir(folder.id, dir);
  const moved = new Set<string>();
  let changes: (() => void)[] = [];
  let flushedAt = performance.now();
  const flush = () => {
    if (changes.length > 0) {
      transact(() => {
        for (const change of changes) change();
      });
      parts.wakeJobs();
    }
    changes = [];
    flushedAt = performance.now();
  };
  for (const name of names) {
    if (signal.aborted) break;
    if (changes.length >= BATCH || performance.now() - flushedAt > BATCH_MS) flush();
    const file = known.get(name);
    if (!file && scans.isDeleted({ libraryId: scan.libraryId, dir: join(folder.path, dir), name })) continue;
    const at = await lookAt(join(folder.path, dir, name));
    // Gone since the folder was listed: the next scan marks it.
    if (!at) {
      known.delete(name);
      continue;
    }
    known.delete(name);
    const isSame = file?.bytes === at.bytes && file.modifiedAt === at.modifiedAt;
    if (file && isSame && file.missingAt === null) {
      if (file.isShown === 0) changes.push(() => scans.read(file.assetId, now()));
    } else {
      const change = await readFile(parts, scan, folder, { dir, name, ...at }, file, moved, signal);
      if (change) changes.push(change);
    }
  }
  flush();
  // What was not looked at is not gone.
  if (signal.aborted) return;
  const lost = [...known.values()].filter(({ missingAt }) => missingAt === null);
  await recordLost(parts, folder, lost);
}

/** A new or changed file: its bytes are hashed. Resolves to what gives it its row. */
async function readFile(
  parts: ScanParts,
  scan: LeasedScan,
  folder: ScanFolder,
  found: Omit<ReadFile, 'contentChecksum'>,
  known: KnownFile | undefined,
  /** Assets that have another name since the last commit. */
  moved: Set<string>,
  signal: AbortSignal,
): Promise<(() => void) | undefined> {
  const { scans, now, log } = parts;
  const path = join(folder.path, found.dir, found.name);
  const contentChecksum = await hashExternal(path, found, signal);
  if (contentChecksum === undefined) return undefined;
  const file: ReadFile = { ...found, contentChecksum };
  const place = { folderId: folder.id, path: externalPath(scan.libraryId, path) };
  if (known) {
    const isChanged = contentChecksum !== known.contentChecksum || known.isShown === 0;
    return () => scans.recordChanged({ ...file, ...place, assetId: known.assetId, isChanged, now: now() });
  }
  const from = scans.hasPath(place.path) ? undefined : await findMoved(parts, folder, contentChecksum, moved);
  if (from) {
    const { assetId } = from;
    moved.add(assetId);
    log.debug({ assetId }, 'an external file has another name');
    return () => scans.recordChanged({ ...file, ...place, assetId, isChanged: false, now: now() });
  }
  const type = findMediaType(found.name)!;
  return () =>
    scans.add({
      ...file,
      ...place,
      assetId: randomUUID(),
      libraryId: scan.libraryId,
      ownerId: scan.ownerId,
      type: type.kind === 'video' ? 'VIDEO' : 'IMAGE',
      mimeType: type.mimeType,
      now: now(),
    });
}

/** A photo with these bytes that is no longer where it was: what people said of it goes with it to its new name. */
async function findMoved(
  parts: ScanParts,
  folder: ScanFolder,
  contentChecksum: string,
  moved: ReadonlySet<string>,
): Promise<KnownFile | undefined> {
  for (const file of parts.scans.listSameBytes(folder.id, contentChecksum))
    if (!moved.has(file.assetId) && !(await lookAt(join(folder.path, file.dir, file.name)))) return file;
  return undefined;
}

/** Folders that the catalog knows and that are gone as a whole. */
async function findLostDirs(
  parts: ScanParts,
  folder: ScanFolder,
  isLeftOut: (path: string) => boolean,
  signal: AbortSignal,
): Promise<void> {
  const { scans } = parts;
  // The folder itself, '', has been walked.
  let dir = scans.findNextDir(folder.id, '');
  for (; dir !== undefined && !signal.aborted; dir = scans.findNextDir(folder.id, dir)) {
    const isGone =
      isLeftOut(dir) || isUnder(dir, isLeftOut) || !(await isReallyThere(join(folder.path, dir)));
    if (isGone)
      await recordLost(
        parts,
        folder,
        [...scans.listDir(folder.id, dir).values()].filter(({ missingAt }) => missingAt === null),
      );
  }
}

/** Whether a folder above this one is left out. */
const isUnder = (dir: string, isLeftOut: (path: string) => boolean): boolean =>
  dir.split('/').some((_, at, names) => at > 0 && isLeftOut(names.slice(0, at).join('/')));

/** Files count as gone only while the marker says that their folder is there. */
async function recordLost(parts: ScanParts, folder: ScanFolder, lost: readonly KnownFile[]): Promise<void> {
  if (lost.length === 0) return;
  if (!(await checkFolder(parts, folder))) throw new FolderWentAway();
  parts.transact(() =>
    parts.scans.recordMissing(
      lost.map(({ assetId }) => assetId),
      parts.now(),
    ),
  );
  parts.log.info({ libraryId: folder.libraryId, files: lost.length }, 'external files are gone');
}

function isPhoto(folder: string, path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const type = findMediaType(name);
  return (
    type !== undefined &&
    type.kind !== 'sidecar' &&
    Buffer.byteLength(name) <= LONGEST_NAME_BYTES &&
    Buffer.byteLength(`${folder}/${path}`) <= LONGEST_PATH_BYTES
  );
}

/** Undefined when it is not there, is a link or no file, or is empty, as files are that are still being copied. */
async function lookAt(path: string): Promise<{ bytes: number; modifiedAt: number } | undefined> {
  try {
    const stats = await lstat(path);
    return stats.isFile() && stats.size > 0
      ? { bytes: stats.size, modifiedAt: Math.round(stats.mtimeMs) }
      : undefined;
  } catch (error) {
    if (isNowhere(error)) return undefined;
    throw error;
  }
}

/**
 * SHA-1 of an external file in base64. Undefined when it is gone or closed to us, when it changed while it was read
 * (somebody still copies it), or when `signal` stopped the reading: the next scan looks again.
 */
async function hashExternal(
  path: string,
  expected: { bytes: number; modifiedAt: number },
  signal: AbortSignal,
): Promise<string | undefined> {
  const handle = await openExternal(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EACCES' || error.code === 'EPERM') return undefined;
    throw error;
  });
  if (!handle) return undefined;
  const hash = createHash('sha1');
  try {
    const buffer = Buffer.allocUnsafe(Math.min(expected.bytes, CHUNK_BYTES));
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) break;
      if (signal.aborted) return undefined;
      hash.update(buffer.subarray(0, bytesRead));
    }
    const { size, mtimeMs } = await handle.stat();
    const isSame = size === expected.bytes && Math.round(mtimeMs) === expected.modifiedAt;
    return isSame ? hash.digest('base64') : undefined;
  } finally {
    await handle.close();
  }
}
