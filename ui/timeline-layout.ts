/** Where one tile is, in px from the top left of its month. */
export interface Tile {
  /** Position in the month's list. */
  index: number;
  leftPx: number;
  topPx: number;
  widthPx: number;
  heightPx: number;
}

/** Tiles in rows of equal height, every full row as wide as the page. */
export interface MonthLayout {
  rows: readonly (readonly Tile[])[];
  heightPx: number;
}

export interface GridSize {
  widthPx: number;
  /** Height the rows aim at; full rows differ from it a little so that they fill the width. */
  rowPx: number;
  gapPx: number;
}

/** Panoramas and long screenshots are cut to these ratios, or one of them would take a whole row or none. */
const MIN_RATIO = 0.5;
const MAX_RATIO = 3;

/** What an average photo library measures: mostly 4:3 and 3:2, some upright. */
const USUAL_RATIO = 1.25;

/** A full row may be this much lower or higher than asked before one photo more or fewer is better. */
const MAX_STRETCH = 1.35;

/** Fills rows from left to right; a row is full when its photos, at the height asked for, span the width. */
export function layoutMonth(ratios: readonly number[], { widthPx, rowPx, gapPx }: GridSize): MonthLayout {
  const rows: Tile[][] = [];
  let topPx = 0;
  let first = 0;
  let ratioSum = 0;

  const close = (end: number, heightPx: number) => {
    const row: Tile[] = [];
    let leftPx = 0;
    for (let index = first; index < end; index += 1) {
      const widthOfTile = shownRatio(ratios[index]) * heightPx;
      row.push({ index, leftPx, topPx, widthPx: widthOfTile, heightPx });
      leftPx += widthOfTile + gapPx;
    }
    rows.push(row);
    topPx += heightPx + gapPx;
    first = end;
    ratioSum = 0;
  };

  ratios.forEach((ratio, index) => {
    const before = { count: index - first, ratioSum };
    ratioSum += shownRatio(ratio);
    const heightWith = (widthPx - gapPx * before.count) / ratioSum;
    if (heightWith > rowPx) return;
    const heightWithout = (widthPx - gapPx * (before.count - 1)) / before.ratioSum;
    // Whichever is nearer to the height asked for; without any photo the height is infinite.
    if (heightWithout <= rowPx * MAX_STRETCH && heightWithout / rowPx < rowPx / heightWith) {
      close(index, heightWithout);
      ratioSum = shownRatio(ratio);
      const alone = widthPx / ratioSum;
      if (alone <= rowPx) close(index + 1, alone);
    } else {
      close(index + 1, heightWith);
    }
  });
  if (first < ratios.length) {
    const filling = (widthPx - gapPx * (ratios.length - first - 1)) / ratioSum;
    // What is left over keeps the usual height unless it almost fills its row anyway.
    close(ratios.length, filling <= rowPx * MAX_STRETCH ? filling : rowPx);
  }
  return { rows, heightPx: Math.max(0, topPx - gapPx) };
}

/** About how high a month will be once its list is known, so that the scroll bar tells the truth. */
export function estimateMonthHeight(count: number, { widthPx, rowPx, gapPx }: GridSize): number {
  const perRow = Math.max(1, widthPx / (USUAL_RATIO * rowPx + gapPx));
  return Math.ceil(count / perRow) * (rowPx + gapPx) - gapPx;
}

/** The ratio a photo is drawn with: panoramas and long screenshots are cut. */
export function shownRatio(ratio = 1): number {
  return Math.min(MAX_RATIO, Math.max(MIN_RATIO, ratio));
}
