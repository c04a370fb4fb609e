import { constants } from 'node:fs';
import { type FileHandle, open, readlink, realpath } from 'node:fs/promises';

/** Catalog paths of files that lie outside the pool begin so. */
const PREFIX = /^external\/[0-9a-f-]{36}\//;

/** The catalog path of a file of an external library. Its sidecar lies at that path in the pool, with `.xmp`. */
export const externalPath = (libraryId: string, file: string): string => `external/${libraryId}${file}`;

/** The absolute path of an external file, or undefined for a catalog path inside the pool. */
export const findExternalFile = (path: string): string | undefined =>
  PREFIX.test(path) ? `/${path.replace(PREFIX, '')}` : undefined;

/**
 * Opens an external file to be read. Undefined when it is not there, or when a link on the way to it leads
 * elsewhere: what was opened must have exactly this name, which is asked of the open file, so that nobody can
 * exchange a folder for a link in between. Rejects with the drive's error.
 */
export async function openExternal(file: string): Promise<FileHandle | undefined> {
  let handle: FileHandle;
  try {
    // Without waiting for a writer, should it be a pipe.
    handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  } catch (error) {
    if (isNowhere(error)) return undefined;
    throw error;
  }
  try {
    // proc(5): where the open file is now; "(deleted)" behind it when it is no more.
    if ((await readlink(`/proc/self/fd/${handle.fd}`)) === file && (await handle.stat()).isFile())
      return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return undefined;
}

/** Whether a file or folder is there and no link leads to it. Rejects with the drive's error. */
export async function isReallyThere(path: string): Promise<boolean> {
  try {
    return (await realpath(path)) === path;
  } catch (error) {
    if (isNowhere(error)) return false;
    throw error;
  }
}

/** Not there, or a link where a file or folder should be. */
export const isNowhere = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(String((error as NodeJS.ErrnoException | null)?.code));
