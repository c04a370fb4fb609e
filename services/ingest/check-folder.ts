import { realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ScanFolder } from '#catalog/library-scans';
import { isReallyThere } from '#storage/external';
import { type FolderMarker, readMarker } from '#storage/folder-marker';
import type { ScanParts } from './library-scans.ts';

/**
 * Looks whether an external folder is the one that was meant, and notes when that has changed: offline, so that
 * nothing in it counts as gone, or back again. A drive that does not answer is not there.
 */
export async function checkFolder(parts: ScanParts, folder: ScanFolder): Promise<boolean> {
  const { scans, transact, log, now } = parts;
  const marker = (await isAllowed(parts, folder.path)) ? await findMarker(parts, folder) : undefined;
  const { id, libraryId } = folder;
  if (marker) {
    const isNews = transact(() => scans.recordOnline({ id, libraryId, inode: marker.inode, now: now() }));
    if (isNews) log.info({ libraryId }, 'an external folder is back');
    return true;
  }
  if (transact(() => scans.recordOffline(id, now())))
    log.warn({ libraryId }, 'an external folder is not there');
  return false;
}

/** A folder that the box may no longer read is as good as away. */
async function isAllowed({ externalDirs }: ScanParts, path: string): Promise<boolean> {
  // One that is itself a link (/media may be one) allows what it leads to: paths of folders have no links in them.
  const real = await Promise.all(externalDirs.map((dir) => realpath(dir).catch(() => dir)));
  return real.some((dir) => path === dir || path.startsWith(`${dir === '/' ? '' : dir}/`));
}

async function findMarker(parts: ScanParts, folder: ScanFolder): Promise<FolderMarker | undefined> {
  try {
    const marker = await readMarker(folder.path);
    return marker && (await isSame(parts, folder, marker)) ? marker : undefined;
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
    parts.log.debug({ err: error, libraryId: folder.libraryId }, 'an external folder does not answer');
    return undefined;
  }
}

/**
 * The file system must be the one that was recorded. Where numbers of folders last, the same number settles it; a
 * folder with another number, as after a restored copy, is believed when a file that should be there is there.
 * As long as nothing was ever read, there is nothing to protect.
 */
async function isSame(
  { scans, layout }: ScanParts,
  folder: ScanFolder,
  marker: FolderMarker,
): Promise<boolean> {
  if (marker.fileSystem !== folder.fileSystem || folder.path === resolve(layout.poolDir)) return false;
  if (marker.inode !== null && marker.inode === folder.inode) return true;
  const samples = scans.sampleFiles(folder.id);
  for (const { dir, name, bytes } of samples) {
    const path = join(folder.path, dir, name);
    if ((await isReallyThere(path)) && (await stat(path)).size === bytes) return true;
  }
  return samples.length === 0;
}
