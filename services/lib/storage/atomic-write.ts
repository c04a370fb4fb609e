import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { syncFolder } from './durable.ts';

/** A file's new content. */
export interface Replacement {
  /** Absolute. */
  path: string;
  content: string;
}

/**
 * The name beside a file under which its new content is written; one that a crash left is simply overwritten by the
 * next try. Hidden, and of a fixed length, since a file's own name may be as long as names can be.
 */
export const besidePath = (path: string): string =>
  join(dirname(path), `.shoebox-${createHash('sha1').update(basename(path)).digest('hex').slice(0, 16)}`);

/**
 * Replaces a file as a whole: written beside it, flushed, renamed. A crash at any point leaves the old content or
 * the new one. The new name is durable once its folder is flushed: `syncReplaced`. Rejects with the drive's error
 * (ENOSPC, EROFS, EIO …), and the old content is then untouched.
 */
export async function replaceFile({ path, content }: Replacement, mode = 0o644): Promise<void> {
  const beside = besidePath(path);
  try {
    const handle = await open(beside, 'w', mode);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {
      // The drive that failed to write may fail to remove as well; the first error is the one that says why.
    });
    throw error;
  }
}

/** Flushes the folders of replaced files, each once: many files in one folder cost one flush. */
export async function syncReplaced(paths: readonly string[]): Promise<void> {
  for (const folder of new Set(paths.map((path) => dirname(path)))) await syncFolder(folder);
}
