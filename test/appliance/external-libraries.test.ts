import assert from 'node:assert/strict';
import { existsSync, globSync, lstatSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, realpath, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { createLog } from '#runtime/log';
import { makeJpeg } from '#test/fixtures/media';
import { makeVideo } from '#test/fixtures/moving-media';
import { openIngest } from '../../services/ingest/ingest.ts';
import { type Credential, startGateway, type TestGateway, type TestUser } from './start-gateway.ts';

interface Asset {
  id: string;
  originalFileName: string;
  originalPath: string;
  checksum: string;
  libraryId: string | null;
  isOffline: boolean;
  isTrashed: boolean;
  isFavorite: boolean;
  thumbhash: string | null;
  exifInfo?: { description: string | null };
}
interface Library {
  id: string;
  importPaths: string[];
  assetCount: number;
  refreshedAt: string | null;
}
interface Statistics {
  photos: number;
  videos: number;
  total: number;
  usage: number;
  offline: number;
}

/** Gateway and ingest on one pool, which may read below `root`; `drive` is a folder there that stands for a drive. */
async function startBoth(t: TestContext) {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'external-')));
  t.after(() => rm(root, { recursive: true }));
  const drive = join(root, 'drive');
  await mkdir(drive);
  const externalDirs = [root];
  const gateway = await startGateway(t, { config: { externalDirs } });
  const { poolDir, runDir } = gateway.parts.config;
  const startIngest = async () => {
    const ingest = await openIngest({
      config: {
        poolDir,
        runDir,
        externalDirs,
        gazetteerFile: join(poolDir, 'none.db'),
        reservedBytes: 0,
        logLevel: 'silent',
        concurrency: 2,
        decoderMemoryBytes: 768 * 1024 ** 2,
        decoderTimeMs: 60_000,
      },
      log: createLog('ingest', 'silent'),
      now: Date.now,
    });
    t.after(() => ingest.stop());
    return ingest;
  };
  const ingest = await startIngest();
  const owner = await gateway.signUp();
  const ask = <Answer = unknown>(method: string, path: string, json?: unknown, as: Credential = owner) =>
    gateway.ask<Answer>(method, `/api${path}`, { as, ...(json !== undefined && { json }) });
  return {
    gateway,
    ingest,
    startIngest,
    owner,
    root,
    drive,
    ask,
    /** Makes a library of these folders and waits until it has been read. */
    addLibrary: async (importPaths: string[], more: object = {}) => {
      const library = await ask<Library>('POST', '/libraries', { ownerId: owner.id, importPaths, ...more });
      await ingest.idle();
      return library;
    },
    scan: async ({ id }: Library) => {
      await ask('POST', `/libraries/${id}/scan`);
      await ingest.idle();
    },
    search: async (filters: object = {}) =>
      (
        await ask<{ assets: { items: Asset[] } }>('POST', '/search/metadata', {
          withExif: true,
          ...filters,
        })
      ).assets.items.toSorted((a, b) => (a.originalPath < b.originalPath ? -1 : 1)),
    statistics: ({ id }: Library) => ask<Statistics>('GET', `/libraries/${id}/statistics`),
  };
}

