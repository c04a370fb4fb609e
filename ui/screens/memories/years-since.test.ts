import assert from 'node:assert/strict';
import { test } from 'node:test';
import { yearsSince } from './years-since.ts';

test('years count from the day itself, and a memory is at least one year old', () => {
  assert.equal(yearsSince('2024-11-22', '2026-11-22'), 2);
  assert.equal(yearsSince('2024-11-23', '2026-11-22'), 1);
  assert.equal(yearsSince('2024-02-29', '2026-03-01'), 2);
  assert.equal(yearsSince('2026-01-01', '2026-11-22'), 1);
});
