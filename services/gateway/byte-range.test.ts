import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRange } from './byte-range.ts';

test('one range is read in each of its forms', () => {
  assert.deepEqual(readRange('bytes=0-1', 100), { start: 0, bytes: 2 });
  assert.deepEqual(readRange('bytes=10-', 100), { start: 10, bytes: 90 });
  assert.deepEqual(readRange('bytes=-30', 100), { start: 70, bytes: 30 });
  assert.deepEqual(readRange('bytes=90-500', 100), { start: 90, bytes: 10 });
  assert.deepEqual(readRange('bytes=-500', 100), { start: 0, bytes: 100 });
  assert.deepEqual(readRange('bytes=5000000000-5000000001', 6e9), { start: 5_000_000_000, bytes: 2 });
});

test('a range outside the file cannot be satisfied', () => {
  assert.equal(readRange('bytes=100-', 100), 'unsatisfiable');
  assert.equal(readRange('bytes=-0', 100), 'unsatisfiable');
  assert.equal(readRange('bytes=0-', 0), 'unsatisfiable');
});

test('what is no range, or several at once, asks for the whole file', () => {
  for (const header of [
    undefined,
    '',
    'bytes=',
    'bytes=-',
    'bytes=5-2',
    'bytes=0-1,4-5',
    'lines=0-1',
    'bytes=a-b',
  ])
    assert.equal(readRange(header, 100), 'all');
});
