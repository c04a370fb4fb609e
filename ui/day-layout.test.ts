import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY_PX, type DayRun, estimateDaysHeight, layoutDays } from './day-layout.ts';

const SIZE = { widthPx: 1000, rowPx: 200, gapPx: 4 };

function runs(...counts: number[]): DayRun[] {
  let first = 0;
  return counts.map((count, index) => {
    const run = { day: `2024-05-${30 - index}`, first, ratios: Array.from({ length: count }, () => 1.5) };
    first += count;
    return run;
  });
}

test('days with few photos share a line, and a day that does not fit begins the next', () => {
  const { days, rows } = layoutDays(runs(1, 1, 1, 1), SIZE);
  assert.deepEqual(
    days.map(({ topPx }) => topPx > 0),
    [false, false, false, true],
  );
  assert.equal(rows.length, 2);
  for (const row of rows) for (const tile of row) assert.ok(tile.leftPx + tile.widthPx <= SIZE.widthPx);
});

test('a day with many photos has rows of its own that fill the width', () => {
  const { days, rows } = layoutDays(runs(1, 9, 1), SIZE);
  assert.deepEqual(
    days.map(({ leftPx }) => leftPx),
    [0, 0, 0],
  );
  const full = rows.filter((row) => row.length > 1)[0]!;
  const last = full.at(-1)!;
  assert.ok(Math.abs(last.leftPx + last.widthPx - SIZE.widthPx) < 1);
});

test('every photo has exactly one place below the name of its day, and none overlap', () => {
  const { days, rows, heightPx } = layoutDays(runs(3, 1, 12, 2, 2, 7, 1), SIZE);
  const tiles = rows.flat();
  assert.deepEqual(
    tiles.map(({ index }) => index).sort((a, b) => a - b),
    Array.from({ length: 28 }, (_, index) => index),
  );
  for (const { first, count, topPx, leftPx } of days)
    for (const tile of tiles.filter(({ index }) => index >= first && index < first + count)) {
      assert.ok(tile.topPx >= topPx + DAY_PX - 0.001);
      assert.ok(tile.leftPx >= leftPx - 0.001);
    }
  const isApart = (a: number, aSize: number, b: number, bSize: number) =>
    a + aSize <= b + 0.001 || b + bSize <= a + 0.001;
  for (const a of tiles)
    for (const b of tiles)
      if (a !== b)
        assert.ok(
          isApart(a.leftPx, a.widthPx, b.leftPx, b.widthPx) ||
            isApart(a.topPx, a.heightPx, b.topPx, b.heightPx),
        );
  assert.ok(Math.max(...tiles.map((tile) => tile.topPx + tile.heightPx)) <= heightPx + 0.001);
});

test('nothing to lay out takes no room, and more photos are estimated higher', () => {
  assert.deepEqual(layoutDays([], SIZE), { rows: [], days: [], heightPx: 0 });
  assert.ok(estimateDaysHeight(100, SIZE) > estimateDaysHeight(10, SIZE));
});
