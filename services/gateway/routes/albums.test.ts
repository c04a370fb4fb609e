import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { addUser, NOON, startTestLibrary } from '#test/fixtures/library';

const ids = (assets: { id: string }[]) => assets.map(({ id }) => id);

test('a new album has its first photo as cover and tells its dates', async (t) => {
  const { ann, bob, addAsset, ask } = await startTestLibrary(t);
  const early = addAsset(ann.id, { captured_at: NOON - 1000, local_at: NOON - 1000 });
  const late = addAsset(ann.id, { captured_at: NOON, local_at: NOON + 7_200_000 });
  const { status, json } = await ask(ann, 'POST', '/albums', {
    albumName: 'Trip',
    // What is not one's own is left out without a word.
    assetIds: [late, early, addAsset(bob.id), randomUUID()],
  });
  assert.equal(status, 201);
  assert.equal(json.assetCount, 2);
  assert.equal(json.albumThumbnailAssetId, late);
  assert.equal(json.startDate, new Date(NOON - 1000).toISOString());
  assert.equal(json.endDate, new Date(NOON + 7_200_000).toISOString());
  assert.equal(json.description, '');
  assert.equal(json.shared, false);
  assert.equal(json.albumUsers[0].role, 'owner');
  assert.ok(!('contributorCounts' in json));
  const empty = await ask(ann, 'POST', '/albums', { albumName: 'Empty' });
  assert.equal(empty.json.albumThumbnailAssetId, null);
  assert.ok(!('startDate' in empty.json));
});

test('adding and removing answers for each id, and the cover follows', async (t) => {
  const { ann, bob, addAsset, ask, heard } = await startTestLibrary(t);
  const [a, b] = [addAsset(ann.id), addAsset(ann.id)];
  const hidden = addAsset(ann.id, { visibility: 'hidden', type: 'VIDEO' });
  const theirs = addAsset(bob.id);
  const album = (await ask(ann, 'POST', '/albums', { albumName: 'X', assetIds: [a] })).json.id;
  const added = await ask(ann, 'PUT', `/albums/${album}/assets`, { ids: [a, b, b, hidden, theirs] });
  assert.deepEqual(added.json, [
    { id: a, success: false, error: 'duplicate' },
    { id: b, success: true },
    { id: b, success: false, error: 'duplicate' },
    { id: hidden, success: false, error: 'no_permission' },
    { id: theirs, success: false, error: 'no_permission' },
  ]);
  assert.deepEqual(heard.at(-1), { userId: ann.id, name: 'on_album_update', args: [album] });
  const removed = await ask(ann, 'DELETE', `/albums/${album}/assets`, { ids: [a, hidden] });
  assert.deepEqual(removed.json, [
    { id: a, success: true },
    { id: hidden, success: false, error: 'not_found' },
  ]);
  assert.equal((await ask(ann, 'GET', `/albums/${album}`)).json.albumThumbnailAssetId, b);
  await ask(ann, 'DELETE', '/assets', { ids: [b] });
  const trashed = await ask(ann, 'GET', `/albums/${album}`);
  assert.deepEqual([trashed.json.assetCount, trashed.json.albumThumbnailAssetId], [0, null]);
  await ask(ann, 'POST', '/trash/restore');
  assert.equal((await ask(ann, 'GET', `/albums/${album}`)).json.albumThumbnailAssetId, b);
  await ask(ann, 'DELETE', '/assets', { ids: [b], force: true });
  assert.equal((await ask(ann, 'GET', `/albums/${album}`)).json.albumThumbnailAssetId, null);
});

