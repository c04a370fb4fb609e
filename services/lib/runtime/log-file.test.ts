import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openLogFile } from './log-file.ts';

function openFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'log-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('the newest lines are kept in two files that only their user can read', (t) => {
  const folder = join(openFolder(t), 'logs');
  const keep = openLogFile(folder, 'gateway', 30);
  for (let number = 10; number < 20; number++) keep(`line ${number}`);
  assert.deepEqual(readdirSync(folder).sort(), ['gateway.log', 'gateway.log.1']);
  const kept = ['gateway.log.1', 'gateway.log']
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
  assert.equal(kept, 'line 16\nline 17\nline 18\nline 19\n'.slice(-kept.length));
  assert.ok(kept.endsWith('line 18\nline 19\n') && kept.length > 30);
  for (const name of readdirSync(folder)) assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600);
  assert.equal(statSync(folder).mode & 0o777, 0o700);
});

test('a process that starts again goes on where the last one ended', (t) => {
  const folder = openFolder(t);
  openLogFile(folder, 'gateway', 30)('before');
  openLogFile(folder, 'gateway', 30)('after');
  assert.equal(readFileSync(join(folder, 'gateway.log'), 'utf8'), 'before\nafter\n');
});

test('a drive that takes no lines ends nothing, and lines are kept again when it does', (t) => {
  const folder = openFolder(t);
  const inTheWay = join(folder, 'logs');
  writeFileSync(inTheWay, '');
  const keep = openLogFile(inTheWay, 'gateway');
  keep('lost');
  rmSync(inTheWay);
  keep('kept');
  assert.equal(readFileSync(join(inTheWay, 'gateway.log'), 'utf8'), 'kept\n');
});
