import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findTrashDays, stretchOf } from './trash-days.ts';

const DAY = 86_400_000;
const NOW = 1000 * DAY;

test('every photo of the trash is in exactly one day, also one that is overdue or ahead of this clock', () => {
  const daysOf = (trashedMs: number) =>
    Array.from({ length: 31 }, (_, day) => day).filter((day) => {
      const { fromMs, toMs = Number.POSITIVE_INFINITY } = stretchOf(day, day, 30, NOW);
      return trashedMs >= fromMs && trashedMs <= toMs;
    });
  assert.deepEqual(daysOf(NOW), [30]);
  assert.deepEqual(daysOf(NOW + 5), [30]);
  assert.deepEqual(daysOf(NOW - 1), [30]);
  assert.deepEqual(daysOf(NOW - DAY), [29]);
  assert.deepEqual(daysOf(NOW - 29 * DAY), [1]);
  assert.deepEqual(daysOf(NOW - 30 * DAY), [0]);
  assert.deepEqual(daysOf(NOW - 99 * DAY), [0]);
});

test('the days with photos are found with few questions, those that go first at the top', async () => {
  const trashed = new Map([
    [30, 4],
    [3, 1],
    [2, 7],
  ]);
  let questions = 0;
  const found = await findTrashDays(30, async (from, to) => {
    questions += 1;
    return [...trashed].reduce((sum, [day, count]) => sum + (day >= from && day <= to ? count : 0), 0);
  });
  assert.deepEqual(found, [
    { daysLeft: 2, count: 7 },
    { daysLeft: 3, count: 1 },
    { daysLeft: 30, count: 4 },
  ]);
  assert.ok(questions <= 12, String(questions));
});

test('an empty trash costs one question', async () => {
  let questions = 0;
  const found = await findTrashDays(36_500, async () => {
    questions += 1;
    return 0;
  });
  assert.deepEqual(found, []);
  assert.equal(questions, 1);
});
