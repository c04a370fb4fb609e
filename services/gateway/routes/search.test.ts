import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { NOON, startTestLibrary } from '#test/fixtures/library';

const idsOf = ({ json }: { json: { assets: { items: { id: string }[] } } }) =>
  json.assets.items.map(({ id }) => id);

test('pages follow each other without gaps or repeats and end', async (t) => {
  const { ann, addAsset, ask } = await startTestLibrary(t);
  // Many of one moment, as bursts are.
  const all = Array.from({ length: 23 }, (_, at) =>
    addAsset(ann.id, { captured_at: NOON - Math.floor(at / 7) * 1000 }),
  );
  const walk = async (body: object, direct: boolean) => {
    const seen: string[] = [];
    let page: string | null = '1';
    while (page !== null) {
      const answer = await ask(ann, 'POST', '/search/metadata', {
        ...body,
        size: 5,
        page: Number(page),
        // Another search each time, so that no page knows where the one before ended.
        ...(direct ? { takenAfter: new Date(Number(page)).toISOString() } : {}),
      });
      assert.equal(answer.status, 200);
      assert.equal(answer.json.assets.nextCursor === null, answer.json.assets.nextPage === null);
      seen.push(...idsOf(answer));
      page = answer.json.assets.nextPage;
    }
    return seen;
  };
  const newest = await walk({}, false);
  assert.deepEqual(new Set(newest), new Set(all));
  assert.equal(newest.length, 23);
  assert.deepEqual(await walk({}, true), newest);
  assert.deepEqual(await walk({ order: 'asc' }, false), newest.toReversed());
  const beyond = await ask(ann, 'POST', '/search/metadata', { page: 9, size: 5 });
  assert.deepEqual([beyond.json.assets.items, beyond.json.assets.nextPage], [[], null]);
});

test('each filter finds what it names', async (t) => {
  const { ann, bob, addAsset, ask } = await startTestLibrary(t);
  const checksum = Buffer.alloc(20, 7);
  const video = addAsset(ann.id, { type: 'VIDEO', visibility: 'hidden' });
  const id = addAsset(ann.id, {
    captured_at: Date.UTC(2020, 1, 2),
    created_at: Date.UTC(2021, 1, 2),
    updated_at: Date.UTC(2022, 1, 2),
    city: 'München',
    state: 'Bavaria',
    country: 'Germany',
    make: 'Canon',
    model: 'EOS R6',
    lens_model: 'RF 50',
    description: 'Käse_100% im Übrigen',
    original_name: 'IMG_4711.HEIC',
    rating: 4,
    is_favorite: 1,
    visibility: 'archive',
    live_video_id: video,
    checksum: checksum.toString('base64'),
  });
  const album = (await ask(ann, 'POST', '/albums', { albumName: 'A', assetIds: [id] })).json.id;
  const plain = addAsset(ann.id);
  addAsset(bob.id, { city: 'München', make: 'Canon' });
  const find = async (body: object) => idsOf(await ask(ann, 'POST', '/search/metadata', body));
  const only: object[] = [
    { id },
    { checksum: checksum.toString('hex') },
    { checksum: checksum.toString('base64') },
    { city: 'München' },
    { state: 'Bavaria', country: 'Germany' },
    { make: 'Canon', model: 'EOS R6', lensModel: 'RF 50' },
    { description: 'käse_100%' },
    { description: 'ÜBRIGEN' },
    { description: 'u\u0308brigen' },
    { originalFileName: 'img_4711' },
    { rating: 4 },
    { isFavorite: true },
    { isMotion: true },
    { visibility: 'archive' },
    { takenBefore: '2020-06-01T00:00:00Z' },
    { takenAfter: '2020-01-01T00:00:00+02:00', takenBefore: '2020-03-01T00:00:00Z' },
    { createdBefore: '2021-06-01T00:00:00Z' },
    { updatedAfter: '2022-01-01T00:00:00Z', updatedBefore: '2022-12-01T00:00:00Z' },
    { albumIds: [album] },
    { isNotInAlbum: false },
    { type: 'IMAGE', isNotInAlbum: false },
  ];
  for (const body of only) assert.deepEqual(await find(body), [id], JSON.stringify(body));
  const none: object[] = [
    { city: 'Munchen' },
    { description: 'Käse1100' },
    { description: 'Kase' },
    { personIds: [randomUUID()] },
    { tagIds: [randomUUID()] },
    { ocr: 'text' },
    { isEncoded: true },
    { isOffline: true },
    { libraryId: randomUUID() },
    { type: 'AUDIO' },
  ];
  for (const body of none) assert.deepEqual(await find(body), [], JSON.stringify(body));
  const rest = new Set([plain, video]);
  for (const body of [
    { city: null },
    { make: null, rating: null },
    { isFavorite: false },
    { isMotion: false },
  ])
    assert.deepEqual(new Set(await find(body)), rest, JSON.stringify(body));
  assert.equal((await find({ tagIds: null, libraryId: null, isEncoded: false })).length, 3);
  assert.equal((await ask(ann, 'POST', '/search/metadata', { albumIds: [randomUUID()] })).status, 400);
});

