import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A file below the library. */
export interface LibraryFile {
  /** Below the pool, with `/`. */
  path: string;
  name: string;
  bytes: number;
  /** Unix milliseconds. */
  modifiedAt: number;
  /** Whether `<name>.xmp` lies beside it. */
  hasSidecar: boolean;
}

/** What NAS systems and desktops leave in folders (media formats 4.7). */
const NOT_OURS = new Set(['@eaDir', 'Thumbs.db', '#recycle', 'lost+found']);

/** The folders of people in `library/`, in order. */
export async function listAccountFolders(libraryDir: string): Promise<string[]> {
  const entries = await readdir(libraryDir, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && !isHidden(entry.name))
    .map(({ name }) => name)
    .sort();
}

/**
 * Every file of one folder and all below it, in order, except hidden files, sidecars, links and what other
 * systems leave. One folder's names are held in memory at a time. Rejects with the drive's error.
 */
export async function* walkFolder(poolDir: string, folder: string): AsyncGenerator<LibraryFile> {
  const entries = await readdir(join(poolDir, folder), { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = new Set(entries.map(({ name }) => name));
  for (const entry of entries) {
    const { name } = entry;
    if (isHidden(name)) continue;
    const path = `${folder}/${name}`;
    if (entry.isDirectory()) yield* walkFolder(poolDir, path);
    else if (entry.isFile() && !/\.xmp$/i.test(name)) {
      const { size, mtimeMs } = await lstat(join(poolDir, path));
      yield {
        path,
        name,
        bytes: size,
        modifiedAt: Math.round(mtimeMs),
        hasSidecar: names.has(`${name}.xmp`),
      };
    }
  }
}

/** Every sidecar of an external library's photos: paths below the pool, with `.xmp`. None where it has none. */
export async function* walkExternalSidecars(poolDir: string, libraryId: string): AsyncGenerator<string> {
  const walk = async function* (folder: string): AsyncGenerator<string> {
    const entries = await readdir(join(poolDir, folder), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) yield* walk(path);
      else if (entry.isFile() && entry.name.endsWith('.xmp')) yield path;
    }
  };
  const root = `external/${libraryId}`;
  const isThere = await lstat(join(poolDir, root)).then(
    (stats) => stats.isDirectory(),
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return false;
    },
  );
  if (isThere) yield* walk(root);
}

const isHidden = (name: string): boolean => name.startsWith('.') || NOT_OURS.has(name);
