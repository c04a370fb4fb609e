import type { MonthFigures } from '#catalog/box';
import type { GatewayParts } from './parts.ts';

/** What is counted over the whole library. */
export interface LibraryFigures {
  /** Of originals on the pool, by the month (`YYYY-MM`, UTC) in which they arrived. */
  growth: { month: string; bytes: number }[];
  originals: number;
  originalBytes: number;
  derivedBytes: number;
  /** Originals that were ever re-read and found equal, and within 30 days. */
  checked: number;
  checkedRecently: number;
  /** Unix milliseconds; null when none was. */
  oldestCheckAt: number | null;
}

/** Rows looked at in one go, some 50 ms on a small board: who searches meanwhile does not notice. */
const CHUNK = 5_000;
/** Counting a million rows takes a while; nobody notices figures that are a few minutes old. */
const FRESH_MS = 5 * 60_000;
/** So long a page waits for figures before it is shown without them. */
const PATIENCE_MS = 1_000;
const RECENT_MS = 30 * 86_400_000;

/** Counts the library in the background, when somebody asks and the last count is old. */
export function openLibraryFigures({ reader, now, log }: Pick<GatewayParts, 'reader' | 'now' | 'log'>): {
  /** The last count, or undefined when there is none yet after a moment's wait. */
  read(): Promise<LibraryFigures | undefined>;
} {
  let last: { figures: LibraryFigures; at: number } | undefined;
  let counting: Promise<void> | undefined;

  const count = async (): Promise<void> => {
    const at = now();
    const months: MonthFigures[] = [];
    let after: number | null = 0;
    while (after !== null) {
      const chunk: { months: MonthFigures[]; next: number | null } = await reader.box.readMonths({
        after,
        most: CHUNK,
        recentAt: at - RECENT_MS,
      });
      months.push(...chunk.months);
      after = chunk.next;
    }
    last = { figures: summarize(months), at };
  };

  return {
    read: async () => {
      if (!last || now() - last.at >= FRESH_MS || now() < last.at)
        counting ??= count()
          .catch((error: unknown) => log.error({ err: error }, 'library not counted'))
          .finally(() => {
            counting = undefined;
          });
      if (!last && counting) {
        const { promise, resolve } = Promise.withResolvers<void>();
        const timer = setTimeout(resolve, PATIENCE_MS);
        await Promise.race([counting, promise]);
        clearTimeout(timer);
      }
      return last?.figures;
    },
  };
}

function summarize(months: readonly MonthFigures[]): LibraryFigures {
  const figures: LibraryFigures = {
    growth: [],
    originals: 0,
    originalBytes: 0,
    derivedBytes: 0,
    checked: 0,
    checkedRecently: 0,
    oldestCheckAt: null,
  };
  const growth = new Map<string, number>();
  for (const month of months) {
    growth.set(month.month, (growth.get(month.month) ?? 0) + month.originalBytes);
    figures.originals += month.originals;
    figures.originalBytes += month.originalBytes;
    figures.derivedBytes += month.derivedBytes;
    figures.checked += month.checked;
    figures.checkedRecently += month.checkedRecently;
    if (month.oldestCheckAt !== null)
      figures.oldestCheckAt = Math.min(figures.oldestCheckAt ?? Infinity, month.oldestCheckAt);
  }
  figures.growth = [...growth].map(([month, bytes]) => ({ month, bytes }));
  return figures;
}
