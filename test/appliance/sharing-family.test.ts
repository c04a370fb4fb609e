import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { addUser, NOON, startTestLibrary } from '#test/fixtures/library';

const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id);

test('partners are made one way at a time, and each side sees the other', async (t) => {
  const { ann, bob, db, ask } = await startTestLibrary(t);
  const eve = addUser(db, 'eve');
  const list = async (who: typeof ann, direction: string) =>
    (await ask(who, 'GET', `/partners?direction=${direction}`)).json;
  const made = await ask(ann, 'POST', '/partners', { sharedWithId: bob.id.toUpperCase() });
  assert.deepEqual([made.status, made.json.id, made.json.inTimeline], [201, bob.id, false]);
  // How apps of 2.7 say it.
  assert.equal((await ask(eve, 'POST', `/partners/${bob.id}`)).status, 201);
  assert.deepEqual(idsOf(await list(ann, 'shared-by')), [bob.id]);
  assert.deepEqual(idsOf(await list(bob, 'shared-with')), [ann.id, eve.id]);
  assert.deepEqual(await list(bob, 'shared-by'), []);
  assert.deepEqual(await list(ann, 'shared-with'), []);
  assert.equal((await ask(ann, 'GET', '/partners')).status, 400);
  for (const sharedWithId of [ann.id, bob.id, randomUUID()])
    assert.equal((await ask(ann, 'POST', '/partners', { sharedWithId })).status, 400);

  // What is in a timeline is for the one who receives to say.
  assert.equal((await ask(ann, 'PUT', `/partners/${bob.id}`, { inTimeline: true })).status, 400);
  const shown = await ask(bob, 'PUT', `/partners/${ann.id}`, { inTimeline: true });
  assert.deepEqual([shown.status, shown.json.id, shown.json.inTimeline], [200, ann.id, true]);
  assert.equal((await list(ann, 'shared-by'))[0].inTimeline, true);

  assert.equal((await ask(bob, 'DELETE', `/partners/${ann.id}`)).status, 400);
  assert.equal((await ask(ann, 'DELETE', `/partners/${bob.id}`)).status, 204);
  assert.deepEqual(idsOf(await list(bob, 'shared-with')), [eve.id]);
  db.prepare('UPDATE user SET deleted_at = ? WHERE id = ?').run(NOON, eve.id);
  assert.deepEqual(await list(bob, 'shared-with'), []);
});

test('pages of a search go through several people’s photos in order, without gaps or repeats', async (t) => {
  const { ann, bob, db, addAsset, ask } = await startTestLibrary(t);
  const eve = addUser(db, 'eve');
  for (const partner of [bob, eve]) {
    await ask(partner, 'POST', '/partners', { sharedWithId: ann.id });
    await ask(ann, 'PUT', `/partners/${partner.id}`, { inTimeline: true });
  }
  // addAsset goes back in time, minute by minute.
  const all = Array.from({ length: 30 }, (_, at) =>
    addAsset([ann, bob, bob, eve][at % 4]!.id, { city: 'Bonn' }),
  );
  addAsset(bob.id, { visibility: 'archive', city: 'Bonn' });
  for (const [order, filter] of [
    ['desc', {}],
    ['asc', {}],
    ['desc', { city: 'Bonn' }],
    ['desc', { type: 'IMAGE' }],
  ] as const) {
    const seen: string[] = [];
    for (let page: string | null = '1'; page !== null; ) {
      const body: object = { page: Number(page), size: 7, order, ...filter };
      const { assets }: { assets: { items: { id: string }[]; nextPage: string | null } } = (
        await ask(ann, 'POST', '/search/metadata', body)
      ).json;
      seen.push(...idsOf(assets.items));
      page = assets.nextPage;
    }
    assert.deepEqual(seen, order === 'asc' ? all.toReversed() : all, JSON.stringify([order, filter]));
  }
  assert.equal((await ask(ann, 'POST', '/search/statistics', {})).json.total, 30);
  const months = await ask(ann, 'GET', '/timeline/buckets?visibility=timeline&withPartners=true');
  assert.deepEqual(months.json, [{ timeBucket: '2024-05-01', count: 30 }]);
  const month = await ask(
    ann,
    'GET',
    '/timeline/bucket?timeBucket=2024-05-01&visibility=timeline&withPartners=true',
  );
  assert.deepEqual(month.json.id, all);
  assert.equal((await ask(ann, 'GET', '/assets/statistics')).json.total, 8);
});

