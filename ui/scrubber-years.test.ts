import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PlacedGroup } from './grid-places.ts';
import { yearsOf } from './scrubber-years.ts';

const place = (key: string, topPx: number): PlacedGroup => ({
  group: { key, count: 1, isStale: false },
  topPx,
  heightPx: 100,
  photosTopPx: 52,
});

test('each year begins at its first month, and years that would touch are dots', () => {
  const placed = [
    place('2026-11-01', 0),
    place('2026-10-01', 300),
    place('2025-12-01', 500),
    place('2024-12-01', 510),
    place('2023-12-01', 900),
  ];
  assert.deepEqual(yearsOf(placed, 1000), [
    { year: '2026', share: 0, isNamed: true },
    { year: '2025', share: 0.5, isNamed: true },
    { year: '2024', share: 0.51, isNamed: false },
    { year: '2023', share: 0.9, isNamed: true },
  ]);
});
