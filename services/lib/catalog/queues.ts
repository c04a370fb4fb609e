import type { JobKind } from './jobs.ts';
import type { Catalog } from './open.ts';

export function queueQueries(db: Catalog) {
  const behind = db.prepare<[number], number>('SELECT count(*) FROM asset WHERE verify_due_at <= ?').pluck();
  return {
    /** How many originals are due to be re-read. */
    countVerifyDue: (now: number): number => behind.get(now)!,
  };
}

export function queueChanges(db: Catalog) {
  const empty = db.prepare<{ kind: JobKind; now: number }>(
    'DELETE FROM job WHERE kind = @kind AND coalesce(lease_until, 0) <= @now',
  );
  const clearFailed = db.prepare<{ kind: JobKind; now: number }>(
    'DELETE FROM job WHERE kind = @kind AND error IS NOT NULL AND coalesce(lease_until, 0) <= @now',
  );
  const highestRow = db.prepare('SELECT coalesce(max(rowid), 0) FROM asset').pluck();
  // What the job makes: `metadata` always sets the reason of a date, `preview` the size of its file.
  const lacks: Record<JobKind, string> = {
    metadata: 'capture_reason IS NULL',
    preview: 'preview_bytes IS NULL',
    edit: 'is_edited = 0',
    'face-thumbnail': 'TRUE',
    rendition: 'NOT EXISTS (SELECT 1 FROM video_rendition r WHERE r.asset_id = asset.id)',
  };
  // Only what has edits can get an edited picture.
  const applies: Partial<Record<JobKind, string>> = {
    edit: 'AND EXISTS (SELECT 1 FROM asset_edit e WHERE e.asset_id = asset.id)',
    'face-thumbnail': `AND EXISTS (SELECT 1 FROM face f CROSS JOIN person p ON p.cover_face_id = f.id
      WHERE f.asset_id = asset.id)`,
    // What gives no still gives no video either.
    rendition: `AND type = 'VIDEO' AND preview_bytes IS NOT NULL`,
  };
  const enqueue = (kind: JobKind) =>
    db.prepare<{ after: number; until: number; now: number; force: number }>(`
      INSERT INTO job (kind, asset_id, due_at, created_at)
      SELECT '${kind}', id, @now, @now FROM asset
      WHERE rowid > @after AND rowid <= @until AND (@force = 1 OR ${lacks[kind]}) ${applies[kind] ?? ''}
      ON CONFLICT (kind, asset_id) DO UPDATE SET due_at = min(due_at, excluded.due_at), error = NULL, attempts = 0`);
  const enqueueMetadata = enqueue('metadata');
  const enqueuePreview = enqueue('preview');
  const enqueueEdit = enqueue('edit');
  const enqueueFaces = enqueue('face-thumbnail');
  const enqueueRendition = enqueue('rendition');
  const verify = db.prepare<{ after: number; until: number; now: number }>(
    `UPDATE asset SET verify_due_at = @now
     WHERE rowid > @after AND rowid <= @until AND is_extracted = 0 AND library_id IS NULL AND verify_due_at > @now`,
  );
  const enqueueThese = db.prepare<{ kind: JobKind; ids: string; now: number }>(`
    INSERT INTO job (kind, asset_id, due_at, created_at)
    SELECT @kind, a.id, @now, @now FROM json_each(@ids) i CROSS JOIN asset a ON a.id = i.value WHERE true
    ON CONFLICT (kind, asset_id) DO UPDATE SET due_at = min(due_at, excluded.due_at), error = NULL, attempts = 0`);
  return {
    /** Drops what waits; work in hand is finished. */
    empty: (kind: JobKind, now: number): void => void empty.run({ kind, now }),
    /** Drops what failed and waits for another try. */
    clearFailed: (kind: JobKind, now: number): void => void clearFailed.run({ kind, now }),
    /** Asks for the work on these assets; unknown ones are left out. */
    enqueue: (request: { kind: JobKind; ids: readonly string[]; now: number }): void =>
      void enqueueThese.run({ ...request, ids: JSON.stringify(request.ids) }),
    /**
     * Asks for the work on the next `most` rows of assets after row `after`: all of them with `force`, else
     * those that lack its result; `verify` sets when originals are re-read. Returns where to go on, or null
     * at the end: a million jobs in one transaction would keep uploads waiting.
     */
    enqueueSome: (request: {
      kind: JobKind | 'verify';
      force: boolean;
      after: number;
      most: number;
      now: number;
    }): number | null => {
      const { kind, after, now } = request;
      const until = after + request.most;
      const force = request.force ? 1 : 0;
      if (kind === 'verify') verify.run({ after, until, now });
      else if (kind === 'metadata') enqueueMetadata.run({ after, until, now, force });
      else if (kind === 'edit') enqueueEdit.run({ after, until, now, force });
      else if (kind === 'rendition') enqueueRendition.run({ after, until, now, force });
      else if (kind === 'face-thumbnail') enqueueFaces.run({ after, until, now, force });
      else enqueuePreview.run({ after, until, now, force });
      return until < (highestRow.get() as number) ? until : null;
    },
  };
}