test('members of an album comment and like, and nobody likes twice', async (t) => {
  const { ann, bob, db, addAsset, ask } = await startTestLibrary(t);
  const eve = addUser(db, 'eve');
  const [photo, other] = [addAsset(ann.id), addAsset(ann.id)];
  const albumUsers = [{ userId: bob.id, role: 'viewer' }];
  const albumId = (await ask(ann, 'POST', '/albums', { albumName: 'A', assetIds: [photo], albumUsers })).json
    .id;
  const say = (who: typeof ann, body: object) => ask(who, 'POST', '/activities', { albumId, ...body });
  const comment = await say(bob, { type: 'comment', comment: ' Nice! ', assetId: photo });
  assert.equal(comment.status, 201);
  assert.deepEqual(
    [comment.json.comment, comment.json.assetId, comment.json.user.id, comment.json.createdAt],
    ['Nice!', photo, bob.id, new Date(NOON).toISOString()],
  );
  const like = await say(bob, { type: 'like' });
  assert.deepEqual([like.status, like.json.comment, like.json.assetId], [201, null, null]);
  assert.deepEqual(await say(bob, { type: 'like' }), { status: 200, json: like.json });
  assert.equal((await say(bob, { type: 'like', assetId: photo })).status, 201);
  assert.equal((await say(ann, { type: 'like' })).status, 201);
  for (const body of [
    { type: 'comment' },
    { type: 'comment', comment: '  ' },
    { type: 'like', comment: 'x' },
    { type: 'like', assetId: other },
    { type: 'like', assetId: randomUUID() },
  ])
    assert.equal((await say(bob, body)).status, 400, JSON.stringify(body));

  const list = async (query: string) =>
    (await ask(ann, 'GET', `/activities?albumId=${albumId}${query}`)).json;
  assert.equal((await list('')).length, 4);
  assert.equal((await list('&level=album')).length, 2);
  assert.equal((await list(`&assetId=${photo}`)).length, 2);
  assert.deepEqual(idsOf(await list('&type=comment')), [comment.json.id]);
  assert.equal((await list(`&userId=${ann.id}`)).length, 1);
  const count = async (query = '') =>
    (await ask(bob, 'GET', `/activities/statistics?albumId=${albumId}${query}`)).json;
  assert.deepEqual(await count(), { comments: 1, likes: 3 });
  assert.deepEqual(await count(`&assetId=${photo}`), { comments: 1, likes: 1 });

  // Who is not in the album knows nothing of it.
  assert.equal((await ask(eve, 'GET', `/activities?albumId=${albumId}`)).status, 400);
  assert.equal((await ask(eve, 'GET', `/activities/statistics?albumId=${albumId}`)).status, 400);
  assert.equal((await say(eve, { type: 'like' })).status, 400);
  assert.equal((await ask(eve, 'DELETE', `/activities/${like.json.id}`)).status, 400);
  // What was said about a photo goes out of sight with it.
  await ask(ann, 'DELETE', '/assets', { ids: [photo] });
  assert.equal((await list('')).length, 2);
  assert.deepEqual(await count(), { comments: 0, likes: 2 });
  await ask(ann, 'POST', '/trash/restore');

  // The author takes it back, or the owner of the album; and only where it is switched on is anything added.
  await ask(ann, 'PATCH', `/albums/${albumId}`, { isActivityEnabled: false });
  assert.equal((await say(bob, { type: 'comment', comment: 'x' })).status, 400);
  const anns = (await list(`&userId=${ann.id}`))[0].id;
  assert.equal((await ask(bob, 'DELETE', `/activities/${anns}`)).status, 400);
  assert.equal((await ask(bob, 'DELETE', `/activities/${like.json.id}`)).status, 204);
  assert.equal((await ask(ann, 'DELETE', `/activities/${comment.json.id}`)).status, 204);
  assert.equal((await list('')).length, 2);
});

test('an album with a link counts as shared, and its members hear of whatever changes', async (t) => {
  const { ann, bob, addAsset, ask, heard } = await startTestLibrary(t);
  const albumId = (await ask(ann, 'POST', '/albums', { albumName: 'A', assetIds: [addAsset(ann.id)] })).json
    .id;
  assert.deepEqual((await ask(ann, 'GET', '/albums/statistics')).json, { owned: 1, shared: 0, notShared: 1 });
  const link = (await ask(ann, 'POST', '/shared-links', { type: 'ALBUM', albumId })).json;
  const album = (await ask(ann, 'GET', `/albums/${albumId}`)).json;
  assert.deepEqual([album.shared, album.hasSharedLink], [true, true]);
  assert.ok(!('contributorCounts' in album));
  assert.deepEqual((await ask(ann, 'GET', '/albums/statistics')).json, { owned: 1, shared: 1, notShared: 0 });
  assert.equal((await ask(ann, 'GET', '/albums?isShared=true')).json.length, 1);

  const listeners = async (act: () => Promise<unknown>) => {
    heard.length = 0;
    await act();
    const events = heard.filter(({ name, args }) => name === 'on_album_update' && args[0] === albumId);
    return new Set(events.map(({ userId }) => userId));
  };
  const both = new Set([ann.id, bob.id]);
  const path = `/albums/${albumId}`;
  const albumUsers = [{ userId: bob.id, role: 'viewer' }];
  assert.deepEqual(await listeners(() => ask(ann, 'PUT', `${path}/users`, { albumUsers })), both);
  assert.deepEqual(
    await listeners(() => ask(ann, 'PUT', `${path}/user/${bob.id}`, { role: 'editor' })),
    both,
  );
  assert.deepEqual(
    await listeners(() => ask(bob, 'PUT', `${path}/assets`, { ids: [addAsset(bob.id)] })),
    both,
  );
  assert.deepEqual(await listeners(() => ask(ann, 'DELETE', `/shared-links/${link.id}`)), both);
  assert.deepEqual(await listeners(() => ask(bob, 'DELETE', `${path}/user/me`)), both);
  await ask(ann, 'PUT', `${path}/users`, { albumUsers });
  assert.deepEqual(await listeners(() => ask(ann, 'DELETE', path)), both);
});
