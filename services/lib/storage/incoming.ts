import { createHash } from 'node:crypto';
import { type FileHandle, link, lstat, open, readdir, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeDurableFolder, syncFolder } from './durable.ts';
import type { PoolLayout } from './layout.ts';

/** Chunks wait until this much can be written at once: fewer calls, and constant memory per upload. */
const WRITE_BYTES = 1024 ** 2;

/** A long video is flushed as it arrives, so that the flush at its end is short and the phone does not give up. */
const FLUSH_BYTES = 64 * 1024 ** 2;

/** A file being received into `.shoebox/incoming`. */
export interface IncomingFile {
  /** Adds bytes. Await it: it is what makes a fast phone wait for a slow drive. */
  write(chunk: Buffer): Promise<void>;
  /** Flushes everything; the file is then complete and durable, but has no place yet. */
  finish(): Promise<{ bytes: number; checksum: string }>;
  /** Removes it. Safe at any time, also twice. */
  discard(): Promise<void>;
}

/** What an upload is called while it is in flight: its asset's id, so that recovery knows whose it is. */
export const incomingPath = (layout: PoolLayout, assetId: string, part: 'original' | 'sidecar') =>
  join(layout.incomingDir, part === 'original' ? assetId : `${assetId}.xmp`);

/** Opens a new file for an upload; rejects with the drive's error when that cannot be done. */
export async function openIncoming(
  layout: PoolLayout,
  assetId: string,
  part: 'original' | 'sidecar' = 'original',
): Promise<IncomingFile> {
  const path = incomingPath(layout, assetId, part);
  const handle = await open(path, 'wx', 0o644);
  const hash = createHash('sha1');
  let bytes = 0;
  let flushedBytes = 0;
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let open_: FileHandle | undefined = handle;

  const writeOut = async () => {
    if (waitingBytes === 0) return;
    let chunks = waiting;
    let left = waitingBytes;
    waiting = [];
    waitingBytes = 0;
    // A full drive may take only a part: what is left is written again, which then says why.
    while (left > 0) {
      const { bytesWritten } = await handle.writev(chunks);
      left -= bytesWritten;
      if (left > 0) chunks = [Buffer.concat(chunks).subarray(bytesWritten)];
    }
    if (bytes - flushedBytes >= FLUSH_BYTES) {
      flushedBytes = bytes;
      await handle.datasync();
    }
  };
  const close = async () => {
    const closing = open_;
    open_ = undefined;
    await closing?.close();
  };

  return {
    async write(chunk) {
      hash.update(chunk);
      bytes += chunk.length;
      waiting.push(chunk);
      waitingBytes += chunk.length;
      if (waitingBytes >= WRITE_BYTES) await writeOut();
    },
    async finish() {
      await writeOut();
      await handle.sync();
      await close();
      await syncFolder(layout.incomingDir);
      return { bytes, checksum: hash.digest('base64') };
    },
    async discard() {
      waiting = [];
      waitingBytes = 0;
      await close();
      await removeIfThere(path);
    },
  };
}

/** The place that was chosen is held by another file. */
export class PlaceTaken extends Error {
  constructor() {
    super('the chosen place is held by another file');
  }
}

/** A received file, and the place in the library that was chosen for it (a catalog path). */
export interface Placement {
  part: 'original' | 'sidecar';
  path: string;
}

/**
 * Gives the files of an upload their places in the library: second names for the same bytes, flushed. The
 * incoming names stay until `discardIncoming`. Nothing is copied, and an existing file is never replaced: throws
 * PlaceTaken. All get their places or none does; doing it again after a crash at any point ends in the same state.
 */
export async function placeIncoming(
  layout: PoolLayout,
  assetId: string,
  placements: readonly Placement[],
): Promise<void> {
  const linked: string[] = [];
  try {
    for (const { part, path } of placements) {
      const to = layout.resolve(path);
      await makeFolderFor(to);
      await linkOwn(incomingPath(layout, assetId, part), to);
      linked.push(to);
    }
    for (const folder of new Set(linked.map((to) => dirname(to)))) await syncFolder(folder);
  } catch (error) {
    for (const to of linked) await removeIfThere(to);
    throw error;
  }
}

/**
 * Puts a received original in the place of one that the drive has damaged; whoever opens the place meanwhile finds
 * one or the other. The damaged file stays beside it as `keptPath`, should somebody have changed it on purpose:
 * throws PlaceTaken when that name is held by another file.
 */
export async function replaceDamaged(
  layout: PoolLayout,
  assetId: string,
  { path, keptPath }: { path: string; keptPath: string },
): Promise<void> {
  const to = layout.resolve(path);
  await linkOwn(to, layout.resolve(keptPath));
  await rename(incomingPath(layout, assetId, 'original'), to);
  await syncFolder(dirname(to));
}

/** Throws PlaceTaken when a file, and no folder, has the name of one above. */
async function makeFolderFor(path: string): Promise<void> {
  try {
    await makeDurableFolder(dirname(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'ENOTDIR') throw new PlaceTaken();
    throw error;
  }
}

/** Links a file, unless that has been done already. */
async function linkOwn(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const [mine, theirs] = await Promise.all([lstat(from), lstat(to)]);
    if (mine.ino !== theirs.ino || mine.dev !== theirs.dev) throw new PlaceTaken();
  }
}

/** An upload that a crash or a power cut left behind. */
export interface LeftBehind {
  assetId: string;
  part: 'original' | 'sidecar';
}

/** What is still in `.shoebox/incoming`; the folder is made when it is not there. */
export async function listIncoming(layout: PoolLayout): Promise<LeftBehind[]> {
  await makeDurableFolder(layout.incomingDir);
  return (await readdir(layout.incomingDir)).map((name) => ({
    assetId: basename(name, '.xmp'),
    part: name.endsWith('.xmp') ? 'sidecar' : 'original',
  }));
}

/** Removes the incoming name of a file: all there is of one that has no place. */
export async function discardIncoming(layout: PoolLayout, { assetId, part }: LeftBehind): Promise<void> {
  await removeIfThere(incomingPath(layout, assetId, part));
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
