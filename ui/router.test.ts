import assert from 'node:assert/strict';
import { test } from 'node:test';
import { photoPath, readPath } from './router.ts';

const ID = '4e6f1f6c-0000-4000-8000-0123456789ab';

test('the address of an asset says above which list it was opened', () => {
  for (const list of ['/', '/favourites', '/albums/12']) {
    assert.deepEqual(readPath(photoPath(list, ID)), { path: list, assetId: ID });
  }
});

test('what is no asset is a page of its own', () => {
  assert.deepEqual(readPath('/'), { path: '/' });
  assert.deepEqual(readPath('/photos/17'), { path: '/photos/17' });
  assert.deepEqual(readPath('/albums/'), { path: '/albums' });
});
