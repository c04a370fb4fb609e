import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addUser, NOON, startTestLibrary } from '#test/fixtures/library';

/** Who has no account: what signs a guest's request is in a header. */
const GUEST = { id: '', authorization: '' };

const VISIBILITIES = [
  '',
  '&visibility=timeline',
  '&visibility=archive',
  '&visibility=hidden',
  '&visibility=locked',
];

/**
 * Ann's photos of every kind: in an album that Bob looks at and a link leads to, in a link of their own, and not
 * shared but with Eve, her partner. What should never be in an album or a link is put there all the same.
 */
async function startLeakyLibrary(t: Parameters<typeof startTestLibrary>[0]) {
  const library = await startTestLibrary(t);
  const { ann, bob, db, addAsset, ask } = library;
  const eve = addUser(db, 'eve');
  const place = { latitude: 52.5, longitude: 13.4, city: 'Berlin', country: 'Germany' };
  const videos = {
    shownVideo: addAsset(ann.id, { visibility: 'hidden', type: 'VIDEO', mime_type: 'video/quicktime' }),
    archivedVideo: addAsset(ann.id, { visibility: 'hidden', type: 'VIDEO', mime_type: 'video/quicktime' }),
    lockedVideo: addAsset(ann.id, { visibility: 'hidden', type: 'VIDEO', mime_type: 'video/quicktime' }),
    trashedVideo: addAsset(ann.id, { visibility: 'hidden', type: 'VIDEO', mime_type: 'video/quicktime' }),
    privateVideo: addAsset(ann.id, { visibility: 'hidden', type: 'VIDEO', mime_type: 'video/quicktime' }),
    looseVideo: addAsset(ann.id, { visibility: 'hidden', type: 'VIDEO', mime_type: 'video/quicktime' }),
  };
  const stills = {
    shown: addAsset(ann.id, { ...place, live_video_id: videos.shownVideo, is_favorite: 1 }),
    archived: addAsset(ann.id, { ...place, visibility: 'archive', live_video_id: videos.archivedVideo }),
    locked: addAsset(ann.id, { ...place, visibility: 'locked', live_video_id: videos.lockedVideo }),
    trashed: addAsset(ann.id, { ...place, trashed_at: NOON, live_video_id: videos.trashedVideo }),
  };
  const others = {
    private: addAsset(ann.id, { ...place, live_video_id: videos.privateVideo }),
    bobs: addAsset(bob.id, place),
  };
  const assets = { ...stills, ...videos, ...others };
  const album = (await ask(ann, 'POST', '/albums', { albumName: 'Shared', assetIds: [stills.shown] })).json
    .id;
  await ask(ann, 'PUT', `/albums/${album}/users`, { albumUsers: [{ userId: bob.id, role: 'viewer' }] });
  await ask(ann, 'POST', '/partners', { sharedWithId: eve.id });
  const albumLink = (await ask(ann, 'POST', '/shared-links', { type: 'ALBUM', albumId: album })).json;
  const photoLink = (
    await ask(ann, 'POST', '/shared-links', { type: 'INDIVIDUAL', assetIds: [stills.shown] })
  ).json;
  for (const id of [stills.archived, stills.locked, stills.trashed]) {
    db.prepare('INSERT INTO album_asset (album_id, asset_id, added_by, added_at) VALUES (?, ?, ?, 0)').run(
      album,
      id,
      ann.id,
    );
    db.prepare('INSERT INTO shared_link_asset (link_id, asset_id) VALUES (?, ?)').run(photoLink.id, id);
  }
  // Somebody else's, as if it had been theirs to share.
  db.prepare('INSERT INTO shared_link_asset (link_id, asset_id) VALUES (?, ?)').run(
    photoLink.id,
    assets.bobs,
  );
  const name = (id: string) => Object.entries(assets).find(([, known]) => known === id)?.[0] ?? id;
  const names = (ids: Iterable<string>) => [...new Set([...ids].map(name))].sort();
  return { ...library, eve, assets, album, albumLink, photoLink, names };
}

