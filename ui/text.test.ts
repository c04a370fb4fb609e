import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readableBytes, text } from './text.ts';

test('sizes are rounded to what people compare', () => {
  assert.equal(readableBytes(0), '0 B');
  assert.equal(readableBytes(999), '999 B');
  assert.equal(readableBytes(1500), '1.5 kB');
  assert.equal(readableBytes(999_900), '1.0 MB');
  assert.equal(readableBytes(4_700_000_000), '4.7 GB');
  assert.equal(readableBytes(52_000_000), '52 MB');
});

test('one photo is not one photos', () => {
  assert.equal(text.library.photoCount(1), '1 photo');
  assert.equal(text.library.photoCount(12_345), '12,345 photos');
});
