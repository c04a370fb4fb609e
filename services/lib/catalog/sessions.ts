import type { Catalog } from './open.ts';

/** One signed-in device, without its token. Times are Unix milliseconds. */
export interface Session {
  id: string;
  userId: string;
  parentId: string | null;
  deviceType: string;
  deviceOs: string;
  appVersion: string | null;
  createdAt: number;
  updatedAt: number;
  /** Null: never. */
  expiresAt: number | null;
  /** The locked folder is open for this session until then; null when it never was. */
  elevatedUntil: number | null;
  isPendingSyncReset: number;
}

const COLUMNS = `id, user_id AS userId, parent_id AS parentId, device_type AS deviceType, device_os AS deviceOs,
  app_version AS appVersion, created_at AS createdAt, updated_at AS updatedAt, expires_at AS expiresAt,
  elevated_until AS elevatedUntil, is_pending_sync_reset AS isPendingSyncReset`;

export function sessionQueries(db: Catalog) {
  const byToken = db.prepare<[Buffer], Session>(`SELECT ${COLUMNS} FROM session WHERE token_hash = ?`);
  const byUser = db.prepare<[string], Session>(
    `SELECT ${COLUMNS} FROM session WHERE user_id = ? ORDER BY updated_at DESC, id`,
  );
  return {
    /** The session whose token has this SHA-256, also when it has expired. */
    findByTokenHash: (tokenHash: Buffer): Session | undefined => byToken.get(tokenHash),
    /** All sessions of a user, last used first. */
    listByUser: (userId: string): Session[] => byUser.all(userId),
  };
}

export function sessionChanges(db: Catalog) {
  const touch = db.prepare<{ id: string; now: number; appVersion: string | null }>(
    'UPDATE session SET updated_at = @now, app_version = coalesce(@appVersion, app_version) WHERE id = @id',
  );
  const elevate = db.prepare<{ id: string; until: number | null }>(
    'UPDATE session SET elevated_until = @until WHERE id = @id',
  );
  const extend = db.prepare<{ id: string; until: number; now: number }>(
    'UPDATE session SET elevated_until = @until WHERE id = @id AND elevated_until > @now',
  );
  return {
    /** Notes that the device was heard from; `appVersion` null keeps the one known. */
    touch: (change: { id: string; now: number; appVersion: string | null }): void => void touch.run(change),
    /** Opens the locked folder for this session until then, or closes it (null). */
    elevate: (change: { id: string; until: number | null }): void => void elevate.run(change),
    /** Moves the end of an elevation that still lasts; one that was closed meanwhile stays closed. */
    extendElevation: (change: { id: string; until: number; now: number }): void => void extend.run(change),
  };
}
