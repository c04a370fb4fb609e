import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayBeyond } from './day-keys.ts';

const DAYS = ['2024-02-28', '2024-02-29', '2024-03-05', '2024-03-06', '2024-04-01'];

test('arrow keys go to the next day with photos, and by a week to the next one beyond it', () => {
  assert.equal(dayBeyond(DAYS, '2024-02-28', 1), '2024-02-29');
  assert.equal(dayBeyond(DAYS, '2024-02-29', 1), '2024-03-05');
  assert.equal(dayBeyond(DAYS, '2024-02-28', 7), '2024-03-06');
  assert.equal(dayBeyond(DAYS, '2024-03-06', -7), '2024-02-28');
  assert.equal(dayBeyond(DAYS, '2024-03-05', -1), '2024-02-29');
});

test('beyond the last day there is none', () => {
  assert.equal(dayBeyond(DAYS, '2024-04-01', 1), undefined);
  assert.equal(dayBeyond(DAYS, '2024-02-28', -1), undefined);
});
