import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { NOON, startTestLibrary } from '#test/fixtures/library';

test("an asset's page tells everything about it, and nobody else may see it", async (t) => {
  const { ann, bob, addAsset, ask } = await startTestLibrary(t);
  const id = addAsset(ann.id, { make: 'Canon', f_number: 1.8, description: 'Lake', is_favorite: 1 });
  const { status, json } = await ask(ann, 'GET', `/assets/${id}`);
  assert.equal(status, 200);
  assert.equal(json.exifInfo.make, 'Canon');
  assert.equal(json.exifInfo.fNumber, 1.8);
  assert.equal(json.exifInfo.description, 'Lake');
  assert.equal(json.isFavorite, true);
  assert.equal(json.stack, null);
  assert.deepEqual([json.people, json.tags], [[], []]);
  assert.equal(json.thumbhash, null);
  assert.ok(!('problem' in json));

  const other = await ask(bob, 'GET', `/assets/${id}`);
  assert.equal(other.status, 400);
  assert.equal(other.json.message, 'Not found or no asset.read access');
  assert.equal((await ask(ann, 'GET', `/assets/${randomUUID()}`)).status, 400);
});

test('what is wrong with a file is told with the asset', async (t) => {
  const { ann, addAsset, ask } = await startTestLibrary(t);
  const id = addAsset(ann.id, { problem_code: 'broken', problem_message: 'The file ends too early.' });
  const { json } = await ask(ann, 'GET', `/assets/${id}`);
  assert.deepEqual(json.problem, { code: 'broken', message: 'The file ends too early.' });
});

test('a locked asset looks like none while the folder is closed, and asking for the folder needs its PIN', async (t) => {
  const { ann, db, addAsset, ask } = await startTestLibrary(t);
  const id = addAsset(ann.id, { visibility: 'locked' });
  const video = addAsset(ann.id, { visibility: 'hidden', type: 'VIDEO', mime_type: 'video/mp4' });
  db.prepare('UPDATE asset SET live_video_id = ? WHERE id = ?').run(video, id);
  assert.equal((await ask(ann, 'GET', `/assets/${id}`)).status, 400);
  assert.equal((await ask(ann, 'GET', `/assets/${video}/video/playback`)).status, 400);
  assert.equal((await ask(ann, 'DELETE', '/assets', { ids: [id] })).status, 400);
  assert.equal((await ask(ann, 'GET', '/timeline/buckets?visibility=locked')).status, 401);
  assert.equal((await ask(ann, 'POST', '/search/metadata', { visibility: 'locked' })).status, 401);
  assert.equal((await ask(ann, 'POST', '/search/metadata', { id })).json.assets.count, 0);

  db.prepare('UPDATE session SET elevated_until = ? WHERE user_id = ?').run(NOON + 3_600_000, ann.id);
  assert.equal((await ask(ann, 'GET', `/assets/${id}`)).status, 200);
  assert.equal((await ask(ann, 'GET', '/timeline/buckets?visibility=locked')).json[0].count, 1);
  assert.equal((await ask(ann, 'POST', '/search/metadata', { id })).json.assets.count, 1);
});

test('an edit keeps what is absent, clears what is null and is marked as the owner’s own', async (t) => {
  const { ann, db, addAsset, ask, heard, woken } = await startTestLibrary(t);
  const id = addAsset(ann.id, { description: 'old', rating: 3, city: 'Berlin', latitude: 52, longitude: 13 });
  const kept = await ask(ann, 'PUT', `/assets/${id}`, { isFavorite: true });
  assert.equal(kept.json.exifInfo.description, 'old');
  assert.equal(kept.json.exifInfo.rating, 3);
  assert.equal(kept.json.isFavorite, true);
  const cleared = await ask(ann, 'PUT', `/assets/${id}`, { description: null, rating: null });
  assert.equal(cleared.json.exifInfo.description, '');
  assert.equal(cleared.json.exifInfo.rating, null);
  assert.equal(woken.count, 0);
  const moved = await ask(ann, 'PUT', `/assets/${id}`, { latitude: 38.7, longitude: -9.1 });
  assert.equal(moved.json.exifInfo.latitude, 38.7);
  assert.equal(moved.json.exifInfo.city, null);
  assert.equal(woken.count, 1);
  assert.equal(db.prepare('SELECT kind FROM job WHERE asset_id = ?').pluck().get(id), 'metadata');
  assert.equal((await ask(ann, 'PUT', `/assets/${id}`, { latitude: 1 })).status, 400);

  const owned = db.prepare('SELECT set_by_owner FROM asset WHERE id = ?').pluck().get(id) as string;
  assert.deepEqual(JSON.parse(owned).sort(), ['description', 'isFavorite', 'location', 'rating']);
  assert.deepEqual(
    heard.filter(({ profile }) => profile !== 'v2').map(({ userId, name }) => [userId, name]),
    Array.from({ length: 3 }, () => [ann.id, 'on_asset_update']),
  );
});

