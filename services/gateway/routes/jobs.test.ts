import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QUEUE_NAMES } from '#contract/queues';
import { NOON, startTestLibrary } from '#test/fixtures/library';

const settle = async (isDone: () => boolean) => {
  while (!isDone()) await new Promise((resolve) => setTimeout(resolve, 10));
};

test('all queues are listed with what waits in them, for administrators', async (t) => {
  const { ann, bob, db, addAsset, ask } = await startTestLibrary(t);
  const [a, b, c] = [addAsset(ann.id), addAsset(ann.id), addAsset(ann.id, { verify_due_at: NOON })];
  const add =
    db.prepare(`INSERT INTO job (kind, asset_id, due_at, lease_owner, lease_until, error, created_at)
    VALUES ('preview', ?, ?, ?, ?, ?, 0)`);
  add.run(a, NOON, null, null, null);
  add.run(b, NOON, 'x', NOON + 1000, null);
  add.run(c, NOON + 9000, null, null, 'no light');
  const { status, json } = await ask(ann, 'GET', '/jobs');
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(json), [...QUEUE_NAMES]);
  assert.deepEqual(json.thumbnailGeneration, {
    jobCounts: { active: 1, completed: 0, failed: 1, delayed: 0, waiting: 1, paused: 0 },
    queueStatus: { isActive: true, isPaused: false },
  });
  assert.equal(json.integrityCheck.jobCounts.waiting, 1);
  assert.equal(json.smartSearch.jobCounts.waiting, 0);
  assert.equal((await ask(bob, 'GET', '/jobs')).status, 403);
  assert.equal((await ask(bob, 'PUT', '/jobs/thumbnailGeneration', { command: 'pause' })).status, 403);
  const queues = await ask(ann, 'GET', '/queues');
  assert.equal(queues.json.length, QUEUE_NAMES.length);
});

test('a paused queue says so, keeps what waits, and goes on when it may', async (t) => {
  const { ann, db, parts, addAsset, ask } = await startTestLibrary(t);
  await parts.writer.jobs.enqueue({ kind: 'metadata', assetId: addAsset(ann.id), now: NOON, dueAt: NOON });
  const paused = await ask(ann, 'PUT', '/jobs/metadataExtraction', { command: 'pause' });
  assert.deepEqual(paused.json.queueStatus, { isActive: false, isPaused: true });
  assert.deepEqual([paused.json.jobCounts.paused, paused.json.jobCounts.waiting], [1, 0]);
  assert.equal(
    db.prepare(`SELECT value FROM setting WHERE key = 'queue.paused.metadata'`).pluck().get(),
    'true',
  );
  const resumed = await ask(ann, 'PUT', '/jobs/metadataExtraction', { command: 'resume' });
  assert.deepEqual([resumed.json.jobCounts.paused, resumed.json.jobCounts.waiting], [0, 1]);
  // Of what is never done here nothing can be paused.
  const other = await ask(ann, 'PUT', '/jobs/smartSearch', { command: 'pause' });
  assert.deepEqual([other.status, other.json.queueStatus.isPaused], [200, false]);
  const updated = await ask(ann, 'PUT', '/queues/metadataExtraction', { isPaused: true });
  assert.equal(updated.json.isPaused, true);
});

test('starting a queue asks for what is missing, or with force for everything, over any number of assets', async (t) => {
  const { ann, db, addAsset, ask } = await startTestLibrary(t);
  for (let index = 0; index < 4100; index++) addAsset(ann.id, { preview_bytes: index % 2 ? 10 : null });
  const count = db.prepare(`SELECT count(*) FROM job WHERE kind = 'preview'`).pluck();
  await ask(ann, 'PUT', '/jobs/thumbnailGeneration', { command: 'start' });
  await settle(() => count.get() === 2050);
  await ask(ann, 'PUT', '/jobs/thumbnailGeneration', { command: 'start', force: true });
  await settle(() => count.get() === 4100);
  const due = db.prepare('SELECT count(*) FROM asset WHERE verify_due_at <= ?').pluck();
  assert.equal((await ask(ann, 'POST', '/jobs', { name: 'integrity-checksum-mismatch' })).status, 204);
  await settle(() => due.get(NOON) === 4100);
});

test('emptying a queue leaves what is being worked on, clearing failures only takes those', async (t) => {
  const { ann, db, addAsset, ask } = await startTestLibrary(t);
  const add = (leaseUntil: number | null, error: string | null) =>
    db
      .prepare(
        `INSERT INTO job (kind, asset_id, due_at, lease_until, error, created_at) VALUES ('preview', ?, 0, ?, ?, 0)`,
      )
      .run(addAsset(ann.id), leaseUntil, error);
  add(NOON + 1000, null);
  add(null, 'broken');
  add(null, null);
  const count = db.prepare('SELECT count(*) FROM job').pluck();
  await ask(ann, 'PUT', '/jobs/thumbnailGeneration', { command: 'clear-failed' });
  assert.equal(count.get(), 2);
  await ask(ann, 'PUT', '/jobs/thumbnailGeneration', { command: 'empty' });
  assert.equal(count.get(), 1);
});

test('memories that are asked for are there at once', async (t) => {
  const { ann, bob, addAsset, ask } = await startTestLibrary(t);
  const years = [1, 3].map((ago) => Date.UTC(2024 - ago, 4, 20, 9));
  const ids = years.map((at) => addAsset(ann.id, { captured_at: at, local_at: at }));
  const list = async (who: typeof ann) =>
    (await ask(who, 'GET', '/memories?for=2024-05-20')).json.map(
      (memory: { data: { year: number }; assets: { id: string }[] }) => [
        memory.data.year,
        memory.assets.map(({ id }) => id),
      ],
    );
  assert.deepEqual(await list(ann), []);
  assert.equal((await ask(bob, 'POST', '/jobs', { name: 'memory-create' })).status, 403);
  for (let time = 0; time < 2; time++)
    assert.equal((await ask(ann, 'POST', '/jobs', { name: 'memory-create' })).status, 204);
  assert.deepEqual(await list(ann), [
    [2023, [ids[0]]],
    [2021, [ids[1]]],
  ]);
  assert.deepEqual(await list(bob), []);
});

test('work that this box does not have is refused', async (t) => {
  const { ann, ask } = await startTestLibrary(t);
  assert.equal((await ask(ann, 'POST', '/jobs', { name: 'person-cleanup' })).status, 204);
  const { status, json } = await ask(ann, 'POST', '/jobs', { name: 'backup-database' });
  assert.deepEqual([status, json.code], [400, 'job_unknown']);
  assert.equal((await ask(ann, 'PUT', '/jobs/bakeCookies', { command: 'start' })).status, 400);
});