type Leaky = Awaited<ReturnType<typeof startLeakyLibrary>>;

/** What somebody gets to see by asking for every asset by its id, on every route that takes one. */
async function visibleById({ assets, call, names }: Leaky, who: typeof GUEST, headers: object = {}) {
  const seen: Record<string, string[]> = {};
  const collect = async (route: string, isThere: (id: string) => Promise<boolean>) => {
    const found: string[] = [];
    for (const id of Object.values(assets)) if (await isThere(id)) found.push(id);
    seen[route] = names(found);
  };
  const answers = (method: string, path: (id: string) => string, body?: (id: string) => object) =>
    collect(`${method} ${path(':id')}`, async (id) => {
      const response = await call(who, method, path(id), body?.(id), headers);
      await response.arrayBuffer();
      assert.ok([200, 201, 302, 400, 404].includes(response.status), `${path(id)}: ${response.status}`);
      // There are no files in this library: who may see one is told that it is missing.
      return response.status !== 400;
    });
  await answers('GET', (id) => `/assets/${id}`);
  for (const size of ['thumbnail', 'preview', 'fullsize'])
    await answers('GET', (id) => `/assets/${id}/thumbnail?size=${size}`);
  await answers('GET', (id) => `/assets/${id}/original`);
  await answers('GET', (id) => `/assets/${id}/video/playback`);
  await answers(
    'POST',
    () => '/download/info',
    (id) => ({ assetIds: [id] }),
  );
  await collect('archive', async (id) => {
    const response = await call(who, 'POST', '/download/archive', { assetIds: [id] }, headers);
    await response.arrayBuffer().catch(() => {});
    return response.status !== 400;
  });
  return seen;
}

/** The same by asking an album for its months, in every way there is. */
async function visibleInAlbum({ album, ask, names }: Leaky, who: typeof GUEST, headers: object = {}) {
  const ids = new Set<string>();
  for (const visibility of VISIBILITIES)
    for (const more of [
      '',
      '&isTrashed=true',
      '&isTrashed=false',
      '&withStacked=true',
      '&withCoordinates=true',
      '&orderBy=createdAt',
    ]) {
      const query = `albumId=${album}${visibility}${more}`;
      const months = await ask(who, 'GET', `/timeline/buckets?${query}`, undefined, headers);
      if (visibility.endsWith('locked')) {
        assert.equal(months.status, 401);
        continue;
      }
      assert.equal(months.status, 200);
      for (const { timeBucket, count } of months.json) {
        const month = await ask(
          who,
          'GET',
          `/timeline/bucket?timeBucket=${timeBucket}&${query}`,
          undefined,
          headers,
        );
        assert.equal(month.json.id.length, count, query);
        for (const id of month.json.id) ids.add(id);
        assert.ok(month.json.isFavorite.every((is: boolean) => !is));
      }
    }
  for (const visibility of [undefined, 'timeline', 'archive', 'hidden'])
    for (const withDeleted of [false, true]) {
      const found = await ask(
        who,
        'POST',
        '/search/metadata',
        { albumIds: [album], withDeleted, visibility },
        headers,
      );
      assert.equal(found.status, 200);
      for (const { id, isFavorite } of found.json.assets.items) {
        ids.add(id);
        assert.equal(isFavorite, false);
      }
    }
  const locked = { albumIds: [album], visibility: 'locked' };
  assert.equal((await ask(who, 'POST', '/search/metadata', locked, headers)).status, 401);
  for (const { id } of (await ask(who, 'GET', `/albums/${album}/map-markers`, undefined, headers)).json)
    ids.add(id);
  const plan = await ask(who, 'POST', '/download/info', { albumId: album }, headers);
  for (const archive of plan.json.archives) for (const id of archive.assetIds) ids.add(id);
  return names(ids);
}

const OF_LINK = ['archived', 'archivedVideo', 'shown', 'shownVideo'];

