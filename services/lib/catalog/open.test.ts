import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { migrations } from './migrations/index.ts';
import { CatalogTooNew, openCatalog } from './open.ts';

test('a new catalog gets the newest schema and keeps it when opened again', (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'shoebox-catalog-'));
  t.after(() => rmSync(dir, { recursive: true }));
  const file = join(dir, 'deep', 'catalog.db');
  openCatalog(file).close();
  const db = openCatalog(file);
  t.after(() => db.close());
  assert.equal(db.pragma('user_version', { simple: true }), migrations.length);
  assert.equal(db.pragma('journal_mode', { simple: true }), 'wal');
  assert.equal(db.pragma('synchronous', { simple: true }), 2);
});

test('a catalog of a newer release is refused and left as it is', (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'shoebox-catalog-'));
  t.after(() => rmSync(dir, { recursive: true }));
  const file = join(dir, 'catalog.db');
  const db = openCatalog(file);
  db.pragma(`user_version = ${migrations.length + 1}`);
  db.close();
  assert.throws(() => openCatalog(file), CatalogTooNew);
});
