import { access, constants, realpath } from 'node:fs/promises';
import { normalize, resolve } from 'node:path';
import type { MarkedFolder } from '#catalog/libraries';
import type { Reason, ReasonCode } from '#contract/problem-reasons';
import { readMarker } from '#storage/folder-marker';
import type { GatewayParts } from './parts.ts';

/** A folder that may be read, with its marker; or why not. */
export type CheckedFolder = { path: string; marker: MarkedFolder } | { path: string; fault: Reason };

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
  const refuse = (why: ReasonCode, details: Record<string, string> = {}): CheckedFolder => ({
    path,
    fault: { ...details, why },
  });
  const roots = config.externalDirs ?? [];
  if (!given.startsWith('/') || /[\0-\x1f]/.test(given)) return refuse('folder_not_absolute');
  if (roots.length === 0) return refuse('folder_none_allowed');
  const realRoots = await Promise.all(roots.map(realOrSame));
  if (![...roots, ...realRoots].some((root) => isInside(path, root)))
    return refuse('folder_not_allowed', { allowed: roots.join(', ') });
  const pool = await realOrSame(resolve(layout.poolDir));
  if (isInside(path, pool) || isInside(pool, path)) return refuse('folder_of_pool');
  const other = taken.find((folder) => isInside(path, folder.path) || isInside(folder.path, path));
  if (other) return refuse('folder_taken', { library: other.name, taken: other.path });
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
      return refuse('folder_link', { real });
    return refuse(real === path ? 'folder_missing' : 'folder_link_outside');
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
    return refuse('folder_unreadable');
  }
}

const isInside = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);

/** What is not there is compared as it was written. */
export const realOrSame = (path: string): Promise<string> => realpath(path).catch(() => path);
