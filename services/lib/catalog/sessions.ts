import type { Catalog } from './open.ts';

/** One signed-in device, without its token. Times are Unix milliseconds. */
export interface Session {
  id: string;
  userId: string;
  /** The session that made this one, for a television for example; it ends with it. */
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

export interface NewSession {
  id: string;
  userId: string;
  parentId: string | null;
  /** SHA-256 of the token. */
  tokenHash: Uint8Array;
  deviceType: string;
  deviceOs: string;
  appVersion: string | null;
  expiresAt: number | null;
  now: number;
}

const COLUMNS = `id, user_id AS userId, parent_id AS parentId, device_type AS deviceType, device_os AS deviceOs,
  app_version AS appVersion, created_at AS createdAt, updated_at AS updatedAt, expires_at AS expiresAt,
  elevated_until AS elevatedUntil, is_pending_sync_reset AS isPendingSyncReset`;

export function sessionQueries(db: Catalog) {
  const byToken = db.prepare<[Buffer], Session>(`SELECT ${COLUMNS} FROM session WHERE token_hash = ?`);
  const byId = db.prepare<[string], Session>(`SELECT ${COLUMNS} FROM session WHERE id = ?`);
  const byUser = db.prepare<{ userId: string; now: number }, Session>(
    `SELECT ${COLUMNS} FROM session WHERE user_id = @userId AND coalesce(expires_at, @now + 1) > @now
     ORDER BY updated_at DESC, id`,
  );
  return {
    /** The session whose token has this SHA-256, also when it has expired. */
    findByTokenHash: (tokenHash: Buffer): Session | undefined => byToken.get(tokenHash),
    /** Also when it has expired. */
    findById: (id: string): Session | undefined => byId.get(id),
    /** All sessions of a user that have not expired, last used first. */
    listByUser: (userId: string, now: number): Session[] => byUser.all({ userId, now }),
  };
}

export function sessionChanges(db: Catalog) {
  const insert = db.prepare(`
    INSERT INTO session (id, user_id, parent_id, token_hash, device_type, device_os, app_version, created_at, updated_at,
      expires_at)
    VALUES (@id, @userId, @parentId, @tokenHash, @deviceType, @deviceOs, @appVersion, @now, @now, @expiresAt)`);
  const removeExpired = db.prepare<{ userId: string; now: number }>(
    'DELETE FROM session WHERE user_id = @userId AND expires_at <= @now',
  );
  const touch = db.prepare<{ id: string; now: number; appVersion: string | null }>(
    'UPDATE session SET updated_at = @now, app_version = coalesce(@appVersion, app_version) WHERE id = @id',
  );
  const elevate = db.prepare<{ id: string; until: number | null }>(
    'UPDATE session SET elevated_until = @until WHERE id = @id',
  );
  const extend = db.prepare<{ id: string; until: number; now: number }>(
    'UPDATE session SET elevated_until = @until WHERE id = @id AND elevated_until > @now',
  );
  const lockAll = db.prepare<{ userId: string }>(
    'UPDATE session SET elevated_until = NULL WHERE user_id = @userId',
  );
  const reset = db.prepare<{ id: string; isPending: number }>(
    'UPDATE session SET is_pending_sync_reset = @isPending WHERE id = @id',
  );
  const family = db
    .prepare<[string], string>(`
      WITH RECURSIVE family(id) AS (
        SELECT id FROM session WHERE id = ?
        UNION SELECT session.id FROM session JOIN family ON session.parent_id = family.id)
      SELECT id FROM family`)
    .pluck();
  const ofUser = db
    .prepare<{ userId: string; keptId: string | null }, string>(`
      WITH RECURSIVE kept(id, parent_id) AS (
        SELECT id, parent_id FROM session WHERE id = @keptId
        UNION SELECT session.id, session.parent_id FROM session JOIN kept ON session.id = kept.parent_id)
      SELECT id FROM session WHERE user_id = @userId AND id NOT IN (SELECT id FROM kept)`)
    .pluck();
  const remove = db.prepare<[string]>('DELETE FROM session WHERE id = ?');
  const removeAll = (ids: readonly string[]): string[] => {
    for (const id of ids) remove.run(id);
    return [...ids];
  };
  return {
    /** Signs a device in. What has expired of the same user is forgotten. */
    create: (session: NewSession): void => {
      removeExpired.run({ userId: session.userId, now: session.now });
      insert.run(session);
    },
    /** Notes that the device was heard from; `appVersion` null keeps the one known. */
    touch: (change: { id: string; now: number; appVersion: string | null }): void => void touch.run(change),
    /** Opens the locked folder for this session until then, or closes it (null). */
    elevate: (change: { id: string; until: number | null }): void => void elevate.run(change),
    /** Moves the end of an elevation that still lasts; one that was closed meanwhile stays closed. */
    extendElevation: (change: { id: string; until: number; now: number }): void => void extend.run(change),
    /** Closes the locked folder on every device of a user. */
    lockAll: (change: { userId: string }): void => void lockAll.run(change),
    /** Makes the device's next sync start over, or takes that back. */
    setPendingSyncReset: (change: { id: string; isPending: boolean }): void =>
      void reset.run({ id: change.id, isPending: Number(change.isPending) }),
    /** Ends a session and those it made. Returns the ids of all that ended; none when it was gone already. */
    remove: (change: { id: string }): string[] => removeAll(family.all(change.id)),
    /**
     * Ends a user's sessions except `keptId` and those that it came from, without which it could not go on
     * (null: all of them). Returns the ids of all that ended.
     */
    removeByUser: (change: { userId: string; keptId: string | null }): string[] =>
      removeAll(ofUser.all(change)),
  };
}
