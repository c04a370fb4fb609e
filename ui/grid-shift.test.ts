import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_PAGE_PX, shiftWindow } from './grid-shift.ts';

test('a library that fits in one page never moves', () => {
  for (const topPx of [0, 1_000_000, MAX_PAGE_PX]) assert.equal(shiftWindow(0, topPx, MAX_PAGE_PX), 0);
});

test('every photo of a larger library can be reached, and the screen is always inside the element', () => {
  const totalPx = 40_000_000;
  let basePx = 0;
  for (let topPx = 0; topPx <= totalPx - 1000; topPx += 250_000) {
    basePx = shiftWindow(basePx, topPx, totalPx);
    assert.ok(topPx >= basePx && topPx <= basePx + MAX_PAGE_PX, `${topPx} with ${basePx}`);
  }
  assert.equal(basePx, totalPx - MAX_PAGE_PX);
  for (let topPx = totalPx - 1000; topPx >= 0; topPx -= 250_000) {
    basePx = shiftWindow(basePx, topPx, totalPx);
    assert.ok(topPx >= basePx && topPx <= basePx + MAX_PAGE_PX, `${topPx} with ${basePx}`);
  }
  assert.equal(shiftWindow(basePx, 0, totalPx), 0);
});

test('a jump to anywhere ends with room on both sides', () => {
  assert.equal(shiftWindow(0, 20_000_000, 40_000_000), 20_000_000 - MAX_PAGE_PX / 2);
});

test('photos that go away take the element back with them', () => {
  assert.equal(shiftWindow(25_000_000, 26_000_000, 13_000_000), 1_000_000);
});
