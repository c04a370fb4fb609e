import assert from 'node:assert/strict';
import { test } from 'node:test';
import { photoPath, readRoute } from './route.ts';

test('the address of a photo leads back to it', () => {
  const assetId = '8afa6c24-5b66-448d-8c88-8112bad1c1fc';
  assert.deepEqual(readRoute(photoPath(assetId)), { assetId });
});

test('any other address is the grid', () => {
  for (const path of ['/', '/photos', '/photos/1', '/photos/..%2Fapi', '/auth/login']) {
    assert.deepEqual(readRoute(path), {});
  }
});
