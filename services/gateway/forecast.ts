/** Months of growth that a forecast looks back on at most, and needs at least. */
const MOST_MONTHS = 12;
const LEAST_MONTHS = 3;
/** The mean month of the Gregorian calendar. */
const MONTH_MS = (365.2425 / 12) * 86_400_000;
/** Nobody plans farther ahead, and no drive lives so long. */
const FARTHEST_MS = 20 * 12 * MONTH_MS;

/** What arrived in a month, `YYYY-MM`. */
export interface Growth {
  month: string;
  bytes: number;
}

/** The last `count` months up to that of `now` (Unix ms), oldest first, with what arrived; 0 where nothing did. */
export function listGrowth(known: readonly Growth[], now: number, count = MOST_MONTHS): Growth[] {
  const byMonth = new Map(known.map(({ month, bytes }) => [month, bytes]));
  return Array.from({ length: count }, (_, index) => {
    const month = monthBefore(now, count - 1 - index);
    return { month, bytes: byMonth.get(month) ?? 0 };
  });
}

/**
 * When `availableBytes` are used up (Unix ms): now + available / mean growth of the whole months that have passed,
 * twelve at most. The month of the first photo does not count, since families bring everything they have in it, and
 * neither does the present one. `overhead` is what is kept beside each byte of originals, 0.1 for previews of a
 * tenth. Undefined with less than three such months, without growth, or when it is twenty years away.
 */
export function forecastFull(
  known: readonly Growth[],
  { availableBytes, overhead, now }: { availableBytes: number; overhead: number; now: number },
): number | undefined {
  const first = known.reduce((earliest, { month }) => (month < earliest ? month : earliest), '9999-12');
  const past = listGrowth(known, now, MOST_MONTHS + 1)
    .slice(0, -1)
    .filter(({ month }) => month > first);
  if (past.length < LEAST_MONTHS) return undefined;
  const perMonth = (past.reduce((sum, { bytes }) => sum + bytes, 0) / past.length) * (1 + overhead);
  const remainsMs = (availableBytes / perMonth) * MONTH_MS;
  return perMonth > 0 && remainsMs <= FARTHEST_MS ? Math.round(now + remainsMs) : undefined;
}

function monthBefore(now: number, months: number): string {
  const date = new Date(now);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, 1)).toISOString().slice(0, 7);
}
