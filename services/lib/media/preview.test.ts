import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import sharp from 'sharp';
import { runCommand } from '#runtime/command';
import { cutFile, makeNoise, makePixelBombPng } from '#test/fixtures/hostile-media';
import {
  makeCmykJpeg,
  makeDng,
  makeGif,
  makeGreyJpeg,
  makeJpeg,
  makePng,
  makeTiff,
  makeWebp,
  writeTags,
} from '#test/fixtures/media';
import { MediaProblem } from './media-problem.ts';
import { PREVIEW_FILE, type Previews, THUMBNAIL_FILE, writePreviews } from './preview.ts';

// libvips would take a file for the one it read under that name before.
sharp.cache(false);

/** A folder with what a preview needs; `write` makes the previews of a file in it. */
async function openFolder(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'preview-test-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const outDir = join(folder, 'out');
  const preview = join(outDir, PREVIEW_FILE);
  const thumbnail = join(outDir, THUMBNAIL_FILE);
  const write = (originalPath: string, mimeType: string): Promise<Previews> =>
    writePreviews({ originalPath, mimeType, outDir, tempDir: folder });
  return { folder, outDir, preview, thumbnail, write };
}

/** Mean colour of a small square around a point given in parts of the width and height. */
async function colourAt(path: string, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(path, { ignoreIcc: true })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
  return [...data.subarray(at, at + info.channels)];
}

function assertNear(actual: number[], expected: number[], tolerance: number, what: string): void {
  const near = expected.every((value, index) => Math.abs(value - actual[index]!) <= tolerance);
  assert.ok(near, `${what}: ${actual} is not within ${tolerance} of ${expected}`);
}

/** The corner of a displayed picture in which the stored top left ends up, by EXIF orientation. */
const MARKER_CORNERS = [
  [0.02, 0.02],
  [0.98, 0.02],
  [0.98, 0.98],
  [0.02, 0.98],
  [0.02, 0.02],
  [0.98, 0.02],
  [0.98, 0.98],
  [0.02, 0.98],
] as const;

test('a large photo gives a 1440 px preview and a 250 px thumbnail, both whole files', async (t) => {
  const { folder, outDir, preview, thumbnail, write } = await openFolder(t);
  await makeJpeg(join(folder, 'a.jpg'), { widthPx: 2400, heightPx: 1800 });
  const result = await write(join(folder, 'a.jpg'), 'image/jpeg');

  const [large, small] = await Promise.all([sharp(preview).metadata(), sharp(thumbnail).metadata()]);
  assert.deepEqual([large.format, large.width, large.height], ['jpeg', 1920, 1440]);
  assert.deepEqual([small.format, small.width, small.height], ['webp', 333, 250]);
  assert.deepEqual([result.widthPx, result.heightPx], [2400, 1800]);
  assert.equal(result.previewBytes, (await stat(preview)).size);
  assert.equal(result.thumbnailBytes, (await stat(thumbnail)).size);
  assert.equal(result.note, undefined);
  assert.deepEqual((await readdir(outDir)).sort(), [PREVIEW_FILE, THUMBNAIL_FILE]);
  assert.deepEqual((await readdir(folder)).sort(), ['a.jpg', 'out'], 'nothing temporary is left');
});

test('a small picture is never enlarged', async (t) => {
  const { folder, preview, thumbnail, write } = await openFolder(t);
  await makePng(join(folder, 'a.png'), { widthPx: 120, heightPx: 90 });
  await write(join(folder, 'a.png'), 'image/png');
  for (const path of [preview, thumbnail]) {
    const { width, height } = await sharp(path).metadata();
    assert.deepEqual([width, height], [120, 90]);
  }
});

test('a panorama is bounded by its long side', async (t) => {
  const { folder, preview, thumbnail, write } = await openFolder(t);
  await makeJpeg(join(folder, 'a.jpg'), { widthPx: 20_000, heightPx: 1000 });
  const { widthPx, heightPx } = await write(join(folder, 'a.jpg'), 'image/jpeg');
  assert.deepEqual([widthPx, heightPx], [20_000, 1000]);
  const [large, small] = await Promise.all([sharp(preview).metadata(), sharp(thumbnail).metadata()]);
  assert.deepEqual([large.width, large.height], [8192, 410]);
  assert.deepEqual([small.width, small.height], [4096, 205]);
});