/** Two folders with three photos, one of which has a sidecar; and what is no photo. */
async function fillDrive(drive: string): Promise<void> {
  await mkdir(join(drive, '2019/summer'), { recursive: true });
  await makeJpeg(join(drive, 'a.jpg'), { seed: 1 });
  await makeJpeg(join(drive, '2019/b.jpg'), { seed: 2 });
  await makeJpeg(join(drive, '2019/summer/c d.jpg'), { seed: 3 });
  await writeFile(
    join(drive, 'a.jpg.xmp'),
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
    <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description><rdf:Alt>
    <rdf:li xml:lang="x-default">Written elsewhere</rdf:li></rdf:Alt></dc:description></rdf:Description></rdf:RDF></x:xmpmeta>`,
  );
  await writeFile(join(drive, 'notes.txt'), 'not a photo');
  await writeFile(join(drive, '.hidden.jpg'), 'hidden');
}

/** Names, sizes, contents and times of everything below a folder. */
const photograph = (folder: string) =>
  globSync('**', { cwd: folder })
    .sort()
    .map((name) => {
      const { mtimeMs, ctimeMs, size, mode, ino } = lstatSync(join(folder, name));
      return { name, mtimeMs, ctimeMs, size, mode, ino };
    });

async function upload(gateway: TestGateway, user: TestUser, file: string): Promise<string> {
  const form = new FormData();
  form.set('assetData', new File([readFileSync(file)], 'upload.jpg'));
  form.set('fileCreatedAt', '2024-05-01T10:00:00Z');
  form.set('fileModifiedAt', '2024-05-01T10:00:00Z');
  const init = { method: 'POST', headers: user.headers, body: form };
  const response = await fetch(`${gateway.url}/api/assets`, init);
  assert.equal(response.status, 201);
  return ((await response.json()) as { id: string }).id;
}

test('photos of a read-only folder appear with previews, are downloaded from there, and nothing is written there', async (t) => {
  const { gateway, owner, drive, ask, ingest, addLibrary, search, statistics, scan } = await startBoth(t);
  await fillDrive(drive);
  await makeVideo(join(drive, '2019/film.mp4'));
  const before = photograph(drive);
  const library = await addLibrary([drive], { name: 'Old drive' });

  const found = await search();
  assert.deepEqual(
    found.map(({ originalPath }) => originalPath),
    ['2019/b.jpg', '2019/film.mp4', '2019/summer/c d.jpg', 'a.jpg'].map((name) => join(drive, name)),
  );
  for (const asset of found) {
    assert.equal(asset.libraryId, library.id);
    assert.equal(asset.isOffline, false);
    assert.notEqual(asset.thumbhash, null, asset.originalPath);
    const thumbnail = await gateway.request('GET', `/api/assets/${asset.id}/thumbnail`, { as: owner });
    assert.equal(thumbnail.status, 200);
  }
  const a = found.at(-1)!;
  assert.equal(a.exifInfo?.description, 'Written elsewhere');
  assert.deepEqual(await search({ libraryId: library.id }), found);
  const { usage, ...counts } = await statistics(library);
  assert.deepEqual(counts, { photos: 3, videos: 1, total: 4, offline: 0 });
  assert.ok(usage > 1000);
  // It takes no space of the owner's.
  const me = await ask<{ quotaUsageInBytes: number }>('GET', '/users/me');
  assert.equal(me.quotaUsageInBytes, 0);

  const bytes = readFileSync(join(drive, 'a.jpg'));
  const whole = await gateway.request('GET', `/api/assets/${a.id}/original`, { as: owner });
  assert.deepEqual(Buffer.from(await whole.arrayBuffer()), bytes);
  const headers = { range: 'bytes=10-19' };
  const part = await gateway.request('GET', `/api/assets/${a.id}/original`, { as: owner, headers });
  assert.equal(part.status, 206);
  assert.deepEqual(Buffer.from(await part.arrayBuffer()), bytes.subarray(10, 20));
  const archive = await gateway.request('POST', '/api/download/archive', {
    as: owner,
    json: { assetIds: found.map(({ id }) => id) },
  });
  const zip = Buffer.from(await archive.arrayBuffer());
  assert.ok(zip.includes(bytes), 'the archive has the bytes of the original');

  // The phone gets them with the library they are of; what is said of them is written in the pool.
  const stream = await gateway.request('POST', '/api/sync/stream', {
    as: owner,
    json: { types: ['AssetsV1'] },
  });
  const lines = (await stream.text()).split('\n').filter((line) => line.includes('"AssetV1"'));
  assert.equal(lines.length, 4);
  assert.ok(lines.every((line) => line.includes(`"libraryId":"${library.id}"`)));
  await ask('PUT', `/assets/${a.id}`, { isFavorite: true, description: 'Said here' });
  await scan(library);
  await untilTrue('sidecar', () =>
    existsSync(join(gateway.poolDir, `external/${library.id}${drive}/a.jpg.xmp`)),
  );
  const sidecars = globSync('external/**/*.xmp', { cwd: gateway.poolDir });
  assert.equal(sidecars.length, 1, 'only what somebody spoke of has a sidecar');
  assert.match(readFileSync(join(gateway.poolDir, sidecars[0]!), 'utf8'), /Said here/);
  await ingest.idle();
  assert.deepEqual(photograph(drive), before);
});

async function untilTrue(what: string, look: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await look()) return;
    await wait(50);
  }
  throw new Error(`never came true: ${what}`);
}

test('a folder that is away takes nothing with it, also when an empty one is in its place, and comes back whole', async (t) => {
  const { gateway, owner, root, drive, ask, ingest, addLibrary, search, statistics, scan } =
    await startBoth(t);
  await fillDrive(drive);
  const library = await addLibrary([drive]);
  const [b] = await search();
  await ask('PUT', `/assets/${b!.id}`, { isFavorite: true });

  await rename(drive, join(root, 'unplugged'));
  await scan(library);
  assert.equal((await statistics(library)).offline, 3);
  // The mount point without its drive: an empty folder of another file system or another number.
  await mkdir(drive);
  await scan(library);
  const away = await search();
  assert.equal(away.length, 3);
  assert.ok(away.every(({ isOffline, isTrashed }) => isOffline && !isTrashed));
  assert.equal((await search({ isOffline: true })).length, 3);
  assert.equal((await search({ isOffline: false })).length, 0);
  assert.deepEqual(await statistics(library), { ...(await statistics(library)), total: 3, offline: 3 });
  const original = await gateway.request('GET', `/api/assets/${b!.id}/original`, { as: owner });
  assert.equal(original.status, 503);
  assert.match(((await original.json()) as { message: string }).message, /b\.jpg lies in a folder outside/);
  const json = { assetIds: [b!.id] };
  const archive = await gateway.request('POST', '/api/download/archive', { as: owner, json });
  assert.equal(archive.status, 503);
  const thumbnail = await gateway.request('GET', `/api/assets/${b!.id}/thumbnail`, { as: owner });
  assert.equal(thumbnail.status, 200);

  // Somebody else's photo in the empty folder does not make it the one that was meant.
  await makeJpeg(join(drive, 'stranger.jpg'), { seed: 9 });
  await scan(library);
  assert.equal((await search()).length, 3);

  await rm(drive, { recursive: true });
  await rename(join(root, 'unplugged'), drive);
  await ingest.idle();
  const back = await search();
  assert.ok(back.every(({ isOffline }) => !isOffline));
  assert.deepEqual(
    back.map(({ id, isFavorite }) => ({ id, isFavorite })),
    away.map(({ id }) => ({ id, isFavorite: id === b!.id })),
  );
  assert.equal((await statistics(library)).offline, 0);
  const again = await gateway.request('GET', `/api/assets/${b!.id}/original`, { as: owner });
  assert.equal(again.status, 200);
});

test('files that go, change, move and come are followed, and what people said stays', async (t) => {
  const { gateway, owner, root, drive, ask, addLibrary, search, statistics, scan } = await startBoth(t);
  await fillDrive(drive);
  const library = await addLibrary([drive]);
  const [b, c, a] = await search();
  await ask('PUT', `/assets/${b!.id}`, { description: 'Our dog' });

  // One goes alone, one folder gets another name, one file gets other bytes.
  await rename(join(drive, 'a.jpg'), join(root, 'kept.jpg'));
  await rename(join(drive, '2019/summer'), join(drive, '2019/winter'));
  await makeJpeg(join(drive, '2019/b.jpg'), { seed: 77, widthPx: 320, heightPx: 200 });
  await scan(library);
  const after = await search();
  const byId = new Map(after.map((asset) => [asset.id, asset] as const));
  assert.equal(byId.size, 3);
  assert.equal(byId.get(a!.id)!.isOffline, true);
  assert.equal(byId.get(c!.id)!.originalPath, join(drive, '2019/winter/c d.jpg'));
  assert.equal(byId.get(c!.id)!.isOffline, false);
  assert.equal(byId.get(b!.id)!.exifInfo?.description, 'Our dog');
  assert.notEqual(byId.get(b!.id)!.thumbhash, b!.thumbhash);
  const { total, offline } = await statistics(library);
  assert.deepEqual({ total, offline }, { total: 3, offline: 1 });
  const changed = await gateway.request('GET', `/api/assets/${b!.id}/original`, { as: owner });
  assert.deepEqual(Buffer.from(await changed.arrayBuffer()), readFileSync(join(drive, '2019/b.jpg')));

  await rename(join(root, 'kept.jpg'), join(drive, 'a.jpg'));
  await makeJpeg(join(drive, 'new.jpg'), { seed: 5 });
  await scan(library);
  const last = await search();
  assert.equal(last.length, 4);
  assert.ok(last.every(({ isOffline }) => !isOffline));

  // Patterns leave out; the whole folder is then offline, not gone.
  await ask('PUT', `/libraries/${library.id}`, { exclusionPatterns: ['**/winter/**'] });
  await scan(library);
  assert.deepEqual(
    (await search({ isOffline: true })).map(({ id }) => id),
    [c!.id],
  );
});

test('what was deleted in the app stays deleted, its file is not touched, and nothing is restored by a scan', async (t) => {
  const { drive, ask, addLibrary, search, scan, ingest, gateway } = await startBoth(t);
  await fillDrive(drive);
  const library = await addLibrary([drive]);
  const [b, c, a] = await search();
  await ask('PUT', `/assets/${a!.id}`, { description: 'Soon gone' });
  const sidecar = join(gateway.poolDir, `external/${library.id}${drive}/a.jpg.xmp`);
  await untilTrue('sidecar', () => existsSync(sidecar));
  const before = photograph(drive);
  await ask('DELETE', '/assets', { ids: [b!.id] });
  await ask('DELETE', '/assets', { ids: [a!.id], force: true });
  await scan(library);
  await scan(library);
  assert.deepEqual(
    (await search()).map(({ id }) => id),
    [c!.id],
  );
  await untilTrue('sidecar removed', () => !existsSync(sidecar));
  assert.deepEqual(await ask('POST', '/trash/restore/assets', { ids: [b!.id] }), { count: 1 });
  assert.equal((await search()).length, 2);
  assert.deepEqual(photograph(drive), before);

  // A deleted library takes its photos out of sight, and made again it has them all.
  await ask('DELETE', `/libraries/${library.id}`);
  await ingest.idle();
  assert.deepEqual(await search(), []);
  assert.deepEqual(await ask('GET', '/libraries'), []);
  assert.deepEqual(photograph(drive), before);
  await addLibrary([drive]);
  assert.equal((await search()).length, 3);
  assert.deepEqual(photograph(drive), before);
});

test('an upload of the same bytes is kept for itself, and an external photo never counts as uploaded', async (t) => {
  const { gateway, owner, drive, ask, addLibrary, search } = await startBoth(t);
  await fillDrive(drive);
  await copyFile(join(drive, 'a.jpg'), join(drive, 'copy.jpg'));
  await addLibrary([drive]);
  const checksum = await sha1(join(drive, 'a.jpg'));
  const check = await ask<{ results: { action: string }[] }>('POST', '/assets/bulk-upload-check', {
    assets: [{ id: '1', checksum }],
  });
  assert.equal(check.results[0]!.action, 'accept');
  const id = await upload(gateway, owner, join(drive, 'a.jpg'));
  const found = await search();
  assert.equal(found.length, 5, 'both copies of the folder and the upload');
  assert.equal(new Set(found.map((asset) => asset.checksum)).size, 5);
  // Deleting the external ones for good leaves the upload whole.
  const external = found.filter(({ libraryId }) => libraryId !== null).map((asset) => asset.id);
  await ask('DELETE', '/assets', { ids: external, force: true });
  const original = await gateway.request('GET', `/api/assets/${id}/original`, { as: owner });
  assert.deepEqual(Buffer.from(await original.arrayBuffer()), readFileSync(join(drive, 'a.jpg')));
});

async function sha1(file: string): Promise<string> {
  const { createHash } = await import('node:crypto');
  return createHash('sha1').update(readFileSync(file)).digest('base64');
}

test('links lead nowhere: not in a scan, not in place of a file, not in place of a folder', async (t) => {
  const { gateway, owner, root, drive, addLibrary, search, scan } = await startBoth(t);
  const secret = join(root, 'secret');
  await mkdir(secret);
  await makeJpeg(join(secret, 'secret.jpg'), { seed: 6 });
  await fillDrive(drive);
  await symlink(secret, join(drive, 'folder'));
  await symlink(join(secret, 'secret.jpg'), join(drive, 'link.jpg'));
  const library = await addLibrary([drive]);
  const [b, , a] = await search();
  assert.equal((await search()).length, 3);

  const refuses = async (id: string) => {
    const { status } = await gateway.request('GET', `/api/assets/${id}/original`, { as: owner });
    assert.equal(status, 503);
    const json = { assetIds: [id] };
    const body = await gateway
      .request('POST', '/api/download/archive', { as: owner, json })
      .then((response) => response.arrayBuffer())
      .catch(() => undefined);
    assert.ok(!body || !Buffer.from(body).includes(readFileSync(join(secret, 'secret.jpg'))));
  };
  // Of the same size and date, so that only the link tells.
  const { size, mtime } = lstatSync(join(drive, 'a.jpg'));
  const padded = Buffer.alloc(size);
  readFileSync(join(secret, 'secret.jpg')).copy(padded);
  await writeFile(join(secret, 'a.jpg'), padded);
  await utimes(join(secret, 'a.jpg'), mtime, mtime);
  await rm(join(drive, 'a.jpg'));
  await symlink(join(secret, 'a.jpg'), join(drive, 'a.jpg'));
  await refuses(a!.id);
  await rename(join(drive, '2019'), join(secret, '2019'));
  await symlink(join(secret, '2019'), join(drive, '2019'));
  await refuses(b!.id);
  await scan(library);
  assert.ok((await search()).every(({ isOffline }) => isOffline));
});

test('only folders that the box may read can be named, and only by administrators', async (t) => {
  const { gateway, owner, root, drive, ask, addLibrary } = await startBoth(t);
  const bob = await gateway.createUser(owner);
  const post = (importPaths: string[], as: Credential = owner) =>
    gateway.request('POST', '/api/libraries', { as, json: { ownerId: owner.id, importPaths } });
  assert.equal((await post([drive], bob)).status, 403);
  assert.equal((await gateway.request('GET', '/api/libraries', { as: bob })).status, 403);
  await symlink('/etc', join(root, 'etc'));
  await symlink(drive, join(root, 'link'));
  const refused: [string, RegExp][] = [
    ['drive', /from the top/],
    ['/etc', /only read folders below/],
    [`${drive}/../../..`, /only read folders below/],
    [join(root, 'etc'), /link leads out of it/],
    [join(root, 'link'), new RegExp(`Use ${drive}`)],
    [join(root, 'nothing'), /no such folder/],
  ];
  for (const [path, words] of refused) {
    const response = await post([path]);
    assert.equal(response.status, 400, path);
    assert.match(((await response.json()) as { message: string }).message, words);
  }
  assert.deepEqual(await ask('GET', '/libraries'), []);
  const library = await addLibrary([drive]);
  // Photos of a folder inside it would be there twice.
  await mkdir(join(drive, 'inside'));
  const inside = await post([join(drive, 'inside')]);
  assert.match(((await inside.json()) as { message: string }).message, /is in the library .* already/);
  const { importPaths } = await ask<{ importPaths: { isValid: boolean }[] }>(
    'POST',
    `/libraries/${library.id}/validate`,
    { importPaths: [drive, '/etc', join(root, 'nothing')] },
  );
  assert.deepEqual(
    importPaths.map(({ isValid }) => isValid),
    [true, false, false],
  );

  // The pool itself, and a box that was allowed nothing.
  const pool = await realpath(gateway.poolDir);
  const other = await startGateway(t, { config: { externalDirs: ['/'] }, poolDir: join(root, 'pool') });
  const admin = await other.signUp();
  for (const path of [join(root, 'pool'), join(root, 'pool/library'), root]) {
    const json = { ownerId: admin.id, importPaths: [path] };
    const response = await other.request('POST', '/api/libraries', { as: admin, json });
    assert.match(
      ((await response.json()) as { message: string }).message,
      /keeps its own photos there/,
      pool,
    );
  }
  const plain = await startGateway(t);
  const somebody = await plain.signUp();
  const json = { ownerId: somebody.id, importPaths: [drive] };
  const response = await plain.request('POST', '/api/libraries', { as: somebody, json });
  assert.match(((await response.json()) as { message: string }).message, /SHOEBOX_EXTERNAL/);
});
