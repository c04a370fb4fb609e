import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import { makeHostileSvg, makeNoise, makePixelBombPng } from '#test/fixtures/hostile-media';
import {
  makeAvif,
  makeDng,
  makeHeic,
  makeJpeg,
  makeJxl,
  makePng,
  makeTiff,
  makeWebp,
  randomNumbers,
} from '#test/fixtures/media';
import { makeMotionPhoto, makeVideo } from '#test/fixtures/moving-media';
import { readMetadata } from './read-metadata.ts';

async function openFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hostile-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

const read = (path: string) =>
  readMetadata({ path, fileName: basename(path), fileCreatedAtMs: 1e12, fileModifiedAtMs: 1e12 });

const EXIF = {
  Make: 'Shoebox',
  DateTimeOriginal: '2024:05:01 12:00:00',
  GPSLatitude: '47.35',
  GPSLatitudeRef: 'N',
  GPSLongitude: '8.54',
  GPSLongitudeRef: 'E',
  'XMP-dc:Subject': 'Lake',
  'IPTC:Keywords': 'Lake',
};
const SMALL = { widthPx: 64, heightPx: 48, exif: EXIF, profile: 'p3' } as const;

/** Formats read in JavaScript, where a mistake would be ours. */
const SAMPLES: [string, (path: string) => Promise<unknown>][] = [
  ['a.jpg', (path) => makeJpeg(path, SMALL)],
  ['a.png', (path) => makePng(path, SMALL)],
  ['a.webp', (path) => makeWebp(path, SMALL)],
  ['a.heic', (path) => makeHeic(path, { ...SMALL, orientation: 6 })],
  ['a.avif', (path) => makeAvif(path, SMALL)],
  ['a.jxl', (path) => makeJxl(path, { ...SMALL, lossless: true })],
  ['motion.jpg', (path) => makeMotionPhoto(path, 'samsung', SMALL)],
];

for (const [name, make] of SAMPLES) {
  test(`${name} cut anywhere or with bytes changed anywhere is read as far as it goes`, async (t) => {
    const path = join(await openFolder(t), name);
    await make(path);
    const whole = await readFile(path);
    const random = randomNumbers(7);
    // Metadata stand in the beginning and, in motion photos, at the end.
    const places = () =>
      Math.floor(random() < 0.9 ? random() * Math.min(whole.length, 4000) : whole.length - random() * 64);
    for (let round = 0; round < 150; round++) {
      const bytes = Buffer.from(whole);
      for (let change = 0; change < 6; change++)
        bytes[places()] = [0, 0xff, 0x7f, Math.floor(random() * 256)][change % 4] ?? 0;
      await writeFile(path, round % 3 === 0 ? bytes.subarray(0, places()) : bytes);
      const metadata = await read(path);
      assert.ok(metadata.kind === 'image' || metadata.kind === 'video');
      assert.ok(Number.isFinite(metadata.capturedAtMs) && Number.isFinite(metadata.localAtMs));
    }
  });
}

test('damaged files for the tools of the system give what is left and a warning', async (t) => {
  const folder = await openFolder(t);
  for (const [name, make] of [
    ['a.dng', (path: string) => makeDng(path, { exif: EXIF })],
    ['a.tif', (path: string) => makeTiff(path, SMALL)],
    ['a.mp4', (path: string) => makeVideo(path, { seconds: 1 })],
  ] as const) {
    const path = join(folder, name);
    await make(path);
    const whole = await readFile(path);
    await writeFile(path, whole.subarray(0, 20));
    const metadata = await read(path);
    assert.equal(metadata.widthPx, null, name);
    assert.equal(metadata.captureReason, 'upload, no zone', name);
    assert.equal(metadata.warnings.length, 1, name);
  }
});

test('an empty file and noise give no more than their name and the time of the upload', async (t) => {
  const folder = await openFolder(t);
  for (const name of ['a.jpg', 'a.heic', 'a.mp4', 'a.CR2', 'a.png', 'a.svg', 'a.txt', 'noise']) {
    const path = join(folder, name);
    await writeFile(path, '');
    assert.deepEqual((await read(path)).warnings, ['The file is empty.'], name);
    await makeNoise(path, 5000);
    const metadata = await read(path);
    assert.equal(metadata.widthPx, null, name);
    assert.equal(metadata.capturedAtMs, 1e12, name);
    assert.equal(metadata.warnings.length, 1, name);
  }
});

