import { type GridSize, layoutMonth, shownRatio, type Tile } from './timeline-layout.ts';

/** A stretch of a list that one heading stands for. */
export interface DayRun {
  /** `2024-05-04`. */
  day: string;
  /** Position of its first photo in the group's list. */
  first: number;
  ratios: readonly number[];
}

/** Where the name of a day is written, in px from the top left of its group. */
export interface DayHeading {
  day: string;
  first: number;
  count: number;
  leftPx: number;
  topPx: number;
  widthPx: number;
}

/** A group of photos as rows, with the days' names above their photos. */
export interface GroupLayout {
  rows: readonly (readonly Tile[])[];
  days: readonly DayHeading[];
  heightPx: number;
}

/** Height of a day's name; photo-grid.css draws the same. */
export const DAY_PX = 38;

/** Room between two days on one line, and below a line of days. */
const BESIDE_PX = 20;
const BELOW_PX = 14;

/** A day's name needs this much even above one upright photo. */
const MIN_DAY_PX = 100;

/**
 * Lays out days one after the other. A day that fills less than a row shares it with the days before and after, so
 * that a year of single photos is not a long column; a day that needs more has rows of its own.
 */
export function layoutDays(runs: readonly DayRun[], size: GridSize): GroupLayout {
  const { widthPx, rowPx, gapPx } = size;
  const rows: (readonly Tile[])[] = [];
  const days: DayHeading[] = [];
  let line: Tile[] = [];
  let leftPx = 0;
  let topPx = 0;

  const endLine = () => {
    if (line.length === 0) return;
    rows.push(line);
    line = [];
    leftPx = 0;
    topPx += DAY_PX + rowPx + BELOW_PX;
  };

  for (const { day, first, ratios } of runs) {
    const photosPx = ratios.reduce((sum, ratio) => sum + shownRatio(ratio) * rowPx + gapPx, -gapPx);
    const neededPx = Math.max(MIN_DAY_PX, photosPx);
    if (leftPx > 0 && leftPx + neededPx > widthPx) endLine();
    if (photosPx <= widthPx) {
      // The name may be longer than its photos are wide: up to the next one.
      const namePx = Math.min(neededPx + BESIDE_PX - gapPx, widthPx - leftPx);
      days.push({ day, first, count: ratios.length, leftPx, topPx, widthPx: namePx });
      let tileLeftPx = leftPx;
      for (const [index, ratio] of ratios.entries()) {
        const tilePx = shownRatio(ratio) * rowPx;
        line.push({
          index: first + index,
          leftPx: tileLeftPx,
          topPx: topPx + DAY_PX,
          widthPx: tilePx,
          heightPx: rowPx,
        });
        tileLeftPx += tilePx + gapPx;
      }
      leftPx += neededPx + BESIDE_PX;
      continue;
    }
    days.push({ day, first, count: ratios.length, leftPx: 0, topPx, widthPx });
    const block = layoutMonth(ratios, size);
    for (const row of block.rows) {
      rows.push(
        row.map((tile) => ({ ...tile, index: first + tile.index, topPx: topPx + DAY_PX + tile.topPx })),
      );
    }
    topPx += DAY_PX + block.heightPx + BELOW_PX;
  }
  endLine();
  return { rows, days, heightPx: Math.max(0, topPx - BELOW_PX) };
}

/** About how high a month with days will be once its list is known, so that the scroll bar tells the truth. */
export function estimateDaysHeight(count: number, { widthPx, rowPx }: GridSize): number {
  // An average family month: photos come in bursts, so that lines are three quarters full.
  const perLine = Math.max(1, (widthPx / (1.25 * rowPx)) * 0.75);
  return Math.ceil(count / perLine) * (rowPx + DAY_PX / 2 + BELOW_PX / 2) + DAY_PX / 2;
}
