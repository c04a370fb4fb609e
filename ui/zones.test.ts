import assert from 'node:assert/strict';
import { test } from 'node:test';
import { offsetMinutes, withOffset } from './zones.ts';

test('a wall clock gets the offset that its zone had on that day', () => {
  assert.equal(withOffset('2024-05-04T14:32', 'Europe/Berlin'), '2024-05-04T14:32:00.000+02:00');
  assert.equal(withOffset('2024-01-04T14:32', 'Europe/Berlin'), '2024-01-04T14:32:00.000+01:00');
  assert.equal(withOffset('2024-01-04T14:32', 'America/St_Johns'), '2024-01-04T14:32:00.000-03:30');
  assert.equal(withOffset('2024-01-04T14:32', 'UTC'), '2024-01-04T14:32:00.000+00:00');
});

test('the hours around a change of clocks are told apart', () => {
  assert.equal(offsetMinutes('2024-03-31T01:30', 'Europe/Berlin'), 60);
  assert.equal(offsetMinutes('2024-03-31T03:30', 'Europe/Berlin'), 120);
});
