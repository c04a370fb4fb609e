import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { holdPool, PoolHeld } from './hold-pool.ts';

test('a pool is held by one process of a kind until it lets go or is killed', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'shoebox-hold-'));
  t.after(() => rmSync(dir, { recursive: true }));
  const script = `import { holdPool } from ${JSON.stringify(new URL('./hold-pool.ts', import.meta.url).href)};
    holdPool(${JSON.stringify(dir)}, 'gateway'); process.stdout.write('held'); setInterval(() => {}, 1000);`;
  const other = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => other.kill('SIGKILL'));
  await once(other.stdout, 'data');
  assert.throws(() => holdPool(dir, 'gateway'), PoolHeld);
  holdPool(dir, 'ingest')();
  other.kill('SIGKILL');
  await once(other, 'exit');
  const release = holdPool(dir, 'gateway');
  release();
  holdPool(dir, 'gateway')();
});
