import { Problem } from '#contract/problems';
import type { Catalog } from './open.ts';

/** An API key without its secret. Times are Unix milliseconds. */
export interface ApiKey {
  id: string;
  userId: string;
  name: string;
  permissions: string[];
  createdAt: number;
  updatedAt: number;
}

type ApiKeyRow = Omit<ApiKey, 'permissions'> & { permissions: string };

const COLUMNS = 'id, user_id AS userId, name, permissions, created_at AS createdAt, updated_at AS updatedAt';

const fromRow = (row: ApiKeyRow): ApiKey => ({
  ...row,
  permissions: JSON.parse(row.permissions) as string[],
});

export function apiKeyQueries(db: Catalog) {
  const bySecret = db.prepare<[Buffer], ApiKeyRow>(`SELECT ${COLUMNS} FROM api_key WHERE secret_hash = ?`);
  const byId = db.prepare<[string], ApiKeyRow>(`SELECT ${COLUMNS} FROM api_key WHERE id = ?`);
  const byUser = db.prepare<[string], ApiKeyRow>(
    `SELECT ${COLUMNS} FROM api_key WHERE user_id = ? ORDER BY created_at, id`,
  );
  const found = (row: ApiKeyRow | undefined): ApiKey | undefined => row && fromRow(row);
  return {
    /** The key whose secret has this SHA-256. */
    findBySecretHash: (secretHash: Buffer): ApiKey | undefined => found(bySecret.get(secretHash)),
    findById: (id: string): ApiKey | undefined => found(byId.get(id)),
    /** All keys of a user, oldest first. */
    listByUser: (userId: string): ApiKey[] => byUser.all(userId).map(fromRow),
  };
}

export function apiKeyChanges(db: Catalog) {
  const { findById } = apiKeyQueries(db);
  const insert = db.prepare(`
    INSERT INTO api_key (id, user_id, name, secret_hash, permissions, created_at, updated_at)
    VALUES (@id, @userId, @name, @secretHash, @permissions, @now, @now)`);
  const update = db.prepare(
    'UPDATE api_key SET name = @name, permissions = @permissions, updated_at = @now WHERE id = @id',
  );
  const rotate = db.prepare<{ id: string; secretHash: Uint8Array; now: number }>(
    'UPDATE api_key SET secret_hash = @secretHash, updated_at = @now WHERE id = @id',
  );
  const remove = db.prepare<[string]>('DELETE FROM api_key WHERE id = ?');
  const requireKey = (id: string): ApiKey => {
    const key = findById(id);
    if (!key) throw new Problem('not_found_or_no_access', { scope: 'apiKey' });
    return key;
  };
  return {
    create: (key: {
      id: string;
      userId: string;
      name: string;
      /** SHA-256 of the secret. */
      secretHash: Uint8Array;
      permissions: readonly string[];
      now: number;
    }): ApiKey => {
      insert.run({ ...key, permissions: JSON.stringify(key.permissions) });
      return requireKey(key.id);
    },
    /** Absent is kept. */
    update: (change: { id: string; name?: string; permissions?: readonly string[]; now: number }): ApiKey => {
      const key = requireKey(change.id);
      update.run({
        id: key.id,
        name: change.name ?? key.name,
        permissions: JSON.stringify(change.permissions ?? key.permissions),
        now: change.now,
      });
      return requireKey(key.id);
    },
    /** From now on only the new secret opens; the old one is gone. */
    rotate: (change: { id: string; secretHash: Uint8Array; now: number }): ApiKey => {
      rotate.run(change);
      return requireKey(change.id);
    },
    remove: (id: string): void => void remove.run(id),
  };
}
