import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import sharp from 'sharp';
import type { EditStep } from '#contract/edits';
import { makeHeic, makeJpeg, writeTags } from '#test/fixtures/media';
import { writeEdited } from './preview-edited.ts';

const COLOURS = { red: [220, 30, 30], green: [30, 200, 30], blue: [30, 30, 220], white: [240, 240, 240] };
type Colour = keyof typeof COLOURS;

/** A picture of 400 × 200 with a colour in each quarter: red and green above, blue and white below. */
async function makeQuarters(path: string, orientation?: number): Promise<void> {
  const quarter = (left: number, top: number, colour: Colour) => ({
    left,
    top,
    input: {
      create: { width: 200, height: 100, channels: 3 as const, background: `rgb(${COLOURS[colour]})` },
    },
  });
  await sharp({ create: { width: 400, height: 200, channels: 3, background: '#000' } })
    .composite([
      quarter(0, 0, 'red'),
      quarter(200, 0, 'green'),
      quarter(0, 100, 'blue'),
      quarter(200, 100, 'white'),
    ])
    .jpeg({ quality: 95 })
    .toFile(path);
  if (orientation) await writeTags(path, { orientation });
}

/** The colours of the four quarters of a picture, row by row. */
async function quartersOf(path: string): Promise<string> {
  const { data, info } = await sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => {
    const start = (Math.floor(info.height * y) * info.width + Math.floor(info.width * x)) * 3;
    const pixel = [...data.subarray(start, start + 3)];
    const found = Object.entries(COLOURS).find(([, colour]) =>
      colour.every((value, channel) => Math.abs(value - pixel[channel]!) < 40),
    );
    return found ? found[0] : pixel.join('/');
  };
  return [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)].join(' ');
}

async function openFolder(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'edited-'));
  t.after(() => rm(folder, { recursive: true }));
  let made = 0;
  const edit = async (
    originalPath: string,
    edits: EditStep[],
    { mimeType = 'image/jpeg', width = 400, height = 200 } = {},
  ) => {
    const outDir = join(folder, `out-${++made}`);
    const names = { full: 'full.jpg', preview: 'preview.jpg', thumbnail: 'thumbnail.webp' };
    const answer = await writeEdited({
      originalPath,
      mimeType,
      outDir,
      tempDir: folder,
      edits,
      displayedWidthPx: width,
      displayedHeightPx: height,
      takenAt: '2024:05:01 10:20:30',
      names,
    });
    return { ...answer, full: join(outDir, 'full.jpg'), outDir };
  };
  return { folder, edit };
}

const rotate = (angle: 0 | 90 | 180 | 270): EditStep => ({ action: 'rotate', parameters: { angle } });
const mirror = (axis: 'horizontal' | 'vertical'): EditStep => ({ action: 'mirror', parameters: { axis } });
const crop = (x: number, y: number, width: number, height: number): EditStep => ({
  action: 'crop',
  parameters: { x, y, width, height },
});

test('turns and mirrors come one after the other', async (t) => {
  const { folder, edit } = await openFolder(t);
  const original = join(folder, 'a.jpg');
  await makeQuarters(original);
  for (const [edits, expected] of [
    [[rotate(0)], 'red green blue white'],
    [[rotate(90)], 'blue red white green'],
    [[rotate(180)], 'white blue green red'],
    [[rotate(270)], 'green white red blue'],
    [[mirror('horizontal')], 'green red white blue'],
    [[mirror('vertical')], 'blue white red green'],
    [[rotate(90), mirror('horizontal')], 'red blue green white'],
    [[mirror('horizontal'), rotate(90)], 'white green blue red'],
    [[rotate(90), rotate(90), mirror('vertical')], 'green red white blue'],
  ] as [EditStep[], string][]) {
    const made = await edit(original, edits);
    assert.equal(await quartersOf(made.full), expected, JSON.stringify(edits));
    const isSideways = edits.filter((step) => step.action === 'rotate' && step.parameters.angle % 180 === 90);
    const size = isSideways.length % 2 === 1 ? [200, 400] : [400, 200];
    assert.deepEqual([made.widthPx, made.heightPx], size);
  }
});