test('a date with an offset moves the instant, the wall clock and the zone', async (t) => {
  const { ann, addAsset, ask } = await startTestLibrary(t);
  const id = addAsset(ann.id, { time_zone: 'Europe/Berlin' });
  const at = (dateTimeOriginal: string) => ask(ann, 'PUT', `/assets/${id}`, { dateTimeOriginal });
  const summer = await at('2024-07-01T10:00:00.000+02:00');
  assert.equal(summer.json.fileCreatedAt, '2024-07-01T08:00:00.000Z');
  assert.equal(summer.json.localDateTime, '2024-07-01T10:00:00.000Z');
  assert.equal(summer.json.exifInfo.timeZone, 'Europe/Berlin');
  const away = await at('2024-07-01T10:00:00+09:00');
  assert.equal(away.json.fileCreatedAt, '2024-07-01T01:00:00.000Z');
  assert.equal(away.json.exifInfo.timeZone, 'UTC+9');
  const noOffset = await at('2024-07-02T10:00:00');
  assert.equal(noOffset.json.localDateTime, '2024-07-02T10:00:00.000Z');
  assert.equal(noOffset.json.fileCreatedAt, '2024-07-02T01:00:00.000Z');
  assert.equal((await at('2024-13-45T10:00:00Z')).status, 400);
  assert.equal((await at('yesterday')).status, 400);
  // What is not in the calendar is not guessed at, and what clients could not read is not kept.
  for (const impossible of ['2024-02-30T10:00:00Z', '2023-02-29', '9999-12-31T23:59:59-05:00'])
    assert.equal((await at(impossible)).status, 400, impossible);
  assert.equal((await at('9999-12-31T12:00:00')).status, 200);
  assert.equal((await ask(ann, 'PUT', '/assets', { ids: [id], dateTimeRelative: 60 * 24 })).status, 400);
  assert.equal((await ask(ann, 'GET', `/assets/${id}`)).json.localDateTime, '9999-12-31T12:00:00.000Z');
});

test('many dates move together by minutes and to another zone', async (t) => {
  const { ann, addAsset, ask } = await startTestLibrary(t);
  const at = Date.UTC(2024, 0, 31, 23, 30);
  const ids = [addAsset(ann.id, { captured_at: at }), addAsset(ann.id, { captured_at: at + 1000 })];
  const answer = await ask(ann, 'PUT', '/assets', { ids, dateTimeRelative: 60, timeZone: 'Asia/Tokyo' });
  assert.equal(answer.status, 204);
  const { json } = await ask(ann, 'GET', `/assets/${ids[1]}`);
  assert.equal(json.fileCreatedAt, '2024-02-01T00:30:01.000Z');
  assert.equal(json.localDateTime, '2024-02-01T09:30:01.000Z');
  assert.deepEqual((await ask(ann, 'GET', '/timeline/buckets')).json, [
    { timeBucket: '2024-02-01', count: 2 },
  ]);
  assert.equal((await ask(ann, 'PUT', '/assets', { ids, timeZone: 'Mars/Base' })).status, 400);
});

test('a bulk edit of one asset that is not one’s own changes none', async (t) => {
  const { ann, bob, addAsset, ask } = await startTestLibrary(t);
  const mine = addAsset(ann.id);
  const theirs = addAsset(bob.id);
  assert.equal((await ask(ann, 'PUT', '/assets', { ids: [mine, theirs], isFavorite: true })).status, 400);
  assert.equal((await ask(ann, 'DELETE', '/assets', { ids: [mine, theirs] })).status, 400);
  assert.equal((await ask(ann, 'GET', `/assets/${mine}`)).json.isFavorite, false);
  assert.equal((await ask(ann, 'GET', `/assets/${mine}`)).json.isTrashed, false);
});

