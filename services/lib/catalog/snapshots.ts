import { Worker } from 'node:worker_threads';

/** How many days, and then weeks, each keep one snapshot. */
const DAYS = 7;
const WEEKS = 4;

/** `catalog-2026-11-22.db`, by the UTC day. */
export const snapshotName = (now: number): string => `catalog-${new Date(now).toISOString().slice(0, 10)}.db`;

const FORM = /^catalog-(\d{4}-\d{2}-\d{2})\.db$/;

/**
 * Which of these file names may go: all but the newest seven days, and the newest of each of the newest four weeks.
 * Counted and not aged, so that no clock can make all of them old. Names of other forms are nobody's to remove.
 */
export function listSpareSnapshots(names: readonly string[]): string[] {
  const days = names
    .flatMap((name) => FORM.exec(name)?.[1] ?? [])
    .sort()
    .reverse();
  const kept = new Set(days.slice(0, DAYS));
  const weeks = new Set<number>();
  for (const day of days) {
    // 1970-01-05 was a Monday.
    const week = Math.floor((Date.parse(day) / 86_400_000 - 4) / 7);
    if (weeks.has(week) || weeks.size >= WEEKS) continue;
    weeks.add(week);
    kept.add(day);
  }
  return days.filter((day) => !kept.has(day)).map((day) => `catalog-${day}.db`);
}

/**
 * Copies the catalog as it is at one moment into the new file `to`, flushed, and reads the copy whole to see that it
 * is in order. Runs on a thread of its own: a large catalog takes a minute. Rejects, and leaves `to` to be removed,
 * when the drive fails or the copy is damaged.
 */
export async function copyCatalog(file: string, to: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const worker = new Worker(new URL('./snapshot-thread.ts', import.meta.url), { workerData: { file, to } });
  worker.on('error', reject);
  worker.on('exit', () => resolve());
  await promise;
}
