import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  makeAvif,
  makeByFfmpeg,
  makeDng,
  makeGif,
  makeHeic,
  makeJpeg,
  makeJxl,
  makePng,
  makeTiff,
  makeWebp,
} from '#test/fixtures/media';
import { makeVideo } from '#test/fixtures/moving-media';
import { findContentType, SNIFF_BYTES, sniffType } from './sniff.ts';

test('every format that can be made here is recognised by its first bytes', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'sniff-'));
  t.after(() => rm(folder, { recursive: true }));
  const small = { widthPx: 64, heightPx: 48 };
  const made: [string, (path: string) => Promise<unknown>, string][] = [
    ['a.jpg', (path) => makeJpeg(path, small), 'image/jpeg'],
    ['a.png', (path) => makePng(path, small), 'image/png'],
    ['a.gif', (path) => makeGif(path, { ...small, frames: 2 }), 'image/gif'],
    ['a.webp', (path) => makeWebp(path, small), 'image/webp'],
    ['a.tif', (path) => makeTiff(path, small), 'image/tiff'],
    ['a.avif', (path) => makeAvif(path, small), 'image/avif'],
    ['a.heic', (path) => makeHeic(path, small), 'image/heic'],
    ['a.jxl', (path) => makeJxl(path, { ...small, lossless: true }), 'image/jxl'],
    ['b.jxl', (path) => makeJxl(path, { ...small, exif: { Make: 'Test' } }), 'image/jxl'],
    ['a.bmp', (path) => makeByFfmpeg(path, small), 'image/bmp'],
    ['a.jp2', (path) => makeByFfmpeg(path, small), 'image/jp2'],
    ['a.dng', (path) => makeDng(path, small), 'image/tiff'],
    ...(
      [
        ['mp4', 'video/mp4'],
        ['mov', 'video/quicktime'],
        ['m4v', 'video/x-m4v'],
        ['3gp', 'video/3gpp'],
        ['mkv', 'video/x-matroska'],
        ['avi', 'video/x-msvideo'],
        ['flv', 'video/x-flv'],
        ['ts', 'video/mp2t'],
        ['m2ts', 'video/mp2t'],
        ['mpg', 'video/mpeg'],
        ['wmv', 'video/x-ms-wmv'],
      ] as const
    ).map(([extension, mimeType]): [string, (path: string) => Promise<unknown>, string] => [
      `v.${extension}`,
      (path) => makeVideo(path, { ...small, widthPx: 352, heightPx: 288, seconds: 1, sound: false }),
      mimeType,
    ]),
  ];
  for (const [name, make, mimeType] of made) {
    const path = join(folder, name);
    await make(path);
    const head = (await readFile(path)).subarray(0, SNIFF_BYTES);
    assert.equal(sniffType(head)?.mimeType, mimeType, name);
  }
});

const latin = (text: string) => Buffer.from(text, 'latin1');

test('camera raw formats with a signature of their own are recognised', () => {
  assert.equal(sniffType(latin('II*\0\x10\0\0\0CR\x02\0'))?.mimeType, 'image/x-canon-cr2');
  assert.equal(sniffType(latin('\0\0\0\x18ftypcrx \0\0\0\x01crx isom'))?.mimeType, 'image/x-canon-cr3');
  assert.equal(sniffType(latin('II\x1a\0\0\0HEAPCCDR'))?.mimeType, 'image/x-canon-crw');
  assert.equal(sniffType(latin('FUJIFILMCCD-RAW 0201'))?.mimeType, 'image/x-fuji-raf');
  assert.equal(sniffType(latin('IIRO\x08\0\0\0'))?.mimeType, 'image/x-olympus-orf');
  assert.equal(sniffType(latin('IIU\0\x18\0\0\0'))?.mimeType, 'image/x-panasonic-rw2');
});

test('a general HEIF brand is settled by the codec brands behind it', () => {
  assert.equal(sniffType(latin('\0\0\0\x18ftypmif1\0\0\0\0mif1heic'))?.mimeType, 'image/heic');
  assert.equal(sniffType(latin('\0\0\0\x18ftypmif1\0\0\0\0mif1avif'))?.mimeType, 'image/avif');
  assert.equal(sniffType(latin('\0\0\0\x14ftypmif1\0\0\0\0mif1'))?.mimeType, 'image/heif');
});

test('the name says which raw format a TIFF is, and the content wins when the name lies', () => {
  const tiff = latin('II*\0\x08\0\0\0');
  assert.equal(findContentType(tiff, 'DSC_1.NEF')?.mimeType, 'image/x-nikon-nef');
  assert.equal(findContentType(tiff, 'scan.tif')?.mimeType, 'image/tiff');
  assert.equal(findContentType(tiff, 'scan.jpg')?.mimeType, 'image/tiff');
  const heic = latin('\0\0\0\x18ftypheic\0\0\0\0mif1heic');
  assert.deepEqual(findContentType(heic, 'IMG_1.jpg'), { kind: 'image', mimeType: 'image/heic' });
  assert.equal(findContentType(latin('\0\0\0\x18ftypisom\0\0\0\0isom'), 'IMG_1.jpg')?.kind, 'video');
  assert.equal(findContentType(latin('IIU\0\x18\0\0\0'), 'L1.RWL')?.mimeType, 'image/x-leica-rwl');
});

test('without a signature the name must do, and without either there is no type', () => {
  assert.equal(findContentType(latin('garbage'), 'a.K25')?.mimeType, 'image/x-kodak-k25');
  assert.equal(findContentType(latin('garbage'), 'a.txt'), undefined);
  assert.equal(findContentType(Buffer.alloc(0), 'a.xmp'), undefined);
});

test('bytes that only begin like a format are not taken for it', () => {
  for (const text of [
    '',
    'B',
    'BM and other words, long enough for a header',
    'RIFF',
    'ftyp',
    'G'.repeat(100),
    '<html><svg',
  ])
    assert.equal(sniffType(latin(text)), undefined, text);
});

test('an SVG is recognised with and without a declaration', () => {
  assert.equal(sniffType(latin('<svg xmlns="http://www.w3.org/2000/svg"/>'))?.mimeType, 'image/svg+xml');
  assert.equal(sniffType(latin('\xef\xbb\xbf<?xml version="1.0"?>\n<svg >'))?.mimeType, 'image/svg+xml');
});
