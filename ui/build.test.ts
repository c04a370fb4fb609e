import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { buildUi } from './build.ts';

async function buildInto(t: TestContext) {
  const dir = mkdtempSync(join(tmpdir(), 'shoebox-ui-'));
  t.after(() => rmSync(dir, { recursive: true }));
  await buildUi(dir);
  const index = readFileSync(join(dir, 'index.html'), 'utf8');
  const styles = JSON.parse(/data-styles="([^"]*)"/.exec(index)![1]!.replaceAll('&quot;', '"')) as Record<
    string,
    string
  >;
  const all = readdirSync(join(dir, 'static'));
  return { dir, all, files: all.filter((name) => !/\.(br|gz)$/.test(name)), index, styles };
}

/** A script with everything it imports at once, as paths below the folder. */
function scriptsBelow(dir: string, name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  const code = readFileSync(join(dir, 'static', name), 'utf8');
  for (const [, path] of code.matchAll(/(?:from|import)"\.\/([\w-]+\.js)"/g)) scriptsBelow(dir, path!, seen);
  return seen;
}

const packed = (dir: string, names: Iterable<string>) =>
  [...names].reduce((sum, name) => sum + gzipSync(readFileSync(join(dir, 'static', name))).length, 0);

const findFile = (files: readonly string[], pattern: RegExp) => files.find((name) => pattern.test(name))!;

test('the page needs no inline script or style, and every file it names exists', async (t) => {
  const { dir, index, styles } = await buildInto(t);
  assert.doesNotMatch(index, /<style|style=|\son\w+=|javascript:/);
  assert.doesNotMatch(index, /<script(?![^>]*\ssrc=)/);
  const named = [...index.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path!);
  assert.ok(named.length > 6);
  for (const path of [...named, ...Object.values(styles)]) assert.ok(existsSync(join(dir, path)), path);
});

test('the first visit to the timeline costs at most 90 kB of scripts and styles, socket and all', async (t) => {
  const { dir, files, styles } = await buildInto(t);
  const scripts = new Set<string>();
  for (const pattern of [/^main-\w{8}\.js$/, /^timeline-\w{8}\.js$/, /^live-socket-\w{8}\.js$/])
    scriptsBelow(dir, findFile(files, pattern), scripts);
  const sheets = [
    findFile(files, /^kit-\w{8}\.css$/),
    ...(styles['timeline'] ? [styles['timeline'].slice(8)] : []),
  ];
  const bytes = packed(dir, [...scripts, ...sheets]);
  assert.ok(bytes <= 90_000, `${bytes} bytes`);
});

test('what the first visit does not need is not in it: the socket, the viewer, German', async (t) => {
  const { dir, files } = await buildInto(t);
  const first = scriptsBelow(dir, findFile(files, /^main-\w{8}\.js$/));
  for (const pattern of [/^live-socket-/, /^viewer-/, /^de-/]) {
    const name = findFile(files, pattern);
    assert.ok(!first.has(name), name);
  }
});

test('the timeline comes with the page, and its first questions are asked by a script of at most 1 kB', async (t) => {
  const { dir, files, index } = await buildInto(t);
  const timeline = scriptsBelow(dir, findFile(files, /^timeline-\w{8}\.js$/));
  const first = scriptsBelow(dir, findFile(files, /^main-\w{8}\.js$/));
  for (const name of timeline) assert.ok(first.has(name) || name.startsWith('timeline-'), name);
  const early = findFile(files, /^ask-early-\w{8}\.js$/);
  assert.deepEqual(scriptsBelow(dir, early), new Set([early]));
  assert.ok(packed(dir, [early]) <= 1000);
  assert.ok(index.indexOf(early) < index.indexOf('modulepreload'));
});

test('the font is small enough for a slow network', async (t) => {
  const { dir, files } = await buildInto(t);
  const fonts = files.filter((name) => name.endsWith('.woff2'));
  assert.equal(fonts.length, 1);
  assert.ok(readFileSync(join(dir, 'static', fonts[0]!)).length <= 40_000);
});

test('a style of the kit is in one file only, and the style of a screen comes with its screen', async (t) => {
  const { dir, files, styles } = await buildInto(t);
  const sheets = files.filter((name) => name.endsWith('.css'));
  const having = (words: string) =>
    sheets.filter((name) => readFileSync(join(dir, 'static', name), 'utf8').includes(words));
  assert.equal(having('.tile-bare').length, 1);
  assert.deepEqual(having('.viewer-bar'), [styles['viewer']!.slice('/static/'.length)]);
});

test('names carry a hash in the form that the gateway lets browsers keep for ever', async (t) => {
  const { files } = await buildInto(t);
  for (const name of files) assert.match(name, /^[a-z0-9]+(-[a-z0-9]+)*-[A-Z0-9]{8}\.\w+$/);
});

test('the manifest names icons that exist and the address that takes what other apps share', async (t) => {
  const { dir } = await buildInto(t);
  const manifest = JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')) as {
    icons: { src: string; purpose: string }[];
    share_target: { action: string };
  };
  assert.deepEqual(manifest.icons.map(({ purpose }) => purpose).sort(), ['any', 'any', 'maskable']);
  for (const { src } of manifest.icons) assert.ok(existsSync(join(dir, src)), src);
  assert.equal(manifest.share_target.action, '/share-target');
});

test('the worker keeps every script and style of this version', async (t) => {
  const { dir, files } = await buildInto(t);
  const worker = readFileSync(join(dir, 'service-worker.js'), 'utf8');
  for (const name of files.filter((candidate) => /\.(js|css)$/.test(candidate)))
    assert.ok(worker.includes(name), name);
});

test('building over an older page removes its files and leaves no partial ones', async (t) => {
  const { dir, all } = await buildInto(t);
  writeFileSync(join(dir, 'static', 'main-OLDOLDOL.js'), 'old');
  await buildUi(dir);
  assert.deepEqual(readdirSync(join(dir, 'static')), all);
  assert.deepEqual(readdirSync(dir).sort(), ['index.html', 'manifest.json', 'service-worker.js', 'static']);
});

test('the scripts of the first visit are asked for together with the page, and each is there packed', async (t) => {
  const { dir, files, index } = await buildInto(t);
  const first = scriptsBelow(dir, findFile(files, /^main-\w{8}\.js$/));
  for (const name of first) assert.ok(index.includes(`modulepreload" href="/static/${name}`), name);
  // Each is a question to the box: in forty of them a browser spends more time than in the photos.
  assert.ok(first.size <= 2, [...first].join(' '));
  for (const name of files.filter((candidate) => /\.(js|css)$/.test(candidate))) {
    const plain = readFileSync(join(dir, 'static', name));
    assert.deepEqual(brotliDecompressSync(readFileSync(join(dir, 'static', `${name}.br`))), plain);
    assert.deepEqual(gunzipSync(readFileSync(join(dir, 'static', `${name}.gz`))), plain);
  }
});