test('pages of a shared album hold the photos of all who gave some', async (t) => {
  const { ann, bob, addAsset, ask } = await startTestLibrary(t);
  const give = (who: typeof ann, shift: number) =>
    Array.from({ length: 4 }, (_, at) => addAsset(who.id, { captured_at: NOON - 2 * at - shift }));
  const [anns, bobs] = [give(ann, 0), give(bob, 1)];
  const albumUsers = [{ userId: bob.id, role: 'editor' }];
  const album = (await ask(ann, 'POST', '/albums', { albumName: 'x', assetIds: anns, albumUsers })).json.id;
  await ask(bob, 'PUT', `/albums/${album}/assets`, { ids: bobs });
  const page = async (number: number) =>
    idsOf(await ask(bob, 'POST', '/search/metadata', { albumIds: [album], size: 3, page: number }));
  const expected = anns.flatMap((id, at) => [id, bobs[at]]);
  assert.deepEqual([...(await page(1)), ...(await page(2)), ...(await page(3))], expected);
});

test('filters together find what fits all of them, near and far', async (t) => {
  const { ann, db, addAsset, ask } = await startTestLibrary(t);
  db.exec('BEGIN');
  for (let index = 0; index < 3100; index++) addAsset(ann.id, { city: 'Berlin', model: 'R6' });
  const far = { captured_at: NOON - 1e9, city: 'Berlin', model: 'R6', rating: 5 };
  const wanted = [addAsset(ann.id, far), addAsset(ann.id, { ...far, captured_at: NOON - 2e9 })];
  db.exec('COMMIT');
  const find = async (body: object) => {
    const { json } = await ask(ann, 'POST', '/search/metadata', body);
    return { count: json.assets.count, next: json.assets.nextPage, first: json.assets.items[0]?.id };
  };
  // Row by row from the newest, these lie beyond what is looked at first.
  assert.deepEqual(await find({ rating: 5 }), { count: 2, next: null, first: wanted[0] });
  assert.deepEqual(await find({ rating: 5, size: 1 }), { count: 1, next: '2', first: wanted[0] });
  assert.deepEqual(await find({ rating: 5, size: 1, page: 2 }), { count: 1, next: null, first: wanted[1] });
  assert.deepEqual(await find({ city: 'Berlin', model: 'R6', rating: 5 }), {
    count: 2,
    next: null,
    first: wanted[0],
  });
  assert.deepEqual((await find({ type: 'IMAGE', size: 10 })).next, '2');
});

test('the trash is searched only when it is asked for', async (t) => {
  const { ann, addAsset, ask } = await startTestLibrary(t);
  const here = addAsset(ann.id);
  const gone = addAsset(ann.id, { trashed_at: NOON });
  const find = async (body: object) => new Set(idsOf(await ask(ann, 'POST', '/search/metadata', body)));
  assert.deepEqual(await find({}), new Set([here]));
  assert.deepEqual(await find({ withDeleted: true }), new Set([here, gone]));
  assert.deepEqual(await find({ trashedAfter: '2000-01-01T00:00:00Z' }), new Set([gone]));
});

test('an answer carries what was asked for and leaves out the rest', async (t) => {
  const { ann, addAsset, ask } = await startTestLibrary(t);
  addAsset(ann.id);
  const bare = await ask(ann, 'POST', '/search/metadata', {});
  assert.ok(!('exifInfo' in bare.json.assets.items[0]) && !('stack' in bare.json.assets.items[0]));
  const body = { withExif: true, withPeople: true, withStacked: true };
  const full = await ask(ann, 'POST', '/search/metadata', body);
  assert.equal(full.json.assets.items[0].exifInfo.fileSizeInByte, 1000);
  assert.deepEqual(full.json.assets.items[0].people, []);
  assert.equal(full.json.assets.items[0].stack, null);
  assert.equal(full.json.assets.total, 1);
});

test('a random choice finds as many as there are, also when they are few among many', async (t) => {
  const { ann, bob, addAsset, ask } = await startTestLibrary(t);
  for (let index = 0; index < 300; index++) addAsset(bob.id);
  const mine = Array.from({ length: 3 }, () => addAsset(ann.id));
  const { json } = await ask(ann, 'POST', '/search/random', { size: 50 });
  assert.deepEqual(new Set(json.map(({ id }: { id: string }) => id)), new Set(mine));
  const some = await ask(bob, 'POST', '/search/random', { size: 10 });
  assert.equal(new Set(some.json.map(({ id }: { id: string }) => id)).size, 10);
  const album = (await ask(ann, 'POST', '/albums', { albumName: 'x', assetIds: [mine[1]] })).json.id;
  const chosen = await ask(ann, 'POST', '/search/random', { size: 5, albumIds: [album] });
  assert.deepEqual(chosen.json[0].id, mine[1]);
});

