import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { accountFileChanges, accountFileQueries } from '#catalog/account-files';
import { type Catalog, openCatalog } from '#catalog/open';
import { sidecarChanges, sidecarQueries } from '#catalog/sidecars';
import { createLog } from '#runtime/log';
import { poolLayout } from '#storage/layout';
import { makeJpeg } from '#test/fixtures/media';
import { makeVideo } from '#test/fixtures/moving-media';
import { readIngestConfig } from '../../services/ingest/config.ts';
import { openIngest } from '../../services/ingest/ingest.ts';
import { CatalogIsGood, NoLibrary, rebuildCatalog } from '../../services/ingest/rebuild.ts';
import { writeSidecars } from '../../services/ingest/write-sidecars.ts';
import { startGateway, type TestGateway, type TestUser } from './start-gateway.ts';

async function makeFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'shoebox-rebuild-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

/** Lets ingest do all that is due on a pool. */
async function runIngest(poolDir: string, runDir: string): Promise<void> {
  const config = readIngestConfig({ SHOEBOX_DATA: poolDir, SHOEBOX_RUN: runDir, SHOEBOX_LOG: 'silent' });
  const ingest = await openIngest({ config, log: createLog('ingest', 'silent'), now: Date.now });
  await ingest.idle();
  await ingest.stop();
}

/** What people added, as it stands beside their originals, by path. */
const readWritten = (poolDir: string): Map<string, string> =>
  new Map(
    globSync('library/**/{*.xmp,shoebox-account.json}', { cwd: poolDir }).map((path) => [
      path,
      readFileSync(join(poolDir, path), 'utf8'),
    ]),
  );

/** Writes every sidecar and account file that is due, as ingest does after some seconds. */
async function writeAll(poolDir: string, now = Date.now()): Promise<number> {
  const layout = poolLayout(poolDir);
  const db = openCatalog(layout.catalogFile);
  let time = now;
  const parts = {
    layout,
    sidecars: { ...sidecarQueries(db), ...sidecarChanges(db) },
    accountFiles: { ...accountFileQueries(db), ...accountFileChanges(db) },
    transact: <Result>(work: () => Result): Result => db.transaction(work).immediate(),
    log: createLog('ingest', 'silent'),
    now: () => time,
  };
  try {
    let written = await writeSidecars(parts);
    time += 60_000;
    written += await writeSidecars(parts);
    return written;
  } finally {
    db.close();
  }
}

async function upload(gateway: TestGateway, user: TestUser, file: string, name: string): Promise<string> {
  const form = new FormData();
  form.set('assetData', new Blob([readFileSync(file)]), name);
  form.set('deviceAssetId', name);
  form.set('deviceId', 'test');
  form.set('fileCreatedAt', '2019-08-07T06:05:04.321Z');
  form.set('fileModifiedAt', '2019-08-07T06:05:04.321Z');
  const response = await fetch(`${gateway.url}/api/assets`, {
    method: 'POST',
    headers: user.headers,
    body: form,
  });
  assert.equal(response.status, 201, await response.clone().text());
  return ((await response.json()) as { id: string }).id;
}

/** Everything that a rebuild promises to bring back, in a form that compares. */
function readPromised(db: Catalog) {
  const all = (sql: string) => db.prepare(sql).all();
  return {
    users:
      all(`SELECT id, email, name, folder, storage_label, avatar_color, quota_bytes, used_bytes, video_bytes,
      preferences, created_at FROM user ORDER BY id`),
    assets:
      all(`SELECT id, owner_id, type, visibility, is_favorite, trashed_at, captured_at, local_at, time_zone,
      created_at, width_px, height_px, duration_ms, live_video_id, stack_id, is_stack_member, city, latitude, longitude,
      original_name, path, sidecar_path, checksum, original_bytes, mime_type, file_created_at, file_modified_at, make,
      model, description, rating, set_by_owner, orientation FROM asset WHERE is_extracted = 0 ORDER BY id`),
    albums: all(
      `SELECT id, name, description, cover_asset_id, is_activity_enabled, sort_order, created_at FROM album ORDER BY id`,
    ),
    members: all('SELECT album_id, user_id, role, created_at FROM album_user ORDER BY album_id, user_id'),
    inAlbums: all(
      'SELECT album_id, asset_id, added_by, added_at FROM album_asset ORDER BY album_id, asset_id',
    ),
    stacks: all('SELECT id, owner_id, primary_asset_id FROM stack ORDER BY id'),
    people: all(
      `SELECT id, owner_id, name, birth_date, is_hidden, is_favorite, color, cover_face_id, created_at FROM person ORDER BY id`,
    ),
    faces:
      all(`SELECT id, asset_id, person_id, image_width_px, image_height_px, x1, y1, x2, y2, source, is_visible
      FROM face ORDER BY id`),
    tags: all('SELECT id, owner_id, parent_id, value, color FROM tag ORDER BY value'),
    tagged: all('SELECT tag_id, asset_id FROM tag_asset ORDER BY tag_id, asset_id'),
    edits: all('SELECT id, asset_id, action, parameters, sequence FROM asset_edit ORDER BY id'),
    partners: all(
      'SELECT shared_by_id, shared_with_id, in_timeline, created_at FROM partner ORDER BY shared_by_id',
    ),
    months: all('SELECT * FROM month_count WHERE count > 0 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8'),
  };
}

