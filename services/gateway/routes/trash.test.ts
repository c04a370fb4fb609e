import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOON, startTestLibrary } from '#test/fixtures/library';

test('what goes into the trash can come back, all of it or some', async (t) => {
  const { ann, bob, addAsset, ask, heard } = await startTestLibrary(t);
  const ids = [addAsset(ann.id), addAsset(ann.id), addAsset(ann.id)];
  assert.equal((await ask(ann, 'DELETE', '/assets', { ids })).status, 204);
  assert.deepEqual(heard.at(-1), { userId: ann.id, name: 'on_asset_trash', args: [ids] });
  assert.deepEqual((await ask(ann, 'GET', '/timeline/buckets')).json, []);
  const other = addAsset(bob.id, { trashed_at: NOON });
  assert.equal((await ask(ann, 'POST', '/trash/restore/assets', { ids: [other] })).status, 400);
  const some = await ask(ann, 'POST', '/trash/restore/assets', { ids: [ids[0]] });
  assert.deepEqual([some.status, some.json], [200, { count: 1 }]);
  const all = await ask(ann, 'POST', '/trash/restore');
  assert.deepEqual([all.status, all.json], [200, { count: 2 }]);
  assert.equal((await ask(ann, 'GET', '/assets/statistics')).json.total, 3);
});

test('what the locked folder has in the trash is neither counted nor emptied while it is closed', async (t) => {
  const { ann, db, addAsset, ask } = await startTestLibrary(t);
  const trashed_at = NOON - 1000;
  const video = addAsset(ann.id, { type: 'VIDEO', visibility: 'hidden', trashed_at });
  const locked = addAsset(ann.id, { visibility: 'locked', live_video_id: video, trashed_at });
  const plain = () => addAsset(ann.id, { trashed_at });
  const ids = db.prepare('SELECT id FROM asset ORDER BY rowid').pluck();
  plain();
  assert.deepEqual((await ask(ann, 'POST', '/trash/empty')).json, { count: 1 });
  const back = plain();
  assert.deepEqual((await ask(ann, 'POST', '/trash/restore')).json, { count: 1 });
  assert.deepEqual(ids.all(), [video, locked, back]);
  const isTrashed = db.prepare('SELECT trashed_at FROM asset WHERE id = ?').pluck();
  assert.equal(isTrashed.get(locked), trashed_at);
  db.prepare('UPDATE session SET elevated_until = ? WHERE user_id = ?').run(NOON + 3_600_000, ann.id);
  assert.deepEqual((await ask(ann, 'POST', '/trash/empty')).json, { count: 2 });
  assert.deepEqual(ids.all(), [back]);
});

test('deleting for good notes every file for removal and takes the video of a live photo along', async (t) => {
  const { ann, db, layout, addAsset, ask, heard, woken } = await startTestLibrary(t);
  const video = addAsset(ann.id, { type: 'VIDEO', visibility: 'hidden' });
  const still = addAsset(ann.id, { live_video_id: video, sidecar_path: 'library/test/a.jpg.xmp' });
  const stays = addAsset(ann.id);
  assert.equal((await ask(ann, 'DELETE', '/assets', { ids: [still], force: true })).status, 204);
  const left = db.prepare('SELECT id FROM asset').pluck().all();
  assert.deepEqual(left, [stays]);
  const paths = db.prepare('SELECT path FROM file_removal').pluck().all() as string[];
  assert.equal(paths.length, 5);
  for (const path of [layout.derivedPath(still), layout.derivedPath(video), 'library/test/a.jpg.xmp'])
    assert.ok(paths.includes(path));
  assert.deepEqual(
    heard.map(({ name, args }) => [name, args[0]]),
    [
      ['on_asset_delete', still],
      ['on_asset_delete', video],
    ],
  );
  assert.equal(woken.count, 1);
});

test('a video that another photo uses outlives one of them', async (t) => {
  const { ann, db, addAsset, ask } = await startTestLibrary(t);
  const video = addAsset(ann.id, { type: 'VIDEO', visibility: 'hidden' });
  const first = addAsset(ann.id, { live_video_id: video });
  const second = addAsset(ann.id, { live_video_id: video });
  const exists = db.prepare('SELECT count(*) FROM asset WHERE id = ?').pluck();
  await ask(ann, 'DELETE', '/assets', { ids: [first], force: true });
  assert.equal(exists.get(video), 1);
  await ask(ann, 'DELETE', '/assets', { ids: [second], force: true });
  assert.equal(exists.get(video), 0);
});

test('emptying the trash removes what lies in it and nothing else, however much it is', async (t) => {
  const { ann, bob, db, addAsset, ask } = await startTestLibrary(t);
  for (let index = 0; index < 1200; index++) addAsset(ann.id, { trashed_at: NOON - index });
  addAsset(ann.id);
  addAsset(bob.id, { trashed_at: NOON });
  const { status, json } = await ask(ann, 'POST', '/trash/empty');
  assert.deepEqual([status, json], [200, { count: 1200 }]);
  assert.equal(db.prepare('SELECT count(*) FROM asset').pluck().get(), 2);
  assert.equal(db.prepare('SELECT used_bytes FROM user WHERE id = ?').pluck().get(ann.id), 1000);
});

test('what was restored while the trash was being emptied is kept', async (t) => {
  const { ann, db, layout, parts, addAsset } = await startTestLibrary(t);
  const id = addAsset(ann.id);
  const gone = await parts.writer.trash.deleteForGood({
    assets: [{ id, derivedPath: layout.derivedPath(id) }],
    motionParts: [],
    onlyTrashed: true,
    now: NOON,
  });
  assert.deepEqual(gone, []);
  assert.equal(db.prepare('SELECT count(*) FROM file_removal').pluck().get(), 0);
});
