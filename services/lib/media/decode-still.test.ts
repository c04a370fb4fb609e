import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import sharp from 'sharp';
import { cutFile, makeEntitySvg, makeHostileSvg } from '#test/fixtures/hostile-media';
import {
  makeAvif,
  makeByFfmpeg,
  makeDng,
  makeHeic,
  makeJpeg,
  makeJxl,
  type PictureOptions,
} from '#test/fixtures/media';
import { PREVIEW_FILE, type Previews, writePreviews } from './preview.ts';

// libvips would take a file for the one it read under that name before.
sharp.cache(false);

async function openFolder(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'decode-test-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const preview = join(folder, 'out', PREVIEW_FILE);
  const write = (name: string, mimeType: string): Promise<Previews> =>
    writePreviews({
      originalPath: join(folder, name),
      mimeType,
      outDir: join(folder, 'out'),
      tempDir: folder,
    });
  return { folder, preview, write };
}

/** Which corner of a picture is the red marker: 0 top left, then clockwise; -1 for none. */
async function findMarker(path: string): Promise<number> {
  const { data, info } = await sharp(path, { ignoreIcc: true }).raw().toBuffer({ resolveWithObject: true });
  return [
    [0.02, 0.02],
    [0.98, 0.02],
    [0.98, 0.98],
    [0.02, 0.98],
  ].findIndex(([x = 0, y = 0]) => {
    const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
    return data[at]! > 180 && data[at + 1]! < 80 && data[at + 2]! < 80;
  });
}

const FORMATS: readonly [string, string, (path: string, options: PictureOptions) => Promise<void>][] = [
  ['a.heic', 'image/heic', makeHeic],
  ['a.avif', 'image/avif', makeAvif],
  ['a.jxl', 'image/jxl', makeJxl],
  ['b.jxl', 'image/jxl', (path, options) => makeJxl(path, { ...options, lossless: true })],
  ['a.bmp', 'image/bmp', makeByFfmpeg],
  ['a.jp2', 'image/jp2', makeByFfmpeg],
  ['a.dng', 'image/x-adobe-dng', makeDng],
  ['b.dng', 'image/x-adobe-dng', (path, options) => makeDng(path, { ...options, preview: false })],
  ['a.tga', 'application/octet-stream', makeByFfmpeg],
];

test('formats that the browser cannot show get a preview of their full size and colours', async (t) => {
  const { folder, preview, write } = await openFolder(t);
  for (const [name, mimeType, make] of FORMATS.filter(([name]) => name !== 'a.tga')) {
    await make(join(folder, name), { widthPx: 1200, heightPx: 960 });
    const { widthPx, heightPx } = await write(name, mimeType);
    assert.deepEqual([widthPx, heightPx], [1200, 960], name);
    const made = await sharp(preview).metadata();
    assert.equal((made.width / made.height).toFixed(2), '1.25', name);
    // Half of a raw is its own preview, or all that a fast development gives.
    assert.ok(made.width >= (name.endsWith('.dng') ? 600 : 1200), name);
    assert.equal(await findMarker(preview), 0, name);
  }
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.startsWith('preview-')),
    [],
    'nothing temporary is left',
  );
});

test('a HEIC that its decoder has turned is not turned again by its EXIF', async (t) => {
  const { folder, preview, write } = await openFolder(t);
  for (const [orientation, corner] of [
    [3, 2],
    [6, 1],
    [8, 3],
  ] as const) {
    await makeHeic(join(folder, 'a.heic'), { orientation });
    const { widthPx, heightPx } = await write('a.heic', 'image/heic');
    assert.deepEqual([widthPx, heightPx], orientation === 3 ? [320, 240] : [240, 320]);
    assert.equal(await findMarker(preview), corner);
  }
});

test('an AVIF is not turned by EXIF, a JPEG XL only once', async (t) => {
  const { folder, preview, write } = await openFolder(t);
  await makeAvif(join(folder, 'a.avif'), { orientation: 6 });
  await write('a.avif', 'image/avif');
  assert.equal(await findMarker(preview), 0);
  await makeJxl(join(folder, 'a.jxl'), { orientation: 6 });
  const { widthPx, heightPx } = await write('a.jxl', 'image/jxl');
  assert.deepEqual([widthPx, heightPx], [240, 320]);
  assert.equal(await findMarker(preview), 1);
});

