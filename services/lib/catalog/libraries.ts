import { createHash } from 'node:crypto';
import { accountFileChanges } from './account-files.ts';
import type { Catalog } from './open.ts';

/** An external library. Times are Unix milliseconds. */
export interface LibraryRow {
  id: string;
  ownerId: string;
  name: string;
  exclusionPatterns: string[];
  importPaths: string[];
  createdAt: number;
  updatedAt: number;
  refreshedAt: number | null;
}

/** A folder of a library with its marker (see storage/folder-marker.ts). */
export interface MarkedFolder {
  path: string;
  fileSystem: string;
  inode: string | null;
}

export interface LibraryCounts {
  photos: number;
  videos: number;
  /** Bytes of the originals. */
  usage: number;
}

/** Whether the original of `asset a` cannot be opened now, since its drive or the file itself is not there. */
export const IS_OFFLINE = `iif(a.library_id IS NULL, 0, coalesce((SELECT x.missing_at IS NOT NULL
  OR f.offline_since IS NOT NULL OR f.removed_at IS NOT NULL
  FROM external_file x JOIN library_folder f ON f.id = x.folder_id WHERE x.asset_id = a.id), 1))`;

/** What stands for the checksum of an asset whose file is not ours, in base64: unique, and of no bytes (migration 0009). */
export const externalChecksum = (assetId: string): string =>
  createHash('sha1').update(`external asset ${assetId}`).digest('base64');

export function libraryQueries(db: Catalog) {
  const COLUMNS = `l.id, l.owner_id AS ownerId, l.name, l.exclusion_patterns AS exclusionPatterns,
    l.created_at AS createdAt, l.updated_at AS updatedAt, l.refreshed_at AS refreshedAt,
    (SELECT json_group_array(path) FROM (SELECT path FROM library_folder
      WHERE library_id = l.id AND removed_at IS NULL ORDER BY id)) AS importPaths`;
  type Row = Omit<LibraryRow, 'exclusionPatterns' | 'importPaths'> & {
    exclusionPatterns: string;
    importPaths: string;
  };
  const all = db.prepare<[], Row>(
    `SELECT ${COLUMNS} FROM library l WHERE l.deleted_at IS NULL ORDER BY l.created_at, l.id`,
  );
  const byId = db.prepare<[string], Row>(
    `SELECT ${COLUMNS} FROM library l WHERE l.id = ? AND l.deleted_at IS NULL`,
  );
  const folders = db.prepare<[string], { libraryId: string; name: string; path: string }>(`
    SELECT l.id AS libraryId, l.name, f.path FROM library l JOIN library_folder f ON f.library_id = l.id
    WHERE l.owner_id = ? AND l.deleted_at IS NULL AND f.removed_at IS NULL`);
  const counts = db.prepare<[string], { type: string; count: number; bytes: number }>(`
    SELECT type, count(*) AS count, sum(original_bytes) AS bytes FROM asset
    WHERE library_id = ? AND trashed_at IS NULL AND visibility <> 'hidden' GROUP BY type`);
  const offline = db
    .prepare<[string], number>(
      `SELECT count(*) FROM library_folder f CROSS JOIN external_file x ON x.folder_id = f.id
       CROSS JOIN asset a ON a.id = x.asset_id
       WHERE f.library_id = ? AND a.trashed_at IS NULL AND a.visibility <> 'hidden'
         AND (f.offline_since IS NOT NULL OR f.removed_at IS NOT NULL OR x.missing_at IS NOT NULL)`,
    )
    .pluck();
  const scans = db.prepare<{ now: number }, { active: number; waiting: number; failed: number }>(`
    SELECT coalesce(sum(lease_until > @now), 0) AS active,
      coalesce(sum(coalesce(lease_until, 0) <= @now AND error IS NULL), 0) AS waiting,
      coalesce(sum(coalesce(lease_until, 0) <= @now AND error IS NOT NULL), 0) AS failed FROM library_scan`);
  const SHOWN = `a.trashed_at IS NULL AND a.visibility IN ('timeline', 'archive')`;
  const dirs = db
    .prepare<[string], string>(`
      SELECT f.path || iif(d.dir = '', '', '/' || d.dir) AS path
      FROM library l CROSS JOIN library_folder f ON f.library_id = l.id
      CROSS JOIN (SELECT DISTINCT folder_id, dir FROM external_file) d ON d.folder_id = f.id
      WHERE l.owner_id = ? AND l.deleted_at IS NULL AND EXISTS (SELECT 1 FROM external_file x
        CROSS JOIN asset a ON a.id = x.asset_id WHERE x.folder_id = d.folder_id AND x.dir = d.dir AND ${SHOWN})
      ORDER BY path`)
    .pluck();
  const inDir = db
    .prepare<{ ownerId: string; dir: string }, string>(`
      SELECT a.id FROM library l CROSS JOIN library_folder f ON f.library_id = l.id
      CROSS JOIN external_file x ON x.folder_id = f.id AND x.dir = substr(@dir, length(f.path) + 2)
      CROSS JOIN asset a ON a.id = x.asset_id
      WHERE l.owner_id = @ownerId AND l.deleted_at IS NULL
        AND substr(@dir || '/', 1, length(f.path) + 1) = f.path || '/' AND ${SHOWN} ORDER BY x.name`)
    .pluck();
  const read = (row: Row): LibraryRow => ({
    ...row,
    exclusionPatterns: JSON.parse(row.exclusionPatterns) as string[],
    importPaths: JSON.parse(row.importPaths) as string[],
  });
  return {
    list: (): LibraryRow[] => all.all().map(read),
    find: (id: string): LibraryRow | undefined => {
      const row = byId.get(id);
      return row && read(row);
    },
    /** Every folder of every library of this user. */
    listFolders: (ownerId: string) => folders.all(ownerId),
    /** What is in a library and not in the trash. Reads its whole index: ask on the reader's thread. */
    count: (id: string): LibraryCounts => {
      const rows = counts.all(id);
      const of = (type: string) => rows.find((row) => row.type === type)?.count ?? 0;
      return {
        photos: of('IMAGE'),
        videos: of('VIDEO'),
        usage: rows.reduce((sum, { bytes }) => sum + bytes, 0),
      };
    },
    /** How many of them cannot be opened now. Reads every file of the library: ask on the reader's thread. */
    countOffline: (id: string): number => offline.get(id)!,
    /** Absolute paths of all folders that show photos to this user. Reads every file: ask on the reader's thread. */
    listDirs: (ownerId: string): string[] => dirs.all(ownerId),
    /** The assets directly in such a folder, by name. */
    listIn: (ownerId: string, dir: string): string[] => inDir.all({ ownerId, dir }),
    /** Scans that run, wait, and failed and will be tried again. */
    countScans: (now: number) => scans.get({ now })!,
  };
}