test('moving a photo into the locked folder takes it out of albums and stacks; its video stays hidden', async (t) => {
  const { ann, db, addAsset, ask } = await startTestLibrary(t);
  const video = addAsset(ann.id, { type: 'VIDEO', visibility: 'hidden' });
  const still = addAsset(ann.id, { live_video_id: video });
  const other = addAsset(ann.id);
  const album = await ask(ann, 'POST', '/albums', { albumName: 'Trip', assetIds: [still, other] });
  await ask(ann, 'POST', '/stacks', { assetIds: [still, other] });
  assert.equal(album.json.albumThumbnailAssetId, still);
  await ask(ann, 'PUT', '/assets', { ids: [still, video], visibility: 'locked' });
  const seen = db.prepare('SELECT visibility FROM asset WHERE id = ?').pluck();
  assert.deepEqual([seen.get(still), seen.get(video)], ['locked', 'hidden']);
  const after = await ask(ann, 'GET', `/albums/${album.json.id}`);
  assert.equal(after.json.assetCount, 1);
  assert.equal(after.json.albumThumbnailAssetId, other);
  assert.equal((await ask(ann, 'GET', `/assets/${other}`)).json.stack, null);
});

test('linking a video makes a live photo, and unlinking shows the video again', async (t) => {
  const { ann, bob, addAsset, ask, heard } = await startTestLibrary(t);
  const still = addAsset(ann.id, { visibility: 'archive' });
  const video = addAsset(ann.id, { type: 'VIDEO' });
  const linked = await ask(ann, 'PUT', `/assets/${still}`, { livePhotoVideoId: video });
  assert.equal(linked.json.livePhotoVideoId, video);
  assert.equal((await ask(ann, 'GET', `/assets/${video}`)).json.visibility, 'hidden');
  assert.ok(heard.some(({ name, args }) => name === 'on_asset_hidden' && args[0] === video));
  await ask(ann, 'PUT', `/assets/${still}`, { livePhotoVideoId: null });
  assert.equal((await ask(ann, 'GET', `/assets/${video}`)).json.visibility, 'archive');
  for (const wrong of [still, addAsset(ann.id), addAsset(bob.id, { type: 'VIDEO' })])
    assert.equal((await ask(ann, 'PUT', `/assets/${still}`, { livePhotoVideoId: wrong })).status, 400);
});

test('statistics count the timeline and the archive unless something else is asked for', async (t) => {
  const { ann, addAsset, ask } = await startTestLibrary(t);
  addAsset(ann.id);
  addAsset(ann.id, { visibility: 'archive', is_favorite: 1 });
  addAsset(ann.id, { type: 'VIDEO' });
  addAsset(ann.id, { type: 'VIDEO', visibility: 'hidden' });
  addAsset(ann.id, { trashed_at: NOON });
  const count = async (query: string) => (await ask(ann, 'GET', `/assets/statistics${query}`)).json;
  assert.deepEqual(await count(''), { images: 2, videos: 1, total: 3 });
  assert.deepEqual(await count('?visibility=archive'), { images: 1, videos: 0, total: 1 });
  assert.deepEqual(await count('?isFavorite=true'), { images: 1, videos: 0, total: 1 });
  assert.deepEqual(await count('?isTrashed=true'), { images: 1, videos: 0, total: 1 });
});

test('the check before an upload knows checksums in both forms, the trash and names that are not stored', async (t) => {
  const { ann, bob, addAsset, ask } = await startTestLibrary(t);
  const sum = (byte: number) => Buffer.alloc(20, byte);
  const id = addAsset(ann.id, { checksum: sum(1).toString('base64') });
  const gone = addAsset(ann.id, { checksum: sum(2).toString('base64'), trashed_at: NOON });
  addAsset(bob.id, { checksum: sum(3).toString('base64') });
  const locked = addAsset(ann.id, { checksum: sum(6).toString('base64'), visibility: 'locked' });
  addAsset(ann.id, { checksum: sum(5).toString('base64'), problem_code: 'original_missing' });
  const { status, json } = await ask(ann, 'POST', '/assets/bulk-upload-check', {
    assets: [
      { id: 'a.jpg', checksum: sum(1).toString('hex').toUpperCase() },
      { id: 'b', checksum: sum(2).toString('base64') },
      { id: '/home/c.HEIC', checksum: sum(3).toString('hex') },
      { id: 'notes.docx', checksum: sum(4).toString('hex') },
      { id: 'lost.jpg', checksum: sum(5).toString('hex') },
      { id: 'locked.jpg', checksum: sum(6).toString('hex') },
    ],
  });
  assert.equal(status, 200);
  assert.deepEqual(json.results, [
    { id: 'a.jpg', action: 'reject', reason: 'duplicate', assetId: id, isTrashed: false },
    { id: 'b', action: 'reject', reason: 'duplicate', assetId: gone, isTrashed: true },
    { id: '/home/c.HEIC', action: 'accept' },
    { id: 'notes.docx', action: 'reject', reason: 'unsupported-format' },
    { id: 'lost.jpg', action: 'accept' },
    { id: 'locked.jpg', action: 'reject', reason: 'duplicate', assetId: locked, isTrashed: false },
  ]);
  const malformed = { assets: [{ id: 'x', checksum: 'zz' }] };
  assert.equal((await ask(ann, 'POST', '/assets/bulk-upload-check', malformed)).status, 400);
});