test('a picture that promises billions of pixels is told as it promises, unread', async (t) => {
  const path = join(await openFolder(t), 'bomb.png');
  await makePixelBombPng(path);
  assert.deepEqual((await read(path)).widthPx, 60_000);
});

test('an SVG reaches no file and no network', async (t) => {
  const folder = await openFolder(t);
  const path = join(folder, 'a.svg');
  await writeFile(join(folder, 'secret'), 'secret');
  await makeHostileSvg(path, join(folder, 'secret'));
  assert.ok(!JSON.stringify(await read(path)).includes('secret'));
});

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

test('a compressed block that would fill the memory is left packed', async (t) => {
  const path = join(await openFolder(t), 'a.png');
  await makePng(path, { widthPx: 64, heightPx: 48 });
  const png = await readFile(path);
  const packed = deflateSync(Buffer.alloc(64 * 1024 ** 2, 0x20));
  const prefix = Buffer.from('XML:com.adobe.xmp\0\x01\0\0\0', 'latin1');
  const bomb = pngChunk('iTXt', Buffer.concat([prefix, packed]));
  await writeFile(path, Buffer.concat([png.subarray(0, 33), bomb, png.subarray(33)]));
  const metadata = await read(path);
  assert.equal(metadata.widthPx, 64);
  assert.deepEqual(metadata.warnings, ['A compressed part of the PNG could not be read.']);
});

test('an XMP bomb in a picture is refused and the rest of the picture read', async (t) => {
  const path = join(await openFolder(t), 'a.jpg');
  await makeJpeg(path, SMALL);
  const jpeg = await readFile(path);
  for (const body of [
    '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
    '<a>'.repeat(10_000),
    '<a '.repeat(10_000),
  ]) {
    const payload = Buffer.from(`http://ns.adobe.com/xap/1.0/\0${body}`, 'latin1');
    const header = Buffer.from([0xff, 0xe1, 0, 0]);
    header.writeUInt16BE(payload.length + 2, 2);
    await writeFile(path, Buffer.concat([jpeg.subarray(0, 2), header, payload, jpeg.subarray(2)]));
    const metadata = await read(path);
    assert.equal(metadata.make, 'Shoebox');
    assert.match(metadata.warnings[0] ?? '', /^The XMP data of the file was not read/);
  }
});

test('an EXIF directory of thousands of overlapping entries is read in bounded steps', async (t) => {
  const path = join(await openFolder(t), 'a.jpg');
  await makeJpeg(path, { widthPx: 64, heightPx: 48 });
  const jpeg = await readFile(path);
  const tiff = Buffer.alloc(65_000);
  tiff.write('II*\0\x08\0\0\0', 0, 'latin1');
  tiff.writeUInt16LE(0xffff, 8);
  for (let at = 10; at + 12 <= tiff.length; at += 12) {
    tiff.writeUInt16LE(0x010f, at);
    tiff.writeUInt16LE(2, at + 2);
    tiff.writeUInt32LE(0xffff_fff0, at + 4);
    tiff.writeUInt32LE(8, at + 8);
  }
  const header = Buffer.from('\xff\xe1\0\0Exif\0\0', 'latin1');
  header.writeUInt16BE(tiff.length + 8, 2);
  await writeFile(path, Buffer.concat([jpeg.subarray(0, 2), header, tiff, jpeg.subarray(2)]));
  const metadata = await read(path);
  assert.deepEqual([metadata.widthPx, metadata.make], [64, null]);
});

test('an item list of a HEIC with absurd counts and places is refused with a warning', async (t) => {
  const path = join(await openFolder(t), 'a.heic');
  await makeHeic(path, { widthPx: 64, heightPx: 48, exif: EXIF });
  const heic = await readFile(path);
  const iloc = heic.indexOf('iloc') + 4;
  for (const fill of [0xff, 0x7f]) {
    const bytes = Buffer.from(heic);
    bytes.fill(fill, iloc + 6, iloc + 30);
    await writeFile(path, bytes);
    const metadata = await read(path);
    assert.equal(metadata.make, null);
    assert.equal(metadata.warnings.length > 0 || metadata.captureReason === 'upload, no zone', true);
  }
});