test('each EXIF orientation is applied exactly once', async (t) => {
  const { folder, preview, thumbnail, write } = await openFolder(t);
  for (const [index, [x, y]] of MARKER_CORNERS.entries()) {
    const orientation = index + 1;
    const path = join(folder, `${orientation}.jpg`);
    await makeJpeg(path, { widthPx: 600, heightPx: 400, orientation });
    const { widthPx, heightPx } = await write(path, 'image/jpeg');
    const expected = orientation < 5 ? [600, 400] : [400, 600];
    assert.deepEqual([widthPx, heightPx], expected, `size for orientation ${orientation}`);
    for (const made of [preview, thumbnail]) {
      const metadata = await sharp(made).metadata();
      assert.equal(metadata.orientation, undefined);
      assert.equal(metadata.width > metadata.height, orientation < 5);
      assertNear(await colourAt(made, x, y), [235, 20, 20], 30, `marker for orientation ${orientation}`);
    }
  }
});

test('the preview in a raw is turned as the raw says, mirrored or not', async (t) => {
  const { folder, preview, write } = await openFolder(t);
  for (const [index, [x, y]] of MARKER_CORNERS.entries()) {
    const path = join(folder, `${index + 1}.dng`);
    await makeDng(path, { widthPx: 1200, heightPx: 1000, orientation: index + 1 });
    await write(path, 'image/x-adobe-dng');
    assertNear(await colourAt(preview, x, y), [235, 20, 20], 40, `marker for orientation ${index + 1}`);
  }
});

test('neither place nor any other metadata of the original is in the previews', async (t) => {
  const { folder, preview, thumbnail, write } = await openFolder(t);
  const exif = {
    GPSLatitude: '47.37',
    GPSLatitudeRef: 'N',
    Make: 'Camera',
    Artist: 'Someone',
    'XMP:Description': 'a secret',
    'XMP:GPSLatitude': '47.37',
    'IPTC:City': 'Zurich',
    Comment: 'a comment',
  };
  for (const profile of [undefined, 'p3'] as const) {
    await makeJpeg(join(folder, 'a.jpg'), { exif, profile, orientation: 6 });
    await write(join(folder, 'a.jpg'), 'image/jpeg');
    const json = await runCommand('exiftool', ['-j', '-a', '-G0', preview, thumbnail]);
    for (const tags of JSON.parse(json.toString('utf8')) as Record<string, unknown>[]) {
      const groups = new Set(Object.keys(tags).map((name) => name.split(':')[0]));
      for (const group of groups) {
        assert.match(group ?? '', /^(SourceFile|ExifTool|File|JFIF|RIFF|ICC_Profile|Composite)$/);
      }
      assert.equal(groups.has('ICC_Profile'), profile === 'p3');
      assert.equal(tags['File:Comment'], undefined);
    }
  }
});

test('an sRGB profile changes no pixel and is dropped', async (t) => {
  const { folder, preview, write } = await openFolder(t);
  await makeJpeg(join(folder, 'plain.jpg'), { widthPx: 1000, heightPx: 800 });
  await makeJpeg(join(folder, 'tagged.jpg'), { widthPx: 1000, heightPx: 800, profile: 'srgb' });
  await write(join(folder, 'plain.jpg'), 'image/jpeg');
  const plain = await sharp(preview).raw().toBuffer();
  await write(join(folder, 'tagged.jpg'), 'image/jpeg');
  assert.ok(plain.equals(await sharp(preview).raw().toBuffer()));
  assert.equal((await sharp(preview).metadata()).hasProfile, false);
});

