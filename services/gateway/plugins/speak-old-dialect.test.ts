import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestLibrary } from '#test/fixtures/library';

const OLD_APP = { 'user-agent': 'immich-android/2.7.5' };
const NEW_APP = { 'user-agent': 'immich-android/3.2.0' };

test('an app of 2.7 gets assets as it needs them, wherever they stand in an answer', async (t) => {
  const { ann, addAsset, ask } = await startTestLibrary(t);
  const video = addAsset(ann.id, { type: 'VIDEO', duration_ms: 3_723_004 });
  const still = addAsset(ann.id);
  const get = async (id: string, headers: object) =>
    (await ask(ann, 'GET', `/assets/${id}`, undefined, headers)).json;
  const old = await get(video, OLD_APP);
  assert.deepEqual([old.duration, old.deviceAssetId, old.deviceId], ['1:02:03.00400', video, '']);
  assert.equal((await get(still, OLD_APP)).duration, '0:00:00.00000');
  assert.ok(old.exifInfo);
  assert.equal((await get(video, NEW_APP)).duration, 3_723_004);
  assert.ok(!('deviceId' in (await get(video, {}))));
  const found = await ask(ann, 'POST', '/search/metadata', {}, OLD_APP);
  assert.deepEqual(
    found.json.assets.items.map(({ duration }: { duration: string }) => duration),
    ['1:02:03.00400', '0:00:00.00000'],
  );
});

test('an app of 2.7 gets an album with its owner apart and its photos, unless it does without them', async (t) => {
  const { ann, bob, addAsset, ask } = await startTestLibrary(t);
  const photo = addAsset(ann.id);
  const body = {
    albumName: 'A',
    assetIds: [photo],
    albumUsers: [{ userId: bob.id, role: 'viewer' }],
  };
  const made = (await ask(ann, 'POST', '/albums', body, OLD_APP)).json;
  assert.equal(made.ownerId, ann.id);
  assert.equal(made.owner.name, 'ann');
  assert.deepEqual(
    made.albumUsers.map(({ user, role }: { user: { id: string }; role: string }) => [user.id, role]),
    [[bob.id, 'viewer']],
  );
  const get = async (query: string, headers: object) =>
    (await ask(bob, 'GET', `/albums/${made.id}${query}`, undefined, headers)).json;
  const whole = await get('', OLD_APP);
  assert.equal(whole.assets[0].id, photo);
  assert.equal(whole.assets[0].duration, '0:00:00.00000');
  assert.deepEqual((await get('?withoutAssets=true', OLD_APP)).assets, []);
  const [listed] = (await ask(bob, 'GET', '/albums?shared=true', undefined, OLD_APP)).json;
  assert.deepEqual([listed.ownerId, listed.assets], [ann.id, []]);
  const now = await get('', NEW_APP);
  assert.equal(now.albumUsers[0].role, 'owner');
  assert.ok(!('owner' in now) && !('assets' in now));
});
