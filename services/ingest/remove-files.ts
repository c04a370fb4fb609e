import { rm } from 'node:fs/promises';
import type { PoolLayout } from '#storage/layout';

/** Originals with their sidecars, what was made of them, and sidecars of photos in external folders. */
const REMOVABLE = /^(?:library\/.|\.shoebox\/derived\/.|external\/.+\.xmp$)/;

/** What the catalog knows of files that are to go; see the table file_removal. */
export interface RemovalList {
  list(): string[];
  done(path: string): void;
}

/**
 * Removes the files of assets that were deleted for good. Whatever stops it, the list still has what is left,
 * and removing a file that is gone already is no fault. Returns how many went.
 */
export async function removeFiles(layout: PoolLayout, removals: RemovalList): Promise<number> {
  let removed = 0;
  for (let paths = removals.list(); paths.length > 0; paths = removals.list()) {
    for (const path of paths) {
      if (!REMOVABLE.test(path) || path.split('/').includes('..'))
        throw new Error('a file to remove lies outside the library');
      await rm(layout.resolve(path), { recursive: path.startsWith('.shoebox/'), force: true });
      removals.done(path);
      removed++;
    }
  }
  return removed;
}