test('Display P3 keeps its numbers and its profile in both files', async (t) => {
  const { folder, preview, thumbnail, write } = await openFolder(t);
  await makeJpeg(join(folder, 'plain.jpg'), { widthPx: 1000, heightPx: 800 });
  await makeJpeg(join(folder, 'p3.jpg'), { widthPx: 1000, heightPx: 800, profile: 'p3' });
  await write(join(folder, 'plain.jpg'), 'image/jpeg');
  const plain = await sharp(preview).raw().toBuffer();
  await write(join(folder, 'p3.jpg'), 'image/jpeg');
  assert.ok(plain.equals(await sharp(preview, { ignoreIcc: true }).raw().toBuffer()));
  const original = (await sharp(join(folder, 'p3.jpg')).metadata()).icc;
  assert.deepEqual((await sharp(preview).metadata()).icc, original);
  assert.deepEqual((await sharp(thumbnail).metadata()).icc, original);
});

/** Rows of the matrices from linear RGB to XYZ under D65 (Adobe RGB (1998) 4.3.6.1; SMPTE EG 432-1), and P3's inverse. */
const ADOBE_TO_XYZ = [
  [0.57667, 0.18556, 0.18823],
  [0.29734, 0.62736, 0.07529],
  [0.02703, 0.07069, 0.99134],
];
const XYZ_TO_P3 = [
  [2.4935, -0.93138, -0.40271],
  [-0.82949, 1.76266, 0.02362],
  [0.03585, -0.07617, 0.95688],
];

test('Adobe RGB becomes P3 with the right numbers, beyond what sRGB could hold', async (t) => {
  const { folder, preview, thumbnail, write } = await openFolder(t);
  const adobe = [110, 210, 90];
  const apply = (matrix: number[][], v: number[]) =>
    matrix.map((row) => row.reduce((sum, value, index) => sum + value * v[index]!, 0));
  const linear = adobe.map((value) => (value / 255) ** (563 / 256));
  const expected = apply(XYZ_TO_P3, apply(ADOBE_TO_XYZ, linear)).map(
    (value) => 255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055),
  );
  // In sRGB, this green would need less red than none.
  const [r, g, b] = adobe as [number, number, number];
  const image = sharp({ create: { width: 300, height: 200, channels: 3, background: { r, g, b } } });
  await image.png().toFile(join(folder, 'a.png'));
  await writeTags(join(folder, 'a.png'), { profile: 'adobe' });
  await write(join(folder, 'a.png'), 'image/png');
  for (const path of [preview, thumbnail]) {
    assertNear(await colourAt(path, 0.5, 0.5), expected, 3, path);
    assert.equal((await sharp(path).metadata()).hasProfile, true);
  }
});

test('CMYK and grey originals give RGB previews in their colours', async (t) => {
  const { folder, preview, write } = await openFolder(t);
  await makeCmykJpeg(join(folder, 'cmyk.jpg'));
  await makeGreyJpeg(join(folder, 'grey.jpg'));
  await write(join(folder, 'cmyk.jpg'), 'image/jpeg');
  const [red = 0, green = 0, blue = 0] = await colourAt(preview, 0.02, 0.02);
  assert.ok(red > 180 && green < 80 && blue < 80, `the marker is red: ${red} ${green} ${blue}`);
  await write(join(folder, 'grey.jpg'), 'image/jpeg');
  const before = await colourAt(join(folder, 'grey.jpg'), 0.5, 0.5);
  assertNear(await colourAt(preview, 0.5, 0.5), [before[0]!, before[0]!, before[0]!], 4, 'grey');
});

test('a 16-bit picture with a wide profile keeps its colours', async (t) => {
  const { folder, preview, write } = await openFolder(t);
  await makePng(join(folder, 'a.png'), { bits: 16, profile: 'p3' });
  await write(join(folder, 'a.png'), 'image/png');
  assertNear(await colourAt(preview, 0.02, 0.02), [235, 20, 20], 12, 'marker');
  assert.equal((await sharp(preview).metadata()).hasProfile, true);
});

