import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AssetColumns, NOON, openTestLibrary } from '#test/fixtures/library';
import { memoryChanges } from './memory-changes.ts';
import { memoryDays } from './memory-days.ts';
import { settingChanges } from './settings.ts';

const DAY_MS = 86_400_000;
const yearsAgo = (years: number): number => new Date(NOON).setUTCFullYear(2024 - years);

test('memories are made for the days around now, of every past year with photos in the timeline', (t) => {
  const { db, ann, addAsset } = openTestLibrary(t);
  const days = memoryDays(db);
  addAsset(ann.id, { captured_at: yearsAgo(30) });
  addAsset(ann.id, { captured_at: yearsAgo(1) - 3 * DAY_MS });
  addAsset(ann.id, { captured_at: yearsAgo(1) + 3 * DAY_MS });
  // Too far away, today, and what is not in the timeline.
  addAsset(ann.id, { captured_at: yearsAgo(1) + 4 * DAY_MS });
  addAsset(ann.id, { captured_at: NOON });
  const outOfSight: AssetColumns[] = [
    { visibility: 'archive' },
    { visibility: 'locked' },
    { trashed_at: NOON },
  ];
  for (const columns of outOfSight) addAsset(ann.id, { captured_at: yearsAgo(2), ...columns });
  days.makeMemories(NOON);
  const made = db.prepare('SELECT year, (show_at - ?) / 86400000 AS day FROM memory ORDER BY show_at');
  const expected = [
    { year: 2023, day: -3 },
    { year: 1994, day: 0 },
    { year: 2023, day: 3 },
  ];
  const today = NOON - (NOON % DAY_MS);
  assert.deepEqual(made.all(today), expected);
  const before = db.prepare('SELECT * FROM memory ORDER BY id').all();
  days.makeMemories(NOON + 1000);
  assert.deepEqual(db.prepare('SELECT * FROM memory ORDER BY id').all(), before);
});

test('the day is the one on the wall clock there', (t) => {
  const { db, ann, addAsset } = openTestLibrary(t);
  const evening = yearsAgo(1);
  addAsset(ann.id, { captured_at: evening + DAY_MS, local_at: evening });
  memoryDays(db).makeMemories(NOON);
  const memoryAt = db.prepare('SELECT memory_at FROM memory').pluck().all();
  assert.deepEqual(memoryAt, [evening - (evening % DAY_MS)]);
});

test('the 29th of February remembers only years that had one', (t) => {
  const { db, ann, addAsset } = openTestLibrary(t);
  addAsset(ann.id, { captured_at: Date.UTC(2020, 1, 29, 12) });
  addAsset(ann.id, { captured_at: Date.UTC(2023, 2, 1, 12) });
  memoryDays(db).makeMemories(Date.UTC(2024, 1, 29, 12));
  const rows = db.prepare('SELECT year, show_at FROM memory ORDER BY year').all();
  assert.deepEqual(rows, [
    { year: 2020, show_at: Date.UTC(2024, 1, 29) },
    { year: 2023, show_at: Date.UTC(2024, 2, 1) },
  ]);
});

test('photos that arrive later join, and one that was taken out does not come back', (t) => {
  const { db, ann, addAsset } = openTestLibrary(t);
  const days = memoryDays(db);
  const out = addAsset(ann.id, { captured_at: yearsAgo(1), updated_at: NOON - 1 });
  const stays = addAsset(ann.id, { captured_at: yearsAgo(1) + 1, updated_at: NOON - 1 });
  days.makeMemories(NOON);
  db.prepare('DELETE FROM memory_asset WHERE asset_id = ?').run(out);
  const late = addAsset(ann.id, { captured_at: yearsAgo(1) + 2, updated_at: NOON + 5 });
  days.makeMemories(NOON + 10);
  const assets = db.prepare('SELECT asset_id FROM memory_asset').pluck().all();
  assert.deepEqual(new Set(assets), new Set([stays, late]));
});

test('a full day is a few photos, favourites among them', (t) => {
  const { db, ann, addAsset } = openTestLibrary(t);
  const ids = Array.from({ length: 200 }, (_, at) =>
    addAsset(ann.id, { captured_at: yearsAgo(1) + at * 1000, is_favorite: at === 150 ? 1 : 0 }),
  );
  memoryDays(db).makeMemories(NOON);
  const chosen = new Set(db.prepare('SELECT asset_id FROM memory_asset').pluck().all());
  assert.equal(chosen.size, 30);
  assert.ok(chosen.has(ids[150]));
  // From the whole day, not from its first minutes.
  assert.ok(ids.slice(190).some((id) => chosen.has(id)));
});

