import assert from 'node:assert/strict';
import { test } from 'node:test';
import { estimateMonthHeight, type GridSize, layoutMonth, type Tile } from './timeline-layout.ts';

const size: GridSize = { widthPx: 1000, rowPx: 200, gapPx: 4 };

function rightEdge(row: readonly Tile[]): number {
  const last = row.at(-1)!;
  return last.leftPx + last.widthPx;
}

test('every row but the last is exactly as wide as the page', () => {
  const ratios = [1.5, 0.66, 1.33, 1.78, 1, 1.5, 0.75, 1.33, 1.33, 2.2, 1.5, 1];
  const { rows } = layoutMonth(ratios, size);
  assert.ok(rows.length > 2);
  for (const row of rows.slice(0, -1)) assert.ok(Math.abs(rightEdge(row) - 1000) < 0.001);
  assert.ok(rightEdge(rows.at(-1)!) <= 1000.001);
});

test('photos keep their order and none is lost', () => {
  const ratios = Array.from({ length: 57 }, (_, index) => 0.6 + (index % 7) * 0.3);
  const indexes = layoutMonth(ratios, size)
    .rows.flat()
    .map((tile) => tile.index);
  assert.deepEqual(
    indexes,
    ratios.map((_, index) => index),
  );
});

test('a single photo keeps the usual height instead of filling the page', () => {
  const { rows, heightPx } = layoutMonth([1.5], size);
  assert.deepEqual(rows[0], [{ index: 0, leftPx: 0, topPx: 0, widthPx: 300, heightPx: 200 }]);
  assert.equal(heightPx, 200);
});

test('a panorama after a nearly full row starts a row of its own', () => {
  const { rows } = layoutMonth([1.5, 1.5, 1.5, 8], size);
  assert.deepEqual(
    rows.map((row) => row.length),
    [3, 1],
  );
});

test('a panorama on a narrow phone is cut, not shrunk to a line', () => {
  const { rows } = layoutMonth([10], { widthPx: 344, rowPx: 124, gapPx: 4 });
  assert.equal(rows[0]?.[0]?.widthPx, 344);
  assert.ok(rows[0]![0]!.heightPx > 110);
});

test('a month without photos has no rows and no height', () => {
  assert.deepEqual(layoutMonth([], size), { rows: [], heightPx: 0 });
});

test('the estimate of a month is near what its photos turn out to need', () => {
  const ratios = Array.from({ length: 300 }, (_, index) => (index % 4 === 0 ? 0.75 : 1.4));
  const real = layoutMonth(ratios, size).heightPx;
  const estimate = estimateMonthHeight(300, size);
  assert.ok(Math.abs(estimate - real) / real < 0.25, `${estimate} for ${real}`);
});
