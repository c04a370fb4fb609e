import { storageProblem } from '#contract/storage-problem';
import type { JobStore } from '#jobs/worker';
import type { Logger } from '#runtime/log';

/** How long the drive is left alone after it refused a change, or when it is too full to begin anything. */
const REST_MS = 10_000;

/**
 * A store of jobs that outlives a drive which is full, read-only or failing: changes that the drive refuses are
 * logged, nothing is claimed for a while, and jobs in hand fall back to the end of their lease. Ingest would
 * otherwise end and be started again for as long as the drive is not well. While `hasRoom` is false nothing is
 * claimed at all: the last space is for deleting, and not for previews of what was uploaded before.
 */
export function patientStore(
  store: JobStore,
  { hasRoom, now, log }: { hasRoom: () => boolean; now: () => number; log: Logger },
): JobStore {
  let restsUntil = 0;
  /** Carries out a change, or returns `instead` when the drive refuses it. Whatever else is wrong is thrown. */
  const attempt = <Result>(change: () => Result, instead: Result): Result => {
    try {
      return change();
    } catch (error) {
      if (!storageProblem(error)) throw error;
      if (now() >= restsUntil) log.error({ err: error }, 'catalog takes no changes');
      restsUntil = now() + REST_MS;
      return instead;
    }
  };
  const claim: JobStore['claim'] = (kind, at, leaseMs) => {
    if (at < restsUntil) return undefined;
    if (attempt(hasRoom, false)) return attempt(() => store.claim(kind, at, leaseMs), undefined);
    log.warn('no room for previews');
    restsUntil = at + REST_MS;
    return undefined;
  };
  return {
    claim,
    renew: (id, until) => attempt(() => store.renew(id, until), false),
    fail: (id, error, dueAt) => attempt(() => store.fail(id, error, dueAt), undefined),
    release: () => attempt(() => store.release(), undefined),
    nextDue: (kinds) => {
      const due = attempt(() => store.nextDue(kinds), null);
      return now() < restsUntil ? Math.max(due ?? 0, restsUntil) : due;
    },
    isPaused: (kind) => attempt(() => store.isPaused(kind), true),
  };
}
