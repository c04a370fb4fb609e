import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { ask, claim, queuesEnded, upload } from '#test/appliance/own-appliance';
import { startAppliance } from '#test/appliance/start-appliance';
import { makeHeic, makeJpeg } from '#test/fixtures/media';
import { bundleApp } from './bundle.ts';
import type { Cpu, PackageLock } from './npm-closure.ts';

const root = join(import.meta.dirname, '..');

/** What the app may add to the image (issue of the image), uncompressed. */
const MOST_BYTES = 250_000_000;

function makeFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** The app for the machine that the test runs on, with the packages that are installed here. */
async function bundleHere(folder: string, from = root) {
  const appDir = join(folder, 'app');
  const mapsDir = join(folder, 'maps');
  const app = await bundleApp({
    root: from,
    lock: JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as PackageLock,
    cpu: process.arch as Cpu,
    modules: join(root, 'node_modules'),
    node: process.execPath,
    appDir,
    mapsDir,
  });
  return { appDir, mapsDir, app };
}

/** Every file with its mode and its bytes' hash, every folder with its mode. */
function describeTree(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .map((path) => {
      const stats = statSync(join(folder, path));
      const hash = stats.isFile()
        ? createHash('sha256')
            .update(readFileSync(join(folder, path)))
            .digest('hex')
        : '';
      return `${path} ${(stats.mode & 0o777).toString(8)} ${hash}`;
    });
}

test('the bundled processes take photos in and make their previews', async (t) => {
  const folder = makeFolder(t);
  const { appDir, app } = await bundleHere(folder);
  assert.ok(app.bytes < MOST_BYTES, `${app.bytes} bytes`);
  for (const name of ['sharp', 'better-sqlite3', 'fastify', 'preact'])
    assert.ok(
      app.packages.some((part) => part.name === name && part.integrity !== undefined),
      name,
    );

  await makeJpeg(join(folder, 'photo.jpg'));
  await makeHeic(join(folder, 'photo.heic'));
  const appliance = await startAppliance(t, { appDir });
  const owner = await claim(appliance.url);
  const ids = [
    (await upload(owner, 'photo.jpg', readFileSync(join(folder, 'photo.jpg')))).id,
    (await upload(owner, 'photo.heic', readFileSync(join(folder, 'photo.heic')))).id,
  ];
  await queuesEnded(owner);
  for (const id of ids) {
    const preview = await owner.get(`/assets/${id}/thumbnail?size=preview`);
    assert.equal(preview.status, 200);
    assert.equal(preview.headers.get('content-type'), 'image/jpeg');
  }
  const statistics = await ask<{ images: number }>(owner, 'GET', '/assets/statistics');
  assert.equal(statistics.images, 2);
  const page = await fetch(appliance.url);
  assert.match(await page.text(), /<script/);
  assert.doesNotMatch(appliance.log(), /"level":"(error|fatal)"/);
});

test('the same sources give the same bytes and modes, whatever the umask, the time zone and the folder', async (t) => {
  // Of a copy, so that nobody who works on the sources meanwhile is taken for a difference.
  const copy = makeFolder(t);
  for (const name of ['services', 'package.json'])
    cpSync(join(root, name), join(copy, name), { recursive: true });
  cpSync(join(root, 'build/ui'), join(copy, 'build/ui'), { recursive: true });
  cpSync(join(root, 'build/gazetteer.db'), join(copy, 'build/gazetteer.db'));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

  const first = await bundleHere(makeFolder(t), copy);
  const umask = process.umask(0o077);
  const zone = process.env['TZ'];
  process.env['TZ'] = 'Pacific/Kiritimati';
  t.after(() => {
    process.umask(umask);
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });
  const second = await bundleHere(makeFolder(t), copy);
  const [firstTree, secondTree] = [describeTree(first.appDir), describeTree(second.appDir)];
  const known = new Set(firstTree);
  assert.deepEqual(
    secondTree.filter((line) => !known.has(line)),
    [],
  );
  assert.equal(secondTree.length, firstTree.length);
  assert.ok(firstTree.includes(`package.json 644 ${hashOf('{"type":"module"}\n')}`));
});

test('what is bundled names no folder of the machine it was bundled on, and holds no map', async (t) => {
  const { appDir, mapsDir } = await bundleHere(makeFolder(t));
  const files = readdirSync(join(appDir, 'services'), { recursive: true, encoding: 'utf8' });
  const scripts = files.filter((path) => path.endsWith('.js'));
  assert.ok(scripts.includes('gateway/main.js') && scripts.includes('ingest/decoder.js'), scripts.join());
  for (const path of scripts) {
    const text = readFileSync(join(appDir, 'services', path), 'utf8');
    assert.ok(!text.includes(root), path);
    assert.doesNotMatch(text, /sourceMappingURL/, path);
    assert.ok(statSync(join(mapsDir, 'services', `${path}.map`)).size > 0, path);
  }
  assert.deepEqual(
    files.filter((path) => path.endsWith('.map')),
    [],
  );
});

test('every program that a unit runs out of the app is in the bundle', async (t) => {
  const { appDir } = await bundleHere(makeFolder(t));
  const units = join(root, 'os/rootfs/usr/lib/systemd/system');
  const texts = readdirSync(units)
    .filter((name) => name.endsWith('.service'))
    .map((name) => readFileSync(join(units, name), 'utf8'));
  const named = texts.flatMap((text) => [...text.matchAll(/^ExecStart=.*$/gm)].map(([line]) => line));
  const scripts = named.flatMap((line) =>
    [...line.matchAll(/\/usr\/lib\/shoebox\/(\S+\.js)/g)].map(([, path]) => path!),
  );
  assert.ok(scripts.includes('services/gateway/main.js'), scripts.join());
  for (const path of ['bin/node', ...scripts]) assert.ok(statSync(join(appDir, path)).size > 0, path);
});

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
