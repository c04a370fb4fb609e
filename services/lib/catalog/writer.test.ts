import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Problem } from '#contract/problems';
import { openCatalog } from './open.ts';
import { openWriter } from './writer.ts';

function catalogFile(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'shoebox-writer-'));
  t.after(() => rmSync(dir, { recursive: true }));
  return join(dir, 'catalog.db');
}

test('changes asked for together are all carried out, and one that fails does not take the others along', async (t) => {
  const file = catalogFile(t);
  const writer = openWriter(file);
  const admin = (number: number) =>
    writer.users.createFirstAdmin({
      id: `a0000000-0000-4000-8000-00000000000${number}`,
      email: `${number}@example.org`,
      name: `Ann ${number}`,
      passwordHash: '',
      pinHash: null,
      isAdmin: true,
      shouldChangePassword: false,
      storageLabel: null,
      avatarColor: null,
      quotaBytes: null,
      now: 0,
    });
  const outcomes = await Promise.allSettled([
    admin(1),
    admin(2),
    writer.jobs.setPaused({ kind: 'preview', isPaused: true, now: 0 }),
  ]);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  const refusal = (outcomes[1] as PromiseRejectedResult).reason as unknown;
  assert.ok(refusal instanceof Problem && refusal.code === 'admin_exists');
  await writer.close();
  const db = openCatalog(file);
  t.after(() => db.close());
  assert.deepEqual(db.prepare('SELECT name FROM user').pluck().all(), ['Ann 1']);
  assert.equal(db.prepare('SELECT count(*) FROM setting').pluck().get(), 1);
});

test('a thread that cannot open the catalog is told of once, and every change is refused', async (t) => {
  const file = catalogFile(t);
  writeFileSync(file, 'this is no catalog, and long enough to be looked at as one'.repeat(20));
  const deaths: Error[] = [];
  const writer = openWriter(file, (error) => deaths.push(error));
  const change = () => writer.jobs.setPaused({ kind: 'preview', isPaused: true, now: 0 });
  await assert.rejects(change(), /not a database/);
  await assert.rejects(change(), /not a database/);
  await writer.close();
  assert.equal(deaths.length, 1);
});
