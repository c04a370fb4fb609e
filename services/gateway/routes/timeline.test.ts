import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { Compile } from 'typebox/compile';
import { timelineQueries } from '#catalog/timeline';
import { TimelineBucket } from '#contract/timeline';
import { NOON, startTestLibrary } from '#test/fixtures/library';

const bucketSchema = Compile(TimelineBucket);
const HOUR = 3_600_000;

test('a month is columns of equal length that say what a tile needs', async (t) => {
  const { ann, addAsset, ask } = await startTestLibrary(t);
  const capturedAt = Date.UTC(2024, 4, 1, 23, 30, 15, 7);
  const video = addAsset(ann.id, { type: 'VIDEO', visibility: 'hidden' });
  const id = addAsset(ann.id, {
    captured_at: capturedAt,
    local_at: capturedAt + 5.5 * HOUR,
    width_px: 4032,
    height_px: 3024,
    is_favorite: 1,
    visibility: 'archive',
    thumbhash: '1QcSHQRnh493V4dIh4eXh1h4kJUI',
    live_video_id: video,
    city: 'Saint-"Denis"\n',
    country: 'France',
    latitude: -20.5,
    longitude: 55.25,
    projection_type: 'EQUIRECTANGULAR',
  });
  const { status, json } = await ask(
    ann,
    'GET',
    '/timeline/bucket?timeBucket=2024-05-01T00:00:00.000Z&withCoordinates=true&withStacked=true',
  );
  assert.equal(status, 200);
  assert.ok(bucketSchema.Check(json));
  assert.deepEqual(json, {
    id: [id],
    ownerId: [ann.id],
    ratio: [1.333],
    isFavorite: [true],
    visibility: ['archive'],
    isTrashed: [false],
    isImage: [true],
    thumbhash: ['1QcSHQRnh493V4dIh4eXh1h4kJUI'],
    fileCreatedAt: ['2024-05-01T23:30:15.007Z'],
    createdAt: [new Date(NOON).toISOString()],
    localOffsetHours: [5.5],
    duration: [null],
    projectionType: ['EQUIRECTANGULAR'],
    livePhotoVideoId: [video],
    city: ['Saint-"Denis"\n'],
    country: ['France'],
    latitude: [-20.5],
    longitude: [55.25],
    stack: [null],
  });
  // Its wall clock is in May: an hour count of months and of their content must agree.
  assert.deepEqual((await ask(ann, 'GET', '/timeline/buckets')).json, [
    { timeBucket: '2024-05-01', count: 1 },
  ]);
});

test('within a month days follow the wall clock and moments of a day the real order', async (t) => {
  const { ann, addAsset, ask } = await startTestLibrary(t);
  const day = Date.UTC(2024, 4, 10);
  const at = (local: number, captured: number) =>
    addAsset(ann.id, { local_at: day + local * HOUR, captured_at: day + captured * HOUR });
  // Tokyo's morning of the 10th, Berlin's evening of the 9th (later in truth), Berlin's noon of the 10th.
  const tokyo = at(8, -1);
  const berlinEvening = at(-1, -3 + 3);
  const berlinNoon = at(12, 10);
  const order = async (query: string) =>
    (await ask(ann, 'GET', `/timeline/bucket?timeBucket=2024-05-01${query}`)).json.id;
  assert.deepEqual(await order(''), [berlinNoon, tokyo, berlinEvening]);
  assert.deepEqual(await order('&order=asc'), [berlinEvening, tokyo, berlinNoon]);
});

test('photos from before 1970 and videos are in their month too', async (t) => {
  const { ann, addAsset, ask } = await startTestLibrary(t);
  const at = Date.UTC(1955, 11, 31, 23, 59, 59, 999);
  addAsset(ann.id, { captured_at: at, local_at: at, type: 'VIDEO', duration_ms: 1500 });
  assert.deepEqual((await ask(ann, 'GET', '/timeline/buckets')).json, [
    { timeBucket: '1955-12-01', count: 1 },
  ]);
  const { json } = await ask(ann, 'GET', '/timeline/bucket?timeBucket=1955-12-01');
  assert.deepEqual(json.fileCreatedAt, ['1955-12-31T23:59:59.999Z']);
  assert.deepEqual([json.duration, json.isImage, json.ratio], [[1500], [false], [1]]);
});

