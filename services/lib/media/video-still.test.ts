import assert from 'node:assert/strict';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import sharp from 'sharp';
import { cutFile, makeNoise, makePlaylist } from '#test/fixtures/hostile-media';
import { makeJpeg } from '#test/fixtures/media';
import { makeVideo, type VideoOptions } from '#test/fixtures/moving-media';
import { takeStill } from './video-still.ts';

// libvips would take a file for the one it read under that name before.
sharp.cache(false);

async function openFolder(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'still-test-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const take = async (name: string, shortSidePx = 1440, mostPixels = 400_000_000) =>
    takeStill({
      path: join(folder, name),
      kind: 'video',
      tempDir: await mkdtemp(join(folder, 'temp-')),
      shortSidePx,
      longSidePx: 8192,
      mostPixels,
      timeoutMs: 20_000,
    });
  const make = (name: string, options: VideoOptions) => makeVideo(join(folder, name), options);
  return { folder, take, make };
}

/** Mean difference of two pictures of the same size, per sample. */
async function difference(a: Buffer, b: Buffer): Promise<number> {
  const [x, y] = await Promise.all([a, b].map((image) => sharp(image).removeAlpha().raw().toBuffer()));
  assert.equal(x!.length, y!.length);
  return x!.reduce((sum, value, index) => sum + Math.abs(value - y![index]!), 0) / x!.length;
}

test('a still is taken upright, as the video is turned for playing', async (t) => {
  const { take, make } = await openFolder(t);
  await make('plain.mp4', {});
  const plain = await take('plain.mp4');
  const upright = await sharp(plain.path).rotate(90).png().toBuffer();
  assert.deepEqual([plain.widthPx, plain.heightPx], [320, 240]);
  await make('turned.mov', { rotation: 90 });
  const turned = await take('turned.mov');
  assert.deepEqual([turned.widthPx, turned.heightPx], [240, 320]);
  assert.ok((await difference(upright, await sharp(turned.path).png().toBuffer())) < 2);
});

test('a video that begins black is shown by its first bright frame', async (t) => {
  const { take, make } = await openFolder(t);
  await make('a.mp4', { blackSeconds: 1.2 });
  const { channels } = await sharp((await take('a.mp4')).path).stats();
  assert.ok(channels.some(({ mean }) => mean > 60));
});

test('a video that is black throughout still gives a picture', async (t) => {
  const { take, make } = await openFolder(t);
  await make('a.mp4', { blackSeconds: 10, seconds: 1 });
  const still = await take('a.mp4');
  assert.deepEqual([still.widthPx, still.heightPx], [320, 240]);
  const { channels } = await sharp(still.path).stats();
  assert.ok(channels.every(({ mean }) => mean < 10));
});

test('a still is scaled down to what was asked, and its size is still that of the video', async (t) => {
  const { take, make } = await openFolder(t);
  await make('a.mp4', { widthPx: 640, heightPx: 360, seconds: 1 });
  const still = await take('a.mp4', 90);
  assert.deepEqual([still.widthPx, still.heightPx], [640, 360]);
  const { width, height } = await sharp(still.path).metadata();
  assert.deepEqual([width, height], [160, 90]);
});

test('an HDR video is mapped to what a screen shows', async (t) => {
  const { take, make } = await openFolder(t);
  await make('hdr.mov', { codec: 'hlg', seconds: 1 });
  await make('sdr.mov', { codec: 'hevc', seconds: 1 });
  const [hdr, sdr] = [await sharp((await take('hdr.mov')).path).stats(), (await take('sdr.mov')).path];
  // BT.2020's primaries are wider: the same numbers shown in BT.709 are more saturated, not the same.
  const plain = await sharp(sdr).stats();
  const gap = hdr.channels.map(({ mean }, index) => Math.abs(mean - plain.channels[index]!.mean));
  assert.ok(Math.max(...gap) > 10, `means moved by ${gap}`);
  assert.ok(hdr.channels.every(({ mean, max }) => mean > 20 && mean < 235 && max > 150));
});

test('a clip too short to seek in, without sound, and in any container gives a still', async (t) => {
  const { take, make } = await openFolder(t);
  for (const name of ['a.mp4', 'a.mkv', 'a.avi', 'a.ts', 'a.3gp']) {
    await make(name, { seconds: 0.2, sound: false });
    const still = await take(name);
    assert.deepEqual([still.widthPx, still.heightPx], [320, 240], name);
  }
});

test('a playlist cannot make the box open another file', async (t) => {
  const { folder, take, make } = await openFolder(t);
  await make('secret.mp4', { seconds: 1 });
  await makePlaylist(join(folder, 'a.mp4'), join(folder, 'secret.mp4'));
  await assert.rejects(take('a.mp4'), { name: 'MediaProblem', code: 'damaged' });
});

test('noise, a cut video and one too large are refused', async (t) => {
  const { folder, take, make } = await openFolder(t);
  await makeNoise(join(folder, 'noise.mp4'));
  await assert.rejects(take('noise.mp4'), { name: 'MediaProblem' });
  await make('cut.mp4', { seconds: 1 });
  await cutFile(join(folder, 'cut.mp4'), 0.3);
  await assert.rejects(take('cut.mp4'), { name: 'MediaProblem', code: 'damaged' });
  await make('large.mp4', { seconds: 1 });
  await assert.rejects(take('large.mp4', 1440, 10_000), { code: 'too_large' });
});

test('the name of a file is never taken for a pattern, a protocol or a promise', async (t) => {
  const { folder, take } = await openFolder(t);
  await makeJpeg(join(folder, '001.jpg'));
  await rename(join(folder, '001.jpg'), join(folder, 'concat:%03d.jpg'));
  const still = await take('concat:%03d.jpg');
  assert.deepEqual([still.widthPx, still.heightPx], [320, 240]);
});
