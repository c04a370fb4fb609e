import type { Catalog } from './open.ts';

/**
 * What ingest does with an asset. `metadata` comes first and asks for `preview`; `edit` makes the picture that
 * somebody who edits a photo waits for; `face-thumbnail` cuts faces that stand for somebody out of the preview;
 * `rendition` makes the small version of a video, when there is nothing else to do.
 */
export type JobKind = 'metadata' | 'preview' | 'edit' | 'face-thumbnail' | 'rendition';
export const JOB_KINDS: readonly JobKind[] = ['metadata', 'preview', 'edit', 'face-thumbnail', 'rendition'];

export interface Claim {
  kind: JobKind;
  /** Who does the work; a name that no other process uses. */
  worker: string;
  now: number;
  leaseMs: number;
}

export interface ClaimedJob {
  id: number;
  kind: JobKind;
  assetId: string;
  /** 1 at the first try. */
  attempts: number;
}

/** How many jobs of a kind are in which state. */
export interface JobCounts {
  kind: JobKind;
  /** Leased at the moment. */
  active: number;
  /** Due and not leased. */
  waiting: number;
  /** Not due yet: a retry or a re-read planned for later. */
  delayed: number;
  /** Among `delayed`, those whose last attempt failed. */
  failed: number;
}

export function jobQueries(db: Catalog) {
  const counts = db.prepare<{ now: number }, JobCounts>(`
    SELECT kind, sum(lease_until > @now) AS active, sum(due_at <= @now AND coalesce(lease_until, 0) <= @now) AS waiting,
      sum(due_at > @now AND coalesce(lease_until, 0) <= @now) AS delayed,
      sum(due_at > @now AND coalesce(lease_until, 0) <= @now AND error IS NOT NULL) AS failed
    FROM job GROUP BY kind`);
  const nextDue = db
    .prepare<{ kind: JobKind }, number | null>(
      'SELECT min(max(due_at, coalesce(lease_until, 0))) FROM job WHERE kind = @kind',
    )
    .pluck();
  const paused = db
    .prepare<[string], number>(`SELECT 1 FROM setting WHERE key = ? AND value = 'true'`)
    .pluck();
  return {
    /** Whether the owner has paused this kind of work. */
    isPaused: (kind: JobKind | 'library'): boolean => paused.get(`queue.paused.${kind}`) === 1,
    /** Counts by kind; a kind without jobs is left out. */
    counts: (now: number): JobCounts[] => counts.all({ now }),
    /** When the first job of a kind can be claimed (Unix ms), or null when there is none. */
    nextDue: (kind: JobKind): number | null => nextDue.get({ kind }) ?? null,
  };
}

export function jobChanges(db: Catalog) {
  const enqueue = db.prepare<{ kind: JobKind; assetId: string; now: number; dueAt: number }>(`
    INSERT INTO job (kind, asset_id, due_at, created_at) VALUES (@kind, @assetId, @dueAt, @now)
    ON CONFLICT (kind, asset_id) DO UPDATE SET due_at = min(due_at, excluded.due_at), error = NULL, attempts = 0`);
  const claim = db.prepare<Claim, ClaimedJob>(`
    UPDATE job SET lease_owner = @worker, lease_until = @now + @leaseMs, attempts = attempts + 1
    WHERE id = (SELECT id FROM job WHERE kind = @kind AND due_at <= @now
                AND (lease_until IS NULL OR lease_until <= @now) ORDER BY due_at, id LIMIT 1)
    RETURNING id, kind, asset_id AS assetId, attempts`);
  const renew = db.prepare<{ id: number; worker: string; until: number }>(
    'UPDATE job SET lease_until = @until WHERE id = @id AND lease_owner = @worker',
  );
  const finish = db.prepare<{ id: number; worker: string }>(
    'DELETE FROM job WHERE id = @id AND lease_owner = @worker',
  );
  const fail = db.prepare<{ id: number; worker: string; error: string; dueAt: number }>(`
    UPDATE job SET lease_owner = NULL, lease_until = NULL, error = @error, due_at = @dueAt
    WHERE id = @id AND lease_owner = @worker`);
  const release = db.prepare<{ worker: string }>(
    'UPDATE job SET lease_owner = NULL, lease_until = NULL, attempts = max(0, attempts - 1) WHERE lease_owner = @worker',
  );
  const pause = db.prepare<{ key: string; now: number }>(
    `INSERT OR REPLACE INTO setting (key, value, updated_at) VALUES (@key, 'true', @now)`,
  );
  const resume = db.prepare<[string]>('DELETE FROM setting WHERE key = ?');
  const reclaim = db.prepare(
    'UPDATE job SET lease_owner = NULL, lease_until = NULL WHERE lease_owner IS NOT NULL',
  );
  return {
    /** Asks for a piece of work, due at `dueAt`. One that is already asked for is brought forward, not doubled. */
    enqueue: (job: { kind: JobKind; assetId: string; now: number; dueAt: number }): void =>
      void enqueue.run(job),
    /**
     * Leases the oldest due job of `kind` to `worker`, or returns undefined when none is due.
     * A job whose lease has run out is due again, so a crashed worker leaves nothing to clean up.
     */
    claim: (request: Claim): ClaimedJob | undefined => claim.get(request),
    /** Keeps a lease until then; false when it was lost to another worker. */
    renew: (lease: { id: number; worker: string; until: number }): boolean => renew.run(lease).changes === 1,
    /** Removes a finished job; false when its lease was lost, whose new holder will finish it. */
    finish: (job: { id: number; worker: string }): boolean => finish.run(job).changes === 1,
    /** Gives a job back to be tried again at `dueAt`, with what went wrong. */
    fail: (job: { id: number; worker: string; error: string; dueAt: number }): void => void fail.run(job),
    /** Jobs of a paused kind wait until it is resumed; what runs is finished. */
    setPaused: (change: { kind: JobKind | 'library'; isPaused: boolean; now: number }): void => {
      const key = `queue.paused.${change.kind}`;
      if (change.isPaused) pause.run({ key, now: change.now });
      else resume.run(key);
    },
    /** Ends every lease at once: for a start, when all earlier workers are known to be dead. */
    reclaim: (): void => void reclaim.run(),
    /** Gives back everything a worker holds, as if it had not been tried: for an orderly stop. */
    release: (worker: string): void => void release.run({ worker }),
  };
}
