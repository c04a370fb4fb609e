import type { PlacedGroup } from './grid-places.ts';

/** Where a year begins on the scrubber. */
export interface ScrubberYear {
  year: string;
  /** 0 at the top, 1 at the foot. */
  share: number;
  /** False where its name would stand on the one above; a dot stands for it. */
  isNamed: boolean;
}

/** Names nearer to each other than this share of the height would touch. */
const MIN_SHARE = 0.035;

/** The years of a timeline, in its order. */
export function yearsOf(placed: readonly PlacedGroup[], totalPx: number): ScrubberYear[] {
  const years: ScrubberYear[] = [];
  let lastNamed = Number.NEGATIVE_INFINITY;
  for (const { group, topPx } of placed) {
    const year = group.key.slice(0, 4);
    if (years.at(-1)?.year === year) continue;
    const share = totalPx > 0 ? topPx / totalPx : 0;
    const isNamed = share - lastNamed >= MIN_SHARE;
    if (isNamed) lastNamed = share;
    years.push({ year, share, isNamed });
  }
  return years;
}
