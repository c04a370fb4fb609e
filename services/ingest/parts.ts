import type { findingChanges, findingQueries } from '#catalog/findings';
import type { jobChanges } from '#catalog/jobs';
import type { Gazetteer } from '#media/places';
import type { Logger } from '#runtime/log';
import type { PoolLayout } from '#storage/layout';
import type { Decoder } from './decoder-pool.ts';

/** What ingest tells the gateway, so that open pages and apps show it at once. Losing one is harmless. */
export type IngestNews =
  /** Previews are there; `isNew` for the first time. */
  | { type: 'asset-ready'; assetId: string; isNew: boolean }
  /** Became the hidden video of a live photo. */
  | { type: 'asset-hidden'; assetId: string };

/** What ingest is made of; main.ts makes every part. */
export interface IngestParts {
  /** Its name in leases; unique among processes. */
  worker: string;
  layout: PoolLayout;
  /** Changes run inside `transact`. */
  findings: ReturnType<typeof findingQueries> & ReturnType<typeof findingChanges>;
  jobs: ReturnType<typeof jobChanges>;
  /** All or nothing; a power cut may take the last ones back, and their jobs are then done again. */
  transact<Result>(work: () => Result): Result;
  decoder: Decoder;
  /** Undefined when no gazetteer was built. */
  gazetteer: Gazetteer | undefined;
  log: Logger;
  now: () => number;
  tell(news: IngestNews): void;
}
