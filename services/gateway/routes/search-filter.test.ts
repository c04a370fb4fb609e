import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { NOON, startTestLibrary } from '#test/fixtures/library';

interface Found {
  assets: { items: { id: string }[]; nextPage: string | null; nextCursor: string | null };
}

async function startSearch(t: TestContext) {
  const library = await startTestLibrary(t);
  const { ann, ask } = library;
  const search = async (body: object, who = ann) => {
    const { status, json } = await ask(who, 'POST', '/search/metadata', body);
    assert.equal(status, 200, JSON.stringify([body, json]));
    return (json as Found).assets;
  };
  const find = async (body: object, who = ann) => (await search(body, who)).items.map(({ id }) => id);
  return { ...library, search, find };
}

test('each condition of a structured filter finds what it names', async (t) => {
  const { ann, bob, db, addAsset, ask, find } = await startSearch(t);
  const checksum = Buffer.alloc(20, 7);
  const video = addAsset(ann.id, { type: 'VIDEO', visibility: 'hidden', original_bytes: 500 });
  const id = addAsset(ann.id, {
    captured_at: Date.UTC(2020, 1, 2),
    created_at: Date.UTC(2021, 1, 2),
    updated_at: Date.UTC(2022, 1, 2),
    city: 'Zürich',
    state: 'ZH',
    country: 'Schweiz',
    make: 'Canon',
    model: 'EOS R6',
    lens_model: 'RF 50',
    description: 'Käse_100% im Übrigen',
    original_name: 'IMG_4711.HEIC',
    original_bytes: 9000,
    rating: 4,
    is_favorite: 1,
    visibility: 'archive',
    live_video_id: video,
    checksum: checksum.toString('base64'),
  });
  const plain = addAsset(ann.id);
  addAsset(bob.id, { city: 'Zürich', rating: 4 });
  const ids = async (path: string, json: object) => (await ask(ann, 'POST', path, json)).json.id as string;
  const albumId = await ids('/albums', { albumName: 'A', assetIds: [id] });
  const emptyAlbumId = await ids('/albums', { albumName: 'B' });
  const personId = await ids('/people', { name: 'Rosa' });
  const box = { imageWidth: 100, imageHeight: 100, x: 1, y: 1, width: 9, height: 9 };
  await ask(ann, 'POST', '/faces', { assetId: id, personId, ...box });
  const [tag] = (await ask(ann, 'PUT', '/tags', { tags: ['a/b'] })).json;
  await ask(ann, 'PUT', `/tags/${tag.id}/assets`, { ids: [id] });
  db.prepare('UPDATE asset SET updated_at = ? WHERE id = ?').run(Date.UTC(2022, 1, 2), id);

  const day = (year: number) => `${year}-02-02T00:00:00.000Z`;
  const dates = (year: number) => [
    { eq: day(year) },
    { lte: day(year), gte: day(year) },
    { gt: day(year - 1), lt: day(year + 1) },
    { lt: `${year}-02-02T01:00:00+00:30` },
  ];
  const matching: Record<string, object[]> = {
    id: [{ eq: id.toUpperCase() }],
    checksum: [{ eq: checksum.toString('hex') }, { in: [checksum.toString('base64')] }],
    city: [{ eq: 'Zürich' }, { in: ['Bern', 'Zürich'] }, { ne: null }],
    state: [{ eq: 'ZH' }],
    country: [{ eq: 'Schweiz' }],
    make: [{ eq: 'Canon' }],
    model: [{ in: ['EOS R6'], ne: 'EOS R5' }],
    lensModel: [{ eq: 'RF 50' }],
    description: [
      { like: 'KÄSE' },
      { like: '%im übr%' },
      { startsWith: 'käse_100%' },
      { endsWith: 'Übrigen' },
      { ne: null },
    ],
    originalFileName: [{ like: '4711' }, { startsWith: 'img_47' }, { endsWith: '.heic' }],
    originalPath: [{ eq: db.prepare('SELECT path FROM asset WHERE id = ?').pluck().get(id) as string }],
    fileSizeInBytes: [{ gt: 8999 }, { gte: 9000, lt: 9001 }, { in: [9000] }, { eq: 9000 }],
    rating: [{ eq: 4 }, { gte: 1 }, { ne: null }, { in: [3, 4] }],
    takenAt: dates(2020),
    createdAt: dates(2021),
    updatedAt: dates(2022),
    visibility: [{ eq: 'archive' }, { notIn: ['timeline', 'hidden'] }],
    isFavorite: [{ eq: true }],
    isMotion: [{ eq: true }],
    hasAlbums: [{ eq: true }],
    hasPeople: [{ eq: true }],
    hasTags: [{ eq: true }],
    albumIds: [{ any: [albumId, emptyAlbumId] }, { all: [albumId], none: [emptyAlbumId] }],
    personIds: [{ any: [personId] }, { all: [personId] }],
    tagIds: [{ any: [tag.parentId] }, { all: [tag.id] }],
  };
  for (const [name, conditions] of Object.entries(matching))
    for (const condition of conditions) {
      const filter = { [name]: condition };
      assert.deepEqual(await find({ filter }), [id], JSON.stringify(filter));
      // The same in one of two branches, of which the other fits nothing.
      const or = [filter, { id: { eq: randomUUID() } }];
      assert.deepEqual(await find({ filter: { or } }), [id], `or ${JSON.stringify(filter)}`);
    }
  const others: object[] = [
    { id: { ne: id } },
    { checksum: { ne: checksum.toString('hex') } },
    { checksum: { notIn: [checksum.toString('base64')] } },
    { city: { eq: null } },
    { city: { ne: 'Zürich' } },
    { city: { notIn: ['Zürich'] } },
    { description: { eq: null } },
    { description: { notLike: 'käse' } },
    { rating: { eq: null } },
    { rating: { ne: 4 } },
    { takenAt: { gt: day(2023) } },
    { isFavorite: { eq: false } },
    { isMotion: { eq: false } },
    { hasAlbums: { eq: false } },
    { hasPeople: { eq: false } },
    { hasTags: { eq: false } },
    { albumIds: { none: [albumId] } },
    { personIds: { none: [personId] } },
    { tagIds: { none: [tag.parentId] } },
    { visibility: { in: ['timeline', 'hidden'] } },
    { or: [{ visibility: { eq: 'timeline' } }, { type: { eq: 'VIDEO' } }] },
  ];
  for (const filter of others)
    assert.deepEqual(new Set(await find({ filter })), new Set([plain, video]), JSON.stringify(filter));
  const all = new Set([plain, video, id]);
  for (const filter of [
    {},
    { city: {} },
    { or: [] },
    { isEncoded: { eq: false } },
    { libraryId: { eq: null } },
    { isOffline: { eq: false } },
    { trashedAt: { eq: null } },
    { encodedVideoPath: { ne: 'x' } },
  ])
    assert.deepEqual(new Set(await find({ filter })), all, JSON.stringify(filter));
  for (const filter of [
    { ocr: { matches: 'x' } },
    { isEncoded: { eq: true } },
    { libraryId: { ne: null } },
    { encodedVideoPath: { eq: 'x' } },
    { city: { in: [] } },
    { city: { eq: 'Zürich' }, rating: { lt: 4 } },
    { id: { eq: id }, or: [{ rating: { eq: 5 } }, { isMotion: { eq: false } }] },
  ])
    assert.deepEqual(await find({ filter }), [], JSON.stringify(filter));
  // The flat filters narrow it down further, and the other searches know it too.
  assert.deepEqual(await find({ filter: { rating: { gte: 1 } }, make: 'Nikon' }), []);
  const filter = { type: { ne: 'VIDEO' } };
  assert.deepEqual((await ask(ann, 'POST', '/search/statistics', { filter })).json, { total: 2 });
  const random = (await ask(ann, 'POST', '/search/random', { filter: { hasTags: { eq: false } } })).json;
  assert.deepEqual(
    random.map((asset: { id: string }) => asset.id),
    [plain],
  );
});

