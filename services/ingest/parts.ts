import type { arrivalStacks } from '#catalog/arrival-stacks';
import type { editChanges, editQueries } from '#catalog/edits';
import type { faceQueries } from '#catalog/faces';
import type { findingChanges, findingQueries } from '#catalog/findings';
import type { jobChanges } from '#catalog/jobs';
import type { memoryDays } from '#catalog/memory-days';
import type { notificationChanges } from '#catalog/notifications';
import type { renditionChanges } from '#catalog/renditions';
import type { tagChanges } from '#catalog/tags';
import type { IngestNews } from '#contract/ingest-news';
import type { Gazetteer } from '#media/places';
import type { Logger } from '#runtime/log';
import type { PoolLayout } from '#storage/layout';
import type { Decoder } from './decoder-pool.ts';

/** What ingest is made of; main.ts makes every part. */
export interface IngestParts {
  /** Its name in leases; unique among processes. */
  worker: string;
  layout: PoolLayout;
  /** Changes run inside `transact`. */
  findings: ReturnType<typeof findingQueries> & ReturnType<typeof findingChanges>;
  jobs: ReturnType<typeof jobChanges>;
  tags: Pick<ReturnType<typeof tagChanges>, 'addKeywords'>;
  stacks: ReturnType<typeof arrivalStacks>;
  memories: ReturnType<typeof memoryDays>;
  faces: ReturnType<typeof faceQueries>;
  notifications: Pick<ReturnType<typeof notificationChanges>, 'tellAdmins'>;
  edits: ReturnType<typeof editQueries> & ReturnType<typeof editChanges>;
  renditions: ReturnType<typeof renditionChanges>;
  /** All or nothing; a power cut may take the last ones back, and their jobs are then done again. */
  transact<Result>(work: () => Result): Result;
  decoder: Decoder;
  /** Undefined when no gazetteer was built. */
  gazetteer: Gazetteer | undefined;
  log: Logger;
  now: () => number;
  tell(news: IngestNews): void;
}
