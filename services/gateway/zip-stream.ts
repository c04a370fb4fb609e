import { open } from 'node:fs/promises';
import { PassThrough, type Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { openExternal } from '#storage/external';

export interface ZipEntry {
  /** Absolute. */
  path: string;
  /** It lies in an external folder: a link that leads there breaks the archive off. Default: false. */
  isExternal?: boolean;
  /** In the archive; of all entries, none may be equal. */
  name: string;
  /** What the catalog says; a file of another size breaks the archive off. */
  bytes: number;
  /** Unix milliseconds; the date that the unpacked file gets. */
  modifiedAt: number;
}

/**
 * A ZIP archive of these files as a stream: stored, not compressed, since photos are compressed already;
 * with 64-bit sizes where needed. Files are opened one at a time, as far as the reader has come, so the size
 * of an archive costs no memory. One that cannot be read, or is not what the catalog says, ends the stream
 * with its error: the client then sees a download that failed instead of an archive that lacks a photo.
 * Destroying the stream closes what is open.
 */
export function openZip(entries: readonly ZipEntry[]): Readable {
  const zip = new ZipFile();
  const output = new PassThrough();
  let current: Readable | undefined;
  const fail = (error: Error) => output.destroy(error);

  for (const entry of entries) {
    zip.addReadStreamLazy(
      entry.name,
      { compress: false, size: entry.bytes, mtime: new Date(entry.modifiedAt), mode: 0o100644 },
      (next) => {
        openEntry(entry).then((stream) => {
          // The reader may have gone while the drive was looking for the file.
          if (output.destroyed) stream.destroy();
          else {
            current = stream;
            next(null, stream);
          }
        }, fail);
      },
    );
  }
  zip.on('error', fail);
  zip.end();
  zip.outputStream.on('error', fail);
  zip.outputStream.pipe(output);
  output.on('close', () => current?.destroy());
  return output;
}

async function openEntry({ path, bytes, isExternal }: ZipEntry): Promise<Readable> {
  const handle = isExternal ? await openExternal(path) : await open(path);
  if (!handle) throw new Error('an external file for an archive is not there');
  const { size } = await handle.stat();
  if (size === bytes) return handle.createReadStream({ highWaterMark: 256 * 1024 });
  await handle.close();
  throw new Error(`a file for an archive has ${size} bytes instead of ${bytes}`);
}

/**
 * The names that files get in an archive: equal ones, also where only case tells them apart, become
 * `name+1.ext`, `name+2.ext`, …, and nothing in them leads out of the folder that is unpacked to.
 */
export function archiveNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  const nextNumbers = new Map<string, number>();
  return names.map((original) => {
    const name = original.replace(/[/\\\u0000-\u001f]/g, '_').replace(/^\.+$/, '_') || '_';
    const key = name.toLowerCase();
    let number = nextNumbers.get(key) ?? 0;
    let chosen = number === 0 ? name : numbered(name, number);
    while (taken.has(chosen.toLowerCase())) chosen = numbered(name, ++number);
    nextNumbers.set(key, number + 1);
    taken.add(chosen.toLowerCase());
    return chosen;
  });
}

function numbered(name: string, number: number): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? `${name.slice(0, dot)}+${number}${name.slice(dot)}` : `${name}+${number}`;
}
