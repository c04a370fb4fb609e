import { apiKeyQueries } from './api-keys.ts';
import { jobQueries } from './jobs.ts';
import type { Catalog } from './open.ts';
import { sessionQueries } from './sessions.ts';
import { uploadQueries } from './uploads.ts';
import { userQueries } from './users.ts';

/** Every question the gateway asks the catalog, by noun; prepared once. */
export function buildQueries(db: Catalog) {
  return {
    users: userQueries(db),
    sessions: sessionQueries(db),
    jobs: jobQueries(db),
    uploads: uploadQueries(db),
    apiKeys: apiKeyQueries(db),
  };
}

export type Queries = ReturnType<typeof buildQueries>;
