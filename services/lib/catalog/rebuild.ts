import { randomBytes, randomUUID } from 'node:crypto';
import type { AccountRecord, SidecarRecord } from '#contract/sidecars';
import { albumChanges } from './album-changes.ts';
import { jobChanges } from './jobs.ts';
import { externalChecksum } from './libraries.ts';
import type { Catalog } from './open.ts';
import { tagPaths } from './sidecars.ts';
import { stackChanges } from './stacks.ts';
import { FIRST_VERIFY_MS } from './uploads.ts';

/** An original that was found on the drive. Times are Unix milliseconds. */
export interface FoundOriginal {
  ownerId: string;
  /** Catalog path. */
  path: string;
  sidecarPath: string | null;
  /** SHA-1, base64. */
  checksum: string;
  bytes: number;
  /** The file's name: what it is called when no sidecar says better. */
  name: string;
  type: 'IMAGE' | 'VIDEO';
  mimeType: string;
  modifiedAt: number;
  /** Of this very original; undefined when its sidecar has none. */
  record: SidecarRecord | undefined;
  /** Of what lies in an external library; absent for originals of the pool. */
  libraryId?: string;
  now: number;
}

/** A photo of an external library that its owner has spoken of, known by its sidecar in the pool alone. */
export interface FoundExternal {
  ownerId: string;
  libraryId: string;
  /** Absolute path of the file, which may not be there now. */
  file: string;
  type: 'IMAGE' | 'VIDEO';
  mimeType: string;
  record: SidecarRecord;
  now: number;
}

/** External files are not re-read: their folders are their owners'. */
const NEVER = Number.MAX_SAFE_INTEGER;

/**
 * A password that nobody has: the form of a real one around random bytes, so that trying it takes as long as any
 * other and never succeeds.
 */
const noPassword = (): string => {
  const unpadded = (bytes: number) => randomBytes(bytes).toString('base64').replaceAll('=', '');
  return `$argon2id$v=19$m=19456,t=2,p=1$${unpadded(16)}$${unpadded(32)}`;
};

/**
 * Fills a new catalog from what was found on a pool. The catalog is opened with foreign keys off: what refers to
 * each other is found in any order, and `settle` at the end drops what refers to nothing. Everything may be done
 * again after a crash: what is there already stays.
 */
