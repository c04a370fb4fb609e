import {
  SYNC_COMPLETE,
  type SyncCheckpoint,
  type SyncPageRequest,
  type SyncRow,
  type SyncShare,
} from '#catalog/sync';
import type { ClientProfile } from '../client-profile.ts';
import type { GatewayParts } from '../parts.ts';
import { lineAck, RESET_ACK } from './acks.ts';
import { GONE_TYPES, type Step, stepsFor } from './order.ts';

export interface SyncRequest {
  userId: string;
  sessionId: string;
  types: readonly string[];
  profile: ClientProfile;
  isPendingReset: boolean;
}

type Parts = Pick<GatewayParts, 'queries' | 'reader' | 'writer' | 'now'>;

const DAY_MS = 24 * 3_600_000;
/** A device that has not finished a sync for so long starts over (contract §4.6) … */
const FORGOTTEN_AFTER_MS = 30 * DAY_MS;
/** … so that what went has to be remembered only a little longer. */
const REMEMBERED_MS = 31 * DAY_MS;

/** Rows per page: read in a millisecond, little enough that what is left of a page is collected young. */
const PAGE_ROWS = 100;
/** What changed in albums since longer ago may have to be searched at length: that is the reader thread's work. */
const FAR_REVISIONS = 2_000;

const control = (type: string, ack: string) => `{"type":"${type}","data":{},"ack":"${ack}"}\n`;

/**
 * The lines for one device (contract §4), as much at a time as the device takes. What is read is what stands in
 * the catalog at that moment; no transaction is open between pages. Lines of rows up to the revision at the
 * start are complete; a row that moves while the stream runs comes with the next one, and now already where
 * others refer to it.
 */
