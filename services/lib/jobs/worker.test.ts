import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type ClaimedJob, type JobKind, jobChanges, jobQueries } from '#catalog/jobs';
import { openCatalog } from '#catalog/open';
import { type JobStore, LEASE_MS, openWorker, retryDelayMs } from './worker.ts';

/** A catalog with `count` assets and a store of jobs on it. */
function openStore(t: TestContext, count: number) {
  const dir = mkdtempSync(join(tmpdir(), 'shoebox-jobs-'));
  t.after(() => rmSync(dir, { recursive: true }));
  const db = openCatalog(join(dir, 'catalog.db'));
  t.after(() => db.close());
  db.exec(`INSERT INTO user (id, email, name, password_hash, folder, profile_changed_at, created_at, updated_at)
    VALUES ('u', 'a@b.c', 'Ann', '', 'Ann', 0, 0, 0)`);
  const assets = Array.from({ length: count }, (_, index) => `asset-${index}`);
  for (const id of assets)
    db.exec(`INSERT INTO asset (id, owner_id, type, visibility, captured_at, local_at, created_at, updated_at,
      original_name, path, checksum, original_bytes, mime_type, file_created_at, file_modified_at, verify_due_at)
      VALUES ('${id}', 'u', 'IMAGE', 'timeline', 0, 0, 0, 0, 'a.jpg', '${id}', '${id}', 1, 'image/jpeg', 0, 0, 0)`);
  const changes = jobChanges(db);
  const queries = jobQueries(db);
  const paused = new Set<JobKind>();
  const store = (worker: string): JobStore => ({
    claim: (kind, now, leaseMs) => changes.claim({ kind, worker, now, leaseMs }),
    renew: (id, until) => changes.renew({ id, worker, until }),
    fail: (id, error, dueAt) => changes.fail({ id, worker, error, dueAt }),
    release: () => changes.release(worker),
    nextDue: (kinds) => {
      const due = kinds.map((kind) => queries.nextDue(kind)).filter((at) => at !== null);
      return due.length === 0 ? null : Math.min(...due);
    },
    isPaused: (kind) => paused.has(kind),
  });
  return { db, assets, changes, queries, store, paused };
}

test('a job whose worker died is claimed again once its lease has run out', (t) => {
  const { changes, assets } = openStore(t, 1);
  changes.enqueue({ kind: 'preview', assetId: assets[0]!, now: 0, dueAt: 0 });
  changes.claim({ kind: 'preview', worker: 'a', now: 0, leaseMs: 1000 });
  assert.equal(changes.claim({ kind: 'preview', worker: 'b', now: 999, leaseMs: 1000 }), undefined);
  assert.equal(changes.claim({ kind: 'preview', worker: 'b', now: 1000, leaseMs: 1000 })?.attempts, 2);
});

test('a worker runs every due job, the more important kind first, and never more at once than it may', async (t) => {
  const { changes, assets, store } = openStore(t, 6);
  for (const assetId of assets) {
    changes.enqueue({ kind: 'preview', assetId, now: 0, dueAt: 0 });
    changes.enqueue({ kind: 'metadata', assetId, now: 0, dueAt: 0 });
  }
  const seen: JobKind[] = [];
  let atOnce = 0;
  let most = 0;
  const worker = openWorker({
    store: store('a'),
    kinds: ['metadata', 'preview'],
    concurrency: 2,
    now: () => 1,
    onError: (_, error) => assert.fail(String(error)),
    run: async (job) => {
      most = Math.max(most, ++atOnce);
      seen.push(job.kind);
      await new Promise((resolve) => setImmediate(resolve));
      atOnce--;
      changes.finish({ id: job.id, worker: 'a' });
    },
  });
  await worker.idle();
  await worker.stop(0);
  assert.deepEqual(seen, [...Array(6).fill('metadata'), ...Array(6).fill('preview')]);
  assert.equal(most, 2);
});

test('a job that fails keeps its error and is due again later, and the next one still runs', async (t) => {
  const { db, changes, assets, store } = openStore(t, 2);
  changes.enqueue({ kind: 'preview', assetId: assets[0]!, now: 0, dueAt: 0 });
  changes.enqueue({ kind: 'preview', assetId: assets[1]!, now: 0, dueAt: 0 });
  const errors: ClaimedJob[] = [];
  const worker = openWorker({
    store: store('a'),
    kinds: ['preview'],
    concurrency: 1,
    now: () => 5,
    onError: (job) => errors.push(job),
    run: async (job) => {
      if (job.assetId === assets[0]) throw new Error('the drive said no');
      changes.finish({ id: job.id, worker: 'a' });
    },
  });
  await worker.idle();
  await worker.stop(0);
  assert.equal(errors.length, 1);
  assert.deepEqual(db.prepare('SELECT asset_id, error, due_at, attempts, lease_owner FROM job').all(), [
    {
      asset_id: assets[0],
      error: 'the drive said no',
      due_at: 5 + retryDelayMs(1),
      attempts: 1,
      lease_owner: null,
    },
  ]);
});

test('a paused kind waits, and stopping gives unfinished jobs back as if they had not been tried', async (t) => {
  const { db, changes, assets, store, paused } = openStore(t, 2);
  changes.enqueue({ kind: 'metadata', assetId: assets[0]!, now: 0, dueAt: 0 });
  changes.enqueue({ kind: 'preview', assetId: assets[1]!, now: 0, dueAt: 0 });
  paused.add('metadata');
  const started = Promise.withResolvers<void>();
  const worker = openWorker({
    store: store('a'),
    kinds: ['metadata', 'preview'],
    concurrency: 2,
    now: () => 5,
    onError: (_, error) => assert.fail(String(error)),
    run: async () => {
      started.resolve();
      await new Promise(() => {});
    },
  });
  await started.promise;
  assert.deepEqual(db.prepare(`SELECT kind, lease_until FROM job WHERE lease_owner = 'a'`).all(), [
    { kind: 'preview', lease_until: 5 + LEASE_MS },
  ]);
  await worker.stop(1);
  assert.deepEqual(db.prepare('SELECT DISTINCT attempts, lease_owner FROM job').all(), [
    { attempts: 0, lease_owner: null },
  ]);
});