const originalsOf = (poolDir: string) =>
  new Map(
    globSync('library/**/*', { cwd: poolDir, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.(xmp|json)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path, readFileSync(path).toString('base64')]),
  );

test('a pool that lost everything but its library gets back what people had', {
  timeout: 110_000,
}, async (t) => {
  const scratch = await makeFolder(t);
  const poolDir = join(scratch, 'pool');
  const runDir = join(scratch, 'run');
  const gateway = await startGateway(t, { poolDir });
  const ann = await gateway.signUp();
  const bob = await gateway.createUser(ann, { name: 'Bob', email: 'bob@example.org' });
  const photo = async (user: TestUser, name: string, seed: number, exif?: Record<string, string>) => {
    const file = join(scratch, `${seed}.jpg`);
    await makeJpeg(file, { widthPx: 320, heightPx: 240, seed, ...(exif && { exif }) });
    return upload(gateway, user, file, name);
  };
  const beach = await photo(ann, 'beach: "one"?.jpg', 1, {
    DateTimeOriginal: '2021:07:03 10:20:30',
    OffsetTimeOriginal: '+02:00',
    Make: 'Maker',
  });
  const plain = await photo(ann, 'plain.jpg', 2);
  const [top, under] = [await photo(ann, 'top.jpg', 3), await photo(ann, 'under.jpg', 4)];
  const [archived, locked, gone] = [
    await photo(ann, 'archived.jpg', 5),
    await photo(ann, 'locked.jpg', 6),
    await photo(ann, 'gone.jpg', 7),
  ];
  const bobs = await photo(bob, 'bobs.jpg', 8);
  await makeVideo(join(scratch, 'v.mp4'), { seed: 9 });
  const video = await upload(gateway, ann, join(scratch, 'v.mp4'), 'clip.mp4');
  await runIngest(poolDir, runDir);

  const put = (path: string, json: unknown, as = ann) => gateway.ask('PUT', path, { as, json });
  await put(`/api/assets/${beach}`, {
    description: 'Low tide & <wind>\n"quoted" 😀',
    rating: 5,
    isFavorite: true,
    latitude: -33.856784,
    longitude: 151.215297,
    dateTimeOriginal: '1999-12-31T23:30:00.000+05:45',
  });
  await put(`/api/assets/${bobs}`, { rating: -1, description: 'of Bob' }, bob);
  await put(`/api/assets/${archived}`, { visibility: 'archive' });
  await put(`/api/assets/${locked}`, { visibility: 'locked' });
  await gateway.ask('DELETE', '/api/assets', { as: ann, json: { ids: [gone] } });
  await gateway.ask('POST', '/api/stacks', { as: ann, json: { assetIds: [top, under] } });
  await gateway.ask('POST', '/api/albums', { as: ann, json: { albumName: 'No photos yet' } });
  const album = await gateway.ask<{ id: string }>('POST', '/api/albums', {
    as: ann,
    json: {
      albumName: 'Summer',
      description: 'All of it',
      assetIds: [plain, beach, video],
      albumUsers: [{ userId: bob.id, role: 'editor' }],
    },
  });
  await put(`/api/albums/${album.id}/assets`, { ids: [bobs] }, bob);
  await gateway.ask('PATCH', `/api/albums/${album.id}`, {
    as: ann,
    json: { albumThumbnailAssetId: video, order: 'asc' },
  });
  await gateway.stop();
  await runIngest(poolDir, runDir);

  const layout = poolLayout(poolDir);
  let db = openCatalog(layout.catalogFile);
  const [person, face, parent, tag] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  db.transaction(() => {
    db.prepare(`INSERT INTO person (id, owner_id, name, birth_date, is_favorite, cover_face_id, created_at, updated_at)
      VALUES (?, ?, 'Grandma', '1940-05-06', 1, ?, 11, 11)`).run(person, ann.id, face);
    db.prepare(`INSERT INTO face (id, asset_id, person_id, image_width_px, image_height_px, x1, y1, x2, y2, source, created_at)
      VALUES (?, ?, ?, 320, 240, 10, 20, 110, 140, 'manual', 12)`).run(face, beach, person);
    const addTag = db.prepare(`INSERT INTO tag (id, owner_id, parent_id, value, color, created_at, updated_at)
      VALUES (?, ?, ?, ?, '#ff0000', 13, 13)`);
    addTag.run(parent, ann.id, null, 'Family');
    addTag.run(tag, ann.id, parent, 'Family/Beach days');
    db.prepare('INSERT INTO tag_asset (tag_id, asset_id) VALUES (?, ?)').run(tag, plain);
    db.prepare(
      `INSERT INTO asset_edit (id, asset_id, action, parameters, sequence) VALUES (?, ?, 'rotate', '{"angle":90}', 0)`,
    ).run(randomUUID(), under);
    db.prepare(
      'INSERT INTO partner (shared_by_id, shared_with_id, in_timeline, created_at) VALUES (?, ?, 1, 14)',
    ).run(ann.id, bob.id);
  })();
  db.close();
  // Ingest has written some of them itself, if it ran for long enough.
  await writeAll(poolDir);
  const written = readWritten(poolDir);
  assert.equal(written.size, 11, 'nine sidecars and two account files');
  assert.equal(await writeAll(poolDir), 0, 'nothing is written that is the same');
  db = openCatalog(layout.catalogFile);
  const before = readPromised(db);
  db.close();
  const originals = originalsOf(poolDir);

  await assert.rejects(rebuildCatalog({ poolDir, now: Date.now }), CatalogIsGood);
  rmSync(join(poolDir, '.shoebox'), { recursive: true });
  const report = await rebuildCatalog({ poolDir, now: Date.now });
  assert.deepEqual(report, {
    accounts: 2,
    originals: 9,
    withRecord: 9,
    duplicates: [],
    damaged: [],
    libraries: 0,
    externals: 0,
    skipped: [],
  });
  assert.deepEqual(originalsOf(poolDir), originals, 'no original was touched');
  await runIngest(poolDir, runDir);
  db = openCatalog(layout.catalogFile);
  assert.deepEqual(readPromised(db), before);
  assert.equal(db.pragma('integrity_check', { simple: true }), 'ok');
  db.close();
  await writeAll(poolDir);
  const changed = [...readWritten(poolDir)].filter(([path, content]) => written.get(path) !== content);
  assert.equal(changed.length, 1, 'only one account file changes: nobody is administrator yet');

  // The box is claimed as a new one is, and the account is Ann's again.
  const again = await startGateway(t, { poolDir });
  const denied = await again.request('POST', '/api/auth/login', {
    json: { email: 'bob@example.org', password: bob.password },
  });
  assert.equal(denied.status, 401);
  const owner = await again.signUp();
  assert.equal(owner.id, ann.id);
  const seen = await again.ask<{ originalFileName: string }>('GET', `/api/assets/${beach}`, { as: owner });
  assert.equal(seen.originalFileName, 'beach: "one"?.jpg');
  await again.stop();
});