test('guests of a link see what it shows, and nothing locked, trashed or beside it, on no route', async (t) => {
  const library = await startLeakyLibrary(t);
  const { ask, albumLink, photoLink, assets, album, names } = library;
  for (const { key } of [albumLink, photoLink]) {
    const headers = { 'x-immich-share-key': key };
    for (const [route, seen] of Object.entries(await visibleById(library, GUEST, headers)))
      assert.deepEqual(seen, OF_LINK, route);
  }
  const byAlbum = { 'x-immich-share-key': albumLink.key };
  const byPhotos = { 'x-immich-share-key': photoLink.key };
  assert.deepEqual(await visibleInAlbum(library, GUEST, byAlbum), OF_LINK);
  const me = await ask(GUEST, 'GET', '/shared-links/me', undefined, byPhotos);
  assert.deepEqual(names(me.json.assets.map(({ id }: { id: string }) => id)), ['archived', 'shown']);
  const shown = await ask(GUEST, 'GET', `/albums/${album}`, undefined, byAlbum);
  assert.equal(shown.json.assetCount, 2);
  assert.deepEqual(
    shown.json.albumUsers.map(({ user }: { user: { email: string } }) => user.email),
    [''],
  );

  const seen = (await ask(GUEST, 'GET', `/assets/${assets.shown}`, undefined, byPhotos)).json;
  for (const field of ['people', 'tags', 'stack', 'problem']) assert.ok(!(field in seen), field);
  assert.equal(seen.originalPath, seen.originalFileName);
  assert.equal(seen.exifInfo.city, 'Berlin');

  // A link leads to its own album or photos, and to nobody's timeline.
  for (const path of [
    '/timeline/buckets',
    '/timeline/buckets?visibility=timeline&withPartners=true',
    `/timeline/buckets?albumId=${album}`,
    `/albums/${album}`,
    `/albums/${album}/map-markers`,
    `/timeline/bucket?timeBucket=2024-05-01&albumId=${album}`,
  ])
    assert.equal((await ask(GUEST, 'GET', path, undefined, byPhotos)).status, 400, path);
  const { ann } = library;
  for (const query of [`&userId=${ann.id}`, '&isFavorite=true', '&withPartners=true&visibility=timeline'])
    assert.equal(
      (await ask(GUEST, 'GET', `/timeline/buckets?albumId=${album}${query}`, undefined, byAlbum)).status,
      400,
    );
  for (const body of [
    {},
    { albumIds: [] },
    { albumIds: [album], isFavorite: true },
    { albumIds: [album], personIds: [album] },
  ])
    assert.equal((await ask(GUEST, 'POST', '/search/metadata', body, byAlbum)).status, 400);
  assert.equal((await ask(GUEST, 'POST', '/download/info', { userId: ann.id }, byAlbum)).status, 400);
  const mixed = { assetIds: [assets.shown, assets.private] };
  assert.equal((await ask(GUEST, 'POST', '/download/info', mixed, byAlbum)).status, 400);
});

test('members of an album see what is in it, and nothing locked, trashed or beside it, on no route', async (t) => {
  const library = await startLeakyLibrary(t);
  const { bob, album } = library;
  for (const [route, seen] of Object.entries(await visibleById(library, bob)))
    assert.deepEqual(seen, [...OF_LINK, 'bobs'].sort(), route);
  assert.deepEqual(await visibleInAlbum(library, bob), OF_LINK);
  assert.equal((await library.ask(bob, 'GET', `/albums/${album}`)).json.assetCount, 2);
});

