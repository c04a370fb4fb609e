import { useEffect, useRef } from 'preact/hooks';
import type { PlacedGroup } from '../grid-places.ts';
import { tileId } from './photo-tile.tsx';

/** The bar of the shell, and some room below it. */
const TOP_PX = 72;

/**
 * Goes to a day (`2024-05-04`) in months with the newest first, once: to its month first, which is fetched then, and
 * to the day when the month is laid out, where its first photo gets the focus. A day without photos here leads to its
 * month, or to the one before.
 */
export function useShowDay(
  placed: readonly PlacedGroup[],
  day: string | undefined,
  scrollTo: (topPx: number) => void,
): void {
  const done = useRef<{ day: string; isThere: boolean } | undefined>(undefined);
  useEffect(() => {
    if (!day) {
      done.current = undefined;
      return undefined;
    }
    if (done.current?.day === day && done.current.isThere) return undefined;
    const month = day.slice(0, 7);
    const at = placed.find(({ group }) => group.key.slice(0, 7) <= month) ?? placed.at(-1);
    if (!at) return undefined;
    const run = at.layout?.days.find((candidate) => candidate.day <= day) ?? at.layout?.days.at(-1);
    if (!run) {
      if (done.current?.day !== day) scrollTo(at.topPx - TOP_PX);
      done.current = { day, isThere: false };
      return undefined;
    }
    done.current = { day, isThere: true };
    scrollTo(at.topPx + at.photosTopPx + run.topPx - TOP_PX);
    const first = at.group.assets?.[run.first];
    // After the next drawing, which the scrolling may have caused. Nothing takes it back: the day is there only once.
    if (first)
      setTimeout(() => document.getElementById(tileId(first.id))?.focus({ preventScroll: true }), 60);
    return undefined;
  }, [placed, day, scrollTo]);
}