test('a rebuild without sidecars brings back every original, and one that was stopped goes on', async (t) => {
  const scratch = await makeFolder(t);
  const poolDir = join(scratch, 'pool');
  const layout = poolLayout(poolDir);
  await assert.rejects(rebuildCatalog({ poolDir, now: Date.now }), NoLibrary);
  assert.equal(existsSync(poolDir), false, 'a folder that is no pool is left as it is');
  const gateway = await startGateway(t, { poolDir });
  const ann = await gateway.signUp();
  for (const seed of [1, 2, 3]) {
    const file = join(scratch, `${seed}.jpg`);
    await makeJpeg(file, { widthPx: 64, heightPx: 48, seed });
    await upload(gateway, ann, file, `${seed}.jpg`);
  }
  await gateway.stop();
  rmSync(join(poolDir, '.shoebox'), { recursive: true });
  const month = join(poolDir, 'library/Ann/2019/2019-08');
  writeFileSync(join(month, 'notes.txt'), 'kept');
  writeFileSync(join(month, '2.jpg.xmp'), 'not xmp');
  writeFileSync(join(month, '4.jpg'), readFileSync(join(month, '1.jpg')));
  // What a drive had damaged before the photo was uploaded again, and photos that somebody called so.
  const third = readFileSync(join(month, '3.jpg'));
  writeFileSync(join(month, '3 (damaged).jpg'), Buffer.from(third).fill(0, 100, 200));
  writeFileSync(join(month, '3 (damaged 0a1b2c3d).jpg'), Buffer.alloc(third.length));
  writeFileSync(join(month, '2 (damaged).jpg'), third.subarray(2));
  writeFileSync(join(month, 'bike (damaged).jpg'), readFileSync(join(month, '1.jpg')).subarray(1));

  let files = 0;
  const stopped = rebuildCatalog({
    poolDir,
    now: Date.now,
    onOriginal: () => {
      if (++files === 2) throw new Error('stopped');
    },
  });
  await assert.rejects(stopped, /stopped/);
  assert.equal(existsSync(layout.catalogFile), false, 'what is not whole has no name yet');
  // Somebody started Shoebox in between: an empty catalog is no reason to refuse.
  openCatalog(layout.catalogFile).close();
  const report = await rebuildCatalog({ poolDir, now: Date.now });
  assert.deepEqual(report, {
    accounts: 1,
    originals: 5,
    withRecord: 0,
    duplicates: ['library/Ann/2019/2019-08/4.jpg'],
    damaged: [
      'library/Ann/2019/2019-08/3 (damaged 0a1b2c3d).jpg',
      'library/Ann/2019/2019-08/3 (damaged).jpg',
    ],
    libraries: 0,
    externals: 0,
    skipped: ['library/Ann/2019/2019-08/notes.txt'],
  });
  const again = await startGateway(t, { poolDir });
  const owner = await again.signUp();
  const { images } = await again.ask<{ images: number }>('GET', '/api/assets/statistics', { as: owner });
  assert.equal(images, 5);
  assert.equal(owner.id !== ann.id, true, 'without its file the account is a new one with the same folder');
  await again.stop();
});

