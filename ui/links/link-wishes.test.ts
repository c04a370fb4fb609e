import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expiryInstant, localDay, slugFrom } from './link-wishes.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');

test('a link ends after the days that were chosen, at the end of a chosen day, or never', () => {
  assert.equal(expiryInstant('never', '', NOW), null);
  assert.equal(expiryInstant('day', '', NOW), '2026-11-23T12:00:00.000Z');
  assert.equal(expiryInstant('month', '', NOW), '2026-12-22T12:00:00.000Z');
  assert.equal(expiryInstant('date', '2026-12-31', NOW), new Date(2026, 11, 31, 23, 59, 59).toISOString());
});

test('a day that is missing or does not exist ends nothing', () => {
  assert.equal(expiryInstant('date', '', NOW), undefined);
  assert.equal(expiryInstant('date', '2026-13-01', NOW), undefined);
});

test('the last day of a link is the one on the clock of its reader', () => {
  assert.equal(localDay(new Date(2026, 4, 4, 23, 59, 59).toISOString()), '2026-05-04');
  assert.equal(localDay(new Date(2026, 4, 4, 0, 0, 1).getTime()), '2026-05-04');
});

test('a name for an address is what can be read out and typed', () => {
  assert.equal(slugFrom('Omas 80. Geburtstag!'), 'omas-80-geburtstag-');
  assert.equal(slugFrom('  Über den Größten Berg'), 'ueber-den-groessten-berg');
  assert.equal(slugFrom('Crème brûlée'), 'creme-brulee');
  assert.equal(slugFrom('/../'), '');
});
