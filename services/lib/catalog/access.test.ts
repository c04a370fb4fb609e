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
    db.prepare(`INSERT INTO album_user (album_id, user_id, role, created_at) VALUES ('album', ?, ?, 0)`).run(
      user.id,
      role,
    );
  for (const id of [assets.lent, assets.lentTrashed])
    db.prepare(
      `INSERT INTO album_asset (album_id, asset_id, added_by, added_at) VALUES ('album', ?, ?, 0)`,
    ).run(id, ann.id);

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

  const partner: Viewer = { userId: addUser(db, 'zoe').id, isElevated: 1 };
  db.prepare('INSERT INTO partner (shared_by_id, shared_with_id, created_at) VALUES (?, ?, 0)').run(
    ann.id,
    partner.userId,
  );
  assert.deepEqual(names(access.listReadable(partner, all)), [
    'plain',
    'halfLockedVideo',
    'lent',
    'lentVideo',
  ]);
  assert.deepEqual(names(access.listOwned(partner, all)), []);
  const guests = ['album', null].map((albumId, at): Viewer => {
    const link = { id: `link ${at}`, userId: ann.id, albumId, key: Buffer.from([at]) };
    db.prepare(
      `INSERT INTO shared_link (id, user_id, type, album_id, key, allow_upload, allow_download, show_metadata, created_at)
       VALUES (@id, @userId, iif(@albumId IS NULL, 'INDIVIDUAL', 'ALBUM'), @albumId, @key, 1, 1, 1, 0)`,
    ).run(link);
    return { userId: link.id, isElevated: 0, linkId: link.id };
  });
  for (const id of [assets.lent, assets.lentTrashed, assets.locked, assets.archived])
    db.prepare(`INSERT INTO shared_link_asset (link_id, asset_id) VALUES ('link 1', ?)`).run(id);
  assert.deepEqual(names(access.listReadable(guests[0]!, all)), ['lent', 'lentVideo']);
  assert.deepEqual(names(access.listReadable(guests[1]!, all)), ['archived', 'lent', 'lentVideo']);
  for (const guest of guests) assert.deepEqual(names(access.listOwned(guest, all)), []);

  // The short cut for one asset says the same as the long way.
  const row = db.prepare<[string], { id: string; ownerId: string; visibility: string }>(
    'SELECT id, owner_id AS ownerId, visibility FROM asset WHERE id = ?',
  );
  for (const viewer of [closed, open, member, stranger, partner, ...guests])
    for (const id of Object.values(assets))
      assert.equal(access.canRead(viewer, row.get(id)!), access.listReadable(viewer, [id]).has(id));
});
