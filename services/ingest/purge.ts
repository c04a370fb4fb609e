import type { Moment, purgeChanges, purgeQueries } from '#catalog/purge';
import { ACCOUNT_FILE } from '#contract/account-file';
import type { Logger } from '#runtime/log';
import type { PoolLayout } from '#storage/layout';

const DAY_MS = 24 * 3600_000;
/** The wall clock and the running time may differ by this much between two looks: slewing, leap seconds. */
const DRIFT_MS = 5 * 60_000;
/** A box that was off for longer than this, by its clock, may have lost its clock instead. */
const LONGEST_OFF_MS = 3 * DAY_MS;

export interface PurgeParts {
  layout: PoolLayout;
  purge: ReturnType<typeof purgeQueries> & ReturnType<typeof purgeChanges>;
  transact<Result>(work: () => Result): Result;
  log: Logger;
  /** Wall clock, Unix milliseconds. */
  now: () => number;
  /** Milliseconds since some moment of this process, by a clock that nobody sets. */
  running: () => number;
}

/** What can be said of the time. */
export interface Clock {
  /** Looks at both clocks. */
  look(): Moment & { isTrusted: boolean };
}

/**
 * The rule for everything that is deleted because time has passed (reliability R10, R12).
 *
 * The wall clock is doubted when it goes backwards, when between two looks it moves by another time than the box
 * has run, or when it says at a start that the box was off for more than three days. It is believed again after the
 * box has run a whole day without a doubt. A doubt also forgets what was seen before it: what goes must have been
 * due at two looks that lie a day apart, by the wall and by the running time, and without a doubt between them.
 */
export function openClock({ purge, transact, log, now, running }: PurgeParts): Clock {
  let last: { wall: number; running: number } | undefined;
  return {
    look() {
      const wall = now();
      const runs = running();
      const before = purge.findClock();
      const ranBefore = before?.ranMs ?? 0;
      const ranMs = ranBefore + (last ? Math.max(0, runs - last.running) : 0);
      const passed = last
        ? Math.abs(wall - last.wall - (runs - last.running)) <= DRIFT_MS
        : before !== undefined && wall >= before.now - DRIFT_MS && wall <= before.now + LONGEST_OFF_MS;
      const doubtedRanMs = passed ? before!.doubtedRanMs : ranMs;
      last = { wall, running: runs };
      transact(() => {
        if (!passed) purge.forgetSightings();
        purge.noteClock({ now: wall, ranMs, doubtedRanMs });
      });
      if (!passed && before)
        log.warn({ wall, before: before.now }, 'the clock jumped: nothing is purged for a day');
      return { now: wall, ranMs, isTrusted: ranMs - doubtedRanMs >= DAY_MS };
    },
  };
}

/**
 * Deletes for good what has been in the trash for `trashDays` (null: never) and accounts whose time has come, by
 * the rule above. What was restored meanwhile stays. Returns how many assets and accounts went.
 */
export function purgeExpired(
  parts: PurgeParts,
  { ranMs, now, isTrusted }: Moment & { isTrusted: boolean },
  trashDays: number | null,
): { assets: number; users: number } {
  const { purge, transact, layout, log } = parts;
  const moment = { now, ranMs };
  const gone = { assets: 0, users: 0 };
  transact(() => purge.look(moment, trashDays === null ? Number.MIN_SAFE_INTEGER : now - trashDays * DAY_MS));
  if (!isTrusted) return gone;
  const request = { derivedPath: layout.derivedPath, now };
  for (;;) {
    const agreed = purge.listAgreed(moment, DAY_MS);
    if (agreed.length === 0) return gone;
    const assets = agreed.filter(({ kind }) => kind === 'asset');
    const removed = transact(() => {
      const ids = purge.purgeAssets(
        assets.map(({ id }) => id),
        request,
      );
      for (const candidate of assets) purge.forget(candidate);
      return ids;
    });
    if (removed.length > 0)
      log.info({ assetIds: removed, rule: 'due at two looks a day apart' }, 'purged from the trash');
    gone.assets += removed.length;
    for (const candidate of agreed.filter(({ kind }) => kind === 'user')) {
      gone.assets += purgeUserAssets(parts, candidate.id, now);
      const isGone = transact(() => {
        purge.forget(candidate);
        return purge.purgeUser(candidate.id, (folder) => `library/${folder}/${ACCOUNT_FILE}`, now);
      });
      if (!isGone) continue;
      gone.users++;
      log.info({ userId: candidate.id, rule: 'due at two looks a day apart' }, 'purged a deleted account');
    }
  }
}

function purgeUserAssets({ purge, transact, layout }: PurgeParts, userId: string, now: number): number {
  let count = 0;
  for (;;) {
    const removed = transact(() => {
      if (!purge.isPurgeable(userId, now)) return [];
      return purge.purgeOwned(purge.listOwned(userId), { derivedPath: layout.derivedPath, now });
    });
    if (removed.length === 0) return count;
    count += removed.length;
  }
}
