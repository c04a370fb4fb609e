import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openCatalog } from './open.ts';
import { type Arrival, uploadChanges } from './uploads.ts';

function openUploads(t: TestContext) {
  const poolDir = mkdtempSync(join(tmpdir(), 'shoebox-uploads-'));
  const db = openCatalog(join(poolDir, 'catalog.db'));
  t.after(() => {
    db.close();
    rmSync(poolDir, { recursive: true });
  });
  db.exec(`INSERT INTO user (id, email, name, password_hash, folder, profile_changed_at, created_at, updated_at)
    VALUES ('u', 'a@b.c', 'Ann', '', 'Ann', 0, 0, 0)`);
  const arrival = (change: Partial<Arrival> = {}): Arrival => ({
    id: randomUUID(),
    ownerId: 'u',
    checksum: randomUUID(),
    bytes: 10,
    originalName: 'a.jpg',
    folder: 'library/Ann/2024/2024-05',
    fileName: 'a.jpg',
    poolDir,
    type: 'IMAGE',
    mimeType: 'image/jpeg',
    fileCreatedAt: 0,
    fileModifiedAt: 0,
    isFavorite: false,
    visibility: 'timeline',
    durationMs: null,
    liveVideoId: null,
    hasSidecar: false,
    metadata: [],
    now: 0,
    ...change,
  });
  return { db, uploads: uploadChanges(db), arrival };
}

test('a place whose file is still to be removed is not given away, or the removal would take the new photo', (t) => {
  const { db, uploads, arrival } = openUploads(t);
  db.prepare('INSERT INTO file_removal (path, created_at) VALUES (?, 0)').run(
    'library/Ann/2024/2024-05/a.jpg',
  );
  const accepted = uploads.accept(arrival());
  assert.equal(accepted.status === 'created' && accepted.path, 'library/Ann/2024/2024-05/a (2).jpg');
});

test('after many equal names in a folder the name carries the id, and each is still taken once', (t) => {
  const { uploads, arrival } = openUploads(t);
  const paths = Array.from({ length: 30 }, () => {
    const accepted = uploads.accept(arrival());
    return accepted.status === 'created' ? accepted.path : '';
  });
  assert.equal(new Set(paths).size, 30);
  assert.equal(paths[0], 'library/Ann/2024/2024-05/a.jpg');
  assert.equal(paths[19], 'library/Ann/2024/2024-05/a (20).jpg');
  assert.match(paths[29]!, /a \([0-9a-f]{8}\)\.jpg$/);
});