test('members see what an album holds, and nothing of it once it is in the trash or taken out', async (t) => {
  const { ann, bob, db, addAsset, ask } = await startTestLibrary(t);
  const video = addAsset(ann.id, { type: 'VIDEO', visibility: 'hidden' });
  const photo = addAsset(ann.id, { live_video_id: video, is_favorite: 1 });
  const other = addAsset(ann.id);
  const created = await ask(ann, 'POST', '/albums', {
    albumName: 'Ours',
    assetIds: [photo],
    albumUsers: [{ userId: bob.id, role: 'viewer' }],
  });
  const album = created.json.id;
  assert.equal(created.json.shared, true);
  assert.deepEqual(created.json.contributorCounts, [{ userId: ann.id, assetCount: 1 }]);
  const seen = await ask(bob, 'GET', `/assets/${photo}`);
  assert.equal(seen.status, 200);
  assert.equal(seen.json.isFavorite, false);
  assert.equal((await ask(bob, 'GET', `/assets/${video}`)).status, 200);
  assert.equal((await ask(bob, 'GET', `/assets/${other}`)).status, 400);
  assert.equal((await ask(bob, 'PUT', `/assets/${photo}`, { isFavorite: true })).status, 400);
  assert.equal((await ask(bob, 'DELETE', '/assets', { ids: [photo] })).status, 400);
  const bucket = await ask(bob, 'GET', `/timeline/bucket?timeBucket=2024-05-01&albumId=${album}`);
  assert.deepEqual([bucket.json.id, bucket.json.isFavorite], [[photo], [false]]);
  assert.deepEqual((await ask(bob, 'GET', `/timeline/buckets?albumId=${album}`)).json[0].count, 1);
  const found = await ask(bob, 'POST', '/search/metadata', { albumIds: [album] });
  assert.deepEqual(ids(found.json.assets.items), [photo]);

  await ask(ann, 'DELETE', '/assets', { ids: [photo] });
  assert.equal((await ask(bob, 'GET', `/assets/${photo}`)).status, 400);
  assert.equal((await ask(bob, 'GET', `/assets/${video}`)).status, 400);
  await ask(ann, 'POST', '/trash/restore');
  db.prepare(`UPDATE asset SET visibility = 'locked' WHERE id = ?`).run(photo);
  assert.equal((await ask(bob, 'GET', `/assets/${photo}`)).status, 400);
});

test('each role may do what it is for and no more', async (t) => {
  const { ann, bob, db, addAsset, ask } = await startTestLibrary(t);
  const eve = addUser(db, 'eve');
  const [annsPhoto, bobsPhoto] = [addAsset(ann.id), addAsset(bob.id)];
  const album = (await ask(ann, 'POST', '/albums', { albumName: 'A', assetIds: [annsPhoto] })).json.id;
  const path = `/albums/${album}`;
  assert.equal((await ask(bob, 'GET', path)).status, 400);
  const share = (userId: string, role?: string) =>
    ask(ann, 'PUT', `${path}/users`, { albumUsers: [{ userId, ...(role ? { role } : {}) }] });

  assert.equal((await share(randomUUID())).status, 400);
  assert.equal((await share(bob.id, 'viewer')).json.albumUsers.length, 2);
  assert.equal((await ask(bob, 'GET', path)).status, 200);
  assert.equal((await ask(bob, 'PATCH', path, { albumName: 'B' })).status, 400);
  assert.equal((await ask(bob, 'PUT', `${path}/assets`, { ids: [bobsPhoto] })).status, 400);
  assert.equal((await ask(bob, 'PUT', `${path}/user/${bob.id}`, { role: 'editor' })).status, 400);

  assert.equal((await ask(ann, 'PUT', `${path}/user/${bob.id}`, { role: 'editor' })).status, 204);
  assert.equal((await ask(bob, 'PATCH', path, { albumName: 'B', order: 'asc' })).json.albumName, 'B');
  assert.deepEqual((await ask(bob, 'PUT', `${path}/assets`, { ids: [bobsPhoto] })).json, [
    { id: bobsPhoto, success: true },
  ]);
  assert.deepEqual((await ask(bob, 'DELETE', `${path}/assets`, { ids: [annsPhoto, bobsPhoto] })).json, [
    { id: annsPhoto, success: false, error: 'no_permission' },
    { id: bobsPhoto, success: true },
  ]);
  assert.equal((await ask(bob, 'DELETE', path)).status, 400);
  assert.equal((await ask(bob, 'PUT', `${path}/users`, { albumUsers: [{ userId: eve.id }] })).status, 400);
  assert.equal((await ask(bob, 'DELETE', `${path}/user/${ann.id}`)).status, 400);
  assert.equal((await ask(ann, 'DELETE', `${path}/user/me`)).status, 400);
  assert.equal((await share(ann.id, 'viewer')).json.albumUsers[0].role, 'owner');

  assert.equal((await ask(bob, 'DELETE', `${path}/user/me`)).status, 204);
  assert.equal((await ask(bob, 'GET', path)).status, 400);
  assert.equal((await ask(ann, 'DELETE', path)).status, 204);
  assert.equal((await ask(ann, 'GET', `/assets/${annsPhoto}`)).status, 200);
});

