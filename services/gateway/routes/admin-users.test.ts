import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOON, startTestLibrary } from '#test/fixtures/library';

test('who manages the box counts what people have, and nothing in anybody’s locked folder', async (t) => {
  const { ann, bob, db, addAsset, ask } = await startTestLibrary(t);
  const ofBob = async (query = '') => ask(ann, 'GET', `/admin/users/${bob.id}/statistics${query}`);
  const box = async () => {
    const { json } = await ask(ann, 'GET', '/server/statistics');
    return json.usageByUser.map((user: { photos: number; videos: number }) => [user.photos, user.videos]);
  };
  addAsset(bob.id);
  addAsset(bob.id, { type: 'VIDEO', visibility: 'archive', is_favorite: 1 });
  const before = [(await ofBob()).json, (await ofBob('?isFavorite=true')).json, await box()];
  assert.deepEqual(before[0], { images: 1, videos: 1, total: 2 });
  for (const id of [bob.id, ann.id]) addAsset(id, { visibility: 'locked', is_favorite: 1 });
  assert.deepEqual([(await ofBob()).json, (await ofBob('?isFavorite=true')).json, await box()], before);

  const ownLocked = () => ask(ann, 'GET', `/admin/users/${ann.id}/statistics?visibility=locked`);
  assert.equal((await ownLocked()).status, 401);
  assert.equal((await ofBob('?visibility=locked')).status, 401);
  db.prepare('UPDATE session SET elevated_until = ? WHERE user_id = ?').run(NOON + 3_600_000, ann.id);
  assert.deepEqual((await ownLocked()).json, { images: 1, videos: 0, total: 1 });
  // The PIN of one's own folder opens nobody else's.
  assert.equal((await ofBob('?visibility=locked')).status, 401);
});
