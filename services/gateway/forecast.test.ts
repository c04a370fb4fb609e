import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forecastFull, listGrowth } from './forecast.ts';

const now = Date.parse('2026-07-15T12:00:00Z');
const GB = 1e9;
const steady = ['2026-02', '2026-03', '2026-04', '2026-05', '2026-06'].map((month) => ({ month, bytes: GB }));

test('the drives are full when as much has come as there is room for', () => {
  const fullAt = forecastFull([{ month: '2026-01', bytes: 500 * GB }, ...steady], {
    availableBytes: 12 * GB,
    overhead: 0,
    now,
  });
  assert.equal(new Date(fullAt!).toISOString().slice(0, 10), '2027-07-15');
});

test('what is made of photos counts, and so do months in which none came', () => {
  const options = { availableBytes: 12 * GB, now };
  const first = { month: '2026-01', bytes: GB };
  const plain = forecastFull([first, ...steady], { ...options, overhead: 0 })!;
  assert.equal(
    forecastFull([first, ...steady], { ...options, overhead: 1 })! - now,
    Math.round((plain - now) / 2),
  );
  assert.ok(forecastFull([first, ...steady.slice(1)], { ...options, overhead: 0 })! > plain);
});

test('the first import and the present month say nothing of what is to come', () => {
  const options = { availableBytes: 12 * GB, overhead: 0, now };
  const known = [{ month: '2026-01', bytes: GB }, ...steady];
  const plain = forecastFull(known, options);
  assert.equal(forecastFull([...known, { month: '2026-07', bytes: 900 * GB }], options), plain);
});

test('nothing is foretold from too little, from no growth, or for too far a future', () => {
  const options = { availableBytes: 12 * GB, overhead: 0, now };
  assert.equal(forecastFull([], options), undefined);
  assert.equal(forecastFull([{ month: '2026-04', bytes: GB }, ...steady.slice(3)], options), undefined);
  assert.equal(forecastFull([{ month: '2025-01', bytes: GB }], options), undefined);
  assert.equal(
    forecastFull([{ month: '2026-01', bytes: GB }, ...steady], { ...options, availableBytes: 1e15 }),
    undefined,
  );
});

test('growth is told for twelve months without a gap', () => {
  const growth = listGrowth([{ month: '2026-06', bytes: 5 }], now);
  assert.equal(growth.length, 12);
  assert.deepEqual(growth.slice(-2), [
    { month: '2026-06', bytes: 5 },
    { month: '2026-07', bytes: 0 },
  ]);
  assert.equal(growth[0]?.month, '2025-08');
});
