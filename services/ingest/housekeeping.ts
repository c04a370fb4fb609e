import { accountFileChanges, accountFileQueries } from '#catalog/account-files';
import type { Catalog } from '#catalog/open';
import { purgeChanges, purgeQueries } from '#catalog/purge';
import { sidecarChanges, sidecarQueries } from '#catalog/sidecars';
import type { Logger } from '#runtime/log';
import type { PoolLayout } from '#storage/layout';
import { openClock, type PurgeParts, purgeExpired } from './purge.ts';
import { takeSnapshot } from './take-snapshot.ts';
import { type SidecarParts, writeSidecars } from './write-sidecars.ts';

/** How often changed sidecars are looked for: one look-up in a small index. */
const SIDECARS_MS = 5_000;
/** How often the trash, the clock and the snapshots are looked at. */
const HOURLY_MS = 3600_000;
/** The first look waits until the box has started and whoever started it has been served. */
const FIRST_LOOK_MS = 10 * 60_000;
/** After a fault, such as a catalog that can only be read: each try is a line in the log. */
const PAUSE_MS = 60_000;

export interface HousekeepingParts {
  db: Catalog;
  layout: PoolLayout;
  transact<Result>(work: () => Result): Result;
  log: Logger;
  now: () => number;
  /** Whether somebody waits for the box: then this waits. */
  isBusy: () => boolean;
  /** Days that the trash keeps; null: for ever. */
  trashDays: () => number | null;
}

/** What has to happen without anybody asking: sidecars, emptying the trash, snapshots. One thing at a time. */
export function openHousekeeping(parts: HousekeepingParts): { stop(): Promise<void> } {
  const { db, layout, transact, log, now, isBusy } = parts;
  const sidecarParts: SidecarParts = {
    layout,
    transact,
    log,
    now,
    sidecars: { ...sidecarQueries(db), ...sidecarChanges(db) },
    accountFiles: { ...accountFileQueries(db), ...accountFileChanges(db) },
  };
  const purgeParts: PurgeParts = {
    layout,
    transact,
    log,
    now,
    running: () => performance.now(),
    purge: { ...purgeQueries(db), ...purgeChanges(db) },
  };
  const clock = openClock(purgeParts);
  let isStopping = false;
  let round: Promise<void> | undefined;
  let hourAt = performance.now() + FIRST_LOOK_MS - HOURLY_MS;
  let pausedUntil = Number.NEGATIVE_INFINITY;

  const run = async () => {
    try {
      await writeSidecars(sidecarParts, () => isStopping || isBusy());
      if (isStopping || isBusy() || performance.now() - hourAt < HOURLY_MS) return;
      hourAt = performance.now();
      const moment = clock.look();
      purgeExpired(purgeParts, moment, parts.trashDays());
      const name = await takeSnapshot(layout, moment);
      if (name !== undefined) log.info({ name }, 'snapshot of the catalog taken');
    } catch (error) {
      pausedUntil = performance.now() + PAUSE_MS;
      log.error({ err: error }, 'housekeeping failed');
    } finally {
      round = undefined;
    }
  };
  const timer = setInterval(() => {
    if (performance.now() >= pausedUntil) round ??= run();
  }, SIDECARS_MS);
  return {
    async stop() {
      isStopping = true;
      clearInterval(timer);
      await round;
    },
  };
}
