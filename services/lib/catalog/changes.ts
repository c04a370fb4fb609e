import { jobChanges } from './jobs.ts';
import type { Catalog } from './open.ts';
import { sessionChanges } from './sessions.ts';
import { uploadChanges } from './uploads.ts';

/**
 * Every change of the catalog, by noun. Each function runs inside a transaction that its caller opened:
 * the gateway's writer thread (see writer.ts) or ingest. Arguments and results must survive a structured clone.
 */
export function buildChanges(db: Catalog) {
  return {
    jobs: jobChanges(db),
    sessions: sessionChanges(db),
    uploads: uploadChanges(db),
  };
}

export type Changes = ReturnType<typeof buildChanges>;
