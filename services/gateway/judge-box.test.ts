import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BoxFacts, judgeBox } from './judge-box.ts';

const DAY_MS = 86_400_000;
const now = Date.parse('2026-07-15T12:00:00Z');
const well: BoxFacts = {
  now,
  ownedSince: now - 400 * DAY_MS,
  totalBytes: 1000e9,
  freeBytes: 500e9,
  reservedBytes: 2e9,
  isReadOnly: false,
  damaged: 0,
  missing: 0,
  unreadable: 0,
  jobsFailing: 0,
  snapshotAt: now - DAY_MS,
  overdue: 0,
};
const codesOf = (facts: Partial<BoxFacts>) => {
  const { verdict, findings } = judgeBox({ ...well, ...facts });
  return [verdict, ...findings.map(({ code }) => code)];
};

test('a box without anything to say is well, and so is a new one', () => {
  assert.deepEqual(codesOf({}), ['well']);
  assert.deepEqual(codesOf({ ownedSince: null, snapshotAt: null }), ['well']);
  assert.deepEqual(codesOf({ ownedSince: now - DAY_MS, snapshotAt: null }), ['well']);
});

test('room is judged by the one word that fits', () => {
  assert.deepEqual(codesOf({ freeBytes: 103e9 }), ['well']);
  assert.deepEqual(codesOf({ freeBytes: 100e9 }), ['look', 'pool_nearly_full']);
  assert.deepEqual(codesOf({ freeBytes: 2e9 }), ['act', 'reserve_reached']);
  assert.deepEqual(codesOf({ freeBytes: 1e9 }), ['act', 'pool_full']);
});

test('what needs somebody now comes before what can wait', () => {
  assert.deepEqual(codesOf({ jobsFailing: 2, damaged: 1, freeBytes: 100e9, isReadOnly: true }), [
    'act',
    'originals_damaged',
    'pool_read_only',
    'pool_nearly_full',
    'jobs_failing',
  ]);
  assert.deepEqual(codesOf({ missing: 1, unreadable: 1 }), [
    'act',
    'originals_missing',
    'originals_unreadable',
  ]);
});

test('old copies of the catalog and late checks are told, unless the clock is wrong', () => {
  const late = { snapshotAt: now - 4 * DAY_MS, overdue: 3 };
  assert.deepEqual(codesOf(late), ['look', 'snapshot_old', 'verification_overdue']);
  assert.deepEqual(codesOf({ snapshotAt: null }), ['look', 'snapshot_old']);
  assert.deepEqual(codesOf({ ...late, now: 5 * DAY_MS }), ['look', 'clock_unset']);
});

test('the words carry their numbers', () => {
  const [finding] = judgeBox({ ...well, damaged: 7 }).findings;
  assert.match(finding!.advice, /^7 are no longer/);
  assert.deepEqual(finding!.details, { count: 7 });
  assert.ok(judgeBox({ ...well, freeBytes: 60e9 }).findings[0]?.advice.startsWith('5 %'));
});
