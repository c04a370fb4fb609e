import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RequestProblem } from './api.ts';
import type { MonthCount } from './calls/timeline.ts';
import { findNeighbours, type GridAsset, type PhotoGroup } from './photo-source.ts';
import { createTimeline } from './timeline.ts';

function asset(id: string, thumbhash: string | null = 'hash'): GridAsset {
  return {
    id,
    ownerId: '',
    isFavorite: false,
    livePhotoVideoId: null,
    stackCount: 0,
    ratio: 1.5,
    isImage: true,
    thumbhash,
    fileCreatedAt: '2024-05-01T00:00:00.000Z',
    localOffsetHours: 0,
    durationMs: null,
  };
}

/** A box with these months; `asked` lists the months that were fetched. */
function openBox(library: Record<string, GridAsset[]>) {
  const asked: string[] = [];
  return {
    library,
    asked,
    months: async (): Promise<MonthCount[]> =>
      Object.entries(library).map(([timeBucket, assets]) => ({ timeBucket, count: assets.length })),
    month: async (timeBucket: string): Promise<GridAsset[]> => {
      asked.push(timeBucket);
      return library[timeBucket] ?? [];
    },
  };
}

/** Lets promises that are already settled run on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('a month is fetched once, when it is needed', async () => {
  const box = openBox({ '2024-05-01': [asset('a')], '2024-04-01': [asset('b')] });
  const timeline = createTimeline(box);
  await timeline.refresh(new Set());
  timeline.ensure('2024-05-01');
  timeline.ensure('2024-05-01');
  await settle();
  timeline.ensure('2024-05-01');
  assert.deepEqual(box.asked, ['2024-05-01']);
  const [may, april] = timeline.state.get().groups!;
  assert.deepEqual(
    may?.assets?.map(({ id }) => id),
    ['a'],
  );
  assert.equal(april?.assets, undefined);
});

test('after a refresh only months that changed are stale, and they keep what they show', async () => {
  const box = openBox({
    '2024-05-01': [asset('a')],
    '2024-04-01': [asset('b')],
    '2024-03-01': [asset('c', null)],
  });
  const timeline = createTimeline(box);
  await timeline.refresh(new Set());
  for (const key of Object.keys(box.library)) timeline.ensure(key);
  await settle();
  box.library['2024-05-01'] = [asset('new'), asset('a')];
  // March has as many as before, but its thumbnail was announced.
  await timeline.refresh(new Set(['2024-03-01']));
  const months = timeline.state.get().groups!;
  assert.deepEqual(
    months.map(({ isStale }) => isStale),
    [true, false, true],
  );
  assert.deepEqual(
    months[0]?.assets?.map(({ id }) => id),
    ['a'],
  );
});

test('a month that fails says why, is not asked for again by scrolling, and comes with a retry', async () => {
  const box = openBox({ '2024-05-01': [asset('a')] });
  let isBroken = true;
  const timeline = createTimeline({
    months: box.months,
    month: async (key) => {
      if (isBroken) {
        box.asked.push(key);
        throw new RequestProblem(503, 'The box is busy.');
      }
      return box.month(key);
    },
  });
  await timeline.refresh(new Set());
  timeline.ensure('2024-05-01');
  await settle();
  timeline.ensure('2024-05-01');
  assert.equal(timeline.state.get().groups?.[0]?.problem, 'The box is busy.');
  assert.equal(box.asked.length, 1);
  isBroken = false;
  timeline.retry('2024-05-01');
  await settle();
  assert.equal(timeline.state.get().groups?.[0]?.problem, undefined);
  assert.equal(timeline.state.get().groups?.[0]?.assets?.length, 1);
});

test('events in quick succession cost one look at the months', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const box = openBox({ '2024-05-01': [asset('a')] });
  let looks = 0;
  const timeline = createTimeline({
    month: box.month,
    months: () => {
      looks += 1;
      return box.months();
    },
  });
  for (let event = 0; event < 50; event += 1) timeline.refreshSoon('2024-05-01');
  t.mock.timers.tick(10_000);
  await settle();
  assert.equal(looks, 1);
});

test('photos that had nothing to show are asked for again when the box can be heard, and no others', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const box = openBox({ '2024-05-01': [asset('a')], '2024-04-01': [asset('b', null)] });
  const timeline = createTimeline(box);
  await timeline.refresh(new Set());
  for (const key of Object.keys(box.library)) timeline.ensure(key);
  await settle();
  box.library['2024-04-01'] = [asset('b')];
  timeline.refreshSoon('unready');
  t.mock.timers.tick(5000);
  await settle();
  const stale = timeline.state.get().groups?.filter(({ isStale }) => isStale);
  assert.deepEqual(
    stale?.map(({ key }) => key),
    ['2024-04-01'],
  );
});

test('an event that arrives while the months are being fetched is not lost', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const box = openBox({ '2024-05-01': [asset('a')] });
  let looks = 0;
  const timeline = createTimeline({
    month: box.month,
    months: () => {
      looks += 1;
      if (looks === 1) timeline.refreshSoon();
      return box.months();
    },
  });
  timeline.refreshSoon();
  t.mock.timers.tick(10_000);
  await settle();
  t.mock.timers.tick(10_000);
  await settle();
  assert.equal(looks, 2);
});

test('neighbours are found across the border of two months', () => {
  const months: PhotoGroup[] = [
    { key: '2024-05-01', count: 2, isStale: false, assets: [asset('a'), asset('b')] },
    { key: '2024-04-01', count: 1, isStale: false, assets: [asset('c')] },
    { key: '2024-03-01', count: 9, isStale: true },
  ];
  assert.equal(findNeighbours(months, 'b').newer?.id, 'a');
  assert.equal(findNeighbours(months, 'b').older?.id, 'c');
  assert.equal(findNeighbours(months, 'c').newer?.id, 'b');
  assert.equal(findNeighbours(months, 'c').older, undefined);
  assert.equal(findNeighbours(months, 'a').newer, undefined);
  assert.deepEqual(findNeighbours(months, 'elsewhere'), {});
});

test('lists far from what is looked at are let go of when very many are kept, and come back when they are needed', async () => {
  const many = (name: string) => Array.from({ length: 12_000 }, (_, index) => asset(`${name}${index}`));
  const keys = ['2024-05-01', '2024-04-01', '2024-03-01', '2024-02-01'];
  const box = openBox(Object.fromEntries(keys.map((key) => [key, many(key)])));
  const timeline = createTimeline(box);
  await timeline.refresh(new Set());
  for (const key of keys) timeline.ensure(key);
  await settle();
  timeline.keepNear(['2024-02-01']);
  const kept = timeline.state.get().groups!.map(({ assets }) => assets !== undefined);
  assert.deepEqual(kept, [false, false, false, true]);
  timeline.ensure('2024-05-01');
  await settle();
  assert.equal(timeline.state.get().groups![0]!.assets?.length, 12_000);
});
