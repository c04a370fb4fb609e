import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestLibrary } from '#test/fixtures/library';

test('each day of the time asked for has its count, in UTC days', async (t) => {
  const { ann, bob, ask, addAsset } = await startTestLibrary(t);
  const taken = (local_at: number, columns = {}) => addAsset(ann.id, { local_at, ...columns });
  taken(Date.UTC(2024, 1, 28, 23, 59, 59, 999));
  taken(Date.UTC(2024, 1, 29));
  taken(Date.UTC(2024, 1, 29, 12), { visibility: 'archive' });
  taken(Date.UTC(2024, 1, 29, 12), { visibility: 'hidden' });
  taken(Date.UTC(2024, 1, 29, 12), { visibility: 'locked' });
  taken(Date.UTC(2024, 1, 29, 12), { trashed_at: 1 });
  taken(Date.UTC(2024, 2, 2));
  const query = 'from=2024-02-28&to=2024-03-01T00:00:00.000Z&type=Taken';
  const { json } = await ask(ann, 'GET', `/users/me/calendar-heatmap?${query}`);
  assert.deepEqual(json, {
    from: '2024-02-28',
    to: '2024-03-01',
    totalCount: 3,
    series: [
      { date: '2024-02-28', count: 1 },
      { date: '2024-02-29', count: 2 },
      { date: '2024-03-01', count: 0 },
    ],
  });
  assert.deepEqual((await ask(ann, 'GET', `/admin/users/${ann.id}/calendar-heatmap?${query}`)).json, json);
  assert.equal((await ask(bob, 'GET', `/users/me/calendar-heatmap?${query}`)).json.totalCount, 0);
  assert.equal((await ask(bob, 'GET', `/admin/users/${ann.id}/calendar-heatmap`)).status, 403);

  const { json: uploads } = await ask(ann, 'GET', '/users/me/calendar-heatmap');
  assert.deepEqual([uploads.from, uploads.to, uploads.totalCount], ['2023-05-21', '2024-05-20', 4]);
  assert.equal(uploads.series.length, 366);
  assert.deepEqual(uploads.series.at(-1), { date: '2024-05-20', count: 4 });
  for (const wrong of ['from=2024-02-30', 'from=2024-01-02&to=2024-01-01', 'from=1900-01-01', 'type=Seen'])
    assert.equal((await ask(ann, 'GET', `/users/me/calendar-heatmap?${wrong}`)).status, 400, wrong);
});
