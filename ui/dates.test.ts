import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDateWords, lengthWords, wallClockOf } from './dates.ts';
import { kindOf } from './locale.ts';

test('a month is named whatever zone the reader is in', (t) => {
  const zone = process.env['TZ'];
  t.after(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });
  for (const place of ['Pacific/Honolulu', 'Pacific/Auckland']) {
    process.env['TZ'] = place;
    assert.equal(createDateWords('en-GB').month('2024-05-01'), 'May 2024');
  }
});

test('a photo shows the day of the place where it was taken', () => {
  const words = createDateWords('en-GB');
  assert.equal(words.day(wallClockOf('2024-05-03T22:30:00.000Z', 2)), '4 May 2024');
  assert.equal(words.day(wallClockOf('2024-05-04T02:00:00.000Z', -3.5)), '3 May 2024');
});

test('a moment has its weekday and the hour on the wall', () => {
  assert.match(
    createDateWords('en-GB').moment(new Date('2024-05-04T14:32:00Z')),
    /^Sat,? 4 May 2024.* 14:32$/,
  );
});

test('the order of day and month follows the reader’s own kind of the language', () => {
  assert.equal(kindOf('en', ['de-DE', 'en-US', 'en-GB']), 'en-US');
  assert.equal(kindOf('en', ['de-DE']), 'en');
  assert.equal(createDateWords('de-AT').month('2024-01-01'), 'Jänner 2024');
});

test('the length of a video is written as players write it', () => {
  assert.equal(lengthWords(75_000), '1:15');
  assert.equal(lengthWords(3_725_000), '1:02:05');
  assert.equal(lengthWords(200), '0:01');
  assert.equal(lengthWords(null), '');
});

test('days from one to another say what they share once', () => {
  const { days } = createDateWords('en-GB');
  const day = (text: string) => new Date(`${text}T12:00:00Z`);
  assert.equal(days(day('2024-05-04'), day('2024-05-18')).replaceAll(/\s/g, ' '), '4 – 18 May 2024');
  assert.equal(days(day('2024-05-04'), day('2024-05-04')), '4 May 2024');
});
