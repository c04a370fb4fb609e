import { mergePreferences, type PreferencesPart } from '#contract/preference-values';
import { Problem } from '#contract/problems';
import type { Catalog } from './open.ts';
import { rebuiltAccounts } from './rebuilt-accounts.ts';
import { sessionChanges } from './sessions.ts';
import { userFolder } from './user-folder.ts';

/** An account, without its password. Times are Unix milliseconds; flags are 0 or 1. */
export interface User {
  id: string;
  email: string;
  name: string;
  isAdmin: number;
  shouldChangePassword: number;
  isOnboarded: number;
  /** Below `library/`; chosen once. */
  folder: string;
  storageLabel: string | null;
  avatarColor: string | null;
  quotaBytes: number | null;
  usedBytes: number;
  /** The part of `usedBytes` that is videos. */
  videoBytes: number;
  /** JSON of what differs from the default preferences. */
  preferences: string;
  profileImage: string | null;
  profileChangedAt: number;
  hasPin: number;
  createdAt: number;
  updatedAt: number;
  deletedAt: number | null;
  /** From then on a deleted account's photos may be removed; null while the account lives. */
  purgeAt: number | null;
}

/** What proves that somebody is this user. Encoded by gateway/password.ts. */
export interface UserSecrets {
  id: string;
  passwordHash: string;
  pinHash: string | null;
}

export interface NewUser {
  id: string;
  /** Lower case. */
  email: string;
  name: string;
  passwordHash: string;
  pinHash: string | null;
  isAdmin: boolean;
  shouldChangePassword: boolean;
  storageLabel: string | null;
  avatarColor: string | null;
  quotaBytes: number | null;
  now: number;
}

/** What of an account changes; absent is kept, null is cleared. */
export interface UserPatch {
  email?: string;
  name?: string;
  passwordHash?: string;
  pinHash?: string | null;
  isAdmin?: boolean;
  shouldChangePassword?: boolean;
  isOnboarded?: boolean;
  storageLabel?: string | null;
  avatarColor?: string | null;
  quotaBytes?: number | null;
}

/** An account after a change, and the sessions that ended with it: their connections are to be closed. */
export interface UserChange {
  user: User;
  endedSessions: string[];
}

/**
 * How many photos and videos an account has outside the trash. Neither parts of other photos are counted nor the
 * locked folder: who manages a box does not learn that there is anything in somebody's.
 */
export interface UserCount {
  userId: string;
  images: number;
  videos: number;
}

const COLUMNS = `id, email, name, is_admin AS isAdmin, should_change_password AS shouldChangePassword,
  is_onboarded AS isOnboarded, folder, storage_label AS storageLabel, avatar_color AS avatarColor,
  quota_bytes AS quotaBytes, used_bytes AS usedBytes, video_bytes AS videoBytes, preferences,
  profile_image AS profileImage, profile_changed_at AS profileChangedAt, pin_hash IS NOT NULL AS hasPin,
  created_at AS createdAt, updated_at AS updatedAt, deleted_at AS deletedAt, purge_at AS purgeAt`;

const SECRETS = 'id, password_hash AS passwordHash, pin_hash AS pinHash';