export function libraryChanges(db: Catalog) {
  const { find } = libraryQueries(db);
  const insert = db.prepare<{ id: string; ownerId: string; name: string; patterns: string; now: number }>(`
    INSERT INTO library (id, owner_id, name, exclusion_patterns, created_at, updated_at)
    VALUES (@id, @ownerId, @name, @patterns, @now, @now)`);
  const update = db.prepare<{ id: string; name: string | null; patterns: string | null; now: number }>(`
    UPDATE library SET name = coalesce(@name, name), exclusion_patterns = coalesce(@patterns, exclusion_patterns),
      updated_at = @now WHERE id = @id`);
  const mark = db.prepare<MarkedFolder & { libraryId: string }>(`
    INSERT INTO library_folder (library_id, path, file_system, inode) VALUES (@libraryId, @path, @fileSystem, @inode)
    ON CONFLICT (library_id, path) DO UPDATE SET file_system = excluded.file_system, inode = excluded.inode,
      offline_since = NULL, removed_at = NULL`);
  const keepOnly = db.prepare<{ libraryId: string; paths: string; now: number }>(`
    UPDATE library_folder SET removed_at = @now WHERE library_id = @libraryId AND removed_at IS NULL
      AND path NOT IN (SELECT value FROM json_each(@paths))`);
  const remove = db.prepare<{ id: string; now: number }>(
    'UPDATE library SET deleted_at = @now, updated_at = @now WHERE id = @id AND deleted_at IS NULL',
  );
  const ask = db.prepare<{ id: string; now: number }>(`
    INSERT INTO library_scan (library_id, due_at) SELECT id, @now FROM library WHERE id = @id AND deleted_at IS NULL
    ON CONFLICT (library_id) DO UPDATE SET due_at = min(due_at, excluded.due_at), error = NULL, attempts = 0,
      is_again = lease_owner IS NOT NULL OR folder_id IS NOT NULL`);
  const everyId = db.prepare<[], string>('SELECT id FROM library WHERE deleted_at IS NULL').pluck();
  const ownerOf = db.prepare<[string], string>('SELECT owner_id FROM library WHERE id = ?').pluck();
  const accountFiles = accountFileChanges(db);
  /** What a library is stands in its owner's account file, too. */
  const note = (id: string): void => accountFiles.note(ownerOf.all(id));
  const scan = (id: string, now: number): void => void ask.run({ id, now });
  return {
    /** Makes a library and asks for its first scan. */
    create: (library: {
      id: string;
      ownerId: string;
      name: string;
      folders: readonly MarkedFolder[];
      exclusionPatterns: readonly string[];
      now: number;
    }): LibraryRow => {
      const { id, now } = library;
      insert.run({ ...library, patterns: JSON.stringify(library.exclusionPatterns) });
      for (const folder of library.folders) mark.run({ ...folder, libraryId: id });
      if (library.folders.length > 0) scan(id, now);
      note(id);
      return find(id)!;
    },
    /**
     * Changes what is given. `importPaths` become the folders of the library; those in `marked` get that marker,
     * the others keep theirs. Photos of a folder that is left out stay, offline. Undefined without such a library.
     */
    update: (change: {
      id: string;
      name?: string;
      importPaths?: readonly string[];
      marked?: readonly MarkedFolder[];
      exclusionPatterns?: readonly string[];
      now: number;
    }): LibraryRow | undefined => {
      const { id, now, importPaths } = change;
      if (!find(id)) return undefined;
      const patterns = change.exclusionPatterns ? JSON.stringify(change.exclusionPatterns) : null;
      update.run({ id, name: change.name ?? null, patterns, now });
      for (const folder of change.marked ?? []) mark.run({ ...folder, libraryId: id });
      if (importPaths) keepOnly.run({ libraryId: id, paths: JSON.stringify(importPaths), now });
      if (importPaths ?? change.exclusionPatterns) scan(id, now);
      note(id);
      return find(id);
    },
    /** Takes a library out of every list; ingest then removes what is in it. False without such a library. */
    delete: (id: string, now: number): boolean => {
      const isGone = remove.run({ id, now }).changes === 1;
      note(id);
      return isGone;
    },
    /** Asks for a scan; one that runs is followed by another one. */
    scan,
    scanAll: (now: number): void => {
      for (const id of everyId.all()) scan(id, now);
    },
  };
}
