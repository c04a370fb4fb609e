import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findGuest } from './guest.ts';

test('the address of a link says who its guest is, also with a photo open above it', () => {
  assert.deepEqual(findGuest('/share/aB-c_9'), { key: 'aB-c_9' });
  assert.deepEqual(findGuest('/share/abc/photos/5b0b9d5c-8a0e-4d1b-9c53-0d9fd4b7a001'), { key: 'abc' });
  assert.deepEqual(findGuest('/s/sommer%202026'), { slug: 'sommer 2026' });
  assert.deepEqual(findGuest('/s/100%'), { slug: '100%' });
});

test('other pages have no guests', () => {
  for (const path of ['/', '/share', '/share/', '/sharing', '/share-target', '/albums/abc', '/search'])
    assert.equal(findGuest(path), undefined, path);
});
