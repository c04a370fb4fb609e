import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agoWords } from './ago.ts';

const NOW = Date.UTC(2026, 10, 22, 12);

test('how long ago something was is told in the largest unit that fits', () => {
  assert.equal(agoWords('2026-11-22T11:59:40.000Z', NOW), 'now');
  assert.equal(agoWords('2026-11-22T11:58:01.000Z', NOW), '1 minute ago');
  assert.equal(agoWords('2026-11-22T09:00:00.000Z', NOW), '3 hours ago');
  assert.equal(agoWords('2026-11-21T11:00:00.000Z', NOW), 'yesterday');
  assert.equal(agoWords('2026-10-01T11:00:00.000Z', NOW), 'last month');
  assert.equal(agoWords(NOW + 3 * 366 * 86_400_000, NOW), 'in 3 years');
});