test('an app’s notes about an asset come back as they were', async (t) => {
  const { ann, bob, addAsset, ask } = await startTestLibrary(t);
  const id = addAsset(ann.id);
  const value = { iCloudId: 'x/1', nested: { list: [1, null] } };
  const put = await ask(ann, 'PUT', '/assets/metadata', {
    items: [{ assetId: id, key: 'mobile-app', value }],
  });
  assert.deepEqual(put.json, [
    { assetId: id, key: 'mobile-app', value, updatedAt: new Date(NOON).toISOString() },
  ]);
  assert.deepEqual((await ask(ann, 'GET', `/assets/${id}/metadata/mobile-app`)).json.value, value);
  await ask(ann, 'PUT', `/assets/${id}/metadata`, { items: [{ key: 'mobile-app', value: { a: 1 } }] });
  assert.deepEqual((await ask(ann, 'GET', `/assets/${id}/metadata`)).json[0].value, { a: 1 });
  assert.equal((await ask(bob, 'GET', `/assets/${id}/metadata`)).status, 400);
  assert.equal((await ask(ann, 'DELETE', `/assets/${id}/metadata/mobile-app`)).status, 204);
  assert.deepEqual((await ask(ann, 'GET', `/assets/${id}/metadata`)).json, []);
});

test('work on chosen assets is asked for, and ingest woken', async (t) => {
  const { ann, db, addAsset, ask, woken } = await startTestLibrary(t);
  const id = addAsset(ann.id);
  const kinds = () => db.prepare('SELECT kind FROM job WHERE asset_id = ? ORDER BY kind').pluck().all(id);
  const answer = await ask(ann, 'POST', '/assets/jobs', { assetIds: [id], name: 'regenerate-thumbnail' });
  assert.equal(answer.status, 204);
  assert.deepEqual(kinds(), ['preview']);
  await ask(ann, 'POST', '/assets/jobs', { assetIds: [id], name: 'refresh-metadata' });
  assert.deepEqual(kinds(), ['metadata', 'preview']);
  assert.equal(woken.count, 2);
});

test('a better file takes over the albums, words, tags and stack of the one it replaces', async (t) => {
  const { ann, addAsset, ask } = await startTestLibrary(t);
  const old = addAsset(ann.id, { description: 'Grandma', is_favorite: 1, rating: 4 });
  const other = addAsset(ann.id);
  const better = addAsset(ann.id);
  const album = await ask(ann, 'POST', '/albums', { albumName: 'A', assetIds: [old] });
  await ask(ann, 'POST', '/stacks', { assetIds: [old, other] });
  const tags = (await ask(ann, 'PUT', '/tags', { tags: ['family', 'family/grandma', 'new'] })).json as {
    id: string;
    value: string;
  }[];
  await ask(ann, 'PUT', '/tags/assets', { tagIds: [tags[0]!.id, tags[1]!.id], assetIds: [old] });
  await ask(ann, 'PUT', '/tags/assets', { tagIds: [tags[1]!.id, tags[2]!.id], assetIds: [better] });
  const answer = await ask(ann, 'PUT', '/assets/copy', { sourceId: old, targetId: better });
  assert.equal(answer.status, 204);
  const { json } = await ask(ann, 'GET', `/assets/${better}`);
  assert.equal(json.isFavorite, true);
  assert.equal(json.exifInfo.description, 'Grandma');
  assert.equal(json.exifInfo.rating, 4);
  assert.equal(json.stack.assetCount, 3);
  const values = async (id: string) =>
    (await ask(ann, 'GET', `/assets/${id}`)).json.tags.map(({ value }: { value: string }) => value).sort();
  assert.deepEqual(await values(better), ['family', 'family/grandma', 'new']);
  assert.equal((await ask(ann, 'GET', `/albums/${album.json.id}`)).json.assetCount, 2);
  await ask(ann, 'PUT', '/assets/copy', { sourceId: old, targetId: other, sidecar: false });
  assert.deepEqual(await values(other), []);
});