export async function* syncLines(parts: Parts, request: SyncRequest): AsyncGenerator<string> {
  const { queries, writer, now } = parts;
  const { userId, sessionId } = request;
  const startedAt = now();
  const checkpoints = new Map(queries.sync.listCheckpoints(sessionId).map((one) => [one.type, one]));
  const { bound, deleteBound } = queries.sync.bounds();
  if (
    request.isPendingReset ||
    hasToStartOver([...checkpoints.values()], { bound, deleteBound, now: startedAt })
  ) {
    yield control('SyncResetV1', RESET_ACK);
    return;
  }
  const oldest = queries.sync.oldestDelete();
  if (oldest !== undefined && oldest < startedAt - REMEMBERED_MS)
    await writer.sync.purge(startedAt - REMEMBERED_MS);

  const albums = queries.sync.listAlbums(userId, bound);
  const partners = queries.sync.listPartners(userId, bound);
  const owners = queries.sync.listOwners();
  const base = { userId, bound, links: 0, key: null, limit: PAGE_ROWS };
  const readPage = async (page: SyncPageRequest): Promise<SyncRow[]> =>
    page.links > 0 && page.to - page.after > FAR_REVISIONS
      ? parts.reader.sync.page(page)
      : queries.sync.page(page);
  /** Pages of a list, of several owners merged into one order. */
  const pages = async function* (from: Omit<SyncPageRequest, 'key'>, keys: readonly (string | null)[]) {
    let { after } = from;
    while (keys.length > 0) {
      let horizon = from.to;
      let rows: SyncRow[] = [];
      for (const key of keys) {
        const some = await readPage({ ...from, after, key });
        if (some.length === from.limit) horizon = Math.min(horizon, some.at(-1)!.revision);
        rows = rows.length === 0 ? some : [...rows, ...some];
      }
      if (keys.length > 1)
        rows = rows.filter(({ revision }) => revision <= horizon).sort((a, b) => a.revision - b.revision);
      if (rows.length > 0) yield rows;
      if (horizon === from.to) return;
      after = horizon;
      // Others get their turn between two pages.
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const linesOf = (type: string, rows: readonly SyncRow[], ack: (revision: number) => string) => {
    let text = '';
    for (const { revision, data } of rows)
      text += `{"type":"${type}","data":${data},"ack":"${ack(revision)}"}\n`;
    return text;
  };
  const run = async function* (step: Step): AsyncGenerator<string> {
    const { type } = step;
    const ack = (revision: number) => lineAck(type, revision);
    const after = checkpoints.get(type)?.revision ?? 0;
    if (step.step === 'gone') {
      for await (const rows of pages({ ...base, feed: step.feed, after, to: deleteBound }, [null]))
        yield linesOf(type, rows, ack);
    } else if (step.step === 'rows') {
      const keys =
        step.of === 'self' ? [userId] : step.of === 'partners' ? partners.map(({ key }) => key) : [null];
      for await (const rows of pages({ ...base, feed: step.feed, after, to: bound }, keys))
        yield linesOf(type, rows, ack);
      if (!step.isLate) return;
      // Acknowledged as if they had not moved, so that the next stream tells them again with what belongs to them.
      for await (const rows of pages({ ...base, feed: step.feed, after: bound, to: SYNC_COMPLETE }, keys))
        yield linesOf(type, rows, () => lineAck(type, bound));
    } else if (step.step === 'backfill') {
      yield* fillIn(step, step.sharing === 'albums' ? albums : partners);
    } else if (step.step === 'updates') {
      const links = checkpoints.get(step.created)?.revision;
      if (links === undefined) return;
      for await (const rows of pages({ ...base, feed: step.feed, after, to: bound, links }, owners))
        yield linesOf(type, rows, ack);
    } else {
      let isFirst = true;
      for await (const rows of pages({ ...base, feed: step.feed, after, to: bound }, [null])) {
        // What is sent now is up to date: older changes of it need not be told.
        if (isFirst) yield control('SyncAckV1', lineAck(step.updated, bound));
        isFirst = false;
        yield linesOf(type, rows, ack);
      }
    }
  };
  const fillIn = async function* (
    { type, main, feed }: Extract<Step, { step: 'backfill' }>,
    shares: readonly SyncShare[],
  ): AsyncGenerator<string> {
    const done = checkpoints.get(type);
    const reached = checkpoints.get(main)?.revision;
    const complete = async ({ createRevision: revision }: SyncShare) => {
      const ack = lineAck(type, revision, SYNC_COMPLETE);
      if (done?.ack !== ack)
        await writer.sync.saveCheckpoints({
          sessionId,
          checkpoints: [{ type, revision, position: SYNC_COMPLETE, ack }],
          now: startedAt,
        });
    };
    const last = shares.at(-1);
    if (reached === undefined) {
      // The first time the main list brings everything of everybody.
      if (last) await complete(last);
      return;
    }
    let hasLines = false;
    for (const share of shares) {
      const { key, createRevision } = share;
      if (done && createRevision < done.revision) continue;
      const after = done?.revision === createRevision ? done.position : 0;
      if (after === SYNC_COMPLETE) continue;
      for await (const rows of pages({ ...base, feed, after, to: reached }, [key])) {
        hasLines = true;
        yield linesOf(type, rows, (revision) => lineAck(type, createRevision, revision));
      }
      // Nothing that the device would have to keep first: it need not be asked.
      if (!hasLines) await complete(share);
      else yield control('SyncAckV1', lineAck(type, createRevision, SYNC_COMPLETE));
    }
  };

  for (const step of stepsFor(request.types)) yield* run(forProfile(step, request.profile));
  yield control('SyncCompleteV1', lineAck('SyncCompleteV1', bound, startedAt));
}

/** Apps of 2.7 know no role `owner` and would stumble over one. */
function forProfile(step: Step, profile: ClientProfile): Step {
  if (profile === 'v3') return step;
  if (step.step === 'rows' && step.feed === 'albumUser') return { ...step, feed: 'albumGuest' };
  if (step.step === 'backfill' && step.feed === 'oneAlbumUser') return { ...step, feed: 'oneAlbumGuest' };
  return step;
}

/**
 * Whether the device has missed what is no longer remembered, or has seen what this catalog does not know: then
 * it was put back to an older state.
 */
function hasToStartOver(
  checkpoints: readonly SyncCheckpoint[],
  { bound, deleteBound, now }: { bound: number; deleteBound: number; now: number },
): boolean {
  if (checkpoints.length === 0) return false;
  const completed = checkpoints.find(({ type }) => type === 'SyncCompleteV1');
  const heardAt = completed?.position ?? Math.min(...checkpoints.map(({ createdAt }) => createdAt));
  const isAhead = ({ type, revision }: SyncCheckpoint) =>
    revision > (GONE_TYPES.has(type) ? deleteBound : bound);
  return now - heardAt > FORGOTTEN_AFTER_MS || checkpoints.some(isAhead);
}