test('the trash is searched by its own condition', async (t) => {
  const { ann, addAsset, find } = await startSearch(t);
  const here = addAsset(ann.id);
  const gone = addAsset(ann.id, { trashed_at: NOON });
  const since = new Date(NOON - 1).toISOString();
  assert.deepEqual(await find({ filter: { trashedAt: { ne: null } } }), [gone]);
  assert.deepEqual(await find({ filter: { or: [{ trashedAt: { gt: since } }] } }), [gone]);
  assert.deepEqual(await find({ filter: { isFavorite: { eq: false } } }), [here]);
});

test('a structured filter leads to nothing of others and not into the locked folder', async (t) => {
  const { ann, bob, db, addAsset, ask, find } = await startSearch(t);
  const own = addAsset(ann.id);
  const locked = addAsset(ann.id, { visibility: 'locked', city: 'hush' });
  const bobs = addAsset(bob.id);
  for (const filter of [
    { visibility: { eq: 'locked' } },
    { visibility: { in: ['timeline', 'locked'] } },
    { or: [{ visibility: { eq: 'locked' } }] },
  ])
    assert.equal((await ask(ann, 'POST', '/search/metadata', { filter })).status, 401);
  for (const filter of [
    { visibility: { ne: 'timeline' } },
    { or: [{ id: { eq: locked } }, { city: { eq: 'hush' } }, { id: { eq: bobs } }] },
  ])
    assert.deepEqual(await find({ filter }), []);
  const album = (await ask(bob, 'POST', '/albums', { albumName: 'x', assetIds: [bobs] })).json.id;
  for (const albumIds of [{ any: [album] }, { all: [album] }, { none: [album] }])
    for (const filter of [{ albumIds }, { or: [{ albumIds }] }])
      assert.equal((await ask(ann, 'POST', '/search/metadata', { filter })).status, 400);
  await ask(bob, 'PUT', `/albums/${album}/users`, { albumUsers: [{ userId: ann.id, role: 'viewer' }] });
  assert.deepEqual(await find({ filter: { albumIds: { any: [album] } } }), [bobs]);
  assert.deepEqual(await find({ filter: { albumIds: { none: [album] } } }), [own]);
  // Who is on a photo and what it is filed under stays its owner's business.
  const personId = (await ask(bob, 'POST', '/people', { name: 'Rosa' })).json.id;
  const box = { imageWidth: 100, imageHeight: 100, x: 1, y: 1, width: 9, height: 9 };
  await ask(bob, 'POST', '/faces', { assetId: bobs, personId, ...box });
  const albumIds = { any: [album] };
  assert.deepEqual(await find({ filter: { albumIds, personIds: { any: [personId] } } }), []);
  assert.deepEqual(await find({ filter: { albumIds, personIds: { none: [personId] } } }), [bobs]);
  assert.deepEqual(await find({ filter: { albumIds, hasPeople: { eq: true } } }), []);
  assert.deepEqual(await find({ filter: { albumIds, hasPeople: { eq: true } } }, bob), [bobs]);
  db.prepare('UPDATE asset SET is_favorite = 1 WHERE id = ?').run(bobs);
  assert.deepEqual(await find({ filter: { albumIds, isFavorite: { eq: true } } }), []);
});

