import type { Catalog } from './open.ts';

/** What a reading of an original can have found. */
export type OriginalFault = 'original_missing' | 'original_unreadable' | 'original_damaged';

/** Figures of assets that arrived in one month. */
export interface MonthFigures {
  /** `YYYY-MM`, by when they arrived, in UTC. */
  month: string;
  /** Originals on the pool; files of external folders and videos inside of photos are not counted. */
  originals: number;
  originalBytes: number;
  /** Previews, thumbnails, small versions of videos and videos copied out of photos. */
  derivedBytes: number;
  /** Originals that were re-read and found equal, ever and since the moment that was asked for. */
  checked: number;
  checkedRecently: number;
  /** When the one that waits longest was last re-read (Unix ms); null when none was. */
  oldestCheckAt: number | null;
}

/** Jobs that failed so often have failed for ten minutes at least (see retryDelayMs). */
const FAILING_ATTEMPTS = 5;

/** What the box's own page says of the whole library. */
export function boxQueries(db: Catalog) {
  const months = db.prepare<{ after: number; until: number; recentAt: number }, MonthFigures>(`
    SELECT strftime('%Y-%m', created_at / 1000, 'unixepoch') AS month,
      sum(is_own) AS originals, sum(is_own * original_bytes) AS originalBytes,
      sum(coalesce(preview_bytes, 0) + coalesce(thumbnail_bytes, 0) + is_extracted * original_bytes + iif(type = 'VIDEO',
        coalesce((SELECT bytes FROM video_rendition WHERE asset_id = id), 0), 0)) AS derivedBytes,
      sum(is_own AND verified_at IS NOT NULL) AS checked,
      sum(is_own AND coalesce(verified_at, 0) >= @recentAt AND verified_at IS NOT NULL) AS checkedRecently,
      min(iif(is_own, verified_at, NULL)) AS oldestCheckAt
    FROM (SELECT *, is_extracted = 0 AND library_id IS NULL AS is_own FROM asset
          WHERE rowid > @after AND rowid <= @until)
    GROUP BY month`);
  const highestRow = db.prepare('SELECT coalesce(max(rowid), 0) FROM asset').pluck();
  const faults = db.prepare<[], { code: OriginalFault; count: number }>(`
    SELECT problem_code AS code, count(*) AS count FROM asset
    WHERE problem_code IN ('original_missing', 'original_unreadable', 'original_damaged') GROUP BY problem_code`);
  const failing = db
    .prepare<[number], number>('SELECT count(*) FROM job WHERE error IS NOT NULL AND attempts >= ?')
    .pluck();
  const copy = db.prepare<[string], OriginalCopy>(`
    SELECT original_bytes AS bytes, verified_at AS verifiedAt, verify_due_at AS verifyDueAt, library_id AS libraryId,
      is_extracted AS isExtracted, problem_code AS problemCode FROM asset WHERE id = ?`);
  return {
    /**
     * Figures of the next `most` rows of assets after row `after`, by month, and where to go on; null at the end. A
     * million rows take seconds, in which others want to ask as well.
     */
    readMonths: (request: { after: number; most: number; recentAt: number }) => {
      const { after, recentAt } = request;
      const until = after + request.most;
      const isEnd = until >= (highestRow.get() as number);
      return { months: months.all({ after, until, recentAt }), next: isEnd ? null : until };
    },
    /** How many originals are not what they should be; kinds of which there are none are left out. */
    countFaults: (): { code: OriginalFault; count: number }[] => faults.all(),
    /** How many pieces of work fail again and again. Looks at every job: after an import there are many. */
    countFailing: (): number => failing.get(FAILING_ATTEMPTS)!,
    /** What is known of one original. */
    findCopy: (assetId: string): OriginalCopy | undefined => copy.get(assetId),
  };
}

/** What is known of an original on the drive. Times are Unix milliseconds. */
export interface OriginalCopy {
  bytes: number;
  /** When it was last re-read and found equal; null: not yet. */
  verifiedAt: number | null;
  verifyDueAt: number;
  /** Null for what lies in the pool. */
  libraryId: string | null;
  /** 1 for a video that was copied out of a photo and can be so again. */
  isExtracted: number;
  problemCode: string | null;
}
