import { jobChanges } from './jobs.ts';
import { externalChecksum } from './libraries.ts';
import type { Catalog } from './open.ts';

/** A scan that a worker holds. */
export interface LeasedScan {
  libraryId: string;
  ownerId: string;
  exclusionPatterns: string[];
  /** 1 at the first try. */
  attempts: number;
  /** Where the last try ended; null: at the start. */
  folderId: number | null;
  position: string | null;
}

/** A folder of a library, as it was when its marker was last seen. */
export interface ScanFolder {
  id: number;
  libraryId: string;
  path: string;
  fileSystem: string;
  inode: string | null;
  offlineSince: number | null;
}

/** A file of a library in the catalog. Times are Unix milliseconds. */
export interface KnownFile {
  assetId: string;
  dir: string;
  name: string;
  bytes: number;
  modifiedAt: number;
  contentChecksum: string;
  missingAt: number | null;
  /** 0 while its preview is still to be made. */
  isShown: number;
}

/** A file as it was just read. */
export interface ReadFile {
  dir: string;
  name: string;
  bytes: number;
  modifiedAt: number;
  /** SHA-1 of its bytes, base64. */
  contentChecksum: string;
}

export interface NewFile extends ReadFile {
  assetId: string;
  folderId: number;
  libraryId: string;
  ownerId: string;
  /** The catalog path. */
  path: string;
  type: 'IMAGE' | 'VIDEO';
  mimeType: string;
  now: number;
}

/** Between two scans that nobody asked for. */
const DAY_MS = 24 * 3600_000;
const NEVER = Number.MAX_SAFE_INTEGER;
/** A library that was deleted meanwhile is not read on. */
const KEPT = 'library_id IN (SELECT id FROM library WHERE deleted_at IS NULL)';

