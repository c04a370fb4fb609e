import { ASSET_COLUMNS, type AssetRow } from './assets.ts';
import type { Catalog } from './open.ts';

/** With a plus, so that the index of paths is taken and not one of owners, which would read the whole library. */
const SHOWN = `+a.owner_id = @ownerId AND a.trashed_at IS NULL AND a.visibility IN ('timeline', 'archive')`;

export function folderQueries(db: Catalog) {
  const next = db
    .prepare<{ ownerId: string; from: string; until: string }, string>(
      `SELECT a.path FROM asset a WHERE a.path >= @from AND a.path < @until AND ${SHOWN} ORDER BY a.path LIMIT 1`,
    )
    .pluck();
  const inFolder = db.prepare<{ ownerId: string; from: string; until: string; start: number }, AssetRow>(
    `SELECT ${ASSET_COLUMNS} FROM asset a
     WHERE a.path > @from AND a.path < @until AND instr(substr(a.path, @start), '/') = 0
       AND ${SHOWN} ORDER BY a.path`,
  );
  return {
    /**
     * The folders below `root` that hold originals of this user, in order, without a slash at the end. Goes
     * from one to the next by index: a library has one per month, and no original lies beside a folder.
     */
    list: (ownerId: string, root: string): string[] => {
      const folders: string[] = [];
      const until = after(root);
      for (let path = next.get({ ownerId, from: root, until }); path !== undefined; ) {
        const folder = path.slice(0, path.lastIndexOf('/'));
        folders.push(folder);
        path = next.get({ ownerId, from: after(folder), until });
      }
      return folders;
    },
    /** The assets directly in a folder, by name. */
    listAssets: (ownerId: string, folder: string): AssetRow[] =>
      inFolder.all({ ownerId, from: `${folder}/`, until: after(folder), start: folder.length + 2 }),
  };
}

/** The first text behind everything that begins with this folder: '0' is the character behind '/'. */
const after = (folder: string): string => `${folder}0`;
