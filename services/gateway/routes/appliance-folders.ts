import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ExternalFolders, FolderQuery } from '#contract/external-folders';
import { Problem } from '#contract/problems';
import { needs } from '#contract/scopes';
import type { GatewayApp } from '../app.ts';
import { checkImportPath, realOrSame } from '../import-paths.ts';
import type { GatewayParts } from '../parts.ts';

/** More than anybody reads through; a folder below can still be typed. */
const MOST_FOLDERS = 1000;

/** The folders that an external library can be made of, to choose from. Only looks, and only where the box may. */
export function applianceFolderRoutes(app: GatewayApp, parts: GatewayParts): void {
  const allowed = parts.config.externalDirs ?? [];

  app.get(
    '/api/appliance/folders',
    {
      config: { access: needs('library.create', { admin: true }) },
      schema: { querystring: FolderQuery, response: { 200: ExternalFolders } },
    },
    async ({ query }): Promise<ExternalFolders> => {
      if (query.in === undefined) {
        const folders = allowed.map(async (given) => {
          // No library follows links, and /media is one on some boards.
          const path = await realOrSame(given);
          return { path, isThere: 'marker' in (await checkImportPath(parts, path, [])) };
        });
        return { in: null, folders: await Promise.all(folders) };
      }
      const checked = await checkImportPath(parts, query.in, []);
      if ('fault' in checked) throw new Problem('library_folder', { path: checked.path, ...checked.fault });
      const names = await listFolders(checked.path);
      return {
        in: checked.path,
        folders: names.map((name) => ({ path: join(checked.path, name), isThere: true })),
      };
    },
  );
}

/** Names of the folders in a folder. Links are left out, as no library follows them, and what is hidden. */
async function listFolders(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name)
      .sort((a, b) => a.localeCompare(b))
      .slice(0, MOST_FOLDERS);
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
    throw new Problem('library_folder', { path, why: 'folder_unreadable' }, error);
  }
}
