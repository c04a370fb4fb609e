import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { buildUi } from './build.ts';

async function buildInto(t: TestContext) {
  const dir = mkdtempSync(join(tmpdir(), 'shoebox-ui-'));
  t.after(() => rmSync(dir, { recursive: true }));
  await buildUi(dir);
  return {
    dir,
    files: readdirSync(join(dir, 'static')),
    index: readFileSync(join(dir, 'index.html'), 'utf8'),
  };
}

test('the page needs no inline script or style, and every file it names exists', async (t) => {
  const { dir, index } = await buildInto(t);
  assert.doesNotMatch(index, /<style|style=|\son\w+=|javascript:/);
  assert.doesNotMatch(index, /<script(?![^>]*\ssrc=)/);
  const named = [...index.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path!);
  assert.equal(named.length, 3);
  for (const path of named) assert.ok(existsSync(join(dir, path)), path);
});

test('the first visit costs less than 40 kB, and listening comes as a chunk of its own', async (t) => {
  const { dir, files, index } = await buildInto(t);
  const listening = files.filter((name) => /^live-\w+\.js$/.test(name));
  assert.equal(listening.length, 1);
  assert.ok(!index.includes(listening[0]!));
  const bytes = files
    .filter((name) => !listening.includes(name))
    .reduce((sum, name) => sum + gzipSync(readFileSync(join(dir, 'static', name))).length, 0);
  assert.ok(bytes < 40_000, `${bytes} bytes`);
});

test('names carry a hash in the form that the gateway lets browsers keep for ever', async (t) => {
  const { files } = await buildInto(t);
  for (const name of files) assert.match(name, /^[a-z]+-[A-Z0-9]{8}\.\w+$/);
});

test('building over an older page removes its files and leaves no partial ones', async (t) => {
  const { dir, files } = await buildInto(t);
  writeFileSync(join(dir, 'static', 'main-OLDOLDOL.js'), 'old');
  await buildUi(dir);
  assert.deepEqual(readdirSync(join(dir, 'static')), files);
  assert.deepEqual(readdirSync(dir).sort(), ['index.html', 'static']);
});
