import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { findFaults, hostArchOf } from './preflight.ts';

test('all that a machine lacks is said at once, each with what to do', (t) => {
  const buildDir = mkdtempSync(join(tmpdir(), 'preflight-'));
  t.after(() => rmSync(buildDir, { recursive: true }));
  const faults = findFaults({ cpu: 'arm64', uid: 1000, path: '/nowhere', buildDir: join(buildDir, 'steps') });
  assert.match(faults[0]!, /sudo npm run image/);
  assert.match(faults[1]!, /apt-get install .*mmdebstrap/);
});

test('a processor that Debian has no image tools for is named', (t) => {
  const buildDir = mkdtempSync(join(tmpdir(), 'preflight-'));
  t.after(() => rmSync(buildDir, { recursive: true }));
  const faults = findFaults({ cpu: 'riscv64', uid: 0, path: process.env['PATH'] ?? '', buildDir });
  assert.ok(faults.some((fault) => /not on riscv64/.test(fault)));
  assert.throws(() => hostArchOf('riscv64'));
});