test('what another program changed in a sidecar is taken over, and what it added stays', async (t) => {
  const scratch = await makeFolder(t);
  const poolDir = join(scratch, 'pool');
  const gateway = await startGateway(t, { poolDir });
  const ann = await gateway.signUp();
  await makeJpeg(join(scratch, '1.jpg'), { widthPx: 64, heightPx: 48, seed: 1 });
  const id = await upload(gateway, ann, join(scratch, '1.jpg'), '1.jpg');
  await gateway.ask('PUT', `/api/assets/${id}`, { as: ann, json: { description: 'ours', rating: 3 } });
  await gateway.stop();
  await writeAll(poolDir);
  const file = join(poolDir, 'library/Ann/2019/2019-08/1.jpg.xmp');
  const text = readFileSync(file, 'utf8');
  const edited = text
    .replace(/(<xmp:Rating[^>]*>)3</, '$15<')
    .replace(
      '</rdf:Description>',
      '<crs:Tint xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/">7</crs:Tint></rdf:Description>',
    );
  assert.notEqual(edited, text);
  writeFileSync(file, edited);

  const db = openCatalog(poolLayout(poolDir).catalogFile);
  t.after(() => db.close());
  db.prepare(`UPDATE asset SET description = 'ours, later' WHERE id = ?`).run(id);
  await writeAll(poolDir);
  await writeAll(poolDir);
  assert.deepEqual(db.prepare('SELECT description, rating FROM asset WHERE id = ?').get(id), {
    description: 'ours, later',
    rating: 5,
  });
  const merged = readFileSync(file, 'utf8');
  assert.match(merged, /<crs:Tint[^>]*>7</);
  assert.match(merged, /ours, later/);
  assert.match(merged, /<xmp:Rating[^>]*>5</);
});
