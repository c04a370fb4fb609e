import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type KeptLayouts, type PlacedGroup, placeGroups } from '../grid-places.ts';
import { MAX_PAGE_PX, shiftWindow } from '../grid-shift.ts';
import type { PhotoGroup } from '../photo-source.ts';

/** How far beyond the screen tiles are drawn, and in what steps scrolling is noticed. */
const AHEAD_PX = 900;
const STEP_PX = 300;

/** The first photos are those on the screen; what is beyond it is drawn this much later, while they are looked at. */
const FIRST_MS = 250;

interface View {
  widthPx: number;
  /** The stretch that is on the screen or near it, from the top of all photos. */
  fromPx: number;
  toPx: number;
  /** How much of all photos is above the element: more than a page can be high is not in it at once. */
  basePx: number;
}

export interface GridWindow {
  placed: readonly PlacedGroup[];
  /** Of the element. */
  heightPx: number;
  /** Of all photos. */
  totalPx: number;
  view: View;
  /** Brings this stretch to the upper edge of the screen. */
  scrollTo: (topPx: number) => void;
  /** What is at the upper edge of the screen. */
  screenTop: () => number;
}

/**
 * Which stretch of a grid is to be drawn. While months above the screen get their real heights instead of estimated
 * ones, what the reader looks at stays where it is.
 */
export function useGridWindow(
  grid: { current: HTMLDivElement | null },
  groups: readonly PhotoGroup[],
  isByMonth: boolean,
): GridWindow {
  const [view, setView] = useState<View>({ widthPx: 0, fromPx: 0, toPx: 0, basePx: 0 });
  const { widthPx, basePx } = view;
  const layouts = useMemo<KeptLayouts>(() => ({ layouts: new WeakMap(), heights: new Map() }), [widthPx]);
  const placed = useMemo(
    () => (widthPx === 0 ? [] : placeGroups(groups, widthPx, isByMonth, layouts)),
    [groups, widthPx, isByMonth, layouts],
  );
  const last = placed.at(-1);
  const totalPx = last ? last.topPx + last.heightPx : 0;
  const heightPx = Math.min(totalPx, MAX_PAGE_PX);
  /** For handlers that outlive a drawing. */
  const now = useRef({ basePx, totalPx });
  now.current = { basePx, totalPx };

  const aheadPx = useRef(0);

  const screenTop = useCallback(() => {
    const box = grid.current?.getBoundingClientRect();
    return box ? now.current.basePx - box.top : 0;
  }, [grid]);

  const measure = useCallback(() => {
    const element = grid.current;
    if (!element) return;
    const topPx = screenTop();
    const steppedPx = Math.floor(topPx / STEP_PX) * STEP_PX;
    const next: View = {
      widthPx: Math.floor(element.clientWidth),
      fromPx: steppedPx - aheadPx.current,
      toPx: steppedPx + STEP_PX + window.innerHeight + aheadPx.current,
      basePx: shiftWindow(now.current.basePx, topPx, now.current.totalPx),
    };
    setView((before) =>
      (Object.keys(next) as (keyof View)[]).every((key) => before[key] === next[key]) ? before : next,
    );
  }, [grid, screenTop]);

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

  const isThere = placed.some(({ layout }) => layout);
  useEffect(() => {
    if (!isThere) return undefined;
    const timer = setTimeout(() => {
      aheadPx.current = AHEAD_PX;
      measure();
    }, FIRST_MS);
    return () => clearTimeout(timer);
  }, [isThere, measure]);

  // The element now begins elsewhere; the reader goes on looking at the same photos.
  const drawnBase = useRef(0);
  useLayoutEffect(() => {
    const movedBy = drawnBase.current - basePx;
    drawnBase.current = basePx;
    if (movedBy !== 0) window.scrollBy(0, movedBy);
  }, [basePx]);
  useKeptPlace(placed, screenTop);

  const scrollTo = useCallback(
    (topPx: number) => {
      const wantedBase = shiftWindow(now.current.basePx, topPx, now.current.totalPx);
      if (wantedBase !== now.current.basePx) {
        drawnBase.current = wantedBase;
        now.current.basePx = wantedBase;
        setView((before) => ({ ...before, basePx: wantedBase }));
      }
      window.scrollBy(0, topPx - screenTop());
      measure();
    },
    [measure, screenTop],
  );
  return { placed, heightPx, totalPx, view, scrollTo, screenTop };
}

/** After every new placing, scrolls by as much as the group at the top of the screen has moved. */
function useKeptPlace(placed: readonly PlacedGroup[], screenTop: () => number): void {
  const before = useRef<readonly PlacedGroup[]>([]);
  useLayoutEffect(() => {
    const old = before.current;
    before.current = placed;
    if (old.length === 0 || old === placed) return;
    const topPx = screenTop();
    if (topPx <= 0) return;
    const anchor = old.find((at) => at.topPx + at.heightPx > topPx);
    const moved = anchor && placed.find(({ group }) => group.key === anchor.group.key);
    if (!anchor || !moved) return;
    // Inside a group whose estimate gives way to its layout, the reader keeps the same share of it.
    const share = Math.min(1, Math.max(0, (topPx - anchor.topPx) / anchor.heightPx));
    const insidePx = !anchor.layout && moved.layout ? share * moved.heightPx : topPx - anchor.topPx;
    const moveBy = moved.topPx + insidePx - topPx;
    if (Math.abs(moveBy) >= 1) window.scrollBy(0, moveBy);
  }, [placed, screenTop]);
}
