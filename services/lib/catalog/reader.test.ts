import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestLibrary } from '#test/fixtures/library';
import { openReader } from './reader.ts';

test('questions to the thread get the answers that a direct question gets', async (t) => {
  const { layout, cleanup, ann, addAsset } = openTestLibrary(t);
  const id = addAsset(ann.id, { city: 'Berlin', latitude: 52, longitude: 13 });
  const reader = openReader(layout.catalogFile);
  cleanup.defer(() => reader.close());
  const [found, count] = await Promise.all([
    reader.assets.findById(id),
    reader.search.count({ userId: ann.id, isElevated: 0 }, {}),
  ]);
  assert.equal(found?.city, 'Berlin');
  assert.equal(count, 1);
  assert.equal(await reader.assets.findById('nobody'), undefined);
});

test('a question that goes wrong fails alone, and closing leaves none without an end', async (t) => {
  const { layout, cleanup, ann } = openTestLibrary(t);
  const reader = openReader(layout.catalogFile);
  cleanup.defer(() => reader.close());
  const wrong = { search: { readPage: reader.search.readPage as (request: unknown) => Promise<unknown> } };
  await assert.rejects(wrong.search.readPage({}), /undefined/);
  assert.equal(await reader.search.count({ userId: ann.id, isElevated: 0 }, {}), 0);
  const pending = reader.search.count({ userId: ann.id, isElevated: 0 }, {});
  const ended = assert.rejects(pending, /closed|ended/);
  await reader.close();
  await ended;
  // Asked again it starts again.
  assert.equal(await reader.search.count({ userId: ann.id, isElevated: 0 }, {}), 0);
});