test('months and what is in them agree for every filter', async (t) => {
  const { ann, addAsset, ask } = await startTestLibrary(t);
  const months = [Date.UTC(2023, 10, 15), Date.UTC(2023, 11, 31, 23), Date.UTC(2024, 0, 1)];
  let number = 0;
  for (const captured_at of months)
    for (const visibility of ['timeline', 'archive', 'hidden'])
      for (const is_favorite of [0, 1])
        for (const trashed_at of [null, NOON])
          addAsset(ann.id, {
            captured_at,
            visibility,
            is_favorite,
            trashed_at,
            created_at: months[number++ % 3]!,
            latitude: 50,
            longitude: number % 2 ? 179 : -179,
          });
  const filters = [
    '',
    'visibility=timeline',
    'visibility=archive&isFavorite=true',
    'visibility=hidden',
    'isFavorite=false',
    'isTrashed=true',
    'isTrashed=false&withStacked=true',
    'orderBy=createdAt',
    'orderBy=createdAt&order=asc',
    'bbox=170,40,-170,60',
    'bbox=170,40,180,60',
    'withPartners=true&visibility=timeline',
  ];
  for (const filter of filters) {
    const { status, json: buckets } = await ask(ann, 'GET', `/timeline/buckets?${filter}`);
    assert.equal(status, 200, filter);
    assert.ok(buckets.length > 0, filter);
    for (const { timeBucket, count } of buckets) {
      const { json } = await ask(ann, 'GET', `/timeline/bucket?timeBucket=${timeBucket}&${filter}`);
      assert.equal(json.id.length, count, filter);
      assert.ok(bucketSchema.Check(json), filter);
    }
  }
  const ordered = await ask(ann, 'GET', '/timeline/buckets?order=asc');
  assert.deepEqual(
    ordered.json.map(({ timeBucket }: { timeBucket: string }) => timeBucket),
    ['2023-11-01', '2023-12-01', '2024-01-01'],
  );
  assert.deepEqual((await ask(ann, 'GET', '/timeline/buckets?bbox=0,0,10,10')).json, []);
});

test('questions that make no sense or concern others are refused', async (t) => {
  const { ann, bob, addAsset, ask } = await startTestLibrary(t);
  addAsset(ann.id);
  for (const query of [
    'withPartners=true',
    'withPartners=true&visibility=timeline&isFavorite=true',
    'withPartners=true&visibility=timeline&isTrashed=true',
    `userId=${bob.id}`,
    `albumId=${randomUUID()}`,
    `personId=${randomUUID()}`,
    `tagId=${randomUUID()}`,
    'bbox=1,2,3',
    'visibility=everything',
  ])
    assert.equal((await ask(ann, 'GET', `/timeline/buckets?${query}`)).status, 400, query);
  assert.equal((await ask(ann, 'GET', '/timeline/bucket?timeBucket=2024-99-01')).status, 400);
  assert.deepEqual((await ask(ann, 'GET', `/timeline/buckets?userId=${ann.id}`)).json.length, 1);
});

test('a month of a large album is the same as of a small one', async (t) => {
  const { ann, bob, db, addAsset } = await startTestLibrary(t);
  const may = Date.UTC(2024, 4, 1);
  db.prepare(`INSERT INTO album (id, name, created_at, updated_at) VALUES ('a', 'A', 0, 0)`).run();
  for (let at = 0; at < 40; at++) {
    const id = addAsset(at % 2 === 0 ? ann.id : bob.id, {
      local_at: may + (at - 5) * 24 * HOUR,
      captured_at: may + ((at * 7) % 40) * 24 * HOUR,
      created_at: may + ((at * 11) % 40) * 24 * HOUR,
      visibility: ['timeline', 'archive', 'locked', 'timeline', 'hidden'][at % 5]!,
      trashed_at: at % 7 === 0 ? NOON : null,
    });
    if (at % 3 !== 0)
      db.prepare(`INSERT INTO album_asset (album_id, asset_id, added_at) VALUES ('a', ?, 0)`).run(id);
  }
  const { readMonth } = timelineQueries(db);
  for (const basis of ['taken', 'created'] as const)
    for (const order of ['asc', 'desc'] as const)
      for (const visibility of [undefined, 'archive'] as const) {
        const viewer = { userId: ann.id, isElevated: 0 } as const;
        const month = {
          viewer,
          albumId: 'a',
          basis,
          order,
          month: '2024-05-01',
          ...(visibility && { visibility }),
        };
        const small = JSON.parse(readMonth(month));
        assert.ok(small.id.length > 2);
        assert.deepEqual(JSON.parse(readMonth({ ...month, isLargeAlbum: true })), small);
      }
});