test('a crop is measured in the picture as it is shown, however it is stored', async (t) => {
  const { folder, edit } = await openFolder(t);
  // Which quarters the upright picture shows, row by row, for each orientation.
  const shown = [
    'red green blue white',
    'green red white blue',
    'white blue green red',
    'blue white red green',
    'red blue green white',
    'blue red white green',
    'white green blue red',
    'green white red blue',
  ];
  for (const [at, quarters] of shown.entries()) {
    const original = join(folder, `${at + 1}.jpg`);
    await makeQuarters(original, at + 1);
    const [width, height] = at >= 4 ? [200, 400] : [400, 200];
    const [leftTop, rightTop, leftBottom] = quarters.split(' ');
    const size = { width, height };
    const part = (x: number, y: number) => crop(x, y, width / 2, height / 2);
    const first = await edit(original, [part(0, 0)], size);
    assert.equal(await quartersOf(first.full), Array(4).fill(leftTop).join(' '), `orientation ${at + 1}`);
    assert.deepEqual([first.widthPx, first.heightPx], [width / 2, height / 2]);
    const right = await edit(original, [part(width / 2, 0)], size);
    assert.equal(await quartersOf(right.full), Array(4).fill(rightTop).join(' '), `orientation ${at + 1}`);
    const turned = await edit(original, [part(0, height / 2), rotate(90)], size);
    assert.equal(await quartersOf(turned.full), Array(4).fill(leftBottom).join(' '));
    assert.deepEqual([turned.widthPx, turned.heightPx], [height / 2, width / 2]);
  }
});

test('three files of the sizes that clients expect, without metadata except the date', async (t) => {
  const { folder, edit } = await openFolder(t);
  const original = join(folder, 'a.jpg');
  await makeJpeg(original, {
    widthPx: 3000,
    heightPx: 2000,
    exif: { Make: 'Maker', GPSLatitude: '50', GPSLatitudeRef: 'N', GPSLongitude: '7', GPSLongitudeRef: 'E' },
  });
  const before = await readFile(original);
  const made = await edit(original, [crop(100, 100, 2400, 1800), rotate(90)], { width: 3000, height: 2000 });
  assert.deepEqual([made.widthPx, made.heightPx], [1800, 2400]);
  assert.deepEqual((await readdir(made.outDir)).sort(), ['full.jpg', 'preview.jpg', 'thumbnail.webp']);
  const size = async (name: string) => {
    const { width, height } = await sharp(join(made.outDir, name)).metadata();
    return [width, height];
  };
  assert.deepEqual(await size('preview.jpg'), [1440, 1920]);
  assert.deepEqual(await size('thumbnail.webp'), [250, 333]);
  assert.equal((await stat(join(made.outDir, 'preview.jpg'))).size, made.previewBytes);
  assert.equal((await stat(join(made.outDir, 'thumbnail.webp'))).size, made.thumbnailBytes);
  assert.equal((await stat(made.full)).size, made.fullBytes);
  const { exif } = await sharp(made.full).metadata();
  assert.ok(exif?.includes('2024:05:01 10:20:30'));
  assert.ok(!exif?.includes('Maker'));
  assert.deepEqual(await readFile(original), before);
});

test('a HEIC is edited as well, and a part beyond its edge ends there', async (t) => {
  const { folder, edit } = await openFolder(t);
  const original = join(folder, 'a.heic');
  await makeHeic(original, { widthPx: 640, heightPx: 480 });
  const made = await edit(original, [crop(600, 400, 100, 100)], {
    mimeType: 'image/heic',
    width: 640,
    height: 480,
  });
  assert.deepEqual([made.widthPx, made.heightPx], [40, 80]);
});
