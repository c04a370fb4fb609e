import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeJpeg } from '#test/fixtures/media';
import { makeVideo } from '#test/fixtures/moving-media';
import { fillDrive, photograph, startWithDrive, untilTrue, writeAllSidecars } from './external-drive.ts';

test('photos of a read-only folder appear with previews, are downloaded from there, and nothing is written there', async (t) => {
  const { gateway, owner, drive, ask, ingest, addLibrary, search, statistics, scan } =
    await startWithDrive(t);
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
  const dirs = ['', '/2019', '/2019/summer'].map((dir) => drive + dir);
  assert.deepEqual(await ask('GET', '/view/folder/unique-paths'), dirs);
  const inDir = await ask<{ id: string }[]>('GET', `/view/folder?path=${encodeURIComponent(dirs[1]!)}`);
  assert.deepEqual(
    inDir.map(({ id }) => id),
    found.slice(0, 2).map(({ id }) => id),
  );
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
  await writeAllSidecars(gateway.poolDir);
  const sidecars = globSync('external/**/*.xmp', { cwd: gateway.poolDir });
  assert.equal(sidecars.length, 1, 'only what somebody spoke of has a sidecar');
  assert.match(readFileSync(join(gateway.poolDir, sidecars[0]!), 'utf8'), /Said here/);
  await ingest.idle();
  assert.deepEqual(photograph(drive), before);
});

test('a folder that is away takes nothing with it, also when an empty one is in its place, and comes back whole', async (t) => {
  const { gateway, owner, root, drive, ask, ingest, addLibrary, search, statistics, scan } =
    await startWithDrive(t);
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
  const { gateway, owner, root, drive, ask, addLibrary, search, statistics, scan } = await startWithDrive(t);
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
  const { drive, ask, addLibrary, search, scan, ingest, gateway } = await startWithDrive(t);
  await fillDrive(drive);
  const library = await addLibrary([drive]);
  const [b, c, a] = await search();
  await ask('PUT', `/assets/${a!.id}`, { description: 'Soon gone' });
  const sidecar = join(gateway.poolDir, `external/${library.id}${drive}/a.jpg.xmp`);
  await writeAllSidecars(gateway.poolDir);
  assert.ok(existsSync(sidecar));
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