export function rebuildChanges(db: Catalog) {
  const userOf = db.prepare<[string], string>('SELECT id FROM user WHERE folder = ?').pluck();
  const idTaken = db.prepare<[string]>('SELECT 1 FROM user WHERE id = ?').pluck();
  const emailTaken = db.prepare<[string]>('SELECT 1 FROM user WHERE email = ?').pluck();
  const insertUser = db.prepare(`
    INSERT INTO user (id, email, name, password_hash, is_onboarded, is_rebuilt, folder, storage_label, avatar_color,
      quota_bytes, preferences, profile_changed_at, created_at, updated_at, deleted_at, purge_at)
    VALUES (@id, @email, @name, @passwordHash, 1, 1, @folder, @storageLabel, @avatarColor, @quotaBytes, @preferences,
      @now, @createdAt, @now, @deletedAt, @purgeAt)`);
  const insertAlbum = db.prepare(`
    INSERT OR IGNORE INTO album (id, name, description, cover_asset_id, is_activity_enabled, sort_order, created_at, updated_at)
    VALUES (@id, @name, @description, @coverAssetId, @isActivityEnabled, @sortOrder, @createdAt, @createdAt)`);
  const insertMember = db.prepare(`
    INSERT OR IGNORE INTO album_user (album_id, user_id, role, created_at) VALUES (@albumId, @userId, @role, @createdAt)`);
  const insertPerson = db.prepare(`
    INSERT OR IGNORE INTO person (id, owner_id, name, birth_date, is_hidden, is_favorite, color, cover_face_id,
      created_at, updated_at)
    VALUES (@id, @ownerId, @name, @birthDate, @isHidden, @isFavorite, @color, @coverFaceId, @createdAt, @createdAt)`);
  const insertTag = db.prepare(`
    INSERT OR IGNORE INTO tag (id, owner_id, value, color, created_at, updated_at)
    VALUES (@id, @ownerId, @value, @color, @now, @now)`);
  const insertPartner = db.prepare(`
    INSERT OR IGNORE INTO partner (shared_by_id, shared_with_id, in_timeline, created_at)
    VALUES (@ownerId, @userId, @inTimeline, @createdAt)`);
  const knownBytes = db.prepare<[string], number>('SELECT original_bytes FROM asset WHERE path = ?').pluck();
  const twin = db
    .prepare<[string, string], string>('SELECT path FROM asset WHERE owner_id = ? AND checksum = ?')
    .pluck();
  const assetTaken = db.prepare<[string]>('SELECT 1 FROM asset WHERE id = ?').pluck();
  const insertAsset = db.prepare(`
    INSERT INTO asset (id, owner_id, type, visibility, is_favorite, trashed_at, captured_at, local_at, time_zone,
      created_at, updated_at, live_video_id, stack_id, is_stack_member, original_name, path, sidecar_path, checksum,
      original_bytes, mime_type, file_created_at, file_modified_at, verify_due_at, description, rating, latitude,
      longitude, set_by_owner, library_id)
    VALUES (@id, @ownerId, @type, @visibility, @isFavorite, @trashedAt, @capturedAt, @localAt, @timeZone,
      @arrivedAt, @now, @liveVideoId, @stackId, @isStackMember, @originalName, @path, @sidecarPath, @checksum,
      @bytes, @mimeType, @fileCreatedAt, @fileModifiedAt, @verifyDueAt, @description, @rating, @latitude,
      @longitude, @setByOwner, @libraryId)`);
  const insertLibrary = db.prepare(`
    INSERT OR IGNORE INTO library (id, owner_id, name, exclusion_patterns, created_at, updated_at)
    VALUES (@id, @ownerId, @name, @patterns, @createdAt, @now)`);
  const insertFolder = db.prepare(`
    INSERT OR IGNORE INTO library_folder (library_id, path, file_system, inode)
    VALUES (@libraryId, @path, @fileSystem, @inode)`);
  const folderOf = db
    .prepare<[string, string], number>('SELECT id FROM library_folder WHERE library_id = ? AND path = ?')
    .pluck();
  const insertDeleted = db.prepare(
    'INSERT OR IGNORE INTO deleted_file (folder_id, dir, name) VALUES (@folderId, @dir, @name)',
  );
  const askScan = db.prepare('INSERT OR IGNORE INTO library_scan (library_id, due_at) VALUES (?, ?)');
  const foldersAbove = db.prepare<{ libraryId: string; file: string }, { id: number; path: string }>(`
    SELECT id, path FROM library_folder WHERE library_id = @libraryId
      AND substr(@file, 1, length(path) + 1) = path || '/' ORDER BY length(path) DESC LIMIT 1`);
  const pathTaken = db.prepare<[string]>('SELECT 1 FROM asset WHERE path = ?').pluck();
  // Of no bytes and not there: the scan that finds it reads it anew.
  const insertFile = db.prepare(`
    INSERT INTO external_file (asset_id, folder_id, dir, name, bytes, modified_at, content_checksum, missing_at)
    VALUES (@assetId, @folderId, @dir, @name, 0, 0, '', @now)`);
  // A checksum that no file has: the sidecar is compared with its own record, as one that was edited outside.
  const compareSidecar = db.prepare<[string]>(`UPDATE sidecar SET written_checksum = '' WHERE asset_id = ?`);
  const addToAlbum = db.prepare(`
    INSERT OR IGNORE INTO album_asset (album_id, asset_id, added_by, added_at) VALUES (@id, @assetId, @addedBy, @addedAt)`);
  const insertFace = db.prepare(`
    INSERT OR IGNORE INTO face (id, asset_id, person_id, image_width_px, image_height_px, x1, y1, x2, y2, source,
      is_visible, created_at)
    VALUES (@id, @assetId, @personId, @imageWidthPx, @imageHeightPx, @x1, @y1, @x2, @y2, @source, @isVisible, @now)`);
  const insertStack = db.prepare(`
    INSERT OR IGNORE INTO stack (id, owner_id, primary_asset_id, created_at, updated_at)
    VALUES (@id, @ownerId, @assetId, @now, @now)`);
  const insertEdit = db.prepare(`
    INSERT OR IGNORE INTO asset_edit (id, asset_id, action, parameters, sequence)
    VALUES (@id, @assetId, @action, @parameters, @sequence)`);
  const libraries = db.prepare<[], { id: string; ownerId: string }>(
    'SELECT id, owner_id AS ownerId FROM library ORDER BY id',
  );
  const tags = tagPaths(db);
  const jobs = jobChanges(db);

  const addAlbum = (album: AccountRecord['albums'][number]) => {
    const isNew =
      insertAlbum.run({ ...album, isActivityEnabled: Number(album.isActivityEnabled) }).changes === 1;
    if (isNew) for (const member of album.members) insertMember.run({ albumId: album.id, ...member });
  };
  const addPerson = (ownerId: string, person: AccountRecord['people'][number]) =>
    insertPerson.run({
      ...person,
      ownerId,
      isHidden: Number(person.isHidden),
      isFavorite: Number(person.isFavorite),
    });

  const addLibrary = (
    ownerId: string,
    { folders, exclusionPatterns, ...library }: NonNullable<AccountRecord['libraries']>[number],
    now: number,
  ) => {
    const patterns = JSON.stringify(exclusionPatterns);
    if (insertLibrary.run({ ...library, ownerId, patterns, now }).changes === 0) return;
    for (const { deleted, ...folder } of folders) {
      insertFolder.run({ ...folder, libraryId: library.id });
      const folderId = folderOf.get(library.id, folder.path)!;
      for (const file of deleted) insertDeleted.run({ ...file, folderId });
    }
    askScan.run(library.id, now);
  };
  /** The row of an original: what its record says, and for the rest what the file itself says. */
  const insertOriginal = (id: string, found: Omit<FoundOriginal, 'record'>, record?: SidecarRecord) => {
    const fileCreatedAt = record?.fileCreatedAt ?? found.modifiedAt;
    insertAsset.run({
      id,
      ownerId: found.ownerId,
      type: found.type,
      visibility: record?.visibility ?? 'timeline',
      isFavorite: Number(record?.isFavorite ?? false),
      trashedAt: record?.trashedAt ?? null,
      capturedAt: record?.date?.capturedAt ?? fileCreatedAt,
      localAt: record?.date?.localAt ?? fileCreatedAt,
      timeZone: record?.date?.timeZone ?? null,
      arrivedAt: record?.arrivedAt ?? found.modifiedAt,
      liveVideoId: record?.liveVideoId ?? null,
      stackId: record?.stack?.id ?? null,
      isStackMember: Number(record?.stack !== undefined && !record.stack.isPrimary),
      originalName: record?.originalName ?? found.name,
      path: found.path,
      sidecarPath: found.sidecarPath,
      checksum: found.checksum,
      bytes: found.bytes,
      mimeType: found.mimeType,
      fileCreatedAt,
      fileModifiedAt: record?.fileModifiedAt ?? found.modifiedAt,
      verifyDueAt: found.libraryId === undefined ? found.now + FIRST_VERIFY_MS : NEVER,
      description: record?.description ?? '',
      rating: record?.rating ?? null,
      latitude: record?.place?.latitude ?? null,
      longitude: record?.place?.longitude ?? null,
      setByOwner: JSON.stringify(record?.setByOwner ?? []),
      libraryId: found.libraryId ?? null,
      now: found.now,
    });
    if (!record) return;
    addBelongings(id, found.ownerId, record, found.now);
    compareSidecar.run(id);
  };

  /** What a photo's own sidecar knows of albums and people, for accounts whose file is lost too. */
  const addBelongings = (assetId: string, ownerId: string, record: SidecarRecord, now: number) => {
    for (const { name, ...place } of record.albums) {
      addAlbum({
        id: place.id,
        name,
        description: '',
        coverAssetId: null,
        isActivityEnabled: true,
        sortOrder: 'desc',
        createdAt: place.addedAt,
        members: [{ userId: ownerId, role: 'owner', createdAt: place.addedAt }],
      });
      addToAlbum.run({ ...place, assetId });
    }
    for (const { personName, isVisible, ...face } of record.faces) {
      if (face.personId !== null)
        addPerson(ownerId, {
          id: face.personId,
          name: personName,
          birthDate: null,
          isHidden: false,
          isFavorite: false,
          color: null,
          coverFaceId: face.id,
          createdAt: now,
        });
      insertFace.run({ ...face, assetId, isVisible: Number(isVisible), now });
    }
    for (const value of record.tags) tags.give({ assetId, ownerId, value, now });
    if (record.stack?.isPrimary) insertStack.run({ id: record.stack.id, ownerId, assetId, now });
    for (const [sequence, edit] of (record.edits ?? []).entries())
      insertEdit.run({ ...edit, assetId, sequence });
  };

  return {
    /**
     * The account of a folder, made from its file or, when that is lost (undefined), from the folder's name.
     * Nobody can sign in to it until the box is claimed (rebuilt-accounts.ts). Returns its id.
     */
    addAccount: (folder: string, record: AccountRecord | undefined, now: number): string => {
      const existing = userOf.get(folder);
      if (existing !== undefined) return existing;
      // Somebody may have copied one folder to another.
      const isCopy = record !== undefined && idTaken.get(record.id) !== undefined;
      const id = record === undefined || isCopy ? randomUUID() : record.id;
      const isEmailFree = record !== undefined && emailTaken.get(record.email) === undefined;
      insertUser.run({
        id,
        email: isEmailFree ? record.email : `${id}@rebuilt.invalid`,
        name: record?.name ?? folder,
        passwordHash: noPassword(),
        folder,
        storageLabel: isCopy ? null : (record?.storageLabel ?? null),
        avatarColor: record?.avatarColor ?? null,
        quotaBytes: record?.quotaBytes ?? null,
        preferences: record?.preferences ?? '{}',
        createdAt: record?.createdAt ?? now,
        deletedAt: record?.deletedAt ?? null,
        purgeAt: record?.purgeAt ?? null,
        now,
      });
      if (!record || isCopy) return id;
      for (const album of record.albums) addAlbum(album);
      for (const person of record.people) addPerson(id, person);
      for (const tag of record.tags) insertTag.run({ ...tag, ownerId: id, now });
      for (const library of record.libraries ?? []) addLibrary(id, library, now);
      for (const partner of record.partners)
        insertPartner.run({ ...partner, ownerId: id, inTimeline: Number(partner.inTimeline) });
      return id;
    },
    /** Size of the original that is known at this path; undefined when none is. */
    findBytes: (path: string): number | undefined => knownBytes.get(path),
    /**
     * Takes an original into the catalog and asks for its metadata. Returns the path of another one when its
     * owner has the same bytes there already: the file stays, as a file.
     */
    addOriginal: (found: FoundOriginal): string | undefined => {
      const { record, ownerId, now } = found;
      const same = twin.get(ownerId, found.checksum);
      if (same !== undefined) return same;
      const isOwnId = record !== undefined && assetTaken.get(record.assetId) === undefined;
      const id = isOwnId ? record.assetId : randomUUID();
      insertOriginal(id, found, record);
      jobs.enqueue({ kind: 'metadata', assetId: id, now, dueAt: now });
      return undefined;
    },
    /**
     * Takes a photo of an external library into the catalog, offline until a scan finds its file. False when the
     * sidecar is not this library's, or of no folder that it still has.
     */
    addExternal: ({ record, libraryId, file, ...found }: FoundExternal): boolean => {
      const { assetId } = record;
      const path = `external/${libraryId}${file}`;
      const folder = foldersAbove.get({ libraryId, file });
      const checksum = externalChecksum(assetId);
      const isKnown = assetTaken.get(assetId) !== undefined || pathTaken.get(path) !== undefined;
      if (!folder || isKnown || record.checksum !== checksum || record.ownerId !== found.ownerId)
        return false;
      const slash = file.lastIndexOf('/');
      const name = file.slice(slash + 1);
      const sidecarPath = `${path}.xmp`;
      const { fileModifiedAt: modifiedAt } = record;
      insertOriginal(
        assetId,
        { ...found, libraryId, path, sidecarPath, checksum, name, modifiedAt, bytes: 0 },
        record,
      );
      const dir = file.slice(folder.path.length + 1, slash);
      insertFile.run({
        assetId,
        folderId: folder.id,
        dir: slash === folder.path.length ? '' : dir,
        name,
        now: found.now,
      });
      return true;
    },
    /** The external libraries that came back, with their owners. */
    listLibraries: (): { id: string; ownerId: string }[] => libraries.all(),
    /** Drops what refers to nothing and makes covers, stacks and tags whole. Throws when the catalog is not. */
    settle: (now: number): void => settle(db, now),
  };
}