test('a JPEG inside a JPEG XL is turned by its orientation', async (t) => {
  const { folder, preview, write } = await openFolder(t);
  await makeJxl(join(folder, 'a.jxl'), { orientation: 8, fromJpeg: true });
  const { widthPx, heightPx } = await write('a.jxl', 'image/jxl');
  assert.deepEqual([widthPx, heightPx], [240, 320]);
  assert.equal(await findMarker(preview), 3);
});

test('a raw is turned by its own orientation, with and without a preview of the camera', async (t) => {
  const { folder, preview, write } = await openFolder(t);
  for (const withPreview of [true, false]) {
    const options = { widthPx: 1280, heightPx: 960, orientation: 6, preview: withPreview };
    await makeDng(join(folder, 'a.dng'), options);
    const { widthPx, heightPx } = await write('a.dng', 'image/x-adobe-dng');
    assert.deepEqual([widthPx, heightPx], [960, 1280]);
    assert.equal(await findMarker(preview), 1, `preview of the camera: ${withPreview}`);
    const { width, height } = await sharp(preview).metadata();
    assert.deepEqual([width, height], [480, 640]);
  }
});

test('a raw that cannot be developed is shown by its coarse preview, turned', async (t) => {
  const { folder, preview, write } = await openFolder(t);
  await makeDng(join(folder, 'a.dng'), { orientation: 8, mosaicBits: 7 });
  const { widthPx, heightPx } = await write('a.dng', 'image/x-adobe-dng');
  assert.deepEqual([widthPx, heightPx], [240, 320]);
  assert.equal(await findMarker(preview), 3);
  const { width, height } = await sharp(preview).metadata();
  assert.deepEqual([width, height], [120, 160]);
});

test('a HEIC in Display P3 keeps its profile', async (t) => {
  const { folder, preview, write } = await openFolder(t);
  await makeHeic(join(folder, 'a.heic'), { profile: 'p3' });
  await write('a.heic', 'image/heic');
  assert.equal((await sharp(preview).metadata()).hasProfile, true);
});

test('a drawing loads neither its neighbours nor anything from elsewhere', async (t) => {
  const { folder, preview, write } = await openFolder(t);
  await makeJpeg(join(folder, 'beside.jpg'));
  await makeHostileSvg(join(folder, 'a.svg'), join(folder, 'beside.jpg'));
  await write('a.svg', 'image/svg+xml');
  const { channels } = await sharp(preview).stats();
  for (const [index, expected] of [0, 160, 0].entries()) {
    const { min, max } = channels[index]!;
    assert.ok(min >= expected - 3 && max <= expected + 3, `channel ${index} is flat: ${min} to ${max}`);
  }
});

test('a drawing cannot quote a file', async (t) => {
  const { folder, write } = await openFolder(t);
  await makeJpeg(join(folder, 'beside.jpg'));
  await makeEntitySvg(join(folder, 'a.svg'), join(folder, 'beside.jpg'));
  await assert.rejects(write('a.svg', 'image/svg+xml'), { code: 'damaged' });
});

test('a cut file of any format is called damaged, or shown in part', async (t) => {
  const { folder, write } = await openFolder(t);
  for (const [name, mimeType, make] of FORMATS.filter(([name]) => !/bmp|tga/.test(name))) {
    await make(join(folder, name), {});
    await cutFile(join(folder, name), 0.4);
    const outcome = await write(name, mimeType).then(
      (previews) => previews.note?.code ?? 'shown',
      (error: { code?: string }) => error.code,
    );
    // A raw cut behind the camera's preview and a JPEG 2000 with its first layers still show a picture.
    assert.match(String(outcome), /dng|jp2/.test(name) ? /^(damaged|shown|damaged_part)$/ : /^damaged/, name);
  }
});
