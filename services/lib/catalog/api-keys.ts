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

const fromRow = (row: ApiKeyRow | undefined): ApiKey | undefined =>
  row && { ...row, permissions: JSON.parse(row.permissions) as string[] };

export function apiKeyQueries(db: Catalog) {
  const bySecret = db.prepare<[Buffer], ApiKeyRow>(`SELECT ${COLUMNS} FROM api_key WHERE secret_hash = ?`);
  return {
    /** The key whose secret has this SHA-256. */
    findBySecretHash: (secretHash: Buffer): ApiKey | undefined => fromRow(bySecret.get(secretHash)),
  };
}