test('a partner sees the timeline and its live photos, and nothing archived, locked or trashed, on no route', async (t) => {
  const library = await startLeakyLibrary(t);
  const { ann, eve, ask, names, assets, album } = library;
  const OF_PARTNER = ['private', 'privateVideo', 'shown', 'shownVideo'];
  for (const [route, seen] of Object.entries(await visibleById(library, eve)))
    assert.deepEqual(seen, OF_PARTNER, route);

  const own = library.addAsset(eve.id);
  const main = 'visibility=timeline&withPartners=true';
  const read = async (query: string) => {
    const months = await ask(eve, 'GET', `/timeline/buckets?${query}`);
    assert.equal(months.status, 200, query);
    const ids: string[] = [];
    for (const { timeBucket, count } of months.json) {
      const { json } = await ask(eve, 'GET', `/timeline/bucket?timeBucket=${timeBucket}&${query}`);
      assert.equal(json.id.length, count);
      assert.ok(json.isFavorite.every((is: boolean) => !is));
      ids.push(...json.id);
    }
    return names(ids);
  };
  const search = async (body: object) =>
    names(
      (await ask(eve, 'POST', '/search/metadata', body)).json.assets.items.map(
        ({ id }: { id: string }) => id,
      ),
    );
  const markers = async () =>
    names((await ask(eve, 'GET', '/map/markers?withPartners=true')).json.map(({ id }: { id: string }) => id));
  assert.deepEqual(await read(`userId=${ann.id}&visibility=timeline`), ['private', 'shown']);
  // Not among her own photos until she says so.
  assert.deepEqual(await read(main), [own]);
  assert.deepEqual(await search({}), [own]);
  assert.deepEqual(await markers(), []);
  assert.equal((await ask(eve, 'PUT', `/partners/${ann.id}`, { inTimeline: true })).json.inTimeline, true);
  assert.deepEqual(await read(main), [own, 'private', 'shown'].sort());
  assert.deepEqual(await read(`${main}&orderBy=createdAt&order=asc`), [own, 'private', 'shown'].sort());
  assert.deepEqual(await read('visibility=timeline'), [own]);
  assert.deepEqual(await markers(), ['private', 'shown']);
  for (const body of [{}, { withDeleted: true }, { city: 'Berlin' }, { isFavorite: false }, { size: 2 }]) {
    const seen = await search(body);
    assert.ok(
      seen.every((name) => [own, 'private', 'shown'].includes(name)),
      JSON.stringify([body, seen]),
    );
  }
  assert.deepEqual(await search({ city: 'Berlin' }), ['private', 'shown']);
  for (const body of [
    { visibility: 'archive' },
    { visibility: 'hidden' },
    { isFavorite: true },
    { trashedAfter: '2000-01-01T00:00:00Z' },
  ])
    assert.deepEqual(await search(body), [], JSON.stringify(body));

  for (const query of [
    '',
    '&visibility=archive',
    '&visibility=hidden',
    '&visibility=timeline&isTrashed=true',
    '&visibility=timeline&isFavorite=true',
  ])
    assert.equal((await ask(eve, 'GET', `/timeline/buckets?userId=${ann.id}${query}`)).status, 400, query);
  assert.equal((await ask(eve, 'GET', `/timeline/buckets?userId=${ann.id}&visibility=locked`)).status, 401);
  // It goes one way, and only for looking.
  assert.equal((await ask(ann, 'GET', `/timeline/buckets?userId=${eve.id}&visibility=timeline`)).status, 400);
  assert.equal((await ask(ann, 'GET', `/assets/${own}`)).status, 400);
  assert.equal((await ask(eve, 'GET', `/albums/${album}`)).status, 400);
  assert.equal((await ask(eve, 'PUT', `/assets/${assets.shown}`, { description: 'mine' })).status, 400);
  assert.equal((await ask(eve, 'DELETE', '/assets', { ids: [assets.shown] })).status, 400);
  assert.equal((await ask(eve, 'GET', '/assets/statistics')).json.total, 1);

  assert.equal((await ask(ann, 'DELETE', `/partners/${eve.id}`)).status, 204);
  for (const [route, seen] of Object.entries(await visibleById(library, eve)))
    assert.deepEqual(seen, [], route);
  assert.deepEqual(await read(main), [own]);
  assert.deepEqual(await search({}), [own]);
});

