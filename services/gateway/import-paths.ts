import { access, constants, realpath } from 'node:fs/promises';
import { normalize, resolve } from 'node:path';
import type { MarkedFolder } from '#catalog/libraries';
import { readMarker } from '#storage/folder-marker';
import type { GatewayParts } from './parts.ts';

/** A folder that may be read, with its marker; or why not, as the end of a sentence. */
export type CheckedFolder = { path: string; marker: MarkedFolder } | { path: string; fault: string };

/** A folder that is in some library already. */
export interface TakenFolder {
  name: string;
  path: string;
}

/**
 * Whether a folder can be part of an external library: written out from the top and without links, below one of
 * the folders that this box may read (SHOEBOX_EXTERNAL), outside the pool, and not inside another folder of the
 * same owner, whose photos would be shown twice.
 */
export async function checkImportPath(
  { config, layout }: GatewayParts,
  given: string,
  taken: readonly TakenFolder[],
): Promise<CheckedFolder> {
  const path = normalize(given).replace(/(?<=.)\/+$/, '');
  const refuse = (fault: string): CheckedFolder => ({ path, fault });
  const roots = config.externalDirs ?? [];
  if (!given.startsWith('/') || /[\0-\x1f]/.test(given))
    return refuse('write it out from the top, like /media/photos.');
  if (roots.length === 0)
    return refuse(
      'this box has not been allowed to read other folders. Whoever set it up can name them in SHOEBOX_EXTERNAL.',
    );
  const realRoots = await Promise.all(roots.map(realOrSame));
  if (![...roots, ...realRoots].some((root) => isInside(path, root)))
    return refuse(`this box may only read folders below ${roots.join(' and ')} (SHOEBOX_EXTERNAL).`);
  const pool = await realOrSame(resolve(layout.poolDir));
  if (isInside(path, pool) || isInside(pool, path)) return refuse('the box keeps its own photos there.');
  const other = taken.find((folder) => isInside(path, folder.path) || isInside(folder.path, path));
  if (other) return refuse(`it is in the library ${other.name} already, as ${other.path}.`);
  try {
    const marker = await readMarker(path);
    if (marker) {
      // Names can be read and files can be opened.
      await access(path, constants.R_OK | constants.X_OK);
      return { path, marker: { path, ...marker } };
    }
    const real = await realOrSame(path);
    // Where a link leads is told only where this box may read anyway.
    if (real !== path && realRoots.some((root) => isInside(real, root)))
      return refuse(`a link leads from there to another place. Use ${real}.`);
    return refuse(
      real === path ? 'there is no such folder. Is its drive connected?' : 'a link leads out of it.',
    );
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
    return refuse('the box may not read it, or its drive does not answer.');
  }
}

const isInside = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);

/** What is not there is compared as it was written. */
const realOrSame = (path: string): Promise<string> => realpath(path).catch(() => path);
