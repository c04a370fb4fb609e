import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { startTestLibrary } from '#test/fixtures/library';

test('photos put into one group are told together, the largest to be kept', async (t) => {
  const { ann, bob, addAsset, ask } = await startTestLibrary(t);
  const duplicateId = randomUUID();
  const small = addAsset(ann.id, { original_bytes: 10 });
  const large = addAsset(ann.id, { original_bytes: 20 });
  const alone = addAsset(ann.id, { duplicate_id: randomUUID() });
  assert.deepEqual((await ask(ann, 'GET', '/duplicates')).json, []);
  await ask(ann, 'PUT', '/assets', { ids: [small, large], duplicateId });
  const { json } = await ask(ann, 'GET', '/duplicates');
  assert.deepEqual(
    json.map(({ assets, ...group }: { assets: { id: string }[] }) => [group, assets.map(({ id }) => id)]),
    [[{ duplicateId, suggestedKeepAssetIds: [large] }, [large, small]]],
  );
  assert.notEqual(alone, large);
  assert.deepEqual((await ask(bob, 'GET', '/duplicates')).json, []);
  await ask(ann, 'PUT', '/assets', { ids: [small], visibility: 'locked' });
  assert.deepEqual((await ask(ann, 'GET', '/duplicates')).json, []);
});

test('a group is resolved: some are kept, the others trashed, and it is a group no more', async (t) => {
  const { ann, bob, addAsset, ask, heard } = await startTestLibrary(t);
  const [duplicateId, other] = [randomUUID(), randomUUID()];
  const keep = addAsset(ann.id, { duplicate_id: duplicateId });
  const trash = addAsset(ann.id, { duplicate_id: duplicateId });
  const elsewhere = addAsset(ann.id, { duplicate_id: other });
  const group = { duplicateId, keepAssetIds: [keep], trashAssetIds: [trash] };
  assert.equal((await ask(bob, 'POST', '/duplicates/resolve', { groups: [group] })).status, 400);
  const groups = [{ ...group, trashAssetIds: [elsewhere] }, group];
  assert.deepEqual((await ask(ann, 'POST', '/duplicates/resolve', { groups })).json, [
    { id: duplicateId, success: false, error: 'not_found' },
    { id: duplicateId, success: true },
  ]);
  const state = async (id: string) => {
    const { isTrashed, duplicateId } = (await ask(ann, 'GET', `/assets/${id}`)).json;
    return [isTrashed, duplicateId];
  };
  assert.deepEqual(await state(keep), [false, null]);
  assert.deepEqual(await state(trash), [true, null]);
  assert.deepEqual(await state(elsewhere), [false, other]);
  assert.deepEqual(
    heard.filter(({ name }) => name === 'on_asset_trash').map(({ args }) => args),
    [[[trash]]],
  );
});

test('groups are dismissed by their ids, and only by their owner', async (t) => {
  const { ann, bob, addAsset, ask } = await startTestLibrary(t);
  const ids = [randomUUID(), randomUUID(), randomUUID()];
  for (const id of ids) for (let at = 0; at < 2; at++) addAsset(ann.id, { duplicate_id: id });
  assert.equal((await ask(bob, 'DELETE', `/duplicates/${ids[0]}`)).status, 400);
  assert.equal((await ask(ann, 'DELETE', `/duplicates/${ids[0]}`)).status, 204);
  assert.equal((await ask(ann, 'DELETE', '/duplicates', { ids: [ids[1]] })).status, 204);
  const { json } = await ask(ann, 'GET', '/duplicates');
  assert.deepEqual(
    json.map(({ duplicateId }: { duplicateId: string }) => duplicateId),
    [ids[2]],
  );
});