test('a link without metadata gives away no place, no name, and no bytes that hold any', async (t) => {
  const library = await startLeakyLibrary(t);
  const { ann, ask, call, assets, album } = library;
  const { key } = (
    await ask(ann, 'POST', '/shared-links', {
      type: 'ALBUM',
      albumId: album,
      showMetadata: false,
      allowDownload: true,
    })
  ).json;
  const headers = { 'x-immich-share-key': key };
  const get = (path: string) => ask(GUEST, 'GET', path, undefined, headers);
  const post = (path: string, body: object) => ask(GUEST, 'POST', path, body, headers);
  const stripped = (await get(`/assets/${assets.shown}`)).json;
  assert.deepEqual(Object.keys(stripped).sort(), [
    ...['duration', 'hasMetadata', 'height', 'id', 'livePhotoVideoId', 'localDateTime', 'originalMimeType'],
    ...['thumbhash', 'type', 'width'],
  ]);
  assert.equal(stripped.hasMetadata, false);
  const found = await post('/search/metadata', { albumIds: [album], withExif: true });
  assert.deepEqual(found.json.assets.items[0], stripped);
  for (const filter of [
    { city: 'Berlin' },
    { make: 'x' },
    { originalFileName: 'IMG' },
    { checksum: 'x' },
    { rating: 5 },
  ])
    assert.equal((await post('/search/metadata', { albumIds: [album], ...filter })).status, 400);
  const query = `albumId=${album}&withCoordinates=true&timeBucket=2024-05-01`;
  const month = (await get(`/timeline/bucket?${query}`)).json;
  assert.equal(month.id.length, 2);
  for (const name of ['city', 'country', 'latitude', 'longitude']) assert.ok(!(name in month), name);
  assert.equal((await get(`/timeline/bucket?${query}&bbox=13,52,14,53`)).status, 400);
  assert.deepEqual((await get(`/albums/${album}/map-markers`)).json, []);

  assert.equal((await get(`/assets/${assets.shown}/original`)).status, 400);
  assert.equal((await get(`/assets/${assets.shownVideo}/video/playback`)).status, 404);
  assert.equal((await post('/download/archive', { assetIds: [assets.shown] })).status, 400);
  assert.equal((await post('/download/info', { albumId: album })).status, 400);
  const full = await call(GUEST, 'GET', `/assets/${assets.shown}/thumbnail?size=fullsize&key=${key}`);
  assert.equal(full.headers.get('location'), `thumbnail?size=preview&key=${key}`);
});

test('a photo that goes to the locked folder leaves every link, and does not come back to it', async (t) => {
  const { ann, db, addAsset, ask } = await startTestLibrary(t);
  const [first, second] = [addAsset(ann.id), addAsset(ann.id)];
  const link = (await ask(ann, 'POST', '/shared-links', { type: 'INDIVIDUAL', assetIds: [first, second] }))
    .json;
  const headers = { 'x-immich-share-key': link.key };
  await ask(ann, 'PUT', '/assets', { ids: [first], visibility: 'locked' });
  assert.equal((await ask(GUEST, 'GET', `/assets/${first}`, undefined, headers)).status, 400);
  assert.equal((await ask(GUEST, 'GET', `/assets/${second}`, undefined, headers)).status, 200);
  db.prepare(`UPDATE asset SET visibility = 'timeline' WHERE id = ?`).run(first);
  assert.equal((await ask(GUEST, 'GET', `/assets/${first}`, undefined, headers)).status, 400);
  // A better file of a photo takes its place, unless that is locked.
  const [better, hidden] = [addAsset(ann.id), addAsset(ann.id, { visibility: 'hidden' })];
  for (const targetId of [better, hidden])
    await ask(ann, 'PUT', '/assets/copy', { sourceId: second, targetId });
  assert.equal((await ask(GUEST, 'GET', `/assets/${better}`, undefined, headers)).status, 200);
  assert.equal((await ask(GUEST, 'GET', `/assets/${hidden}`, undefined, headers)).status, 400);
  const locked = addAsset(ann.id, { visibility: 'locked' });
  const body = { type: 'INDIVIDUAL', assetIds: [second, locked] };
  assert.equal((await ask(ann, 'POST', '/shared-links', body)).status, 400);
  const added = await ask(ann, 'PUT', `/shared-links/${link.id}/assets`, { assetIds: [locked] });
  assert.deepEqual(added.json, [{ assetId: locked, success: false, error: 'no_permission' }]);
});
