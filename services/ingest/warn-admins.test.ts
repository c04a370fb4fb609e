import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createLog } from '#runtime/log';
import { NOON, openTestLibrary } from '#test/fixtures/library';
import { openIngest } from './ingest.ts';

test('administrators hear once of originals that are gone, found by a re-read or by a job', async (t) => {
  const { ann, db, layout, addAsset } = openTestLibrary(t);
  const runDir = mkdtempSync(join(tmpdir(), 'shoebox-run-'));
  t.after(() => rmSync(runDir, { recursive: true }));
  addAsset(ann.id, { verify_due_at: 0 });
  addAsset(ann.id, { verify_due_at: 0 });
  const waiting = addAsset(ann.id);
  db.prepare(`INSERT INTO job (kind, asset_id, due_at, created_at) VALUES ('preview', ?, 0, 0)`).run(waiting);
  const ingest = await openIngest({
    config: {
      poolDir: layout.poolDir,
      runDir,
      gazetteerFile: join(runDir, 'none.db'),
      logLevel: 'silent',
      concurrency: 1,
      decoderMemoryBytes: 768 * 1024 ** 2,
      decoderTimeMs: 60_000,
      reservedBytes: 0,
    },
    log: createLog('ingest', 'silent'),
    now: () => NOON,
  });
  await ingest.idle();
  await ingest.stop();
  const news = db.prepare('SELECT user_id, type, level, data FROM notification').all() as {
    user_id: string;
    type: string;
    level: string;
    data: string;
  }[];
  assert.deepEqual(
    news.map(({ user_id, type, level }) => [user_id, type, level]),
    [[ann.id, 'SystemMessage', 'error']],
  );
  assert.equal(JSON.parse(news[0]!.data).code, 'original_missing');
});
