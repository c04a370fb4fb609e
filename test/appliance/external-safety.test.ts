import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, realpath, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeJpeg } from '#test/fixtures/media';
import { rebuildCatalog } from '../../services/ingest/rebuild.ts';
import {
  type Asset,
  fillDrive,
  type Library,
  startWithDrive,
  untilTrue,
  upload,
  writeAllSidecars,
} from './external-drive.ts';
import { type Credential, startGateway } from './start-gateway.ts';

test('an upload of the same bytes is kept for itself, and an external photo never counts as uploaded', async (t) => {
  const { gateway, owner, drive, ask, addLibrary, search } = await startWithDrive(t);
  await fillDrive(drive);
  await copyFile(join(drive, 'a.jpg'), join(drive, 'copy.jpg'));
  await addLibrary([drive]);
  const checksum = sha1(join(drive, 'a.jpg'));
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

const sha1 = (file: string): string => createHash('sha1').update(readFileSync(file)).digest('base64');

test('a paused scan waits, one that was stopped goes on with the next start, and a rebuild leaves sidecars alone', async (t) => {
  const { gateway, owner, drive, ask, ingest, startIngest, search } = await startWithDrive(t);
  for (let at = 0; at < 30; at++) {
    await mkdir(join(drive, `${at}`));
    await writeFile(join(drive, `${at}/a.jpg`), `no photo, and number ${at}`);
  }
  await makeJpeg(join(drive, 'z.jpg'), { seed: 4 });
  const queue = async (command: string) => ask('PUT', '/jobs/library', { command });
  await queue('pause');
  const library = await ask<Library>('POST', '/libraries', { ownerId: owner.id, importPaths: [drive] });
  await ingest.idle();
  assert.equal((await search()).length, 0);
  const { library: state } = await ask<{ library: object }>('GET', '/jobs');
  assert.deepEqual(state, {
    jobCounts: { active: 0, completed: 0, failed: 0, delayed: 0, waiting: 0, paused: 1 },
    queueStatus: { isActive: false, isPaused: true },
  });
  await queue('resume');
  await untilTrue('the scan has begun', async () => (await search()).length > 3);
  await ingest.stop();
  const next = await startIngest();
  await next.idle();
  assert.equal((await search()).length, 31);
  assert.notEqual((await ask<Library>('GET', `/libraries/${library.id}`)).refreshedAt, null);
  const uploaded = await upload(gateway, owner, join(drive, 'z.jpg'));
  const [first] = await search({ libraryId: library.id });
  await ask('PUT', `/assets/${first!.id}`, { isFavorite: true });
  const sidecar = join(gateway.poolDir, `external/${library.id}${first!.originalPath}.xmp`);
  await writeAllSidecars(gateway.poolDir);
  await next.stop();
  await gateway.stop();

  const text = readFileSync(sidecar, 'utf8');
  await rm(join(gateway.poolDir, '.shoebox/catalog'), { recursive: true });
  const report = await rebuildCatalog({ poolDir: gateway.poolDir, now: Date.now });
  assert.deepEqual([report.originals, report.skipped], [1, []]);
  assert.equal(readFileSync(sidecar, 'utf8'), text);
  const rebuilt = await startGateway(t, { poolDir: gateway.poolDir });
  const again = await rebuilt.signUp();
  const { id } = await rebuilt.ask<{ id: string }>('GET', `/api/assets/${uploaded}`, { as: again });
  assert.equal(id, uploaded);
});

test('a rebuild brings external libraries back, with what people said and without what they deleted', async (t) => {
  const { gateway, owner, drive, ask, ingest, startIngest, addLibrary, search } = await startWithDrive(t);
  await fillDrive(drive);
  await mkdir(join(drive, 'skip'));
  await makeJpeg(join(drive, 'skip/no.jpg'), { seed: 9 });
  const wishes = { name: 'Old drive', exclusionPatterns: ['**/skip/**'] };
  const library = await addLibrary([drive], wishes);
  const empty = await ask<Library>('POST', '/libraries', { ownerId: owner.id, importPaths: [] });
  await ask('DELETE', `/libraries/${empty.id}`);
  const [b, c] = await search();
  const album = await ask<{ id: string }>('POST', '/albums', { albumName: 'Summer', assetIds: [b!.id] });
  await ask('PUT', `/assets/${b!.id}`, { isFavorite: true, description: 'At the lake', rating: 4 });
  await ask('DELETE', '/assets', { ids: [c!.id], force: true });
  await ingest.idle();
  await writeAllSidecars(gateway.poolDir);
  await ingest.stop();
  await gateway.stop();

  await rm(join(gateway.poolDir, '.shoebox'), { recursive: true });
  const report = await rebuildCatalog({ poolDir: gateway.poolDir, now: Date.now });
  assert.deepEqual([report.originals, report.libraries, report.externals], [0, 1, 1]);
  const rebuilt = await startGateway(t, { poolDir: gateway.poolDir });
  const again = await rebuilt.signUp();
  assert.equal(again.id, owner.id);
  const read = <Answer>(path: string) => rebuilt.ask<Answer>('GET', `/api${path}`, { as: again });
  const [found] = await read<(Library & typeof wishes)[]>('/libraries');
  assert.deepEqual(
    [found!.id, found!.name, found!.importPaths, found!.exclusionPatterns],
    [library.id, wishes.name, [drive], wishes.exclusionPatterns],
  );
  // Of what was spoken of, everything is known before the drive is looked at.
  assert.equal((await read<Asset>(`/assets/${b!.id}`)).isOffline, true);

  await (await startIngest()).idle();
  const { assets } = await rebuilt.ask<{ assets: { items: Asset[] } }>('POST', '/api/search/metadata', {
    as: again,
    json: { withExif: true },
  });
  const names = assets.items.map(({ originalFileName }) => originalFileName).sort();
  assert.deepEqual(names, ['a.jpg', 'b.jpg'], 'neither what was deleted nor what is left out');
  const back = await read<Asset & { exifInfo: { rating: number } }>(`/assets/${b!.id}`);
  assert.deepEqual(
    [back.isOffline, back.isFavorite, back.exifInfo.description, back.exifInfo.rating, back.originalPath],
    [false, true, 'At the lake', 4, b!.originalPath],
  );
  assert.deepEqual([back.thumbhash !== null, back.checksum], [true, b!.checksum]);
  assert.equal((await read<{ assetCount: number }>(`/albums/${album.id}`)).assetCount, 1);
  const original = await rebuilt.request('GET', `/api/assets/${b!.id}/original`, { as: again });
  assert.deepEqual(Buffer.from(await original.arrayBuffer()), readFileSync(join(drive, '2019/b.jpg')));
});

test('links lead nowhere: not in a scan, not in place of a file, not in place of a folder', async (t) => {
  const { gateway, owner, root, drive, addLibrary, search, scan } = await startWithDrive(t);
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
  const { gateway, owner, root, drive, ask, addLibrary } = await startWithDrive(t);
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
