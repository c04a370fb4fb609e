import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMarkerSplitter } from './markers.ts';

const MARKERS = [
  { id: '1', lat: 43.7, lon: 7.27, city: 'Nice', state: null, country: 'France' },
  { id: '2', lat: -12.5, lon: 130.8, city: 'a "},{" b}]', state: null, country: null },
  { id: '3', lat: 0, lon: 0, city: null, state: null, country: null },
];

test('markers are read from pieces of every length, with marks of the format in a name', () => {
  const json = JSON.stringify(MARKERS);
  for (const length of [1, 2, 7, 50, 64, json.length]) {
    const { add, finish } = createMarkerSplitter();
    const read = [];
    for (let at = 0; at < json.length; at += length) read.push(...add(json.slice(at, at + length)));
    assert.deepEqual([...read, ...finish()], MARKERS, `pieces of ${length}`);
  }
});

test('a map without markers is an empty list', () => {
  const { add, finish } = createMarkerSplitter();
  assert.deepEqual([...add('['), ...add(']'), ...finish()], []);
});