test('transparent parts lie on white', async (t) => {
  const { folder, preview, write } = await openFolder(t);
  const corner = Buffer.alloc(100 * 100 * 4, 0);
  await sharp(corner, { raw: { width: 100, height: 100, channels: 4 } })
    .png()
    .toFile(join(folder, 'clear.png'));
  await write(join(folder, 'clear.png'), 'image/png');
  assertNear(await colourAt(preview, 0.5, 0.5), [255, 255, 255], 1, 'a clear picture');

  await makePng(join(folder, 'opaque.png'));
  await write(join(folder, 'opaque.png'), 'image/png');
  const opaque = await colourAt(preview, 0.9, 0.5);
  for (const [make, name, mimeType] of [
    [makePng, 'half.png', 'image/png'],
    [makeWebp, 'half.webp', 'image/webp'],
  ] as const) {
    await make(join(folder, name), { alpha: true });
    await write(join(folder, name), mimeType);
    const half = opaque.map((value) => (value + 255) / 2);
    assertNear(await colourAt(preview, 0.9, 0.5), half, 12, name);
  }
});

test('an animation is shown by its first frame', async (t) => {
  const { folder, preview, write } = await openFolder(t);
  await makePng(join(folder, 'first.png'), { seed: 5 });
  for (const [make, name, mimeType] of [
    [makeGif, 'a.gif', 'image/gif'],
    [makeWebp, 'a.webp', 'image/webp'],
  ] as const) {
    await make(join(folder, name), { seed: 5, frames: 3 });
    const { widthPx, heightPx } = await write(join(folder, name), mimeType);
    assert.deepEqual([widthPx, heightPx], [320, 240]);
    const first = await colourAt(join(folder, 'first.png'), 0.3, 0.8);
    assertNear(await colourAt(preview, 0.3, 0.8), first, 16, name);
  }
});

test('a TIFF is turned by its own orientation', async (t) => {
  const { folder, preview, write } = await openFolder(t);
  await makeTiff(join(folder, 'a.tif'), { orientation: 3 });
  await write(join(folder, 'a.tif'), 'image/tiff');
  assertNear(await colourAt(preview, 0.98, 0.98), [235, 20, 20], 12, 'marker');
});

test('a cut photo shows what is left of it and says so', async (t) => {
  const { folder, preview, write } = await openFolder(t);
  await makeJpeg(join(folder, 'a.jpg'), { widthPx: 1200, heightPx: 900 });
  await cutFile(join(folder, 'a.jpg'), 0.5);
  const { note, widthPx, heightPx } = await write(join(folder, 'a.jpg'), 'image/jpeg');
  assert.deepEqual(note, {
    code: 'damaged_part',
    words: 'This photo is damaged: only its first part could be read.',
  });
  assert.deepEqual([widthPx, heightPx], [1200, 900]);
  assertNear(await colourAt(preview, 0.02, 0.02), [235, 20, 20], 12, 'marker');
});

test('what is no picture is refused in words for its owner', async (t) => {
  const { folder, outDir, write } = await openFolder(t);
  await makeNoise(join(folder, 'noise.jpg'));
  await writeFile(join(folder, 'empty.jpg'), '');
  await makePixelBombPng(join(folder, 'bomb.png'));
  await makeJpeg(join(folder, 'stub.jpg'));
  await cutFile(join(folder, 'stub.jpg'), 0.01);
  for (const [name, mimeType, code, words] of [
    ['noise.jpg', 'image/jpeg', 'not_a_picture', /^This is not a picture/],
    ['noise.jpg', 'application/octet-stream', 'not_a_picture', /^This is not a picture/],
    ['empty.jpg', 'image/jpeg', 'empty', /^This file is empty\.$/],
    ['bomb.png', 'image/png', 'too_large', /\(60,000 × 60,000 pixels\)/],
    ['stub.jpg', 'image/jpeg', 'damaged', /damaged/],
  ] as const) {
    await assert.rejects(write(join(folder, name), mimeType), (error) => {
      assert.ok(error instanceof MediaProblem, `${name}: ${error}`);
      assert.equal(error.code, code, name);
      assert.match(error.words, words);
      return true;
    });
  }
  await assert.rejects(readdir(outDir), { code: 'ENOENT' });
});

test('a file that is gone is not called damaged', async (t) => {
  const { folder, write } = await openFolder(t);
  await assert.rejects(write(join(folder, 'gone.jpg'), 'image/jpeg'), { code: 'ENOENT' });
});
