import type { arrivalStacks } from '#catalog/arrival-stacks';
import type { editChanges, editQueries } from '#catalog/edits';
import type { faceQueries } from '#catalog/faces';
import type { findingChanges, findingQueries } from '#catalog/findings';
import type { jobChanges } from '#catalog/jobs';
import type { memoryDays } from '#catalog/memory-days';
import type { notificationChanges } from '#catalog/notifications';
import type { tagChanges } from '#catalog/tags';
import type { Gazetteer } from '#media/places';
import type { Logger } from '#runtime/log';
import type { PoolLayout } from '#storage/layout';
import type { Decoder } from './decoder-pool.ts';

/** What ingest tells the gateway, so that open pages and apps show it at once. Losing one is harmless. */
export type IngestNews =
  /** Previews are there; `isNew` for the first time. */
  | { type: 'asset-ready'; assetId: string; isNew: boolean }
  /** The edited picture is there. */
  | { type: 'asset-edited'; assetId: string }
  /** Became the hidden video of a live photo. */
  | { type: 'asset-hidden'; assetId: string }
  /** There is news for people; the ids of the notifications. */
  | { type: 'notified'; ids: string[] }
  /** The picture of an account is there, or in words why not. */
  | { type: 'portrait-made'; id: string; problem: string | null }
  /** Photos of this user came into a stack. */
  | { type: 'stacked'; ownerId: string }
  /** The picture of a person is there. */
  | { type: 'person-shown'; ownerId: string; personId: string };

/** What the gateway tells ingest: that jobs are due, or that somebody waits for a picture of their account. */
export type GatewayNews = { type: 'wake' } | { type: 'portrait'; id: string };

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
  /** All or nothing; a power cut may take the last ones back, and their jobs are then done again. */
  transact<Result>(work: () => Result): Result;
  decoder: Decoder;
  /** Undefined when no gazetteer was built. */
  gazetteer: Gazetteer | undefined;
  log: Logger;
  now: () => number;
  tell(news: IngestNews): void;
}
