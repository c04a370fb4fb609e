import './photo-grid.css';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { TimelineAsset } from '../api.ts';
import type { DateWords } from '../dates.ts';
import { text } from '../text.ts';
import type { Month } from '../timeline.ts';
import { estimateMonthHeight, type GridSize, layoutMonth, type MonthLayout } from '../timeline-layout.ts';
import { moveFocus } from './grid-keys.ts';
import { PhotoTile, tileId } from './photo-tile.tsx';

export interface PhotoGridProps {
  months: readonly Month[];
  dates: DateWords;
  onOpen: (assetId: string) => void;
  /** A month is near the screen and its list is missing or out of date. */
  onNeed: (key: string) => void;
  onRetry: (key: string) => void;
  /** The asset whose tile gets the focus, scrolled to when it is elsewhere. */
  focusAssetId?: string;
}

/** Height of a month's name, and of the room between two months; photo-grid.css draws the same. */
const HEADING_PX = 56;
const BETWEEN_PX = 20;

/** How far beyond the screen tiles are drawn, and in what steps scrolling is noticed. */
const AHEAD_PX = 900;
const STEP_PX = 300;

interface PlacedMonth {
  month: Month;
  /** From the top of the grid to the name of the month. */
  topPx: number;
  heightPx: number;
  layout?: MonthLayout;
}

/** The months as rows of photos. Only what is near the screen exists in the document. */
export function PhotoGrid({ months, dates, onOpen, onNeed, onRetry, focusAssetId }: PhotoGridProps) {
  const grid = useRef<HTMLDivElement>(null);
  const { widthPx, fromPx, toPx } = useWindowOn(grid);
  // Kept as long as a month's list is, so that a month that arrives does not lay out all the others again.
  const layouts = useMemo(() => new WeakMap<readonly TimelineAsset[], MonthLayout>(), [widthPx]);
  const placed = useMemo(() => placeMonths(months, widthPx, layouts), [months, widthPx, layouts]);
  const near = widthPx === 0 ? [] : placed.filter((at) => at.topPx < toPx && at.topPx + at.heightPx > fromPx);

  useEffect(() => {
    for (const { month } of near) if (month.isStale) onNeed(month.key);
  });
  useFocusOn(grid, placed, focusAssetId);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the tiles are the controls; this moves between them.
    <div ref={grid} class="grid" style={{ '--row': `${rowHeightFor(widthPx)}px` }} onKeyDown={moveFocus}>
      {placed.map(({ month, topPx, heightPx, layout }) => (
        <section key={month.key} class="month" style={{ height: `${heightPx}px` }}>
          <h2>
            {dates.month(month.key)} <span class="month-count">{text.library.photoCount(month.count)}</span>
          </h2>
          <div class={layout ? 'month-photos' : 'month-photos month-waiting'}>
            {layout?.rows
              .filter((row) => {
                const rowTopPx = topPx + HEADING_PX + (row[0]?.topPx ?? 0);
                return rowTopPx < toPx && rowTopPx + (row[0]?.heightPx ?? 0) > fromPx;
              })
              .flat()
              .map((tile) => {
                const asset = month.assets?.[tile.index];
                return asset ? (
                  <PhotoTile key={asset.id} asset={asset} tile={tile} dates={dates} onOpen={onOpen} />
                ) : null;
              })}
            {month.problem ? (
              <p class="month-problem" role="alert">
                {month.problem}{' '}
                <button type="button" class="quiet-button" onClick={() => onRetry(month.key)}>
                  {text.tryAgain}
                </button>
              </p>
            ) : null}
          </div>
        </section>
      ))}
    </div>
  );
}

function placeMonths(
  months: readonly Month[],
  widthPx: number,
  layouts: WeakMap<readonly TimelineAsset[], MonthLayout>,
): PlacedMonth[] {
  const size: GridSize = { widthPx, rowPx: rowHeightFor(widthPx), gapPx: 4 };
  let topPx = 0;
  return months.map((month) => {
    let layout = month.assets && layouts.get(month.assets);
    if (month.assets && !layout) {
      const ratios = month.assets.map(({ ratio }) => ratio);
      layout = layoutMonth(ratios, size);
      layouts.set(month.assets, layout);
    }
    const photosPx = layout?.heightPx ?? estimateMonthHeight(month.count, size);
    const placed = { month, topPx, heightPx: HEADING_PX + photosPx + BETWEEN_PX, layout };
    topPx += placed.heightPx;
    return placed;
  });
}

/** Three upright or two wide photos side by side on a phone, about six on a desk. */
function rowHeightFor(widthPx: number): number {
  if (widthPx < 520) return 124;
  return widthPx < 1000 ? 172 : 216;
}

/** The width of the grid and the stretch of it, from its top, that is on the screen or near it. */
function useWindowOn(grid: { current: HTMLDivElement | null }) {
  const [view, setView] = useState({ widthPx: 0, fromPx: 0, toPx: 0 });
  useLayoutEffect(() => {
    const element = grid.current;
    if (!element) return undefined;
    const measure = () => {
      const box = element.getBoundingClientRect();
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
    };
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
  }, [grid]);
  return view;
}

/** Puts the focus on a tile, bringing it onto the screen first so that it exists. */
function useFocusOn(
  grid: { current: HTMLDivElement | null },
  placed: readonly PlacedMonth[],
  assetId: string | undefined,
): void {
  useEffect(() => {
    if (!assetId || !grid.current) return;
    if (!document.getElementById(tileId(assetId))) {
      const topPx = findTop(placed, assetId);
      if (topPx === undefined) return;
      window.scrollBy(0, grid.current.getBoundingClientRect().top + topPx - window.innerHeight / 3);
    }
    // After the next drawing, which the scrolling may have caused.
    const timer = setTimeout(() => document.getElementById(tileId(assetId))?.focus(), 60);
    return () => clearTimeout(timer);
    // Once per asset: later changes of the layout must not take the focus back.
  }, [assetId]);
}

function findTop(placed: readonly PlacedMonth[], assetId: string): number | undefined {
  for (const { month, topPx, layout } of placed) {
    const index = month.assets?.findIndex((asset) => asset.id === assetId) ?? -1;
    const tile = layout?.rows.flat()[index];
    if (tile) return topPx + HEADING_PX + tile.topPx;
  }
  return undefined;
}
