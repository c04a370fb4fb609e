import type { Catalog } from './open.ts';

export interface DayFilter {
  ownerId: string;
  /** By the wall clock of the capture, or by when it came here (UTC). */
  by: 'taken' | 'created';
  /** Unix milliseconds; `until` is not part of it. */
  from: number;
  until: number;
}

export interface DayCount {
  /** YYYY-MM-DD */
  date: string;
  count: number;
}

export function calendarQueries(db: Catalog) {
  const count = (column: 'local_at' | 'created_at') =>
    db.prepare<Omit<DayFilter, 'by'>, DayCount>(`
      SELECT strftime('%Y-%m-%d', ${column} / 1000.0, 'unixepoch') AS date, count(*) AS count FROM asset
      WHERE owner_id = @ownerId AND ${column} >= @from AND ${column} < @until
        AND trashed_at IS NULL AND visibility IN ('timeline', 'archive')
      GROUP BY date ORDER BY date`);
  const byTaken = count('local_at');
  const byCreated = count('created_at');
  return {
    /**
     * How many photos and videos of the timeline and the archive each day has; days without any are left out.
     * Looks at every asset of that time: ask on the reader's thread.
     */
    countDays: ({ by, ...filter }: DayFilter): DayCount[] =>
      (by === 'taken' ? byTaken : byCreated).all(filter),
  };
}
