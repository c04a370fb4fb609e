import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { makeDng, makeHeic, makeJpeg, makePng, makeWebp } from '#test/fixtures/media';
import { makeVideo } from '#test/fixtures/moving-media';
import { ask, claim, type Owner, queuesEnded } from './own-appliance.ts';
import { startAppliance, type TestAppliance } from './start-appliance.ts';

/** The unmodified command line client `@immich/cli` against the real processes. */

const CLI = join(import.meta.dirname, '../../node_modules/@immich/cli/bin/immich');

interface Box extends TestAppliance {
  owner: Owner;
  /** Runs the command line; its texts, and its exit code. */
  immich(args: string[]): Promise<{ code: number; stdout: string; stderr: string }>;
}

/** What the command line needs and nothing else (contract §2.7). */
const SCOPES = [
  ...['asset.upload', 'album.read', 'album.create', 'albumAsset.create', 'user.read'],
  ...['server.about', 'server.statistics', 'asset.statistics'],
];

async function openBox(t: TestContext): Promise<Box> {
  const appliance = await startAppliance(t);
  const owner = await claim(appliance.url);
  const { secret } = await ask<{ secret: string }>(owner, 'POST', '/api-keys', {
    name: 'cli',
    permissions: SCOPES,
  });
  const configDir = await mkdtemp(join(tmpdir(), 'shoebox-cli-'));
  t.after(() => rm(configDir, { recursive: true }));
  const immich: Box['immich'] = (args) =>
    new Promise((resolve) => {
      execFile(
        process.execPath,
        // A key may begin with a hyphen.
        [CLI, '--url', appliance.url, `--key=${secret}`, '--config-directory', configDir, ...args],
        { maxBuffer: 64 * 1024 ** 2 },
        (error, stdout, stderr) =>
          resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr }),
      );
    });
  // The appliance's pids are read when they are asked for.
  return Object.assign(Object.create(appliance) as TestAppliance, { owner, immich });
}

async function openFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'shoebox-tree-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

/** Every file of a folder and below, by its path in it. */
async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

const sha1 = (bytes: Buffer) => createHash('sha1').update(bytes).digest('base64');

interface Found {
  id: string;
  originalFileName: string;
  checksum: string;
  type: string;
  localDateTime: string;
  fileCreatedAt: string;
  thumbhash: string | null;
}

/** Every asset of the owner by its checksum. */
async function listAssets(owner: Owner): Promise<Map<string, Found>> {
  const { assets } = await ask<{ assets: { items: Found[]; nextPage: string | null } }>(
    owner,
    'POST',
    '/search/metadata',
    { size: 1000 },
  );
  assert.equal(assets.nextPage, null);
  return new Map(assets.items.map((asset) => [asset.checksum, asset]));
}

