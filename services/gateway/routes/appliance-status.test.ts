import assert from 'node:assert/strict';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findingChanges } from '#catalog/findings';
import type { BoxStatus, Copies } from '#contract/appliance-status';
import { addUser, NOON, startTestLibrary } from '#test/fixtures/library';

const DAY_MS = 86_400_000;

test('an administrator is told how the box is, with figures; others only how it is', async (t) => {
  const { ann, bob, ask, addAsset, layout } = await startTestLibrary(t);
  const month = (months: number) => new Date(NOON).setUTCMonth(new Date(NOON).getUTCMonth() - months);
  for (let months = 1; months <= 6; months++)
    addAsset(ann.id, {
      created_at: month(months),
      original_bytes: 1_000_000,
      preview_bytes: 80_000,
      thumbnail_bytes: 20_000,
      verified_at: months === 6 ? NOON - 40 * DAY_MS : NOON - DAY_MS,
      verify_due_at: NOON + DAY_MS,
    });
  addAsset(bob.id, { original_bytes: 7, verify_due_at: NOON + DAY_MS });
  addAsset(bob.id, { original_bytes: 500, is_extracted: 1, verify_due_at: Number.MAX_SAFE_INTEGER });
  const folder = join(layout.poolDir, '.shoebox', 'snapshots');
  mkdirSync(folder, { recursive: true });
  const snapshot = join(folder, 'catalog-2024-06-14.db');
  writeFileSync(snapshot, 'copy');
  utimesSync(snapshot, (NOON - DAY_MS) / 1000, (NOON - DAY_MS) / 1000);

  const status: BoxStatus = (await ask(ann, 'GET', '/appliance/status')).json;
  const figures = status.figures!;
  assert.deepEqual(figures.originals, {
    count: 7,
    checked: 6,
    checkedIn30Days: 5,
    oldestCheckAt: new Date(NOON - 40 * DAY_MS).toISOString(),
  });
  assert.deepEqual([figures.originalBytes, figures.derivedBytes], [6_000_007, 600_500]);
  assert.deepEqual(figures.snapshot, { takenAt: new Date(NOON - DAY_MS).toISOString(), bytes: 4 });
  assert.equal(figures.growth?.length, 12);
  assert.equal(figures.growth?.at(-2)?.bytes, 1_000_000);
  assert.ok(figures.catalogBytes > 100_000 && figures.pool.totalBytes > 0);
  assert.equal((await ask(ann, 'GET', figures.queues.slice('/api'.length))).status, 200);

  const others: BoxStatus = (await ask(bob, 'GET', '/appliance/status')).json;
  assert.deepEqual(others, { verdict: status.verdict, findings: status.findings });
});

test('what a check finds is the verdict at once, and goes when the original is there again', async (t) => {
  const { db, ann, ask, addAsset } = await startTestLibrary(t);
  const codes = async () =>
    ((await ask(ann, 'GET', '/appliance/status')).json as BoxStatus).findings.map(({ code }) => code);
  const before = await codes();
  const assetId = addAsset(ann.id, { verify_due_at: NOON + DAY_MS });
  const findings = findingChanges(db);
  findings.recordProblem({ assetId, code: 'original_unreadable', message: 'no', now: NOON });
  assert.deepEqual(await codes(), ['originals_unreadable', ...before]);
  findings.recordVerified({ assetId, now: NOON, dueAt: NOON + DAY_MS });
  assert.deepEqual(await codes(), before);
  const late = addAsset(ann.id, { verify_due_at: NOON - 8 * DAY_MS });
  assert.deepEqual(await codes(), [...before, 'verification_overdue']);
  db.prepare(
    `INSERT INTO job (kind, asset_id, due_at, attempts, error, created_at) VALUES ('preview', ?, 0, 5, 'no', 0)`,
  ).run(late);
  assert.ok((await codes()).includes('jobs_failing'));
});

test('a problem of another kind is not forgotten because the original is in order', async (t) => {
  const { db, ann, addAsset } = await startTestLibrary(t);
  const assetId = addAsset(ann.id);
  const findings = findingChanges(db);
  findings.recordProblem({ assetId, code: 'metadata_unreadable', message: 'odd', now: NOON });
  findings.recordVerified({ assetId, now: NOON, dueAt: NOON + DAY_MS });
  const row = db.prepare('SELECT problem_code, problem_message FROM asset WHERE id = ?').get(assetId);
  assert.deepEqual(row, { problem_code: 'metadata_unreadable', problem_message: 'odd' });
});

test('a photo says where its copies are and when they were last checked, to those who may see it', async (t) => {
  const { db, ann, bob, ask, addAsset } = await startTestLibrary(t);
  const copiesOf = async (id: string): Promise<Copies> =>
    (await ask(ann, 'GET', `/appliance/assets/${id}/copies`)).json;
  const id = addAsset(ann.id, {
    original_bytes: 9,
    verified_at: NOON - DAY_MS,
    verify_due_at: NOON + DAY_MS,
  });
  const { bytes, copies } = await copiesOf(id);
  assert.equal(bytes, 9);
  assert.equal(copies.length, 1);
  const [copy] = copies;
  assert.deepEqual(
    [copy?.place, copy?.state, copy?.checkedAt, copy?.nextCheckAt],
    ['pool', 'well', new Date(NOON - DAY_MS).toISOString(), new Date(NOON + DAY_MS).toISOString()],
  );
  assert.ok(copy?.fileSystem && copy.drives! >= 1);
  const fresh = addAsset(ann.id);
  assert.equal((await copiesOf(fresh)).copies[0]?.state, 'unchecked');
  findingChanges(db).recordProblem({ assetId: id, code: 'original_damaged', message: 'no', now: NOON });
  assert.equal((await copiesOf(id)).copies[0]?.state, 'damaged');

  assert.equal((await ask(bob, 'GET', `/appliance/assets/${id}/copies`)).status, 400);
  const locked = addAsset(ann.id, { visibility: 'locked' });
  assert.equal((await ask(ann, 'GET', `/appliance/assets/${locked}/copies`)).status, 400);
  assert.equal((await ask(addUser(db, 'eve'), 'GET', '/appliance/assets/x/copies')).status, 400);
});

test('figures of a library are complete however many photos it has', async (t) => {
  const { ann, ask, addAsset } = await startTestLibrary(t);
  for (const rowid of [1, 5_000, 5_001, 23_456]) addAsset(ann.id, { rowid });
  let figures = (await ask(ann, 'GET', '/appliance/status')).json.figures;
  while (figures.originals === null) figures = (await ask(ann, 'GET', '/appliance/status')).json.figures;
  assert.equal(figures.originals.count, 4);
});
