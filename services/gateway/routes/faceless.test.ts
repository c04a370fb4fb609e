import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { startTestLibrary } from '#test/fixtures/library';

test('questions about what cannot exist yet are answered with nothing, in the shape clients expect', async (t) => {
  const { ann, bob, addAsset, ask } = await startTestLibrary(t);
  const id = addAsset(ann.id);
  const album = (await ask(ann, 'POST', '/albums', { albumName: 'x' })).json.id;
  assert.deepEqual((await ask(ann, 'GET', '/people?withHidden=true&page=1&size=500')).json, {
    people: [],
    total: 0,
    hidden: 0,
    hasNextPage: false,
  });
  for (const path of [
    `/faces?id=${id}`,
    '/tags',
    '/memories?for=2024-05-20',
    '/partners?direction=shared-by',
    '/shared-links',
    '/duplicates',
    `/activities?albumId=${album}`,
    `/assets/${id}/ocr`,
    '/search/person?name=a',
    '/search/places?name=a',
  ])
    assert.deepEqual(await ask(ann, 'GET', path), { status: 200, json: [] }, path);
  assert.deepEqual((await ask(ann, 'GET', `/assets/${id}/edits`)).json, { assetId: id, edits: [] });
  const statistics = await ask(ann, 'GET', `/activities/statistics?albumId=${album}`);
  assert.deepEqual(statistics.json, { comments: 0, likes: 0 });
  assert.equal((await ask(ann, 'GET', `/people/${randomUUID()}/thumbnail?updatedAt=1`)).status, 404);
  assert.equal((await ask(bob, 'GET', `/faces?id=${id}`)).status, 400);
  assert.equal((await ask(bob, 'GET', `/activities?albumId=${album}`)).status, 400);
  // Nothing that would have to be kept is taken.
  assert.equal((await ask(ann, 'PUT', '/tags', { tags: ['a'] })).status, 404);
  assert.equal((await ask(ann, 'POST', '/partners', { sharedWithId: bob.id })).status, 404);
});
