import type { AccountRecord } from '#contract/sidecars';
import type { Catalog } from './open.ts';

/** An account's file to write, and what the catalog says now. */
export interface DueAccountFile {
  /** Below `library/`. */
  folder: string;
  revision: number;
  record: AccountRecord;
}

type Flags<Row, Names extends keyof Row> = Omit<Row, Names> & { [Name in Names]: number };
type Album = AccountRecord['albums'][number];
type Library = NonNullable<AccountRecord['libraries']>[number];

export function accountFileQueries(db: Catalog) {
  const due = db.prepare<
    { now: number },
    Flags<
      Omit<AccountRecord, 'version' | 'albums' | 'people' | 'tags' | 'libraries' | 'partners'>,
      'wasAdmin'
    > & {
      folder: string;
      revision: number;
    }
  >(`
    SELECT u.id, u.email, u.name, u.is_admin AS wasAdmin, u.storage_label AS storageLabel, u.folder,
      u.avatar_color AS avatarColor, u.quota_bytes AS quotaBytes, u.preferences, u.created_at AS createdAt,
      u.deleted_at AS deletedAt, u.purge_at AS purgeAt, f.revision
    FROM account_file f JOIN user u ON u.id = f.user_id
    WHERE f.revision <> f.written_revision AND (f.due_at IS NULL OR f.due_at <= @now)`);
  const albums = db.prepare<[string], Flags<Omit<Album, 'members'>, 'isActivityEnabled'>>(`
    SELECT b.id, b.name, b.description, b.cover_asset_id AS coverAssetId, b.is_activity_enabled AS isActivityEnabled,
      b.sort_order AS sortOrder, b.created_at AS createdAt
    FROM album_user m JOIN album b ON b.id = m.album_id WHERE m.user_id = ? AND m.role = 'owner' ORDER BY b.id`);
  const members = db.prepare<[string], Album['members'][number]>(
    'SELECT user_id AS userId, role, created_at AS createdAt FROM album_user WHERE album_id = ? ORDER BY user_id',
  );
  const people = db.prepare<[string], Flags<AccountRecord['people'][number], 'isHidden' | 'isFavorite'>>(`
    SELECT id, name, birth_date AS birthDate, is_hidden AS isHidden, is_favorite AS isFavorite, color,
      cover_face_id AS coverFaceId, created_at AS createdAt FROM person WHERE owner_id = ? ORDER BY id`);
  const tags = db.prepare<[string], AccountRecord['tags'][number]>(
    'SELECT id, value, color FROM tag WHERE owner_id = ? ORDER BY value',
  );
  const partners = db.prepare<[string], Flags<AccountRecord['partners'][number], 'inTimeline'>>(
    `SELECT shared_with_id AS userId, in_timeline AS inTimeline, created_at AS createdAt FROM partner
     WHERE shared_by_id = ? ORDER BY shared_with_id`,
  );
  const libraries = db.prepare<
    [string],
    Omit<Library, 'exclusionPatterns' | 'folders'> & { patterns: string }
  >(
    `SELECT id, name, exclusion_patterns AS patterns, created_at AS createdAt FROM library
     WHERE owner_id = ? AND deleted_at IS NULL ORDER BY created_at, id`,
  );
  const folders = db.prepare<[string], Omit<Library['folders'][number], 'deleted'> & { folderId: number }>(
    `SELECT id AS folderId, path, file_system AS fileSystem, inode FROM library_folder
     WHERE library_id = ? AND removed_at IS NULL ORDER BY id`,
  );
  const deleted = db.prepare<[number], Library['folders'][number]['deleted'][number]>(
    'SELECT dir, name FROM deleted_file WHERE folder_id = ? ORDER BY dir, name',
  );
  const listLibraries = (ownerId: string): Library[] =>
    libraries.all(ownerId).map(({ patterns, ...library }) => ({
      ...library,
      exclusionPatterns: JSON.parse(patterns) as string[],
      folders: folders
        .all(library.id)
        .map(({ folderId, ...folder }) => ({ ...folder, deleted: deleted.all(folderId) })),
    }));
  return {
    /** Files of accounts that say less than the catalog. */
    listDue: (now: number): DueAccountFile[] =>
      due.all({ now }).map(({ folder, revision, ...user }) => ({
        folder,
        revision,
        record: {
          version: 1,
          ...user,
          wasAdmin: user.wasAdmin === 1,
          albums: albums.all(user.id).map((album) => ({
            ...album,
            isActivityEnabled: album.isActivityEnabled === 1,
            members: members.all(album.id),
          })),
          people: people.all(user.id).map((person) => ({
            ...person,
            isHidden: person.isHidden === 1,
            isFavorite: person.isFavorite === 1,
          })),
          tags: tags.all(user.id),
          libraries: listLibraries(user.id),
          partners: partners.all(user.id).map((one) => ({ ...one, inTimeline: one.inTimeline === 1 })),
        },
      })),
  };
}

export function accountFileChanges(db: Catalog) {
  const written = db.prepare<{ userId: string; revision: number }>(
    'UPDATE account_file SET written_revision = @revision, due_at = NULL WHERE user_id = @userId',
  );
  const postpone = db.prepare<{ userId: string; dueAt: number }>(
    'UPDATE account_file SET due_at = @dueAt WHERE user_id = @userId',
  );
  const note = db.prepare<[string]>(
    'UPDATE account_file SET revision = revision + 1 WHERE user_id IN (SELECT value FROM json_each(?))',
  );
  return {
    /** What no trigger watches has changed for these accounts: their external libraries. */
    note: (userIds: readonly string[]): void => void note.run(JSON.stringify(userIds)),
    /** The file is on the drive and says `revision`; what changed meanwhile stays due. */
    recordWritten: (change: { userId: string; revision: number }): void => void written.run(change),
    /** It could not be written now; tried again at `dueAt`. */
    postpone: (change: { userId: string; dueAt: number }): void => void postpone.run(change),
  };
}
