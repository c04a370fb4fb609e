import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import sharp from 'sharp';
import { writeFaceCrop } from './face-crop.ts';
import { MediaProblem } from './media-problem.ts';

async function openFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'shoebox-face-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

/** Writes a blue picture of 800 by 600 with a red square of 80 at this place. */
async function makePreview(path: string, left: number, top: number): Promise<void> {
  const red = await sharp({ create: { width: 80, height: 80, channels: 3, background: '#f00' } })
    .png()
    .toBuffer();
  await sharp({ create: { width: 800, height: 600, channels: 3, background: '#00f' } })
    .composite([{ input: red, left, top }])
    .jpeg()
    .toFile(path);
}

test('a face in the middle or in a corner fills the middle of a square JPEG of 250 pixels', async (t) => {
  const folder = await openFolder(t);
  const previewPath = join(folder, 'preview.jpg');
  const outPath = join(folder, 'face.jpg');
  for (const [left, top] of [
    [360, 260],
    [0, 0],
    [720, 520],
  ] as const) {
    await makePreview(previewPath, left, top);
    const box = { left: left / 800, top: top / 600, right: (left + 80) / 800, bottom: (top + 80) / 600 };
    const bytes = await writeFaceCrop({ previewPath, box, outPath });
    assert.equal((await stat(outPath)).size, bytes);
    const { format, width, height } = await sharp(outPath).metadata();
    assert.deepEqual([format, width, height], ['jpeg', 250, 250]);
    const { channels } = await sharp(outPath).stats();
    const mean = channels.map((channel) => channel.mean);
    // 80 of 120 pixels across and down are red.
    assert.ok(Math.abs(mean[0]! - 255 * (80 / 120) ** 2) < 12, `${mean}`);
  }
  assert.deepEqual((await readdir(folder)).sort(), ['face.jpg', 'preview.jpg']);
});

test('a box as large as the picture gives its middle, and one of no size still gives a picture', async (t) => {
  const folder = await openFolder(t);
  const previewPath = join(folder, 'preview.jpg');
  const outPath = join(folder, 'face.jpg');
  await makePreview(previewPath, 0, 0);
  for (const box of [
    { left: 0, top: 0, right: 1, bottom: 1 },
    { left: 1, top: 1, right: 1, bottom: 1 },
  ]) {
    await writeFaceCrop({ previewPath, box, outPath });
    const { width, height } = await sharp(outPath).metadata();
    assert.deepEqual([width, height], [250, 250]);
  }
});

test('a preview that is no picture is the file’s problem, and leaves nothing behind', async (t) => {
  const folder = await openFolder(t);
  const previewPath = join(folder, 'preview.jpg');
  await writeFile(previewPath, 'no picture');
  const box = { left: 0, top: 0, right: 1, bottom: 1 };
  const crop = writeFaceCrop({ previewPath, box, outPath: join(folder, 'face.jpg') });
  await assert.rejects(crop, MediaProblem);
  assert.deepEqual(await readdir(folder), ['preview.jpg']);
});
