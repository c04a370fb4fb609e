import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { CommandError } from '#runtime/command';
import { fetchPackages } from './fetch-packages.ts';
import type { PackageLock } from './npm-closure.ts';

const lock = JSON.parse(
  readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8'),
) as PackageLock;

/** With binaries for every processor in one archive, which npm has fetched for this machine already. */
const NAMES = ['better-sqlite3'];

function makeFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'packages-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'arm64');
}

test('packages come as they are locked, and are fetched once', async (t) => {
  const folder = makeFolder(t);
  const modules = await fetchPackages({ lock, names: NAMES, cpu: 'arm64', folder });
  const read = () => readFileSync(join(modules, 'better-sqlite3/package.json'), 'utf8');
  assert.equal(JSON.parse(read()).version, lock.packages['node_modules/better-sqlite3']!.version);
  assert.ok(existsSync(join(modules, 'better-sqlite3/prebuilds/linux-arm64.node')));

  const { mtimeMs } = statSync(join(folder, 'complete'));
  await fetchPackages({ lock, names: NAMES, cpu: 'arm64', folder });
  assert.equal(statSync(join(folder, 'complete')).mtimeMs, mtimeMs);

  // What was left by an interrupted run, or is for another lock, is not taken.
  writeFileSync(join(folder, 'complete'), 'something else');
  writeFileSync(join(modules, 'better-sqlite3/package.json'), '{}');
  await fetchPackages({ lock, names: NAMES, cpu: 'arm64', folder });
  assert.notEqual(read(), '{}');
});

test('an archive that differs from its hash is refused', async (t) => {
  const folder = makeFolder(t);
  const changed = structuredClone(lock);
  changed.packages['node_modules/better-sqlite3']!.integrity =
    `sha512-${Buffer.alloc(64).toString('base64')}`;
  await assert.rejects(
    fetchPackages({ lock: changed, names: NAMES, cpu: 'arm64', folder }),
    (error) => error instanceof CommandError && error.stderr.includes('EINTEGRITY'),
  );
  assert.equal(existsSync(join(folder, 'complete')), false);
});
