import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { GroupLayout } from '../day-layout.ts';
import type { PlacedGroup, placeGroups } from '../grid-places.ts';
import type { GridAsset, PhotoGroup } from '../photo-source.ts';

/** How far beyond the screen tiles are drawn, and in what steps scrolling is noticed. */
const AHEAD_PX = 900;
const STEP_PX = 300;

/**
 * The stretch of a grid that is on the screen or near it, in px from its top. While months above the screen get
 * their real heights instead of estimated ones, what the reader looks at stays where it is.
 */
export function useGridWindow(
  grid: { current: HTMLDivElement | null },
  groups: readonly PhotoGroup[],
  isByMonth: boolean,
  place: typeof placeGroups,
) {
  const [view, setView] = useState({ widthPx: 0, fromPx: 0, toPx: 0 });
  const { widthPx } = view;
  const layouts = useMemo(() => new WeakMap<readonly GridAsset[], GroupLayout>(), [widthPx]);
  const placed = useMemo(
    () => (widthPx === 0 ? [] : place(groups, widthPx, isByMonth, layouts)),
    [groups, widthPx, isByMonth, layouts],
  );
  const last = placed.at(-1);
  const heightPx = last ? last.topPx + last.heightPx : 0;

  const measure = useCallback(() => {
    const box = grid.current?.getBoundingClientRect();
    if (!box) return;
    const screenTopPx = Math.floor(-box.top / STEP_PX) * STEP_PX;
    const next = {
      widthPx: Math.floor(box.width),
      fromPx: screenTopPx - AHEAD_PX,
      toPx: screenTopPx + STEP_PX + window.innerHeight + AHEAD_PX,
    };
    setView((before) =>
      before.widthPx === next.widthPx && before.fromPx === next.fromPx && before.toPx === next.toPx
        ? before
        : next,
    );
  }, [grid]);

  useLayoutEffect(() => {
    const element = grid.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    window.addEventListener('scroll', measure, { passive: true });
    window.addEventListener('resize', measure);
    measure();
    return () => {
      observer.disconnect();
      window.removeEventListener('scroll', measure);
      window.removeEventListener('resize', measure);
    };
  }, [grid, measure]);

  useKeptPlace(grid, placed);
  const scrollTo = useCallback(
    (topPx: number) => {
      const box = grid.current?.getBoundingClientRect();
      if (box) window.scrollBy(0, box.top + topPx);
    },
    [grid],
  );
  return { placed, heightPx, view, scrollTo };
}

/** After every new placing, scrolls by as much as the group at the top of the screen has moved. */
function useKeptPlace(grid: { current: HTMLDivElement | null }, placed: readonly PlacedGroup[]): void {
  const before = useRef<readonly PlacedGroup[]>([]);
  useLayoutEffect(() => {
    const old = before.current;
    before.current = placed;
    const element = grid.current;
    if (!element || old.length === 0 || old === placed) return;
    const screenTopPx = -element.getBoundingClientRect().top;
    if (screenTopPx <= 0) return;
    const anchor = old.find(({ topPx, heightPx }) => topPx + heightPx > screenTopPx);
    const now = anchor && placed.find(({ group }) => group.key === anchor.group.key);
    if (!anchor || !now) return;
    // Inside a group whose own height changes, the reader keeps the same share of it.
    const share = Math.min(1, Math.max(0, (screenTopPx - anchor.topPx) / anchor.heightPx));
    const wasEstimated = !anchor.layout && now.layout;
    const inside = wasEstimated ? share * now.heightPx : screenTopPx - anchor.topPx;
    const moveBy = now.topPx + inside - screenTopPx;
    if (Math.abs(moveBy) >= 1) window.scrollBy(0, moveBy);
  }, [grid, placed]);
}