test('photos of external libraries are found by their library, and the others by having none', async (t) => {
  const { ann, db, addAsset, find } = await startSearch(t);
  const libraryId = randomUUID();
  db.prepare(
    `INSERT INTO library (id, owner_id, name, exclusion_patterns, created_at, updated_at)
     VALUES (?, ?, 'Old photos', '[]', 0, 0)`,
  ).run(libraryId, ann.id);
  const own = addAsset(ann.id);
  const external = addAsset(ann.id, { library_id: libraryId });
  assert.deepEqual(await find({ libraryId: null }), [own]);
  assert.deepEqual(await find({ libraryId }), [external]);
  assert.deepEqual(await find({ filter: { libraryId: { eq: null } } }), [own]);
  assert.deepEqual(await find({ filter: { libraryId: { ne: libraryId } } }), [own]);
  assert.deepEqual(await find({ filter: { libraryId: { eq: libraryId.toUpperCase() } } }), [external]);
});

test('a guest who is shown no metadata learns none from the order of a search', async (t) => {
  const { ann, addAsset, ask } = await startSearch(t);
  const assetIds = [addAsset(ann.id), addAsset(ann.id)];
  const albumId = (await ask(ann, 'POST', '/albums', { albumName: 'x', assetIds })).json.id;
  for (const showMetadata of [true, false]) {
    const { key } = (await ask(ann, 'POST', '/shared-links', { type: 'ALBUM', albumId, showMetadata })).json;
    const guest = (body: object) =>
      ask(
        ann,
        'POST',
        '/search/metadata',
        { albumIds: [albumId], size: 1, ...body },
        {
          'x-immich-share-key': key,
        },
      );
    const first = (await guest({})).json.assets;
    assert.equal(first.nextPage, '2');
    assert.equal(first.nextCursor !== null, showMetadata);
    assert.equal((await guest({ orderBy: { direction: 'asc' } })).status, 200);
    assert.equal((await guest({ orderBy: { field: 'rating' } })).status, showMetadata ? 200 : 400);
    assert.equal((await guest({ filter: { city: { eq: 'x' } } })).status, 400);
  }
});

