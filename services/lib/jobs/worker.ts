import type { ClaimedJob, JobKind } from '#catalog/jobs';

/** What a worker needs of the catalog; each call is one short transaction. */
export interface JobStore {
  claim(kind: JobKind, now: number, leaseMs: number): ClaimedJob | undefined;
  renew(jobId: number, until: number): boolean;
  /** Gives a job back to be tried again at `dueAt`. */
  fail(jobId: number, error: string, dueAt: number): void;
  /** Gives back everything this worker holds. */
  release(): void;
  /** When the next job of these kinds is due, Unix ms; null when there is none. */
  nextDue(kinds: readonly JobKind[]): number | null;
  /** Whether the owner has paused this kind. */
  isPaused(kind: JobKind): boolean;
}

export interface WorkerOptions {
  store: JobStore;
  /** In the order of their importance. */
  kinds: readonly JobKind[];
  /** How many jobs run at the same time. */
  concurrency: number;
  /** Does the work and removes the job from the catalog with its results, in one transaction. */
  run(job: ClaimedJob): Promise<void>;
  /** Unix milliseconds. */
  now: () => number;
  onError(job: ClaimedJob, error: unknown): void;
}

export interface JobWorker {
  /** Looks for due jobs now instead of at the next round. */
  wake(): void;
  /** Resolves when nothing runs and nothing is due. For tests. */
  idle(): Promise<void>;
  /** Claims nothing more, waits for what runs at most `limitMs`, and gives the rest back. */
  stop(limitMs: number): Promise<void>;
}

/** A lease is renewed at half its time; a worker that died loses its jobs after this. */
export const LEASE_MS = 60_000;

/** Without a wake-up the catalog is looked at this often: a wake-up is a courtesy and may get lost. */
const ROUND_MS = 30_000;

/** Between attempts: 2 s, 8 s, 32 s … at most an hour. */
export const retryDelayMs = (attempts: number): number => Math.min(3_600_000, 2_000 * 4 ** (attempts - 1));

/**
 * Runs due jobs until stopped. A job whose `run` throws is given back with the error and tried again later;
 * nothing a single job does can stop the others.
 */
export function openWorker(options: WorkerOptions): JobWorker {
  const { store, kinds, concurrency, now } = options;
  const running = new Map<number, Promise<void>>();
  const idlers: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;
  let isStopping = false;

  const renewing = setInterval(() => {
    for (const id of running.keys()) store.renew(id, now() + LEASE_MS);
  }, LEASE_MS / 2);
  renewing.unref();

  const claimNext = (): ClaimedJob | undefined => {
    for (const kind of kinds) {
      if (store.isPaused(kind)) continue;
      const job = store.claim(kind, now(), LEASE_MS);
      if (job) return job;
    }
    return undefined;
  };

  const work = async (job: ClaimedJob) => {
    try {
      await options.run(job);
    } catch (error) {
      options.onError(job, error);
      const words = error instanceof Error ? error.message : String(error);
      store.fail(job.id, words.slice(0, 2000), now() + retryDelayMs(job.attempts));
    } finally {
      running.delete(job.id);
      look();
    }
  };

  const look = () => {
    clearTimeout(timer);
    if (isStopping) return;
    while (running.size < concurrency) {
      const job = claimNext();
      if (!job) break;
      running.set(job.id, work(job));
    }
    if (running.size > 0) return;
    const dueIn = (store.nextDue(kinds.filter((kind) => !store.isPaused(kind))) ?? Infinity) - now();
    if (dueIn > 0) for (const idler of idlers.splice(0)) idler();
    timer = setTimeout(look, Math.min(ROUND_MS, Math.max(10, dueIn)));
  };
  setImmediate(look);

  return {
    wake: look,
    idle: () =>
      new Promise((resolve) => {
        idlers.push(resolve);
        look();
      }),
    async stop(limitMs) {
      isStopping = true;
      clearTimeout(timer);
      clearInterval(renewing);
      const { promise: tooLate, resolve } = Promise.withResolvers<void>();
      const limit = setTimeout(resolve, limitMs);
      await Promise.race([Promise.all(running.values()), tooLate]);
      clearTimeout(limit);
      store.release();
    },
  };
}