/** Photos and videos as a family keeps them in folders, with the wall clock each was taken at. */
async function makeTree(root: string): Promise<Map<string, string>> {
  for (const folder of ['Summer in Köln', 'Family/Birthday'])
    await mkdir(join(root, folder), { recursive: true });
  const exif = { DateTimeOriginal: '2023:07:09 23:30:00', OffsetTimeOriginal: '+02:00' };
  const at = (path: string) => join(root, path);
  await Promise.all([
    makeJpeg(at('Summer in Köln/IMG_1.JPG'), { widthPx: 800, heightPx: 600, seed: 1, exif }),
    makeHeic(at('Summer in Köln/IMG_2.HEIC'), { seed: 2, exif }),
    makeVideo(at('Summer in Köln/clip 3.mp4'), { seed: 3, seconds: 1, createdAt: '2023-07-09T21:30:00Z' }),
    makePng(at('Family/tree.png'), { seed: 4 }),
    makeWebp(at('Family/Birthday/🎂.webp'), { seed: 5, exif }),
    makeJpeg(at('Family/Birthday/IMG_1.JPG'), { seed: 6, exif: { DateTimeOriginal: '1999:12:31 23:59:59' } }),
    makeDng(at('Family/raw.dng'), { seed: 7, exif }),
    makeJpeg(at('loose.jpeg'), { seed: 8, exif }),
  ]);
  await writeFile(
    at('Family/tree.png.xmp'),
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:DateTimeOriginal="2011-11-11T11:11:11+01:00"/>
</rdf:RDF></x:xmpmeta>`,
  );
  await writeFile(at('Family/letter.txt'), 'no photo');
  return new Map([
    ['Summer in Köln/IMG_1.JPG', '2023-07-09T23:30:00.000Z'],
    ['Summer in Köln/IMG_2.HEIC', '2023-07-09T23:30:00.000Z'],
    ['Summer in Köln/clip 3.mp4', '2023-07-09T21:30:00.000Z'],
    ['Family/tree.png', '2011-11-11T11:11:11.000Z'],
    ['Family/Birthday/🎂.webp', '2023-07-09T23:30:00.000Z'],
    ['Family/Birthday/IMG_1.JPG', '1999-12-31T23:59:59.000Z'],
    ['Family/raw.dng', '2023-07-09T23:30:00.000Z'],
    ['loose.jpeg', '2023-07-09T23:30:00.000Z'],
  ]);
}

test('a tree of folders arrives whole, with dates and albums, and a second run finds nothing to do', async (t) => {
  const [box, root] = await Promise.all([openBox(t), openFolder(t)]);
  const { owner, immich } = box;
  const info = await immich(['server-info']);
  assert.equal(info.code, 0, info.stdout + info.stderr);
  assert.match(info.stdout, /3\.2\.2/);

  const dates = await makeTree(root);
  const before = await listFiles(root);
  const run = await immich(['upload', '--recursive', '--album', '--concurrency', '4', '--no-progress', root]);
  assert.equal(run.code, 0, run.stdout + run.stderr);
  assert.match(run.stdout, /Successfully uploaded 8 new assets/);
  assert.deepEqual(await listFiles(root), before, 'nothing is deleted unless asked for');
  await queuesEnded(owner);

  const assets = await listAssets(owner);
  assert.equal(assets.size, dates.size);
  const byAlbum = new Map<string, string[]>();
  for (const [path, localDateTime] of dates) {
    const bytes = await readFile(join(root, path));
    const asset = assets.get(sha1(bytes));
    assert.ok(asset, path);
    assert.equal(asset.originalFileName, basename(path));
    assert.equal(asset.localDateTime, localDateTime, path);
    assert.equal(asset.type, path.endsWith('.mp4') ? 'VIDEO' : 'IMAGE');
    const original = await owner.get(`/assets/${asset.id}/original`);
    assert.ok(Buffer.from(await original.arrayBuffer()).equals(bytes), path);
    for (const [size, type] of [
      ['thumbnail', 'image/webp'],
      ['preview', 'image/jpeg'],
    ]) {
      const picture = await owner.get(`/assets/${asset.id}/thumbnail?size=${size}`);
      assert.equal(picture.status, 200, `${size} of ${path}`);
      assert.equal(picture.headers.get('content-type'), type);
      await picture.arrayBuffer();
    }
    const album = basename(dirname(join(root, path)));
    byAlbum.set(album, [...(byAlbum.get(album) ?? []), asset.id].sort());
  }
  const albums = await ask<{ id: string; albumName: string; assetCount: number }[]>(owner, 'GET', '/albums');
  assert.deepEqual(albums.map(({ albumName }) => albumName).sort(), [...byAlbum.keys()].sort());
  for (const { id, albumName, assetCount } of albums) {
    assert.equal(assetCount, byAlbum.get(albumName)!.length);
    const { assets: found } = await ask<{ assets: { items: Found[] } }>(owner, 'POST', '/search/metadata', {
      albumIds: [id],
    });
    assert.deepEqual(found.items.map((asset) => asset.id).sort(), byAlbum.get(albumName));
  }

  const second = await immich(['upload', '--recursive', '--album', '--no-progress', root]);
  assert.equal(second.code, 0, second.stdout + second.stderr);
  assert.match(second.stdout, /8 duplicates|All assets were already uploaded/);
  // Without looking at its files first the command line learns of each duplicate from the answer to its upload.
  const unhashed = await immich(['upload', '--recursive', '--skip-hash', '--no-progress', root]);
  assert.equal(unhashed.code, 0, unhashed.stdout + unhashed.stderr);
  assert.deepEqual([...(await listAssets(owner)).keys()].sort(), [...assets.keys()].sort());
  assert.equal((await ask<unknown[]>(owner, 'GET', '/albums')).length, byAlbum.size);
});

/** Photos of different bytes: what follows a JPEG's end does not change the picture. */
async function makeMany(root: string, count: number): Promise<Map<string, string>> {
  const model = join(root, 'model.jpg');
  await makeJpeg(model, { widthPx: 1200, heightPx: 900, seed: 11 });
  const base = await readFile(model);
  await rm(model);
  const checksums = new Map<string, string>();
  for (let number = 0; number < count; number++) {
    const bytes = Buffer.concat([base, Buffer.from(`photo ${number}`), Buffer.alloc(200_000)]);
    const name = `IMG_${number}.jpg`;
    await writeFile(join(root, name), bytes);
    checksums.set(name, sha1(bytes));
  }
  return checksums;
}

/** Everything that is no longer in the folder can be had from the box, byte for byte. */
async function assertNothingLost(
  owner: Owner,
  root: string,
  checksums: Map<string, string>,
): Promise<number> {
  const left = new Set(await listFiles(root));
  const assets = await listAssets(owner);
  let gone = 0;
  for (const [name, checksum] of checksums) {
    if (left.has(name)) continue;
    gone++;
    const asset = assets.get(checksum);
    assert.ok(asset, `${name} is neither here nor there`);
    const original = await owner.get(`/assets/${asset.id}/original`);
    assert.equal(sha1(Buffer.from(await original.arrayBuffer())), checksum);
  }
  return gone;
}

test('--delete removes what has arrived and nothing else, also when the box is killed in the middle', async (t) => {
  const [box, root] = await Promise.all([openBox(t), openFolder(t)]);
  const { owner, immich } = box;
  const checksums = await makeMany(root, 60);
  const upload = [
    'upload',
    '--recursive',
    '--delete',
    '--delete-duplicates',
    '--no-progress',
    '--concurrency',
  ];
  let isRunning = true;
  const running = immich([...upload, '4', root]).finally(() => (isRunning = false));
  let kills = 0;
  const killed = (async () => {
    for (let arrived = 0; isRunning && kills < 2; ) {
      const { total } = await ask<{ total: number }>(owner, 'GET', '/assets/statistics');
      if (total < arrived + 5) {
        await wait(5);
        continue;
      }
      arrived = total;
      await box.kill('gateway', 'SIGKILL');
      kills++;
      await box.start('gateway');
    }
  })();
  await Promise.all([running, killed]);
  assert.ok(kills > 0, 'the box was killed while it received');
  await assertNothingLost(owner, root, checksums);

  const rest = await immich([...upload, '4', root]);
  assert.equal(rest.code, 0, rest.stdout + rest.stderr);
  assert.deepEqual(await listFiles(root), []);
  assert.equal(await assertNothingLost(owner, root, checksums), checksums.size);
  assert.equal((await listAssets(owner)).size, checksums.size);
});
