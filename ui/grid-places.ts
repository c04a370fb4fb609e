import { type DayRun, estimateDaysHeight, type GroupLayout, layoutDays } from './day-layout.ts';
import type { GridAsset, PhotoGroup } from './photo-source.ts';
import { estimateMonthHeight, type GridSize, layoutMonth } from './timeline-layout.ts';

/** Height of a month's name, and of the room below a group; photo-grid.css draws the same. */
const HEADING_PX = 52;
const BETWEEN_PX = 22;

/** Where one group of the grid is. */
export interface PlacedGroup {
  group: PhotoGroup;
  /** From the top of the grid. */
  topPx: number;
  /** With its name and the room below. */
  heightPx: number;
  /** From the top of the group to its photos. */
  photosTopPx: number;
  /** Undefined until its list has come; the height is an estimate until then. */
  layout?: GroupLayout;
}

/** Three upright or two wide photos side by side on a phone, about six on a desk. */
export function rowHeightFor(widthPx: number): number {
  if (widthPx < 520) return 116;
  return widthPx < 1000 ? 168 : 206;
}

/** What was laid out at one width. */
export interface KeptLayouts {
  /** For as long as their lists are, so that a month that arrives does not lay out all the others again. */
  layouts: WeakMap<readonly GridAsset[], GroupLayout>;
  /** Heights of groups whose lists were let go of, so that nothing moves when they come back. */
  heights: Map<string, { count: number; photosPx: number }>;
}

/** Places the groups one below the other. */
export function placeGroups(
  groups: readonly PhotoGroup[],
  widthPx: number,
  isByMonth: boolean,
  { layouts, heights }: KeptLayouts,
): PlacedGroup[] {
  const size: GridSize = { widthPx, rowPx: rowHeightFor(widthPx), gapPx: 4 };
  let topPx = 0;
  return groups.map((group) => {
    const photosTopPx = isByMonth || group.title !== undefined ? HEADING_PX : 0;
    let layout = group.assets && layouts.get(group.assets);
    if (group.assets && !layout) {
      layout = isByMonth ? layoutDays(splitDays(group.assets), size) : layoutPlain(group.assets, size);
      layouts.set(group.assets, layout);
      heights.set(group.key, { count: group.count, photosPx: layout.heightPx });
    }
    const estimate = isByMonth ? estimateDaysHeight : estimateMonthHeight;
    const before = heights.get(group.key);
    const known = before?.count === group.count ? before.photosPx : undefined;
    const photosPx = layout?.heightPx ?? known ?? estimate(group.count, size);
    const placed: PlacedGroup = { group, topPx, heightPx: photosTopPx + photosPx + BETWEEN_PX, photosTopPx };
    if (layout) placed.layout = layout;
    topPx += placed.heightPx;
    return placed;
  });
}

function layoutPlain(assets: readonly GridAsset[], size: GridSize): GroupLayout {
  const { rows, heightPx } = layoutMonth(
    assets.map(({ ratio }) => ratio),
    size,
  );
  return { rows, heightPx, days: [] };
}

/** The day at the place of capture, `2024-05-04`. */
export function dayOf({ fileCreatedAt, localOffsetHours }: GridAsset): string {
  const wallClock = Date.parse(fileCreatedAt) + localOffsetHours * 3_600_000;
  return Number.isNaN(wallClock) ? '' : new Date(wallClock).toISOString().slice(0, 10);
}

function splitDays(assets: readonly GridAsset[]): DayRun[] {
  const runs: { day: string; first: number; ratios: number[] }[] = [];
  for (const [index, asset] of assets.entries()) {
    const day = dayOf(asset);
    const last = runs.at(-1);
    if (last?.day === day) last.ratios.push(asset.ratio);
    else runs.push({ day, first: index, ratios: [asset.ratio] });
  }
  return runs;
}
