import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addUser, NOON, openTestLibrary } from '#test/fixtures/library';
import { accessQueries, type Viewer } from './access.ts';

test('of many assets, exactly those that may be seen or changed are named', (t) => {
  const { db, ann, addAsset } = openTestLibrary(t);
  const bob = addUser(db, 'bob');
  const access = accessQueries(db);
  const assets = {
    plain: addAsset(ann.id),
    archived: addAsset(ann.id, { visibility: 'archive' }),
    trashed: addAsset(ann.id, { trashed_at: NOON }),
    locked: addAsset(ann.id, { visibility: 'locked' }),
    hidden: addAsset(ann.id, { visibility: 'hidden', type: 'VIDEO' }),
    lockedVideo: addAsset(ann.id, { visibility: 'hidden', type: 'VIDEO' }),
    halfLockedVideo: addAsset(ann.id, { visibility: 'hidden', type: 'VIDEO' }),
    lent: addAsset(ann.id),
    lentTrashed: addAsset(ann.id, { trashed_at: NOON }),
    lentVideo: addAsset(ann.id, { visibility: 'hidden', type: 'VIDEO' }),
    trashedVideo: addAsset(ann.id, { visibility: 'hidden', type: 'VIDEO' }),
  };
  const link = db.prepare('UPDATE asset SET live_video_id = ? WHERE id = ?');
  link.run(assets.lockedVideo, assets.locked);
  link.run(assets.halfLockedVideo, addAsset(ann.id, { visibility: 'locked' }));
  link.run(assets.halfLockedVideo, assets.plain);
  link.run(assets.lentVideo, assets.lent);
  link.run(assets.trashedVideo, assets.lentTrashed);
  db.exec(`INSERT INTO album (id, name, created_at, updated_at) VALUES ('album', 'x', 0, 0)`);
  for (const [user, role] of [
    [ann, 'owner'],
    [bob, 'viewer'],
  ] as const)
    db.prepare(`INSERT INTO album_user VALUES ('album', ?, ?, 0)`).run(user.id, role);
  for (const id of [assets.lent, assets.lentTrashed])
    db.prepare(`INSERT INTO album_asset VALUES ('album', ?, ?, 0)`).run(id, ann.id);

  const all = [...Object.values(assets), 'no-such-asset'];
  const names = (ids: Set<string>) =>
    Object.entries(assets)
      .filter(([, id]) => ids.has(id))
      .map(([name]) => name);
  const closed: Viewer = { userId: ann.id, isElevated: 0 };
  const open: Viewer = { userId: ann.id, isElevated: 1 };
  const member: Viewer = { userId: bob.id, isElevated: 1 };
  const unlocked = Object.keys(assets).filter((name) => name !== 'locked' && name !== 'lockedVideo');
  assert.deepEqual(names(access.listOwned(closed, all)), unlocked);
  assert.deepEqual(names(access.listReadable(closed, all)), unlocked);
  assert.deepEqual(names(access.listOwned(open, all)), Object.keys(assets));
  assert.deepEqual(names(access.listOwned(member, all)), []);
  assert.deepEqual(names(access.listReadable(member, all)), ['lent', 'lentVideo']);
  const stranger: Viewer = { userId: addUser(db, 'eve').id, isElevated: 1 };
  assert.deepEqual(names(access.listReadable(stranger, all)), []);

  // The short cut for one asset says the same as the long way.
  const row = db.prepare<[string], { id: string; ownerId: string; visibility: string }>(
    'SELECT id, owner_id AS ownerId, visibility FROM asset WHERE id = ?',
  );
  for (const viewer of [closed, open, member, stranger])
    for (const id of Object.values(assets))
      assert.equal(access.canRead(viewer, row.get(id)!), access.listReadable(viewer, [id]).has(id));
});
