import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryDays } from '#catalog/memory-days';
import { NOON, startTestLibrary } from '#test/fixtures/library';

const DAY_MS = 86_400_000;
/** Noon of the same day so many years ago. */
const yearsAgo = (years: number): number => new Date(NOON).setUTCFullYear(2024 - years);

test('the memories of a day are those of past years, with their photos in sight', async (t) => {
  const { ann, bob, addAsset, ask, db } = await startTestLibrary(t);
  const [early, late] = [yearsAgo(2), yearsAgo(2) + 3600_000];
  const second = addAsset(ann.id, { captured_at: late });
  const first = addAsset(ann.id, { captured_at: early });
  addAsset(ann.id, { captured_at: yearsAgo(1) });
  addAsset(ann.id, { captured_at: NOON });
  addAsset(ann.id, { captured_at: yearsAgo(3) + 2 * DAY_MS });
  memoryDays(db).makeMemories(NOON);
  const list = async (who: typeof ann, query: string) => (await ask(who, 'GET', `/memories?${query}`)).json;
  const [last, before, ...none] = await list(ann, 'for=2024-05-20');
  assert.deepEqual(none, []);
  assert.deepEqual([last.data, before.data], [{ year: 2023 }, { year: 2022 }]);
  const { id, createdAt: _, updatedAt: __, assets, ...rest } = before;
  assert.deepEqual(rest, {
    ownerId: ann.id,
    type: 'on_this_day',
    data: { year: 2022 },
    memoryAt: '2022-05-20T00:00:00.000Z',
    showAt: '2024-05-20T00:00:00.000Z',
    hideAt: '2024-05-20T23:59:59.999Z',
    isSaved: false,
  });
  assert.deepEqual(
    assets.map((asset: { id: string }) => asset.id),
    [first, second],
  );
  assert.deepEqual(
    (await list(ann, 'for=2024-05-22T08:00:00.000Z')).map(({ data }: { data: object }) => data),
    [{ year: 2021 }],
  );
  assert.equal((await list(ann, '')).length, 3);
  assert.equal((await list(ann, 'isUpcoming=true')).length, 1);
  assert.equal((await list(ann, 'size=2&page=2')).length, 1);
  assert.deepEqual(await list(bob, 'for=2024-05-20'), []);
  assert.deepEqual((await ask(ann, 'GET', '/memories/statistics')).json, { total: 3 });
  assert.equal((await ask(ann, 'GET', '/memories?for=2024-99-99')).status, 400);
  assert.equal((await ask(bob, 'GET', `/memories/${id}`)).status, 400);
});

test('a memory is seen, kept, and deleted so that it does not come back', async (t) => {
  const { ann, bob, addAsset, ask, db } = await startTestLibrary(t);
  addAsset(ann.id, { captured_at: yearsAgo(1) });
  const days = memoryDays(db);
  days.makeMemories(NOON);
  const [{ id }] = (await ask(ann, 'GET', '/memories')).json;
  assert.equal((await ask(bob, 'PUT', `/memories/${id}`, { isSaved: true })).status, 400);
  const seenAt = '2024-05-20T09:00:00.000Z';
  const { json } = await ask(ann, 'PUT', `/memories/${id}`, { isSaved: true, seenAt });
  assert.deepEqual([json.isSaved, json.seenAt], [true, seenAt]);
  assert.equal((await ask(ann, 'GET', '/memories?isSaved=true')).json.length, 1);
  assert.equal((await ask(bob, 'DELETE', `/memories/${id}`)).status, 400);
  assert.equal((await ask(ann, 'DELETE', `/memories/${id}`)).status, 204);
  days.makeMemories(NOON);
  assert.deepEqual((await ask(ann, 'GET', '/memories')).json, []);
  assert.equal((await ask(ann, 'GET', `/memories/${id}`)).status, 400);
  assert.equal((await ask(ann, 'GET', '/memories?isTrashed=true')).json[0].id, id);
});

test('a memory is made by hand, gains photos and loses them', async (t) => {
  const { ann, bob, addAsset, ask } = await startTestLibrary(t);
  const [a, b, others] = [addAsset(ann.id), addAsset(ann.id), addAsset(bob.id)];
  const body = { type: 'on_this_day', data: { year: 2020 }, memoryAt: '2020-05-20T00:00:00.000Z' };
  const made = await ask(ann, 'POST', '/memories', { ...body, assetIds: [a, others], isSaved: true });
  assert.equal(made.status, 201);
  assert.deepEqual(
    made.json.assets.map(({ id }: { id: string }) => id),
    [a],
  );
  assert.equal((await ask(ann, 'POST', '/memories', body)).status, 400);
  const leap = { ...body, memoryAt: '2020-06-30T23:59:60.000Z' };
  assert.equal((await ask(ann, 'POST', '/memories', leap)).status, 400);
  assert.equal((await ask(bob, 'POST', '/memories', body)).status, 201);
  const path = `/memories/${made.json.id}/assets`;
  assert.equal((await ask(bob, 'PUT', path, { ids: [others] })).status, 400);
  assert.deepEqual((await ask(ann, 'PUT', path, { ids: [a, b, others] })).json, [
    { id: a, success: false, error: 'duplicate' },
    { id: b, success: true },
    { id: others, success: false, error: 'no_permission' },
  ]);
  assert.deepEqual((await ask(ann, 'DELETE', path, { ids: [a, others] })).json, [
    { id: a, success: true },
    { id: others, success: false, error: 'not_found' },
  ]);
  const shown = await ask(ann, 'GET', `/memories/${made.json.id}`);
  assert.deepEqual(
    shown.json.assets.map(({ id }: { id: string }) => id),
    [b],
  );
});

test('what is locked or in the trash is in no memory, and a memory of nothing else is none', async (t) => {
  const { ann, addAsset, ask, db } = await startTestLibrary(t);
  const ids = [0, 1, 2].map((hour) => addAsset(ann.id, { captured_at: yearsAgo(1) + hour * 3600_000 }));
  memoryDays(db).makeMemories(NOON);
  const shown = async () =>
    (await ask(ann, 'GET', '/memories?for=2024-05-20')).json.map(
      ({ assets }: { assets: unknown[] }) => assets.length,
    );
  assert.deepEqual(await shown(), [3]);
  await ask(ann, 'PUT', '/assets', { ids: [ids[0]], visibility: 'locked' });
  assert.deepEqual(await shown(), [2]);
  db.prepare('UPDATE session SET elevated_until = ?').run(Number.MAX_SAFE_INTEGER);
  assert.deepEqual(await shown(), [2]);
  await ask(ann, 'DELETE', '/assets', { ids: [ids[1]] });
  await ask(ann, 'PUT', '/assets', { ids: [ids[2]], visibility: 'locked' });
  assert.deepEqual(await shown(), []);
  assert.deepEqual((await ask(ann, 'GET', '/memories/statistics')).json, { total: 0 });
});