test('a month later a memory goes unless it was kept; a wrong clock takes no kept one', (t) => {
  const { db, ann, addAsset } = openTestLibrary(t);
  const days = memoryDays(db);
  addAsset(ann.id, { captured_at: yearsAgo(1) });
  addAsset(ann.id, { captured_at: yearsAgo(2) });
  days.makeMemories(NOON);
  db.exec('UPDATE memory SET is_saved = 1 WHERE year = 2022');
  const years = () => db.prepare('SELECT year FROM memory ORDER BY year').pluck().all();
  days.makeMemories(NOON + 29 * DAY_MS);
  assert.deepEqual(years(), [2022, 2023]);
  // A clock that lost its battery, then one far ahead, then the right one again.
  days.makeMemories(0);
  assert.deepEqual(years(), [2022, 2023]);
  days.makeMemories(NOON + 4000 * DAY_MS);
  assert.deepEqual(years(), [2022]);
  days.makeMemories(NOON);
  assert.deepEqual(years(), [2022, 2023]);
});

test('a memory made by hand stays until it is deleted, and goes for good a month after', (t) => {
  const { db, ann } = openTestLibrary(t);
  const days = memoryDays(db);
  const changes = memoryChanges(db);
  const memory = { id: 'm', ownerId: ann.id, year: 2020, memoryAt: yearsAgo(4), isSaved: 0 };
  changes.create({ ...memory, showAt: null, hideAt: null, seenAt: null }, [], NOON);
  const count = () => db.prepare('SELECT count(*) FROM memory').pluck().get();
  days.makeMemories(NOON + 100 * DAY_MS);
  assert.equal(count(), 1);
  changes.delete('m', NOON);
  days.makeMemories(NOON + 30 * DAY_MS);
  assert.equal(count(), 1);
  days.makeMemories(NOON + 31 * DAY_MS);
  assert.equal(count(), 0);
});

test('a year later a kept memory is shown again, and one that was not is made anew', (t) => {
  const { db, ann, addAsset } = openTestLibrary(t);
  const days = memoryDays(db);
  addAsset(ann.id, { captured_at: yearsAgo(1) });
  days.makeMemories(NOON);
  db.prepare('UPDATE memory SET is_saved = 1, seen_at = ?').run(NOON);
  const next = new Date(NOON).setUTCFullYear(2025);
  days.makeMemories(next);
  assert.deepEqual(db.prepare('SELECT year, seen_at, show_at, is_saved FROM memory ORDER BY year').all(), [
    { year: 2023, seen_at: null, show_at: next - (next % DAY_MS), is_saved: 1 },
  ]);
});

test('who wants no memories gets none, and loses those nobody kept', (t) => {
  const { db, ann, addAsset } = openTestLibrary(t);
  const days = memoryDays(db);
  addAsset(ann.id, { captured_at: yearsAgo(1) });
  days.makeMemories(NOON);
  const count = () => db.prepare('SELECT count(*) FROM memory').pluck().get();
  assert.equal(count(), 1);
  db.prepare('UPDATE user SET preferences = ?').run('{"memories":{"enabled":false}}');
  days.makeMemories(NOON);
  assert.equal(count(), 0);
});

test('a day of past years is looked up in an index', (t) => {
  const { db } = openTestLibrary(t);
  const plan = db
    .prepare(
      `EXPLAIN QUERY PLAN SELECT id FROM asset WHERE owner_id = 'x' AND local_at >= 1 AND local_at < 2
       AND visibility = 'timeline' AND trashed_at IS NULL AND is_stack_member = 0 ORDER BY local_at, rowid`,
    )
    .all() as { detail: string }[];
  assert.match(plan[0]!.detail, /USING INDEX asset_local \(owner_id=\? AND local_at>\? AND local_at<\?\)/);
});

test('a box whose owner wants no memories makes none, and those that nobody kept go', (t) => {
  const { db, ann, addAsset } = openTestLibrary(t);
  addAsset(ann.id, { captured_at: yearsAgo(1) });
  const count = () => db.prepare('SELECT count(*) FROM memory').pluck().get();
  const want = (isWanted: boolean) =>
    settingChanges(db).patchSystemConfig({
      leaves: { 'nightlyTasks.generateMemories': isWanted },
      now: NOON,
    });
  want(false);
  memoryDays(db).makeMemories(NOON);
  assert.equal(count(), 0);
  want(true);
  memoryDays(db).makeMemories(NOON);
  assert.equal(count(), 1);
  want(false);
  memoryDays(db).makeMemories(NOON);
  assert.equal(count(), 0);
});
