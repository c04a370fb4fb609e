import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOON, startTestLibrary } from '#test/fixtures/library';

test('a stack shows its first photo for all of them, and comes apart again', async (t) => {
  const { ann, bob, addAsset, ask, heard } = await startTestLibrary(t);
  const ids = [addAsset(ann.id), addAsset(ann.id), addAsset(ann.id)];
  const { status, json } = await ask(ann, 'POST', '/stacks', { assetIds: [ids[1], ids[0], ids[2]] });
  assert.equal(status, 201);
  assert.equal(json.primaryAssetId, ids[1]);
  assert.equal(json.assets[0].id, ids[1]);
  assert.equal(json.assets.length, 3);
  assert.equal(heard.at(-1)?.name, 'on_asset_stack_update');
  const count = async (query: string) =>
    (await ask(ann, 'GET', `/timeline/buckets${query}`)).json.map(({ count }: { count: number }) => count);
  assert.deepEqual(await count(''), [3]);
  assert.deepEqual(await count('?withStacked=true'), [1]);
  const bucket = await ask(ann, 'GET', '/timeline/bucket?timeBucket=2024-05-01&withStacked=true');
  assert.deepEqual(bucket.json.stack, [[json.id, '3']]);
  assert.deepEqual(bucket.json.id, [ids[1]]);

  assert.equal((await ask(bob, 'GET', `/stacks/${json.id}`)).status, 400);
  const turned = await ask(ann, 'PUT', `/stacks/${json.id}`, { primaryAssetId: ids[2] });
  assert.equal(turned.json.assets[0].id, ids[2]);
  assert.equal(
    (await ask(ann, 'PUT', `/stacks/${json.id}`, { primaryAssetId: addAsset(ann.id) })).status,
    400,
  );
  assert.equal((await ask(ann, 'DELETE', '/stacks', { ids: [json.id] })).status, 204);
  assert.deepEqual(await count('?withStacked=true'), [4]);
  assert.equal((await ask(ann, 'GET', `/stacks/${json.id}`)).status, 400);
});

test('a stack needs two photos of one’s own', async (t) => {
  const { ann, bob, addAsset, ask } = await startTestLibrary(t);
  const id = addAsset(ann.id);
  assert.equal((await ask(ann, 'POST', '/stacks', { assetIds: [id, id] })).status, 400);
  assert.equal((await ask(ann, 'POST', '/stacks', { assetIds: [id, addAsset(bob.id)] })).status, 400);
});

test('stacking the top of another stack takes that whole stack in', async (t) => {
  const { ann, db, addAsset, ask } = await startTestLibrary(t);
  const ids = Array.from({ length: 6 }, () => addAsset(ann.id));
  await ask(ann, 'POST', '/stacks', { assetIds: [ids[0], ids[1]] });
  const { json: third } = await ask(ann, 'POST', '/stacks', { assetIds: [ids[2], ids[3], ids[4]] });
  const { json } = await ask(ann, 'POST', '/stacks', { assetIds: [ids[5], ids[0], ids[3]] });
  assert.deepEqual(
    new Set(json.assets.map(({ id }: { id: string }) => id)),
    new Set([ids[5], ids[0], ids[1], ids[3]]),
  );
  // Of the other stack only a member went over: the rest stays together.
  const rest = await ask(ann, 'GET', `/stacks/${third.id}`);
  assert.equal(rest.json.assets.length, 2);
  assert.equal(db.prepare('SELECT count(*) FROM stack').pluck().get(), 2);
});

test('when the top of a stack is trashed or deleted another takes its place, and a last one is no stack', async (t) => {
  const { ann, addAsset, ask } = await startTestLibrary(t);
  const ids = Array.from({ length: 3 }, (_, at) =>
    addAsset(ann.id, { captured_at: NOON + at, local_at: NOON + at }),
  );
  const { json } = await ask(ann, 'POST', '/stacks', { assetIds: ids });
  const top = async () => (await ask(ann, 'GET', `/stacks/${json.id}`)).json.primaryAssetId;
  const shown = async () =>
    (await ask(ann, 'GET', '/timeline/bucket?timeBucket=2024-05-01&withStacked=true')).json.id;
  await ask(ann, 'DELETE', '/assets', { ids: [ids[0]] });
  assert.equal(await top(), ids[1]);
  assert.deepEqual(await shown(), [ids[1]]);
  // What lies in the trash is shown there one by one.
  const trash = await ask(
    ann,
    'GET',
    '/timeline/bucket?timeBucket=2024-05-01&withStacked=true&isTrashed=true',
  );
  assert.deepEqual(trash.json.id, [ids[0]]);
  await ask(ann, 'POST', '/trash/restore');
  assert.deepEqual(await shown(), [ids[1]]);
  await ask(ann, 'DELETE', '/assets', { ids: [ids[1]], force: true });
  assert.equal(await top(), ids[0]);
  await ask(ann, 'DELETE', '/assets', { ids: [ids[0]], force: true });
  assert.equal((await ask(ann, 'GET', `/stacks/${json.id}`)).status, 400);
  assert.deepEqual(await shown(), [ids[2]]);
  assert.equal((await ask(ann, 'GET', `/assets/${ids[2]}`)).json.stack, null);
});

test('a photo leaves its stack alone', async (t) => {
  const { ann, addAsset, ask } = await startTestLibrary(t);
  const ids = [addAsset(ann.id), addAsset(ann.id), addAsset(ann.id)];
  const { json } = await ask(ann, 'POST', '/stacks', { assetIds: ids });
  assert.equal((await ask(ann, 'DELETE', `/stacks/${json.id}/assets/${ids[0]}`)).status, 204);
  const rest = await ask(ann, 'GET', `/stacks/${json.id}`);
  assert.equal(rest.json.assets.length, 2);
  assert.equal((await ask(ann, 'DELETE', `/stacks/${json.id}/assets/${ids[0]}`)).status, 400);
});
