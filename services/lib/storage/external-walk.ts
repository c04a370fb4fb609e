import { opendir } from 'node:fs/promises';
import { join } from 'node:path';

/** A folder below an external folder, with the names in it that were asked for. */
export interface ExternalFolder {
  /** Below the external folder, '' for itself. */
  dir: string;
  names: string[];
}

export interface WalkOptions {
  /** Goes on behind this `dir`, which a former walk has yielded. */
  after?: string | null;
  /** Whether a file is wanted, by its path below the folder. */
  isWanted(path: string): boolean;
  /** Whether a folder is left out with all that is in it. */
  isLeftOut(path: string): boolean;
  /** Told of a folder that may not be read; nothing is said of what is in it. */
  onUnreadable(dir: string): void;
}

/** A deeper tree is no collection of photos. */
const DEEPEST = 64;
/** What NAS systems and desktops leave in folders (media formats 4.7). */
const NOT_OURS = new Set([
  '@eaDir',
  'Thumbs.db',
  '#recycle',
  'lost+found',
  '$RECYCLE.BIN',
  'System Volume Information',
]);

/**
 * Every folder of an external folder, each before those below it and in order of names, so that a walk can go on
 * where another one ended. Links are neither followed nor named, hidden names are left out. Holds the names of one
 * folder at a time and of the folders above it. Rejects with the drive's error.
 */
export async function* walkExternal(root: string, options: WalkOptions): AsyncGenerator<ExternalFolder> {
  const after = options.after == null ? undefined : options.after === '' ? [] : options.after.split('/');
  yield* walk(root, '', 0, after, options);
}

async function* walk(
  root: string,
  dir: string,
  depth: number,
  /** What is done: names that lead from here to the last folder; empty: this one, undefined: nothing here. */
  done: readonly string[] | undefined,
  options: WalkOptions,
): AsyncGenerator<ExternalFolder> {
  const names: string[] = [];
  const folders: string[] = [];
  try {
    for await (const entry of await opendir(join(root, dir), { bufferSize: 256 })) {
      const { name } = entry;
      if (name.startsWith('.') || NOT_OURS.has(name) || name.includes('\ufffd')) continue;
      const path = dir === '' ? name : `${dir}/${name}`;
      if (entry.isDirectory()) {
        if (depth < DEEPEST && !options.isLeftOut(path)) folders.push(name);
      } else if (entry.isFile() && done === undefined && options.isWanted(path)) names.push(name);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Taken away while the walk was on its way here: whoever looks for what is missing finds that out.
    if (code === 'ENOENT' && dir !== '') return;
    if (code !== 'EACCES' && code !== 'EPERM') throw error;
    options.onUnreadable(dir);
    return;
  }
  if (done === undefined) yield { dir, names: names.sort(byName) };
  const next = done?.[0];
  for (const name of folders.sort(byName)) {
    if (next !== undefined && byName(name, next) < 0) continue;
    const isOnTheWay = name === next;
    yield* walk(
      root,
      dir === '' ? name : `${dir}/${name}`,
      depth + 1,
      isOnTheWay ? done!.slice(1) : undefined,
      options,
    );
  }
}

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
