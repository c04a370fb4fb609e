import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { NOON, putFile, startTestLibrary } from '#test/fixtures/library';

test('a plan is split by size and takes the videos of live photos along', async (t) => {
  const { ann, bob, addAsset, ask } = await startTestLibrary(t);
  const video = addAsset(ann.id, { type: 'VIDEO', visibility: 'hidden', original_bytes: 300 });
  const inside = addAsset(ann.id, {
    type: 'VIDEO',
    visibility: 'hidden',
    original_bytes: 50,
    is_extracted: 1,
  });
  const live = addAsset(ann.id, { live_video_id: video, original_bytes: 600 });
  const motion = addAsset(ann.id, { live_video_id: inside, original_bytes: 400 });
  const large = addAsset(ann.id, { original_bytes: 5000 });
  const assetIds = [live, motion, large];
  const { status, json } = await ask(ann, 'POST', '/download/info', { assetIds, archiveSize: 1000 });
  assert.equal(status, 201);
  assert.deepEqual(json, {
    totalSize: 6300,
    archives: [
      { size: 900, assetIds: [live, video] },
      { size: 400, assetIds: [motion] },
      { size: 5000, assetIds: [large] },
    ],
  });
  const album = (await ask(ann, 'POST', '/albums', { albumName: 'x', assetIds: [large] })).json.id;
  assert.equal((await ask(ann, 'POST', '/download/info', { albumId: album })).json.totalSize, 5000);
  assert.equal((await ask(ann, 'POST', '/download/info', { userId: ann.id })).json.totalSize, 6300);
  assert.equal((await ask(ann, 'POST', '/download/info', { userId: bob.id })).status, 400);
  assert.equal((await ask(bob, 'POST', '/download/info', { albumId: album })).status, 400);
  assert.equal((await ask(bob, 'POST', '/download/info', { assetIds: [large] })).status, 400);
});

test('an archive unpacks to the originals, each under a name of its own', async (t) => {
  const { ann, dir, layout, addAsset, call } = await startTestLibrary(t);
  const add = (original_name: string, content: string) => {
    const path = `library/of-${content}`;
    putFile(layout, path, content);
    return addAsset(ann.id, { original_name, path, original_bytes: content.length, local_at: NOON });
  };
  const assetIds = [
    add('IMG.jpg', 'one'),
    add('img.JPG', 'two'),
    add('IMG.jpg', 'three'),
    add('ü/x.mov', ''),
  ];
  const response = await call(ann, 'POST', '/download/archive', { assetIds, archiveName: 'Trip' });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), 'application/octet-stream');
  assert.match(response.headers.get('content-disposition')!, /Trip\.zip$/);
  const file = join(dir, 'a.zip');
  writeFileSync(file, Buffer.from(await response.arrayBuffer()));
  // Debian's unzip checks every sum and believes the names' own character set.
  const unzip = (...args: string[]) =>
    execFileSync('unzip', args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  unzip('-q', file, '-d', join(dir, 'unpacked'));
  const names = unzip('-Z1', file).trim().split('\n');
  assert.deepEqual(
    names.map((name) => [name, readFileSync(join(dir, 'unpacked', name), 'utf8')]),
    [
      ['IMG.jpg', 'one'],
      ['img+1.JPG', 'two'],
      ['IMG+2.jpg', 'three'],
      ['ü_x.mov', ''],
    ],
  );
  assert.match(unzip('-Z', '-t', file), /4 files, 11 bytes uncompressed, 11 bytes compressed/);
});

test('an archive with a file that is missing or cut short breaks off, so that nobody takes it for whole', async (t) => {
  const { ann, layout, addAsset, call } = await startTestLibrary(t);
  const add = (path: string, bytes: number) => addAsset(ann.id, { path, original_bytes: bytes });
  putFile(layout, 'library/good', 'good');
  putFile(layout, 'library/short', 'x');
  const good = add('library/good', 4);
  for (const bad of [add('library/none', 4), add('library/short', 4)]) {
    const response = await call(ann, 'POST', '/download/archive', { assetIds: [good, bad] });
    assert.equal(response.status, 200);
    await assert.rejects(response.arrayBuffer());
  }
});

test('a reader that goes away stops the archive', async (t) => {
  const { ann, layout, addAsset, call } = await startTestLibrary(t);
  const assetIds = Array.from({ length: 3 }, (_, at) => {
    const path = `library/huge${at}`;
    putFile(layout, path, '');
    truncateSync(layout.resolve(path), 2 ** 33);
    return addAsset(ann.id, { path, original_bytes: 2 ** 33 });
  });
  const countOpen = async () => {
    const names = await readdir('/proc/self/fd');
    const targets = await Promise.all(names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')));
    return targets.filter((target) => target.includes('library/huge')).length;
  };
  const response = await call(ann, 'POST', '/download/archive', { assetIds });
  const reader = response.body!.getReader();
  await reader.read();
  assert.equal(await countOpen(), 1);
  await reader.cancel();
  while ((await countOpen()) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
});
