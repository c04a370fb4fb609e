import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstDayOfWeek, stepOf, weeksOf } from './month-weeks.ts';

test('a month is drawn in weeks that begin as the reader is used to', () => {
  // 1 May 2024 was a Wednesday.
  const monday = weeksOf(2024, 5, 1);
  assert.deepEqual(monday[0], [undefined, undefined, 1, 2, 3, 4, 5]);
  assert.deepEqual(monday.at(-1), [27, 28, 29, 30, 31, undefined, undefined]);
  assert.deepEqual(weeksOf(2024, 5, 7)[0], [undefined, undefined, undefined, 1, 2, 3, 4]);
});

test('every day of a month is there once, in leap years and before 1900 too', () => {
  for (const [year, month, days] of [
    [2024, 2, 29],
    [2023, 2, 28],
    [1899, 12, 31],
    [45, 6, 30],
    [2027, 2, 28],
  ] as const)
    assert.deepEqual(
      weeksOf(year, month, 1)
        .flat()
        .filter((day) => day !== undefined),
      Array.from({ length: days }, (_, index) => index + 1),
      `${year}-${month}`,
    );
});

test('weeks begin on Sunday in America and on Monday in Germany', () => {
  assert.equal(firstDayOfWeek('en-US'), 7);
  assert.equal(firstDayOfWeek('de-DE'), 1);
});

test('a day is stronger in colour the more photos it has', () => {
  assert.deepEqual([0, 1, 4, 5, 14, 15, 39, 40, 5000].map(stepOf), [0, 1, 1, 2, 2, 3, 3, 4, 4]);
});