test('people in an album: the owner first, then whoever asks, then by name', async (t) => {
  const { ann, bob, db, ask } = await startTestLibrary(t);
  const [zoe, eve] = [addUser(db, 'zoe'), addUser(db, 'eve')];
  const albumUsers = [zoe, bob, eve].map(({ id }) => ({ userId: id, role: 'editor' }));
  const album = (await ask(ann, 'POST', '/albums', { albumName: 'A', albumUsers })).json.id;
  const names = async (who: typeof ann) =>
    (await ask(who, 'GET', `/albums/${album}`)).json.albumUsers.map(
      ({ user }: { user: { name: string } }) => user.name,
    );
  assert.deepEqual(await names(zoe), ['ann', 'zoe', 'bob', 'eve']);
  assert.deepEqual(await names(ann), ['ann', 'bob', 'eve', 'zoe']);
});

test('the list of albums can be narrowed down as each client does it', async (t) => {
  const { ann, bob, addAsset, ask } = await startTestLibrary(t);
  const photo = addAsset(ann.id);
  const create = async (who: typeof ann, albumName: string, body: object = {}) =>
    (await ask(who, 'POST', '/albums', { albumName, ...body })).json.id as string;
  const own = await create(ann, 'own');
  const lent = await create(ann, 'lent', {
    assetIds: [photo],
    albumUsers: [{ userId: bob.id, role: 'viewer' }],
  });
  const borrowed = await create(bob, 'borrowed', { albumUsers: [{ userId: ann.id, role: 'editor' }] });
  await create(bob, 'not mine');
  const list = async (query: string) => new Set(ids((await ask(ann, 'GET', `/albums${query}`)).json));
  assert.deepEqual(await list(''), new Set([own, lent, borrowed]));
  assert.deepEqual(await list('?isOwned=true'), new Set([own, lent]));
  assert.deepEqual(await list('?isOwned=false'), new Set([borrowed]));
  assert.deepEqual(await list('?isShared=true'), new Set([lent, borrowed]));
  assert.deepEqual(await list('?shared=true'), new Set([lent, borrowed]));
  assert.deepEqual(await list('?shared=false'), new Set([own]));
  assert.deepEqual(await list(`?assetId=${photo}`), new Set([lent]));
  assert.deepEqual(await list('?name=own'), new Set([own]));
  assert.deepEqual(await list(`?id=${borrowed}`), new Set([borrowed]));
  const { json } = await ask(ann, 'GET', '/albums/statistics');
  assert.deepEqual(json, { owned: 2, shared: 2, notShared: 1 });
});

test('photos go into several albums at once', async (t) => {
  const { ann, bob, addAsset, ask } = await startTestLibrary(t);
  const assetIds = [addAsset(ann.id), addAsset(ann.id)];
  const create = async (who: typeof ann) => (await ask(who, 'POST', '/albums', { albumName: 'x' })).json.id;
  const albumIds = [await create(ann), await create(ann)];
  const put = async (body: object) => (await ask(ann, 'PUT', '/albums/assets', body)).json;
  assert.deepEqual(await put({ albumIds, assetIds }), { success: true });
  assert.deepEqual(await put({ albumIds, assetIds }), { success: false, error: 'duplicate' });
  const foreign = { albumIds: [await create(bob)], assetIds };
  assert.deepEqual(await put(foreign), { success: false, error: 'no_permission' });
  assert.equal((await ask(ann, 'GET', `/albums/${albumIds[1]}`)).json.assetCount, 2);
});

test('an album’s photos are on the map where they were taken', async (t) => {
  const { ann, addAsset, ask } = await startTestLibrary(t);
  const placed = addAsset(ann.id, { latitude: 52.5, longitude: 13.4, city: 'Berlin' });
  const assetIds = [placed, addAsset(ann.id)];
  const album = (await ask(ann, 'POST', '/albums', { albumName: 'x', assetIds })).json.id;
  const marker = { id: placed, lat: 52.5, lon: 13.4, city: 'Berlin', state: null, country: null };
  assert.deepEqual((await ask(ann, 'GET', `/albums/${album}/map-markers`)).json, [marker]);
  assert.deepEqual((await ask(ann, 'GET', '/map/markers')).json, [marker]);
  assert.deepEqual((await ask(ann, 'GET', '/map/markers?isFavorite=true')).json, []);
});
