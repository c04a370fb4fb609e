import type { Catalog } from './open.ts';

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
  /** JSON of what differs from the default preferences. */
  preferences: string;
  profileImage: string | null;
  profileChangedAt: number;
  hasPin: number;
  createdAt: number;
  updatedAt: number;
  deletedAt: number | null;
}

const COLUMNS = `id, email, name, is_admin AS isAdmin, should_change_password AS shouldChangePassword,
  is_onboarded AS isOnboarded, folder, storage_label AS storageLabel, avatar_color AS avatarColor,
  quota_bytes AS quotaBytes, used_bytes AS usedBytes, preferences, profile_image AS profileImage,
  profile_changed_at AS profileChangedAt, pin_hash IS NOT NULL AS hasPin, created_at AS createdAt,
  updated_at AS updatedAt, deleted_at AS deletedAt`;

export function userQueries(db: Catalog) {
  const byId = db.prepare<[string], User>(`SELECT ${COLUMNS} FROM user WHERE id = ?`);
  const admin = db.prepare('SELECT 1 FROM user WHERE is_admin = 1 LIMIT 1').pluck();
  return {
    /** Also finds deleted accounts: look at `deletedAt`. */
    findById: (id: string): User | undefined => byId.get(id),
    /** Whether the box belongs to somebody. */
    hasAdmin: (): boolean => admin.get() === 1,
  };
}
