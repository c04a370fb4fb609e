import assert from 'node:assert/strict';
import { test } from 'node:test';
import { waitBeforeLooking } from './closing-time.ts';

const CLOSES = '2026-11-22T12:15:00.000Z';

test('the page looks again just after the folder has closed', () => {
  assert.equal(waitBeforeLooking(CLOSES, Date.parse('2026-11-22T12:05:00.000Z')), 600_500);
});

test('a clock that is wrong neither asks all the time nor never', () => {
  assert.equal(waitBeforeLooking(CLOSES, Date.parse('2026-11-23T12:05:00.000Z')), 5000);
  assert.equal(waitBeforeLooking(CLOSES, Date.parse('2026-11-20T12:05:00.000Z')), 900_000);
});
