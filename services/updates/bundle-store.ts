import { type FileHandle, mkdir, open, readFile, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { UploadPart } from '#contract/appliance-updates';
import { Problem } from '#contract/problems';
import { replaceFile } from '#storage/atomic-write';
import { syncFolder } from '#storage/durable';

/** Room that an update leaves: the catalog and deleting need it. As the gateway keeps for them. */
const RESERVED_BYTES = 2_000_000_000;

/** So much may be lost of what came in when the power goes; the rest is there to go on from. */
const FLUSH_BYTES = 16 * 1024 ** 2;

/** A file that was begun so long ago is not gone on with. */
const FORGOTTEN_MS = 24 * 60 * 60_000;

/** What lies in the store. */
export interface Kept {
  fileId: string;
  totalBytes: number;
  receivedBytes: number;
}

/** The one update file that is being received or installed. */
export interface BundleStore {
  /** Where the file is, once it is complete. */
  readonly file: string;
  /** Undefined when nothing was received. Also what an earlier process left. */
  find(): Promise<Kept | undefined>;
  /**
   * Adds what `source` brings, from `part.offset` on; 0 begins anew. Takes over from a connection that still seems
   * open. When `source` breaks off, what came is kept and counted. Returns what is there afterwards. Throws
   * `update_offset` when something is missing or there twice, `update_no_room`, and the drive's errors.
   */
  add(part: UploadPart, source: AsyncIterable<Buffer>): Promise<Kept>;
  /** Forgets the file. */
  clear(): Promise<void>;
}

interface Meta {
  fileId: string;
  totalBytes: number;
}

/**
 * Opens the store in `dir`, which is made if it is absent. `reservedBytes` stay free on its drive. What nobody has gone
 * on with for a day is forgotten.
 */
export async function openBundleStore(
  dir: string,
  { reservedBytes = RESERVED_BYTES, now = Date.now() }: { reservedBytes?: number; now?: number } = {},
): Promise<BundleStore> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const file = join(dir, 'update.raucb');
  const metaFile = join(dir, 'update.json');
  let writing: { stop: () => void; ended: Promise<unknown> } | undefined;

  const find = async (): Promise<Kept | undefined> => {
    try {
      const meta = JSON.parse(await readFile(metaFile, 'utf8')) as Meta;
      return { ...meta, receivedBytes: (await stat(file)).size };
    } catch (error) {
      // A file without its description, or the other way round, is what a power cut left of a beginning.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError)
        return undefined;
      throw error;
    }
  };

  const clear = async () => {
    writing?.stop();
    await writing?.ended;
    for (const path of [metaFile, file]) await rm(path, { force: true });
  };

  const begin = async ({ fileId, total }: UploadPart) => {
    await clear();
    await (await open(file, 'wx', 0o600)).close();
    await replaceFile({ path: metaFile, content: JSON.stringify({ fileId, totalBytes: total }) }, 0o600);
    await syncFolder(dir);
  };

  const requireRoom = async (bytes: number) => {
    const { bavail, bsize } = await statfs(dir);
    if (bavail * bsize - bytes < reservedBytes) throw new Problem('update_no_room');
  };

  const add: BundleStore['add'] = async (part, source) => {
    writing?.stop();
    await writing?.ended;
    if (part.offset === 0) await begin(part);
    const kept = await find();
    const isSame = kept?.fileId === part.fileId && kept.totalBytes === part.total;
    if (!isSame || kept.receivedBytes !== part.offset)
      throw new Problem('update_offset', { offset: isSame ? kept.receivedBytes : 0 });
    await requireRoom(part.total - part.offset);

    let isStopped = false;
    const work = append(file, part, source, () => isStopped);
    writing = {
      stop: () => {
        isStopped = true;
      },
      ended: work.catch(() => undefined),
    };
    const mine = writing;
    try {
      const receivedBytes = await work;
      return { fileId: part.fileId, totalBytes: part.total, receivedBytes };
    } finally {
      if (writing === mine) writing = undefined;
    }
  };

  if ((await find()) && now - (await stat(file)).mtimeMs > FORGOTTEN_MS) await clear();
  return { file, find, add, clear };
}

/** Returns the bytes that the file then has, all of them on the drive. */
async function append(
  file: string,
  { offset, total }: UploadPart,
  source: AsyncIterable<Buffer>,
  isStopped: () => boolean,
): Promise<number> {
  const handle = await open(file, 'a');
  let bytes = offset;
  let flushedBytes = offset;
  try {
    for await (const chunk of source) {
      if (isStopped()) break;
      if (bytes + chunk.length > total) throw new Problem('body_too_large');
      await writeAll(handle, chunk);
      bytes += chunk.length;
      if (bytes - flushedBytes >= FLUSH_BYTES) {
        flushedBytes = bytes;
        await handle.datasync();
      }
    }
  } catch (error) {
    if (!isBrokenOff(error)) throw error;
  } finally {
    await handle.sync();
    await handle.close();
  }
  return bytes;
}

/** A full drive may take only a part: what is left is written again, which then says why. */
async function writeAll(handle: FileHandle, chunk: Buffer): Promise<void> {
  for (let at = 0; at < chunk.length; ) {
    const { bytesWritten } = await handle.write(chunk, at);
    at += bytesWritten;
  }
}

/** What a connection that ends too early is called; anything else is the drive's. */
const isBrokenOff = (error: unknown): boolean =>
  ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'ETIMEDOUT', 'EPIPE', 'ABORT_ERR', 'ECONNABORTED'].includes(
    (error as NodeJS.ErrnoException).code ?? '',
  );