export function userQueries(db: Catalog) {
  const byId = db.prepare<[string], User>(`SELECT ${COLUMNS} FROM user WHERE id = ?`);
  const admin = db.prepare('SELECT 1 FROM user WHERE is_admin = 1 LIMIT 1').pluck();
  const active = db.prepare<[], User>(
    `SELECT ${COLUMNS} FROM user WHERE deleted_at IS NULL ORDER BY created_at, id`,
  );
  const all = db.prepare<[], User>(`SELECT ${COLUMNS} FROM user ORDER BY created_at, id`);
  const secretsById = db.prepare<[string], UserSecrets>(`SELECT ${SECRETS} FROM user WHERE id = ?`);
  const secretsByEmail = db.prepare<[string], UserSecrets>(
    `SELECT ${SECRETS} FROM user WHERE email = ? AND deleted_at IS NULL`,
  );
  const counts = db.prepare<[], UserCount>(`
    SELECT owner_id AS userId, sum(count) FILTER (WHERE type = 'IMAGE') AS images,
      sum(count) FILTER (WHERE type = 'VIDEO') AS videos
    FROM month_count WHERE basis = 'taken' AND is_trashed = 0 AND visibility IN ('timeline', 'archive') GROUP BY owner_id`);
  const count = db.prepare<CountFilter, { images: number; videos: number }>(`
    SELECT coalesce(sum(count) FILTER (WHERE type = 'IMAGE'), 0) AS images,
      coalesce(sum(count) FILTER (WHERE type = 'VIDEO'), 0) AS videos
    FROM month_count WHERE owner_id = @userId AND basis = 'taken' AND is_trashed = @isTrashed
      AND visibility <> 'hidden' AND iif(@visibility IS NULL, visibility <> 'locked', visibility = @visibility)
      AND is_favorite = coalesce(@isFavorite, is_favorite)`);
  return {
    /** Also finds deleted accounts: look at `deletedAt`. */
    findById: (id: string): User | undefined => byId.get(id),
    /** Whether the box belongs to somebody. */
    hasAdmin: (): boolean => admin.get() === 1,
    /** All accounts that are not deleted, oldest first. */
    listActive: (): User[] => active.all(),
    /** All accounts, also deleted ones, oldest first. */
    listAll: (): User[] => all.all(),
    findSecrets: (id: string): UserSecrets | undefined => secretsById.get(id),
    /** For signing in: deleted accounts are not found. `email` in lower case. */
    findSecretsByEmail: (email: string): UserSecrets | undefined => secretsByEmail.get(email),
    /** Counts of every account that has any photo. */
    countAll: (): UserCount[] =>
      counts.all().map((row) => ({ ...row, images: row.images ?? 0, videos: row.videos ?? 0 })),
    /** Counts of one account; null in a filter stands for both, of visibilities for the timeline and the archive. */
    count: (filter: CountFilter): { images: number; videos: number } => count.get(filter)!,
  };
}

export interface CountFilter {
  userId: string;
  isTrashed: 0 | 1;
  isFavorite: 0 | 1 | null;
  visibility: string | null;
}