test('counting, and finding what takes most space', async (t) => {
  const { ann, addAsset, ask } = await startTestLibrary(t);
  addAsset(ann.id, { original_bytes: 10 });
  const large = addAsset(ann.id, { original_bytes: 5_000_000_000, type: 'VIDEO' });
  const middle = addAsset(ann.id, { original_bytes: 4000 });
  assert.deepEqual((await ask(ann, 'POST', '/search/statistics', {})).json, { total: 3 });
  assert.deepEqual((await ask(ann, 'POST', '/search/statistics', { type: 'VIDEO' })).json, { total: 1 });
  const { json } = await ask(ann, 'POST', '/search/large-assets?minFileSize=1000&size=5');
  assert.deepEqual(
    json.map(({ id }: { id: string }) => id),
    [large, middle],
  );
});

test('suggestions are what the library has, narrowed by what was chosen', async (t) => {
  const { ann, bob, addAsset, ask } = await startTestLibrary(t);
  addAsset(ann.id, { country: 'Germany', state: 'Bavaria', city: 'München', make: 'Canon', model: 'R6' });
  addAsset(ann.id, { country: 'Germany', state: 'Berlin', city: 'Berlin', make: 'Apple', model: 'iPhone' });
  addAsset(ann.id, { country: 'Japan', city: 'Kyoto', trashed_at: NOON });
  const unplaced = addAsset(ann.id);
  addAsset(bob.id, { country: 'France' });
  const suggest = async (query: string) => (await ask(ann, 'GET', `/search/suggestions?${query}`)).json;
  assert.deepEqual(await suggest('type=country'), ['Germany']);
  assert.deepEqual(await suggest('type=country&includeNull=true'), ['Germany', null]);
  assert.deepEqual(await suggest('type=city&country=Germany&state=Berlin'), ['Berlin']);
  assert.deepEqual(await suggest('type=camera-make'), ['Apple', 'Canon']);
  assert.deepEqual(await suggest('type=camera-model&make=Canon'), ['R6']);
  assert.deepEqual(await suggest('type=camera-lens-model'), []);
  await ask(ann, 'DELETE', '/assets', { ids: [unplaced] });
  assert.deepEqual(await suggest('type=country&includeNull=true'), ['Germany']);
  await ask(ann, 'POST', '/trash/restore');
  assert.deepEqual(await suggest('type=country&includeNull=true'), ['Germany', 'Japan', null]);
  assert.equal((await ask(ann, 'GET', '/search/suggestions?type=colour')).status, 400);
});

test('each city is shown by its newest photo, the fullest first on the explore page', async (t) => {
  const { ann, addAsset, ask } = await startTestLibrary(t);
  addAsset(ann.id, { city: 'Aachen' });
  addAsset(ann.id, { city: 'Berlin', captured_at: NOON - 1 });
  const newest = addAsset(ann.id, { city: 'Berlin', captured_at: NOON });
  addAsset(ann.id, { city: 'Berlin', captured_at: NOON + 1, trashed_at: NOON });
  const cities = await ask(ann, 'GET', '/search/cities');
  assert.deepEqual(
    cities.json.map(({ exifInfo }: { exifInfo: { city: string } }) => exifInfo.city),
    ['Aachen', 'Berlin'],
  );
  const { json } = await ask(ann, 'GET', '/search/explore');
  assert.equal(json[0].fieldName, 'exifInfo.city');
  assert.deepEqual(
    json[0].items.map(({ value }: { value: string }) => value),
    ['Berlin', 'Aachen'],
  );
  assert.equal(json[0].items[0].data.id, newest);
});

test('the explore page ends with what arrived last in the timeline, at most twelve', async (t) => {
  const { ann, bob, addAsset, ask } = await startTestLibrary(t);
  const ids = Array.from({ length: 14 }, (_, at) => addAsset(ann.id, { created_at: NOON - at * 1000 }));
  addAsset(ann.id, { created_at: NOON + 1, visibility: 'locked' });
  addAsset(ann.id, { created_at: NOON + 1, visibility: 'hidden' });
  addAsset(ann.id, { created_at: NOON + 1, trashed_at: NOON });
  addAsset(bob.id, { created_at: NOON + 1 });
  const { json } = await ask(ann, 'GET', '/search/explore');
  assert.deepEqual(
    json.map(({ fieldName }: { fieldName: string }) => fieldName),
    ['createdAt'],
  );
  assert.deepEqual(
    json[0].items.map(({ data }: { data: { id: string } }) => data.id),
    ids.slice(0, 12),
  );
  assert.equal(json[0].items[0].value, new Date(NOON).toISOString());
});

test('smart search says that this box has none', async (t) => {
  const { ann, ask } = await startTestLibrary(t);
  const { status, json } = await ask(ann, 'POST', '/search/smart', { query: 'a dog' });
  assert.deepEqual([status, json.code], [400, 'search_unavailable']);
});