/** What ingest asks and changes when it reads external libraries; changes run inside its transactions. */
export function libraryScans(db: Catalog) {
  const jobs = jobChanges(db);
  const any = db.prepare('SELECT EXISTS (SELECT 1 FROM library)').pluck();
  const claim = db.prepare<
    { worker: string; now: number; leaseMs: number },
    Omit<LeasedScan, 'ownerId' | 'exclusionPatterns'>
  >(`
    UPDATE library_scan SET lease_owner = @worker, lease_until = @now + @leaseMs, attempts = attempts + 1, is_again = 0
    WHERE library_id = (SELECT s.library_id FROM library_scan s JOIN library l ON l.id = s.library_id
      JOIN user u ON u.id = l.owner_id WHERE s.due_at <= @now AND coalesce(s.lease_until, 0) <= @now
      AND l.deleted_at IS NULL AND u.deleted_at IS NULL ORDER BY s.due_at LIMIT 1)
    RETURNING library_id AS libraryId, attempts, folder_id AS folderId, position`);
  const library = db.prepare<[string], { ownerId: string; patterns: string }>(
    'SELECT owner_id AS ownerId, exclusion_patterns AS patterns FROM library WHERE id = ?',
  );
  const renew = db.prepare<{ libraryId: string; worker: string; until: number }>(
    `UPDATE library_scan SET lease_until = @until WHERE library_id = @libraryId AND lease_owner = @worker AND ${KEPT}`,
  );
  const release = db.prepare<{ worker: string | null }>(`
    UPDATE library_scan SET lease_owner = NULL, lease_until = NULL, attempts = max(0, attempts - 1)
    WHERE lease_owner IS NOT NULL AND (@worker IS NULL OR lease_owner = @worker)`);
  const progress = db.prepare<{
    libraryId: string;
    worker: string;
    folderId: number;
    position: string | null;
    files: number;
  }>(`
    UPDATE library_scan SET folder_id = @folderId, position = @position, files = files + @files
    WHERE library_id = @libraryId AND lease_owner = @worker AND ${KEPT}`);
  const fail = db.prepare<{ libraryId: string; error: string; dueAt: number }>(`
    UPDATE library_scan SET lease_owner = NULL, lease_until = NULL, error = @error, due_at = @dueAt
    WHERE library_id = @libraryId`);
  const again = db.prepare<[string]>(`
    UPDATE library_scan SET lease_owner = NULL, lease_until = NULL, folder_id = NULL, position = NULL, files = 0,
      attempts = 0, error = NULL, is_again = 0 WHERE library_id = ? AND is_again = 1`);
  const end = db.prepare<[string]>('DELETE FROM library_scan WHERE library_id = ?');
  const refreshed = db.prepare<{ libraryId: string; now: number }>(
    'UPDATE library SET refreshed_at = @now WHERE id = @libraryId',
  );
  const daily = db.prepare<{ now: number; before: number }>(`
    INSERT OR IGNORE INTO library_scan (library_id, due_at) SELECT l.id, @now FROM library l
    WHERE l.deleted_at IS NULL AND l.refreshed_at <= @before AND EXISTS (SELECT 1 FROM library_folder f
      WHERE f.library_id = l.id AND f.removed_at IS NULL AND f.offline_since IS NULL)`);
  const askScan = db.prepare<{ libraryId: string; now: number }>(`
    INSERT INTO library_scan (library_id, due_at) VALUES (@libraryId, @now)
    ON CONFLICT (library_id) DO UPDATE SET due_at = min(due_at, excluded.due_at)`);

  const FOLDER = `f.id, f.library_id AS libraryId, f.path, f.file_system AS fileSystem, f.inode,
    f.offline_since AS offlineSince`;
  const folders = db.prepare<[], ScanFolder>(`
    SELECT ${FOLDER} FROM library_folder f JOIN library l ON l.id = f.library_id
    WHERE f.removed_at IS NULL AND l.deleted_at IS NULL ORDER BY f.id`);
  const foldersOf = db.prepare<[string], ScanFolder>(
    `SELECT ${FOLDER} FROM library_folder f WHERE f.library_id = ? AND f.removed_at IS NULL ORDER BY f.id`,
  );
  const offline = db.prepare<{ id: number; now: number | null }>(
    'UPDATE library_folder SET offline_since = @now WHERE id = @id AND (offline_since IS NULL) <> (@now IS NULL)',
  );
  const number = db.prepare<{ id: number; inode: string | null }>(
    'UPDATE library_folder SET inode = @inode WHERE id = @id AND inode IS NOT @inode',
  );

  const FILE = `x.asset_id AS assetId, x.dir, x.name, x.bytes, x.modified_at AS modifiedAt,
    x.content_checksum AS contentChecksum, x.missing_at AS missingAt`;
  const inDir = db.prepare<{ folderId: number; dir: string }, KnownFile>(`
    SELECT ${FILE}, a.preview_bytes IS NOT NULL AS isShown FROM external_file x JOIN asset a ON a.id = x.asset_id
    WHERE x.folder_id = @folderId AND x.dir = @dir`);
  // Also when it was deleted as a file of another folder of the library, above or below this one.
  const deleted = db
    .prepare<{ libraryId: string; dir: string; name: string }, number>(`
      SELECT EXISTS (SELECT 1 FROM library_folder f CROSS JOIN deleted_file d
        ON d.folder_id = f.id AND d.dir = substr(@dir, length(f.path) + 2) AND d.name = @name
        WHERE f.library_id = @libraryId AND substr(@dir || '/', 1, length(f.path) + 1) = f.path || '/')`)
    .pluck();
  const nextDir = db
    .prepare<{ folderId: number; dir: string }, string>(
      'SELECT dir FROM external_file WHERE folder_id = @folderId AND dir > @dir ORDER BY dir LIMIT 1',
    )
    .pluck();
  const someOf = (order: 'ASC' | 'DESC') =>
    db.prepare<[number], KnownFile>(`
      SELECT ${FILE}, 1 AS isShown FROM external_file x WHERE x.folder_id = ? AND x.missing_at IS NULL
      ORDER BY x.dir ${order}, x.name ${order} LIMIT 4`);
  const [first, last] = [someOf('ASC'), someOf('DESC')];
  const sameBytes = db.prepare<{ folderId: number; contentChecksum: string }, KnownFile>(`
    SELECT ${FILE}, 1 AS isShown FROM external_file x
    WHERE x.folder_id = @folderId AND x.content_checksum = @contentChecksum LIMIT 16`);

  const byPath = db.prepare<[string], string>('SELECT id FROM asset WHERE path = ?').pluck();
  const insert = db.prepare<NewFile & { checksum: string }>(`
    INSERT INTO asset (id, owner_id, type, visibility, captured_at, local_at, created_at, updated_at, original_name,
      path, checksum, original_bytes, mime_type, file_created_at, file_modified_at, verify_due_at, library_id)
    VALUES (@assetId, @ownerId, @type, 'timeline', @modifiedAt, @modifiedAt, @now, @now, @name,
      @path, @checksum, @bytes, @mimeType, @modifiedAt, @modifiedAt, ${NEVER}, @libraryId)`);
  const insertFile = db.prepare<ReadFile & { assetId: string; folderId: number }>(`
    INSERT INTO external_file (asset_id, folder_id, dir, name, bytes, modified_at, content_checksum)
    VALUES (@assetId, @folderId, @dir, @name, @bytes, @modifiedAt, @contentChecksum)`);
  const updateFile = db.prepare<ReadFile & { assetId: string; folderId: number }>(`
    UPDATE external_file SET folder_id = @folderId, dir = @dir, name = @name, bytes = @bytes,
      modified_at = @modifiedAt, content_checksum = @contentChecksum, missing_at = NULL WHERE asset_id = @assetId`);
  const updateAsset = db.prepare<ReadFile & { assetId: string; path: string; now: number }>(`
    UPDATE asset SET path = @path, original_name = @name, original_bytes = @bytes, file_created_at = @modifiedAt,
      file_modified_at = @modifiedAt, updated_at = @now WHERE id = @assetId`);
  const touch = db.prepare<{ ids: string; now: number }>(
    'UPDATE asset SET updated_at = @now WHERE id IN (SELECT value FROM json_each(@ids))',
  );
  const miss = db.prepare<{ ids: string; now: number }>(`
    UPDATE external_file SET missing_at = @now
    WHERE asset_id IN (SELECT value FROM json_each(@ids)) AND missing_at IS NULL`);
  const deletedLibrary = db
    .prepare<[], string>('SELECT id FROM library WHERE deleted_at IS NOT NULL LIMIT 1')
    .pluck();
  const someAssets = db
    .prepare<[string], string>('SELECT id FROM asset WHERE library_id = ? LIMIT 100')
    .pluck();
  const motionParts = db
    .prepare<[string], string>(
      `SELECT DISTINCT live_video_id FROM asset
       WHERE live_video_id IS NOT NULL AND id IN (SELECT value FROM json_each(?))`,
    )
    .pluck();
  const removeLibrary = db.prepare<[string]>('DELETE FROM library WHERE id = ?');

  const read = (assetId: string, now: number): void => {
    jobs.enqueue({ kind: 'metadata', assetId, now, dueAt: now });
    jobs.enqueue({ kind: 'preview', assetId, now, dueAt: now });
  };
  return {
    /** Whether there is any library; most boxes have none. */
    hasLibraries: (): boolean => any.get() === 1,
    /** Leases the scan that has waited longest, or returns undefined when none is due. */
    claim: (request: { worker: string; now: number; leaseMs: number }): LeasedScan | undefined => {
      const scan = claim.get(request);
      if (!scan) return undefined;
      const { ownerId, patterns } = library.get(scan.libraryId)!;
      return { ...scan, ownerId, exclusionPatterns: JSON.parse(patterns) as string[] };
    },
    /** Keeps a lease until then; false when the library is gone or somebody else has the scan. */
    renew: (lease: { libraryId: string; worker: string; until: number }): boolean =>
      renew.run(lease).changes === 1,
    /** Gives back what a worker holds, or with null what anybody holds; the next one goes on from there. */
    release: (worker: string | null): void => void release.run({ worker }),
    /** Everything up to `position` is done, with so many files more. False when the scan is to end, as for `renew`. */
    recordProgress: (scan: {
      libraryId: string;
      worker: string;
      folderId: number;
      position: string | null;
      files: number;
    }): boolean => progress.run(scan).changes === 1,
    fail: (scan: { libraryId: string; error: string; dueAt: number }): void => void fail.run(scan),
    /** The scan has come to its end; one that was asked for meanwhile begins anew. */
    finish: (scan: { libraryId: string; now: number; isWhole: boolean }): void => {
      if (scan.isWhole) refreshed.run(scan);
      if (again.run(scan.libraryId).changes === 0) end.run(scan.libraryId);
    },
    /** Asks for the scans that are due because a day has passed. */
    askDaily: (now: number): void => void daily.run({ now, before: now - DAY_MS }),

    listFolders: (): ScanFolder[] => folders.all(),
    listFoldersOf: (libraryId: string): ScanFolder[] => foldersOf.all(libraryId),
    /** The folder's marker is absent: all of it is offline, by one row. True when that is news. */
    recordOffline: (id: number, now: number): boolean => offline.run({ id, now }).changes === 1,
    /** The folder is there (again). What came back is looked through; true when that is news. */
    recordOnline: (folder: { id: number; libraryId: string; inode: string | null; now: number }): boolean => {
      number.run(folder);
      const isNews = offline.run({ id: folder.id, now: null }).changes === 1;
      if (isNews) askScan.run(folder);
      return isNews;
    },

    /** The files of one folder below it, by name. */
    listDir: (folderId: number, dir: string): Map<string, KnownFile> =>
      new Map(inDir.all({ folderId, dir }).map((file) => [file.name, file] as const)),
    /** Whether people have deleted the file `name` of the folder `dir`, an absolute path, here. */
    isDeleted: (file: { libraryId: string; dir: string; name: string }): boolean => deleted.get(file) === 1,
    /** Whether there is an asset at this catalog path, perhaps one of a former folder of the library. */
    hasPath: (path: string): boolean => byPath.get(path) !== undefined,
    /** The next folder that has files, behind `dir` in the order of the catalog. */
    findNextDir: (folderId: number, dir: string): string | undefined => nextDir.get({ folderId, dir }),
    /** Up to eight files that should be there, from both ends. */
    sampleFiles: (folderId: number): KnownFile[] => [...first.all(folderId), ...last.all(folderId)],
    /** Files with these bytes, some of which may have been moved. */
    listSameBytes: (folderId: number, contentChecksum: string): KnownFile[] =>
      sameBytes.all({ folderId, contentChecksum }),

    /** A file that is new here. One that a former folder of the library knew at this place becomes this one's. */
    add: (file: NewFile): void => {
      const existing = byPath.get(file.path);
      const assetId = existing ?? file.assetId;
      if (existing === undefined) {
        insert.run({ ...file, checksum: externalChecksum(assetId) });
        insertFile.run(file);
        jobs.enqueue({ kind: 'metadata', assetId, now: file.now, dueAt: file.now });
        return;
      }
      updateFile.run({ ...file, assetId });
      updateAsset.run({ ...file, assetId });
      read(assetId, file.now);
    },
    /** The same photo under another name, or at this one with other bytes; `isChanged`: it is to be read again. */
    recordChanged: (
      file: ReadFile & { assetId: string; folderId: number; path: string; isChanged: boolean; now: number },
    ): void => {
      updateFile.run(file);
      updateAsset.run(file);
      if (file.isChanged) read(file.assetId, file.now);
    },
    /** It is there, and its previews are not. */
    read,
    /** These files are gone while their folder is there: offline, with all that people said of them. */
    recordMissing: (ids: readonly string[], now: number): number => {
      const list = JSON.stringify(ids);
      const { changes } = miss.run({ ids: list, now });
      if (changes > 0) touch.run({ ids: list, now });
      return changes;
    },

    /** Some assets of a library that is to go, with the videos of live photos among them; undefined: no such library. */
    listDoomed: (): { libraryId: string; ids: string[]; motionParts: string[] } | undefined => {
      const libraryId = deletedLibrary.get();
      if (libraryId === undefined) return undefined;
      const ids = someAssets.all(libraryId);
      const parts = motionParts.all(JSON.stringify(ids)).filter((id) => !ids.includes(id));
      return { libraryId, ids, motionParts: parts };
    },
    /** A library that has no assets left. */
    removeLibrary: (id: string): void => void removeLibrary.run(id),
  };
}

export type LibraryScans = ReturnType<typeof libraryScans>;