export function userChanges(db: Catalog) {
  const queries = userQueries(db);
  const sessions = sessionChanges(db);
  const rebuilt = rebuiltAccounts(db);
  const folders = db.prepare<[], string>('SELECT folder FROM user').pluck();
  const idOfEmail = db.prepare<[string], string>('SELECT id FROM user WHERE email = ?').pluck();
  const idOfLabel = db.prepare<[string], string>('SELECT id FROM user WHERE storage_label = ?').pluck();
  const otherAdmin = db
    .prepare<[string]>('SELECT 1 FROM user WHERE is_admin = 1 AND deleted_at IS NULL AND id <> ? LIMIT 1')
    .pluck();
  const insert = db.prepare(`
    INSERT INTO user (id, email, name, password_hash, pin_hash, is_admin, should_change_password, is_onboarded, folder,
      storage_label, avatar_color, quota_bytes, profile_changed_at, created_at, updated_at)
    VALUES (@id, @email, @name, @passwordHash, @pinHash, @isAdmin, @shouldChangePassword, 1, @folder,
      @storageLabel, @avatarColor, @quotaBytes, @now, @now, @now)`);
  const save = db.prepare(`
    UPDATE user SET email = @email, name = @name, password_hash = @passwordHash, pin_hash = @pinHash,
      is_admin = @isAdmin, should_change_password = @shouldChangePassword, is_onboarded = @isOnboarded,
      storage_label = @storageLabel, avatar_color = @avatarColor, quota_bytes = @quotaBytes, updated_at = @now
    WHERE id = @id`);
  const firstPin = db.prepare<{ id: string; pinHash: string; now: number }>(
    'UPDATE user SET pin_hash = @pinHash, updated_at = @now WHERE id = @id',
  );
  const rehash = db.prepare<{ id: string; from: string; to: string }>(
    'UPDATE user SET password_hash = @to WHERE id = @id AND password_hash = @from',
  );
  const preferences = db.prepare<{ id: string; preferences: string; now: number }>(
    'UPDATE user SET preferences = @preferences, updated_at = @now WHERE id = @id',
  );
  const avatar = db.prepare<{ id: string; color: string }>(
    'UPDATE user SET avatar_color = @color WHERE id = @id',
  );
  const remove = db.prepare<{ id: string; now: number; purgeAt: number }>(
    'UPDATE user SET deleted_at = coalesce(deleted_at, @now), purge_at = @purgeAt, updated_at = @now WHERE id = @id',
  );
  const restore = db.prepare<{ id: string; now: number }>(
    'UPDATE user SET deleted_at = NULL, purge_at = NULL, updated_at = @now WHERE id = @id',
  );

  const portrait = db.prepare<{ id: string; path: string | null; now: number }>(
    'UPDATE user SET profile_image = @path, profile_changed_at = @now, updated_at = @now WHERE id = @id',
  );

  const requireUser = (id: string): User => {
    const user = queries.findById(id);
    if (!user) throw new Problem('not_found_or_no_access', { scope: 'user' });
    return user;
  };
  const requireFree = (id: string, email: string, storageLabel: string | null): void => {
    if ((idOfEmail.get(email) ?? id) !== id) throw new Problem('email_taken');
    if (storageLabel !== null && (idOfLabel.get(storageLabel) ?? id) !== id)
      throw new Problem('storage_label_taken');
  };
  const create = (user: NewUser): User => {
    requireFree(user.id, user.email, user.storageLabel);
    insert.run({
      ...user,
      isAdmin: Number(user.isAdmin),
      shouldChangePassword: Number(user.shouldChangePassword),
      folder: userFolder(user.name, folders.all()),
    });
    return requireUser(user.id);
  };

  return {
    /** Makes an account and chooses its folder. Throws `email_taken` or `storage_label_taken`. */
    create,
    /**
     * Makes the account that the box belongs to, or hands over the one that was made again from the drives.
     * Throws `admin_exists` when it has an owner already.
     */
    createFirstAdmin: (user: NewUser): User => {
      if (queries.hasAdmin()) throw new Problem('admin_exists');
      const own = rebuilt.claim(user);
      return own === undefined ? create(user) : requireUser(own);
    },
    /**
     * `endSessions` also signs out every device except the one of the session `keptId` (null: all). An account
     * that loses its PIN has the locked folder closed on every device.
     * Throws `email_taken`, `storage_label_taken`, or `last_admin` when nobody would be left to manage the box.
     */
    update: (change: {
      id: string;
      patch: UserPatch;
      endSessions?: { keptId: string | null };
      now: number;
    }): UserChange => {
      const user = requireUser(change.id);
      const patch = Object.fromEntries(
        Object.entries(change.patch).filter(([, value]) => value !== undefined),
      ) as UserPatch;
      const next = { ...user, ...queries.findSecrets(user.id)!, ...patch };
      requireFree(user.id, next.email, next.storageLabel);
      if (user.isAdmin === 1 && !next.isAdmin && otherAdmin.get(user.id) === undefined)
        throw new Problem('last_admin');
      save.run({
        ...next,
        isAdmin: Number(next.isAdmin),
        shouldChangePassword: Number(next.shouldChangePassword),
        isOnboarded: Number(next.isOnboarded),
        now: change.now,
      });
      if (next.pinHash === null) sessions.lockAll({ userId: user.id });
      return {
        user: requireUser(user.id),
        endedSessions: change.endSessions
          ? sessions.removeByUser({ userId: user.id, keptId: change.endSessions.keptId })
          : [],
      };
    },
    /** Gives an account its PIN; throws `pin_exists` when it has one. */
    setFirstPin: (change: { id: string; pinHash: string; now: number }): void => {
      if (requireUser(change.id).hasPin === 1) throw new Problem('pin_exists');
      firstPin.run(change);
    },
    /** Replaces one encoding of a password by another of the same password; nothing when it was changed meanwhile. */
    rehash: (change: { id: string; from: string; to: string }): void => void rehash.run(change),
    /** Merges a part of the preferences into what is kept; `avatarColor` goes with it because clients send it so. */
    updatePreferences: (change: {
      id: string;
      part: PreferencesPart;
      avatarColor: string | null;
      now: number;
    }): User => {
      const user = requireUser(change.id);
      const merged = mergePreferences(user.preferences, change.part);
      preferences.run({ id: change.id, preferences: merged, now: change.now });
      if (change.avatarColor !== null) avatar.run({ id: change.id, color: change.avatarColor });
      return requireUser(change.id);
    },
    /**
     * Marks an account as deleted and signs it out everywhere; its photos stay until `purgeAt` at least, and so
     * does the way back. Throws `last_admin` for the only administrator.
     */
    remove: (change: { id: string; now: number; purgeAt: number }): UserChange => {
      const user = requireUser(change.id);
      if (user.isAdmin === 1 && otherAdmin.get(change.id) === undefined) throw new Problem('last_admin');
      remove.run(change);
      return {
        user: requireUser(change.id),
        endedSessions: sessions.removeByUser({ userId: change.id, keptId: null }),
      };
    },
    /** Gives an account another picture, or none. Returns the path of the one before. */
    setProfileImage: (change: { id: string; path: string | null; now: number }): string | null => {
      const { profileImage } = requireUser(change.id);
      portrait.run(change);
      return profileImage;
    },
    /** Takes a deletion back. An account that is not deleted stays as it is. */
    restore: (change: { id: string; now: number }): User => {
      requireUser(change.id);
      restore.run(change);
      return requireUser(change.id);
    },
  };
}
