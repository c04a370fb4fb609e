import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findOffset, findZoneAt, formatOffset, instantAt, wallTimeAt } from './time-zone.ts';

const utc = Date.UTC;

test('a place has the zone of its country, and the open sea has one too', () => {
  assert.equal(findZoneAt(52.52, 13.4), 'Europe/Berlin');
  assert.equal(findZoneAt(27.7, 85.3), 'Asia/Kathmandu');
  assert.match(findZoneAt(30, -40) ?? '', /^Etc\/GMT/);
  assert.equal(findZoneAt(91, 0), undefined);
  assert.equal(findZoneAt(Number.NaN, 0), undefined);
});

test('an offset is written as clients expect it', () => {
  assert.deepEqual([0, 120, -210, 345, 765].map(formatOffset), [
    'UTC',
    'UTC+2',
    'UTC-3:30',
    'UTC+5:45',
    'UTC+12:45',
  ]);
});

test('zones at three quarters of an hour are exact both ways', () => {
  assert.equal(wallTimeAt('Asia/Kathmandu', utc(2024, 0, 31, 12, 0, 0, 7)), utc(2024, 0, 31, 17, 45, 0, 7));
  assert.equal(instantAt('Pacific/Chatham', utc(2024, 0, 31, 13, 45)), utc(2024, 0, 31));
});

test('a wall time that summer time skipped is counted on from before the change', () => {
  // Berlin, 31 March 2024: clocks went from 02:00 to 03:00.
  assert.equal(instantAt('Europe/Berlin', utc(2024, 2, 31, 2, 30)), utc(2024, 2, 31, 1, 30));
  assert.equal(wallTimeAt('Europe/Berlin', utc(2024, 2, 31, 1, 30)), utc(2024, 2, 31, 3, 30));
});

test('a wall time that happened twice is the first of the two', () => {
  assert.equal(instantAt('Europe/Berlin', utc(2024, 9, 27, 2, 30)), utc(2024, 9, 27, 0, 30));
  assert.equal(instantAt('America/New_York', utc(2024, 10, 3, 1, 30)), utc(2024, 10, 3, 5, 30));
});

test('the day that Samoa skipped and times right beside a change are handled', () => {
  // Samoa had no 30 December 2011; what a camera showed then continued the day before.
  assert.equal(instantAt('Pacific/Apia', utc(2011, 11, 30, 12)), utc(2011, 11, 30, 22));
  assert.equal(instantAt('Europe/Berlin', utc(2024, 2, 31, 1, 59, 59)), utc(2024, 2, 31, 0, 59, 59));
  assert.equal(instantAt('Europe/Berlin', utc(2024, 2, 31, 3)), utc(2024, 2, 31, 1));
});

test('moments before 1970 keep their milliseconds and the zone of their day', () => {
  // Britain was an hour ahead through the winter of 1968.
  assert.equal(instantAt('Europe/London', utc(1969, 0, 15, 12, 0, 0, 250)), utc(1969, 0, 15, 11, 0, 0, 250));
  assert.equal(wallTimeAt('Europe/London', utc(1969, 0, 15, 11, 0, 0, 250)), utc(1969, 0, 15, 12, 0, 0, 250));
});

test('a clock and a GPS stamp a few minutes apart still give the offset, and nonsense gives none', () => {
  const at = utc(2024, 5, 1, 12);
  assert.equal(findOffset(utc(2024, 5, 1, 17, 47), at), 345);
  assert.equal(findOffset(utc(2024, 5, 1, 13, 58), at), 120);
  assert.equal(findOffset(utc(2024, 5, 1, 12, 20), at), undefined);
  assert.equal(findOffset(utc(2024, 5, 3, 12), at), undefined);
});
