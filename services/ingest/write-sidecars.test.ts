import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { accountFileChanges, accountFileQueries } from '#catalog/account-files';
import { openCatalog } from '#catalog/open';
import { sidecarChanges, sidecarQueries } from '#catalog/sidecars';
import { createLog } from '#runtime/log';
import { besidePath } from '#storage/atomic-write';
import { poolLayout } from '#storage/layout';
import { writeSidecars } from './write-sidecars.ts';

/** A pool with one account; `add` makes an asset with its file, `work` writes what is due at `at`. */
function openPool(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'shoebox-sidecars-'));
  const layout = poolLayout(folder);
  const db = openCatalog(layout.catalogFile);
  t.after(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });
  db.exec(`INSERT INTO user (id, email, name, password_hash, folder, profile_changed_at, created_at, updated_at)
    VALUES ('u', 'a@b.c', 'Ann', 'secret hash', 'Ann', 0, 0, 0)`);
  let now = 0;
  const parts = {
    layout,
    sidecars: { ...sidecarQueries(db), ...sidecarChanges(db) },
    accountFiles: { ...accountFileQueries(db), ...accountFileChanges(db) },
    transact: <Result>(work: () => Result): Result => db.transaction(work).immediate(),
    log: createLog('ingest', 'silent'),
    now: () => now,
  };
  return {
    db,
    parts,
    path: (id: string) => layout.resolve(`library/Ann/${id}.jpg`),
    add: (id: string) => {
      db.prepare(`INSERT INTO asset (id, owner_id, type, visibility, captured_at, local_at, created_at, updated_at,
        original_name, path, checksum, original_bytes, mime_type, file_created_at, file_modified_at, verify_due_at)
        VALUES (@id, 'u', 'IMAGE', 'timeline', 0, 0, 0, 0, 'x', 'library/Ann/' || @id || '.jpg', @id, 1, 'image/jpeg', 0, 0, 0)`).run(
        {
          id,
        },
      );
      mkdirSync(dirname(layout.resolve(`library/Ann/${id}.jpg`)), { recursive: true });
      writeFileSync(layout.resolve(`library/Ann/${id}.jpg`), id);
    },
    work: (at: number) => {
      now = at;
      return writeSidecars(parts);
    },
  };
}

test('several changes within some seconds are one write, and none is forgotten', async (t) => {
  const { db, parts, add, work, path } = openPool(t);
  add('a');
  assert.equal(await work(0), 1, 'the account file, at once');
  db.exec(`UPDATE asset SET is_favorite = 1`);
  assert.equal(await work(4_000), 0);
  db.exec(`UPDATE asset SET visibility = 'archive'`);
  assert.equal(await work(5_000), 1);
  const text = readFileSync(`${path('a')}.xmp`, 'utf8');
  assert.match(text, /"visibility":"archive","isFavorite":true/);
  assert.equal(readFileSync(path('a'), 'utf8'), 'a');
  assert.equal(parts.sidecars.countBehind(), 0);
  assert.equal(db.prepare('SELECT sidecar_path FROM asset').pluck().get(), 'library/Ann/a.jpg.xmp');
});

test('a sidecar that cannot be written holds up no other and is written later', async (t) => {
  const { parts, add, work, path } = openPool(t);
  add('a');
  add('b');
  const obstacle = besidePath(`${path('a')}.xmp`);
  mkdirSync(obstacle);
  await work(0);
  assert.equal(await work(5_000), 1);
  assert.equal(existsSync(`${path('a')}.xmp`), false);
  assert.equal(existsSync(`${path('b')}.xmp`), true);
  rmdirSync(obstacle);
  assert.equal(await work(60_000), 0, 'not yet');
  assert.equal(await work(11 * 60_000), 1);
  assert.equal(parts.sidecars.countBehind(), 0);
});

test('no sidecar is written for a file that is not in its place yet', async (t) => {
  const { add, work, path } = openPool(t);
  add('a');
  rmSync(path('a'));
  await work(0);
  assert.equal(await work(5_000), 0);
  assert.equal(existsSync(`${path('a')}.xmp`), false);
  writeFileSync(path('a'), 'a');
  assert.equal(await work(11 * 60_000), 1);
});

test('a sidecar that nobody can read is kept aside, whole', async (t) => {
  const { add, work, path } = openPool(t);
  add('a');
  writeFileSync(`${path('a')}.xmp`, 'somebody needs this');
  await work(0);
  await work(5_000);
  assert.equal(readFileSync(`${path('a')}.kept.xmp`, 'utf8'), 'somebody needs this');
  assert.match(readFileSync(`${path('a')}.xmp`, 'utf8'), /shoebox:Record/);
});

test('the account file says who and which albums, and no secret', async (t) => {
  const { db, parts, work } = openPool(t);
  db.exec(`INSERT INTO album (id, name, created_at, updated_at) VALUES ('b', 'Empty', 1, 1);
    INSERT INTO album_user (album_id, user_id, role, created_at) VALUES ('b', 'u', 'owner', 1)`);
  await work(0);
  const text = readFileSync(parts.layout.resolve('library/Ann/shoebox-account.json'), 'utf8');
  assert.equal(text.includes('secret'), false);
  assert.equal(JSON.parse(text).albums[0].name, 'Empty');
  assert.equal(await work(1), 0);
  db.exec(`UPDATE album SET name = 'Not yet full'`);
  assert.equal(await work(2), 1);
});