test('what a filter cannot mean is refused', async (t) => {
  const { ann, ask } = await startSearch(t);
  for (const body of [
    { filter: { mood: { eq: 'good' } } },
    { filter: { city: { equals: 'x' } } },
    { filter: { city: 'x' } },
    { filter: { rating: { eq: 'x' } } },
    { filter: { takenAt: { gt: 'yesterday' } } },
    { filter: { isFavorite: { eq: null } } },
    { filter: { or: [{ or: [] }] } },
    { filter: { tagIds: { any: ['x'] } } },
    { orderBy: { field: 'mood' } },
    { orderBy: { direction: 'up' } },
    { cursor: 'x' },
    { cursor: Buffer.from('["rating",1,1]').toString('base64url') },
  ])
    assert.equal((await ask(ann, 'POST', '/search/metadata', body)).status, 400, JSON.stringify(body));
});

test('a search goes by what is asked for, page by page and from cursor to cursor', async (t) => {
  const { ann, addAsset, search } = await startSearch(t);
  const facts = new Map<string, Record<string, number>>();
  for (let at = 0; at < 23; at++) {
    const columns = {
      captured_at: NOON - (at % 5) * 1000,
      local_at: NOON + (at % 7) * 3_600_000,
      original_bytes: 1000 + (at % 4),
    };
    const rating = at % 3 === 0 ? null : (at % 7) - 1;
    facts.set(addAsset(ann.id, { ...columns, rating }), { ...columns, rating: rating ?? -2 });
  }
  const columns = {
    fileCreatedAt: 'captured_at',
    localDateTime: 'local_at',
    fileSizeInBytes: 'original_bytes',
    rating: 'rating',
  };
  for (const [field, column] of Object.entries(columns))
    for (const direction of ['asc', 'desc', undefined] as const) {
      const asked = { orderBy: { field, ...(direction && { direction }) }, size: 4 };
      const walk = async (next: (answer: Found['assets']) => object | null) => {
        const seen: string[] = [];
        for (let place: object | null = {}; place !== null; ) {
          const answer = await search({ ...asked, ...place });
          seen.push(...answer.items.map(({ id }) => id));
          place = next(answer);
        }
        return seen;
      };
      const byPage = await walk(({ nextPage }) => (nextPage === null ? null : { page: Number(nextPage) }));
      const byCursor = await walk(({ nextCursor }) =>
        nextCursor === null ? null : { cursor: nextCursor, page: 7 },
      );
      assert.deepEqual(byCursor, byPage);
      assert.deepEqual(new Set(byPage), new Set(facts.keys()));
      assert.equal(byPage.length, facts.size);
      const values = byPage.map((id) => facts.get(id)![column]!);
      const sorted = values.toSorted((a, b) => (direction === 'asc' ? a - b : b - a));
      assert.deepEqual(values, sorted, `${field} ${direction}`);
    }
  const behind = await search({ size: 4 });
  assert.equal((await search({ size: 4, cursor: behind.nextCursor })).nextPage, null);
});

test('videos with a small version are found, and those without', async (t) => {
  const { ann, db, addAsset, find } = await startSearch(t);
  const [small, needless, photo] = [
    addAsset(ann.id, { type: 'VIDEO' }),
    addAsset(ann.id, { type: 'VIDEO' }),
    addAsset(ann.id),
  ];
  const looked = db.prepare(
    `INSERT INTO video_rendition (asset_id, original_bytes, plays, bytes, made_at) VALUES (?, 1, 'phones', ?, 0)`,
  );
  looked.run(small, 1000);
  looked.run(needless, null);
  for (const isEncoded of [true, false])
    for (const body of [{ isEncoded }, { filter: { isEncoded: { eq: isEncoded } } }])
      assert.deepEqual(new Set(await find(body)), new Set(isEncoded ? [small] : [needless, photo]));
});

test('the longest lists that are allowed are answered', async (t) => {
  const { ann, addAsset, ask, find } = await startSearch(t);
  const plain = addAsset(ann.id);
  const albumId = (await ask(ann, 'POST', '/albums', { albumName: 'A' })).json.id as string;
  const many = Array.from({ length: 50 }, () => randomUUID());
  const lists = { all: many, any: many, none: many };
  const albums = { none: Array.from({ length: 50 }, () => albumId) };
  const branch = { personIds: lists, tagIds: lists, albumIds: albums };
  const others = { none: many };
  const or = [
    ...Array.from({ length: 9 }, () => branch),
    { personIds: others, tagIds: others, albumIds: albums },
  ];
  assert.deepEqual(await find({ filter: { personIds: others, tagIds: others, albumIds: albums, or } }), [
    plain,
  ]);
  const thousand = Array.from({ length: 1000 }, () => randomUUID());
  assert.deepEqual(await find({ personIds: thousand, tagIds: thousand }), []);
});
