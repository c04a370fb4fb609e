import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextNight } from './next-night.ts';

const nightAfter = (instant: string, timeZone: string) =>
  new Date(nextNight(Date.parse(instant), timeZone)).toISOString();

test('the next night is the one where the box stands', () => {
  assert.equal(nightAfter('2026-06-01T20:00:00Z', 'UTC'), '2026-06-02T03:00:00.000Z');
  assert.equal(nightAfter('2026-06-01T20:00:00Z', 'Europe/Berlin'), '2026-06-02T01:00:00.000Z');
  assert.equal(nightAfter('2026-06-01T20:00:00Z', 'America/Los_Angeles'), '2026-06-02T10:00:00.000Z');
  assert.equal(nightAfter('2026-06-01T20:00:00Z', 'Asia/Kathmandu'), '2026-06-01T21:15:00.000Z');
});

test('a night that begins within ten minutes is left out', () => {
  assert.equal(nightAfter('2026-06-02T02:49:00Z', 'UTC'), '2026-06-02T03:00:00.000Z');
  assert.equal(nightAfter('2026-06-02T02:51:00Z', 'UTC'), '2026-06-03T03:00:00.000Z');
});

test('a night whose clocks skip three o’clock has its restart when they have', () => {
  assert.equal(nightAfter('2026-03-28T20:00:00Z', 'Europe/Helsinki'), '2026-03-29T01:00:00.000Z');
});
