import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { GuestSharedLink, SharedLinkResponse } from '#contract/shared-links';
import { NOON, startTestLibrary } from '#test/fixtures/library';

/** More than are read at once, and no whole number of pieces. */
const MANY = 450;

type Test = Parameters<typeof startTestLibrary>[0];

async function startWithMany(t: Test) {
  const library = await startTestLibrary(t);
  const { db, ann, addAsset } = library;
  db.exec('BEGIN');
  const ids = Array.from({ length: MANY }, (_, at) =>
    addAsset(ann.id, { captured_at: NOON - at, city: 'Köln' }),
  );
  db.exec('COMMIT');
  return { ...library, ids };
}

const idsOf = ({ assets }: { assets: { id: string }[] }) => assets.map(({ id }) => id);

test('a link of many photos shows all of them in their order, to its owner and to guests', async (t) => {
  const { ann, ask, ids, addAsset } = await startWithMany(t);
  const body = { type: 'INDIVIDUAL', assetIds: ids.toReversed(), description: 'a "quoted" word' };
  const created = await ask(ann, 'POST', '/shared-links', body);
  assert.equal(created.status, 201);
  const owner = Compile(SharedLinkResponse);
  for (const { status, json } of [created, await ask(ann, 'GET', `/shared-links/${created.json.id}`)]) {
    assert.ok(status === 200 || status === 201);
    assert.ok(owner.Check(json));
    assert.equal(json.description, body.description);
    assert.deepEqual(idsOf(json), ids);
  }
  const few = await ask(ann, 'POST', '/shared-links', { type: 'INDIVIDUAL', assetIds: [addAsset(ann.id)] });
  const listed = (await ask(ann, 'GET', '/shared-links')).json;
  assert.ok(Compile(Type.Array(SharedLinkResponse)).Check(listed));
  const lengths = new Map(
    listed.map((link: { id: string; assets: object[] }) => [link.id, link.assets.length]),
  );
  assert.deepEqual(
    lengths,
    new Map([
      [created.json.id, MANY],
      [few.json.id, 1],
    ]),
  );

  const guest = await ask({ id: '', authorization: '' }, 'GET', `/shared-links/me?key=${created.json.key}`);
  assert.equal(guest.status, 200);
  assert.ok(Compile(GuestSharedLink).Check(guest.json));
  assert.deepEqual(idsOf(guest.json), ids);
  // Where it lies is its owner's affair.
  assert.ok(JSON.stringify(created.json).includes('library/'));
  assert.ok(!JSON.stringify(guest.json).includes('library/'));
  const hiding = await ask(ann, 'PATCH', `/shared-links/${created.json.id}`, { showMetadata: false });
  assert.equal(hiding.json.showMetadata, false);
  const blind = await ask({ id: '', authorization: '' }, 'GET', `/shared-links/me?key=${created.json.key}`);
  assert.ok(Compile(GuestSharedLink).Check(blind.json));
  assert.deepEqual(idsOf(blind.json), ids);
  assert.ok(!JSON.stringify(blind.json).includes('Köln'));
});

test('an app of 2.7 gets all photos of a large album with it, in its own dialect', async (t) => {
  const { ann, ask, ids } = await startWithMany(t);
  const album = (await ask(ann, 'POST', '/albums', { albumName: 'Large', assetIds: ids })).json.id as string;
  const old = { 'user-agent': 'Immich_Android_2.7.5' };
  const { status, json } = await ask(ann, 'GET', `/albums/${album}`, undefined, old);
  assert.equal(status, 200);
  assert.equal(json.assetCount, MANY);
  assert.equal(json.owner.id, ann.id);
  assert.deepEqual(idsOf(json), ids);
  for (const asset of json.assets) assert.equal(asset.deviceAssetId, asset.id);
});
