import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { CatalogDamaged, checkCatalog } from '#catalog/check-catalog';
import { openCatalog } from '#catalog/open';
import { listSpareSnapshots } from '#catalog/snapshots';
import { poolLayout } from '#storage/layout';
import { snapshotsDir, takeSnapshot } from './take-snapshot.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const DAY = 86_400_000;

function openPool(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'shoebox-snapshot-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return poolLayout(folder);
}

test('a snapshot holds what was committed, also what is still in the log, and one a day is enough', async (t) => {
  const layout = openPool(t);
  const db = openCatalog(layout.catalogFile);
  t.after(() => db.close());
  db.exec(`INSERT INTO setting (key, value, updated_at) VALUES ('k', 'v', 0)`);
  const name = await takeSnapshot(layout, { now: NOW, isTrusted: true });
  assert.equal(name, 'catalog-2026-11-22.db');
  const copy = join(snapshotsDir(layout), name);
  assert.equal(checkCatalog(copy), 'empty', 'nobody has an account in it');
  const opened = openCatalog(copy);
  assert.equal(opened.prepare(`SELECT value FROM setting WHERE key = 'k'`).pluck().get(), 'v');
  opened.close();
  assert.equal(await takeSnapshot(layout, { now: NOW + 3600_000, isTrusted: true }), undefined);
});

test('seven days and four weeks are kept, and nothing goes while the clock is not trusted', async (t) => {
  const layout = openPool(t);
  openCatalog(layout.catalogFile).close();
  const folder = snapshotsDir(layout);
  mkdirSync(folder, { recursive: true });
  for (let day = 1; day <= 40; day++)
    writeFileSync(join(folder, `catalog-${new Date(NOW - day * DAY).toISOString().slice(0, 10)}.db`), '');
  writeFileSync(join(folder, 'mine.db'), '');
  await takeSnapshot(layout, { now: NOW, isTrusted: false });
  assert.equal(readdirSync(folder).length, 42);
  await takeSnapshot(layout, { now: NOW + DAY, isTrusted: true });
  // 2026-11-23 is a Monday: its week, and the Sundays that end the three weeks before.
  assert.deepEqual(readdirSync(folder).sort(), [
    'catalog-2026-11-08.db',
    'catalog-2026-11-15.db',
    ...['17', '18', '19', '20', '21', '22', '23'].map((day) => `catalog-2026-11-${day}.db`),
    'mine.db',
  ]);
  assert.deepEqual(listSpareSnapshots([]), []);
});

test('a damaged catalog makes no snapshot, and at the start it says what to do', async (t) => {
  const layout = openPool(t);
  openCatalog(layout.catalogFile).close();
  await takeSnapshot(layout, { now: NOW, isTrusted: true });
  writeFileSync(layout.catalogFile, 'no database at all, but long enough to be read as one'.repeat(200));
  await assert.rejects(takeSnapshot(layout, { now: NOW + DAY, isTrusted: true }));
  assert.deepEqual(readdirSync(snapshotsDir(layout)), ['catalog-2026-11-22.db']);
  assert.throws(
    () => openCatalog(layout.catalogFile),
    (error: Error) =>
      error instanceof CatalogDamaged &&
      error.message.includes('catalog-2026-11-22.db') &&
      error.message.includes('npm run rebuild'),
  );
  assert.equal(checkCatalog(layout.catalogFile), 'damaged');
});
