import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { startTestLibrary } from '#test/fixtures/library';

test('questions about what cannot exist yet are answered with nothing, in the shape clients expect', async (t) => {
  const { ann, bob, addAsset, ask } = await startTestLibrary(t);
  const id = addAsset(ann.id);
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
    '/duplicates',
    `/assets/${id}/ocr`,
    '/search/person?name=a',
    '/search/places?name=a',
  ])
    assert.deepEqual(await ask(ann, 'GET', path), { status: 200, json: [] }, path);
  assert.deepEqual((await ask(ann, 'GET', `/assets/${id}/edits`)).json, { assetId: id, edits: [] });
  assert.equal((await ask(ann, 'GET', `/people/${randomUUID()}/thumbnail?updatedAt=1`)).status, 404);
  assert.equal((await ask(bob, 'GET', `/faces?id=${id}`)).status, 400);
  // Nothing that would have to be kept is taken.
  assert.equal((await ask(ann, 'PUT', '/tags', { tags: ['a'] })).status, 404);
});
