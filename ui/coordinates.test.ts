import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCoordinates } from './coordinates.ts';

test('two numbers are a place, as maps write them', () => {
  assert.deepEqual(readCoordinates('47.42, 10.98'), { latitude: 47.42, longitude: 10.98 });
  assert.deepEqual(readCoordinates(' -33.9;+18.4 '), { latitude: -33.9, longitude: 18.4 });
});

test('anything else is none', () => {
  for (const words of ['', '47.42', '91, 0', '0, 181', 'here, there', '1 2 3', '1e1, 2'])
    assert.equal(readCoordinates(words), undefined, words);
});