function settle(db: Catalog, now: number): void {
  db.exec(`
    UPDATE asset SET live_video_id = NULL WHERE live_video_id NOT IN (SELECT id FROM asset);
    DELETE FROM album_user WHERE user_id NOT IN (SELECT id FROM user);
    DELETE FROM album WHERE id NOT IN (SELECT album_id FROM album_user WHERE role = 'owner');
    DELETE FROM album_user WHERE album_id NOT IN (SELECT id FROM album);
    DELETE FROM album_asset WHERE album_id NOT IN (SELECT id FROM album);
    UPDATE album_asset SET added_by = NULL WHERE added_by NOT IN (SELECT id FROM user);
    UPDATE album SET cover_asset_id = NULL WHERE cover_asset_id NOT IN (SELECT id FROM asset);
    UPDATE person SET cover_face_id = NULL WHERE cover_face_id NOT IN (SELECT id FROM face);
    DELETE FROM partner WHERE shared_by_id NOT IN (SELECT id FROM user) OR shared_with_id NOT IN (SELECT id FROM user);
    INSERT INTO stack (id, owner_id, primary_asset_id, created_at, updated_at)
      SELECT stack_id, owner_id, id, ${now}, ${now} FROM asset
      WHERE stack_id IS NOT NULL AND stack_id NOT IN (SELECT id FROM stack) GROUP BY stack_id;
    UPDATE tag SET parent_id = (SELECT p.id FROM tag p WHERE p.owner_id = tag.owner_id AND p.value =
        rtrim(rtrim(tag.value, replace(tag.value, '/', '')), '/'))
      WHERE parent_id IS NULL AND instr(value, '/') > 0`);
  const stacks = stackChanges(db);
  for (const id of db.prepare<[], string>('SELECT id FROM stack').pluck().all()) stacks.mend(id, now);
  const albums = albumChanges(db);
  const coverless = db.prepare<[], string>('SELECT id FROM album WHERE cover_asset_id IS NULL').pluck();
  for (const id of coverless.all()) albums.mendCover(id, now);
  const faults = db.pragma('foreign_key_check') as { table: string }[];
  if (faults.length > 0) throw new Error(`the rebuilt catalog refers to nothing in ${faults[0]!.table}`);
}
