import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openCatalog } from '#catalog/open';
import { purgeChanges, purgeQueries } from '#catalog/purge';
import { createLog } from '#runtime/log';
import { poolLayout } from '#storage/layout';
import { openClock, purgeExpired } from './purge.ts';

const HOUR = 3600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 0, 1);

/** A box whose clocks the test moves; `runFor` looks every hour, as ingest does. */
function openBox(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'shoebox-purge-'));
  const layout = poolLayout(folder);
  const db = openCatalog(layout.catalogFile);
  t.after(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });
  db.exec(`INSERT INTO user (id, email, name, password_hash, folder, profile_changed_at, created_at, updated_at)
    VALUES ('u', 'a@b.c', 'Ann', '', 'Ann', 0, 0, 0), ('w', 'b@b.c', 'Bob', '', 'Bob', 0, 0, 0)`);
  let wall = START;
  let running = 0;
  const parts = {
    layout,
    purge: { ...purgeQueries(db), ...purgeChanges(db) },
    transact: <Result>(work: () => Result): Result => db.transaction(work).immediate(),
    log: createLog('ingest', 'silent'),
    now: () => wall,
    running: () => running,
  };
  let clock = openClock(parts);
  return {
    db,
    add: (id: string, trashedAt: number | null, ownerId = 'u') =>
      db
        .prepare(`INSERT INTO asset (id, owner_id, type, visibility, trashed_at, captured_at, local_at, created_at, updated_at,
          original_name, path, checksum, original_bytes, mime_type, file_created_at, file_modified_at, verify_due_at)
          VALUES (@id, @ownerId, 'IMAGE', 'timeline', @trashedAt, 0, 0, 0, 0, 'x', 'library/Ann/' || @id, @id, 1, 'image/jpeg', 0, 0, 0)`)
        .run({ id, ownerId, trashedAt }),
    left: () => db.prepare('SELECT id FROM asset ORDER BY id').pluck().all(),
    jump: (ms: number) => {
      wall += ms;
    },
    /** Off for so long by the wall clock, then a new process. */
    restart: (offMs: number) => {
      wall += offMs;
      running = 0;
      clock = openClock(parts);
    },
    runFor: (ms: number) => {
      const gone = { assets: 0, users: 0 };
      for (const end = running + ms; ; running += HOUR, wall += HOUR) {
        const now = purgeExpired(parts, clock.look(), 30);
        gone.assets += now.assets;
        gone.users += now.users;
        if (running >= end) return gone;
      }
    },
  };
}

test('what is in the trash goes after thirty days and two looks a day apart, and its file with it', (t) => {
  const box = openBox(t);
  box.runFor(2 * DAY);
  box.add('old', START + 2 * DAY);
  box.add('newer', START + 20 * DAY);
  box.add('kept', null);
  assert.deepEqual(box.runFor(30 * DAY), { assets: 0, users: 0 });
  assert.deepEqual(box.runFor(2 * DAY), { assets: 1, users: 0 });
  assert.deepEqual(box.left(), ['kept', 'newer']);
  assert.deepEqual(box.db.prepare('SELECT path FROM file_removal ORDER BY path').pluck().all(), [
    '.shoebox/derived/ol/old',
    'library/Ann/old',
  ]);
});

test('what is restored between the two looks stays', (t) => {
  const box = openBox(t);
  box.runFor(2 * DAY);
  box.add('a', START - 40 * DAY);
  box.runFor(12 * HOUR);
  box.db.exec('UPDATE asset SET trashed_at = NULL');
  assert.equal(box.runFor(3 * DAY).assets, 0);
  assert.deepEqual(box.left(), ['a']);
});

for (const [name, ms] of [
  ['forward', 365 * DAY],
  ['back', -365 * DAY],
] as const)
  test(`a clock that jumps a year ${name} and is put right within a day deletes nothing`, (t) => {
    const box = openBox(t);
    box.runFor(2 * DAY);
    box.add('a', START + DAY);
    box.jump(ms);
    assert.equal(box.runFor(20 * HOUR).assets, 0);
    box.jump(-ms);
    assert.equal(box.runFor(10 * DAY).assets, 0);
    assert.deepEqual(box.left(), ['a']);
  });

test('a box that wakes up a year later by its clock waits a day, in which the clock can be put right', (t) => {
  const box = openBox(t);
  box.runFor(2 * DAY);
  box.add('a', START + DAY);
  box.restart(365 * DAY);
  assert.equal(box.runFor(20 * HOUR).assets, 0);
  box.jump(-365 * DAY);
  assert.equal(box.runFor(5 * DAY).assets, 0);
  assert.deepEqual(box.left(), ['a']);
});

test('a box that is switched off every night purges all the same', (t) => {
  const box = openBox(t);
  box.add('a', START - 40 * DAY);
  let assets = 0;
  for (let day = 0; day < 8; day++) {
    assets += box.runFor(8 * HOUR).assets;
    box.restart(16 * HOUR);
  }
  assert.equal(assets, 1);
});

test('an account goes with its photos and albums once its time has come, and nobody else', (t) => {
  const box = openBox(t);
  box.runFor(2 * DAY);
  box.add('hers', null);
  for (let at = 0; at < 150; at++) box.add(`his${at}`, null, 'w');
  box.db.exec(`UPDATE user SET deleted_at = ${START}, purge_at = ${START + 7 * DAY} WHERE id = 'w';
    INSERT INTO album (id, name, created_at, updated_at) VALUES ('b', 'His', 0, 0);
    INSERT INTO album_user (album_id, user_id, role, created_at) VALUES ('b', 'w', 'owner', 0), ('b', 'u', 'viewer', 0)`);
  assert.deepEqual(box.runFor(4 * DAY), { assets: 0, users: 0 });
  assert.deepEqual(box.runFor(4 * DAY), { assets: 150, users: 1 });
  assert.deepEqual(box.left(), ['hers']);
  assert.deepEqual(box.db.prepare('SELECT id FROM user').pluck().all(), ['u']);
  assert.deepEqual(box.db.prepare('SELECT id FROM album').pluck().all(), []);
  const files = box.db.prepare('SELECT path FROM file_removal').pluck().all();
  assert.ok(files.includes('library/Bob/shoebox-account.json'));
});
