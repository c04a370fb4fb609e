import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { startTestLibrary } from '#test/fixtures/library';

const BOX = { imageWidth: 1000, imageHeight: 800, x: 100, y: 200, width: 50, height: 60 };

test('a box drawn by hand is on the photo with its person, from left to right', async (t) => {
  const { ann, addAsset, ask, heard } = await startTestLibrary(t);
  const assetId = addAsset(ann.id);
  const personId = (await ask(ann, 'POST', '/people', { name: 'Mia' })).json.id;
  const draw = (box: object) => ask(ann, 'POST', '/faces', { assetId, personId, ...BOX, ...box });
  assert.equal((await draw({ x: 600.4, width: 399.9 })).status, 201);
  assert.equal((await draw({})).status, 201);
  const { json } = await ask(ann, 'GET', `/faces?id=${assetId}`);
  const { id: _, person, ...face } = json[0];
  assert.deepEqual(face, {
    imageWidth: 1000,
    imageHeight: 800,
    boundingBoxX1: 100,
    boundingBoxY1: 200,
    boundingBoxX2: 150,
    boundingBoxY2: 260,
    sourceType: 'manual',
  });
  assert.equal(person.name, 'Mia');
  assert.deepEqual([json[1].boundingBoxX1, json[1].boundingBoxX2], [600, 1000]);
  assert.ok(heard.some(({ name }) => name === 'on_asset_update'));
});

test('a box outside its picture, on another’s photo or for another’s person is refused', async (t) => {
  const { ann, bob, addAsset, ask } = await startTestLibrary(t);
  const [assetId, others] = [addAsset(ann.id), addAsset(bob.id)];
  const personId = (await ask(ann, 'POST', '/people', {})).json.id;
  const draw = async (box: object) =>
    (await ask(ann, 'POST', '/faces', { assetId, personId, ...BOX, ...box })).status;
  for (const box of [
    { x: 960 },
    { y: 741 },
    { width: 0 },
    { x: -1 },
    { imageWidth: 0 },
    { imageHeight: 1e9 },
    { assetId: others },
    { personId: randomUUID() },
  ])
    assert.equal(await draw(box), 400, JSON.stringify(box));
  assert.equal((await ask(bob, 'POST', '/faces', { assetId, personId, ...BOX })).status, 400);
  assert.deepEqual((await ask(ann, 'GET', `/faces?id=${assetId}`)).json, []);
});

test('a face is taken away, by force without a trace, and who had no other is gone with it', async (t) => {
  const { ann, bob, addAsset, ask, db } = await startTestLibrary(t);
  const assetId = addAsset(ann.id);
  const nameless = (await ask(ann, 'POST', '/people', {})).json.id;
  const named = (await ask(ann, 'POST', '/people', { name: 'Mia' })).json.id;
  for (const personId of [nameless, named]) await ask(ann, 'POST', '/faces', { assetId, personId, ...BOX });
  const faces = (await ask(ann, 'GET', `/faces?id=${assetId}`)).json;
  const faceOf = (id: string) => faces.find(({ person }: { person: { id: string } }) => person.id === id).id;
  assert.equal((await ask(bob, 'DELETE', `/faces/${faceOf(named)}`, { force: true })).status, 400);
  assert.equal((await ask(ann, 'DELETE', `/faces/${faceOf(nameless)}`, { force: false })).status, 204);
  assert.equal((await ask(ann, 'DELETE', `/faces/${faceOf(named)}`, { force: true })).status, 204);
  assert.deepEqual((await ask(ann, 'GET', `/faces?id=${assetId}`)).json, []);
  assert.equal((await ask(ann, 'DELETE', `/faces/${faceOf(named)}`, { force: true })).status, 400);
  assert.equal(db.prepare('SELECT count(*) FROM face').pluck().get(), 1);
  assert.equal((await ask(ann, 'GET', `/people/${nameless}`)).status, 400);
  assert.equal((await ask(ann, 'GET', `/people/${named}`)).status, 200);
});

test('who sees a shared photo does not learn who is on it or what it is filed under', async (t) => {
  const { ann, bob, addAsset, ask } = await startTestLibrary(t);
  const assetId = addAsset(ann.id);
  const personId = (await ask(ann, 'POST', '/people', { name: 'Mia' })).json.id;
  await ask(ann, 'POST', '/faces', { assetId, personId, ...BOX });
  const [tag] = (await ask(ann, 'PUT', '/tags', { tags: ['lake'] })).json;
  await ask(ann, 'PUT', `/tags/${tag.id}/assets`, { ids: [assetId] });
  assert.equal((await ask(bob, 'GET', `/faces?id=${assetId}`)).status, 400);
  const albumUsers = [{ userId: bob.id, role: 'viewer' }];
  await ask(ann, 'POST', '/albums', { albumName: 'x', assetIds: [assetId], albumUsers });
  assert.deepEqual(await ask(bob, 'GET', `/faces?id=${assetId}`), { status: 200, json: [] });
  const { json } = await ask(bob, 'GET', `/assets/${assetId}`);
  assert.deepEqual([json.people, json.tags], [[], []]);
});
