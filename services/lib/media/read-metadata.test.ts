import assert from 'node:assert/strict';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { runCommand } from '#runtime/command';
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
  type PictureOptions,
} from '#test/fixtures/media';
import { makeLivePhoto } from '#test/fixtures/moving-media';
import { readMetadata } from './read-metadata.ts';

async function openFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'metadata-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

const read = (path: string, fileName = basename(path), sidecarPath?: string) =>
  readMetadata({
    path,
    fileName,
    fileCreatedAtMs: Date.UTC(2025, 4, 2),
    fileModifiedAtMs: Date.UTC(2025, 4, 3),
    sidecarPath,
  });

/** Tags that a phone writes, by exiftool's names. */
const PHONE_TAGS: Record<string, string> = {
  Make: 'Shoebox',
  Model: '5',
  LensModel: 'Lens 24mm',
  FNumber: '1.8',
  FocalLength: '4.25',
  ISO: '320',
  ExposureTime: '1/250',
  ImageDescription: 'Am Züricher See',
  DateTimeOriginal: '2024:05:01 12:00:00',
  SubSecTimeOriginal: '05',
  OffsetTimeOriginal: '+02:00',
  ModifyDate: '2024:05:02 12:00:00',
  GPSLatitude: '47.35',
  GPSLatitudeRef: 'N',
  GPSLongitude: '8.54',
  GPSLongitudeRef: 'E',
  'XMP-xmp:Rating': '4',
  'XMP-digiKam:TagsList': 'Places/Zürich',
};

const PHONE_FACTS = {
  make: 'Shoebox',
  model: '5',
  lensModel: 'Lens 24mm',
  fNumber: 1.8,
  focalLengthMm: 4.25,
  iso: 320,
  exposureTime: '1/250',
  description: 'Am Züricher See',
  rating: 4,
  tags: ['Places/Zürich'],
  latitude: 47.35,
  longitude: 8.54,
  capturedAtMs: Date.UTC(2024, 4, 1, 10, 0, 0, 50),
  localAtMs: Date.UTC(2024, 4, 1, 12, 0, 0, 50),
  timeZone: 'UTC+2',
  modifyDateMs: Date.UTC(2024, 4, 2, 10),
  captureReason: 'exif DateTimeOriginal, zone from OffsetTimeOriginal',
};

/** Asserts every fact by its name; degrees may differ in the last bits. */
function assertFacts(actual: object, expected: Record<string, unknown>, name: string): void {
  for (const [key, value] of Object.entries(expected)) {
    const found = (actual as Record<string, unknown>)[key];
    if (key === 'latitude' || key === 'longitude')
      assert.ok(Math.abs((found as number) - (value as number)) < 1e-6, `${name} ${key}: ${found}`);
    else assert.deepEqual(found, value, `${name} ${key}`);
  }
}

/** cjxl keeps the metadata of a JPEG that it packs without loss. */
async function makeJxlFromJpeg(path: string, options: PictureOptions): Promise<void> {
  await makeJpeg(`${path}.jpg`, options);
  await runCommand('cjxl', [`${path}.jpg`, path]);
}

const TAGGED: [string, string, (path: string, options: PictureOptions) => Promise<unknown>][] = [
  ['a.jpg', 'image/jpeg', makeJpeg],
  ['a.png', 'image/png', makePng],
  ['a.webp', 'image/webp', makeWebp],
  ['a.heic', 'image/heic', makeHeic],
  ['a.avif', 'image/avif', makeAvif],
  ['a.tif', 'image/tiff', makeTiff],
  ['a.dng', 'image/x-adobe-dng', makeDng],
  ['a.jxl', 'image/jxl', makeJxlFromJpeg],
];

for (const [name, mimeType, make] of TAGGED) {
  test(`what a phone writes is read from ${mimeType}`, async (t) => {
    const path = join(await openFolder(t), name);
    await make(path, { widthPx: 120, heightPx: 80, exif: PHONE_TAGS });
    const metadata = await read(path);
    assertFacts(metadata, { kind: 'image', mimeType, widthPx: 120, heightPx: 80, warnings: [] }, name);
    assertFacts(metadata, PHONE_FACTS, name);
    assert.deepEqual([metadata.durationMs, metadata.fps, metadata.motionVideo], [null, null, null]);
  });
}

test('the Brotli boxes of a JPEG XL are read, and broken ones give a warning', async (t) => {
  const path = join(await openFolder(t), 'a.jxl');
  await makeJxlFromJpeg(path, { widthPx: 120, heightPx: 80, exif: PHONE_TAGS });
  const packed = await readFile(path);
  assert.ok(packed.includes('brobExif') && packed.includes('brobxml '));
  assertFacts(await read(path), { widthPx: 120, heightPx: 80, warnings: [], ...PHONE_FACTS }, 'brob');

  // A kilobyte that unpacks to a hundred megabytes, and bytes that unpack to nothing.
  const fast = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
  for (const content of [brotliCompressSync(Buffer.alloc(100 * 1024 ** 2), fast), Buffer.alloc(50, 0xff)]) {
    const box = Buffer.from('\0\0\0\0brobExif', 'latin1');
    box.writeUInt32BE(12 + content.length, 0);
    const at = packed.indexOf('brobExif') - 4;
    const rest = packed.subarray(at + packed.readUInt32BE(at));
    await writeFile(path, Buffer.concat([packed.subarray(0, at), box, content, rest]));
    const metadata = await read(path);
    assertFacts(metadata, { widthPx: 120, make: null, rating: 4 }, 'broken brob');
    assert.deepEqual(metadata.warnings, ['A compressed part of the picture could not be read.']);
  }
});

test('a picture turned by EXIF is displayed upright, one turned by its container is turned once', async (t) => {
  const folder = await openFolder(t);
  for (const [name, make, turnedByDecoder] of [
    ['a.jpg', makeJpeg, false],
    ['a.webp', makeWebp, false],
    ['a.tif', makeTiff, false],
    ['a.heic', makeHeic, true],
    ['a.jxl', makeJxlFromJpeg, true],
    ['a.dng', makeDng, true],
  ] as const) {
    const path = join(folder, name);
    await make(path, { widthPx: 120, heightPx: 80, orientation: 6 });
    assertFacts(
      await read(path),
      { widthPx: 80, heightPx: 120, storedWidthPx: 120, storedHeightPx: 80, orientation: 6, turnedByDecoder },
      name,
    );
  }
});

test('every turn and mirror of an AVIF is told as the orientation that does the same', async (t) => {
  const folder = await openFolder(t);
  const [picture, path] = [join(folder, 'a.png'), join(folder, 'a.avif')];
  await makePng(picture, { widthPx: 64, heightPx: 48 });
  // These are what libvips and libheif show, compared pixel by pixel with a JPEG of that EXIF orientation.
  for (const [args, orientation] of [
    [[], 1],
    [['--irot', '1'], 8],
    [['--irot', '2'], 3],
    [['--irot', '3'], 6],
    [['--imir', '0'], 4],
    [['--imir', '1'], 2],
    [['--irot', '1', '--imir', '0'], 5],
    [['--irot', '1', '--imir', '1'], 7],
  ] as const) {
    await runCommand('avifenc', ['-s', '10', ...args, picture, path]);
    const metadata = await read(path);
    assert.equal(metadata.orientation, orientation, args.join(' '));
    assert.equal(metadata.widthPx, orientation < 5 ? 64 : 48);
  }
});

test('an EXIF orientation that a HEIC carries without a turn of its own means nothing', async (t) => {
  const path = join(await openFolder(t), 'a.heic');
  await makeHeic(path, { widthPx: 120, heightPx: 80, exif: { 'Orientation#': '6' } });
  assertFacts(await read(path), { widthPx: 120, heightPx: 80, orientation: 1 }, 'heic');
});

test('sizes are those of the pixels and not those that EXIF remembers', async (t) => {
  const folder = await openFolder(t);
  const exif = { ExifImageWidth: '4000', ExifImageHeight: '3000' };
  for (const [name, make] of [
    ['a.jpg', makeJpeg],
    ['a.dng', makeDng],
    ['a.heic', makeHeic],
  ] as const) {
    const path = join(folder, name);
    await make(path, { widthPx: 122, heightPx: 82, exif });
    assertFacts(await read(path), { widthPx: 122, heightPx: 82 }, name);
  }
});

test('formats without metadata have their size', async (t) => {
  const folder = await openFolder(t);
  for (const [name, make] of [
    ['a.gif', (path: string, options: PictureOptions) => makeGif(path, { ...options, frames: 2 })],
    ['a.bmp', makeByFfmpeg],
    ['a.jp2', makeByFfmpeg],
    ['b.jxl', (path: string, options: PictureOptions) => makeJxl(path, { ...options, lossless: true })],
    ['b.webp', (path: string, options: PictureOptions) => makeWebp(path, { ...options, alpha: true })],
    ['c.webp', (path: string, options: PictureOptions) => makeWebp(path, { ...options, frames: 2 })],
  ] as const) {
    const path = join(folder, name);
    await make(path, { widthPx: 90, heightPx: 70 });
    assertFacts(await read(path), { widthPx: 90, heightPx: 70, orientation: 1, warnings: [] }, name);
  }
});

test('the name of the colour profile is read', async (t) => {
  const folder = await openFolder(t);
  for (const [name, make] of [
    ['a.jpg', makeJpeg],
    ['a.png', makePng],
    ['a.webp', makeWebp],
    ['a.tif', makeTiff],
    ['a.heic', makeHeic],
  ] as const) {
    const path = join(folder, name);
    await make(path, { profile: 'p3' });
    assert.match((await read(path)).profileDescription ?? '', /p3/, name);
  }
});

test('the content decides how a file with a lying name is read', async (t) => {
  const folder = await openFolder(t);
  const path = join(folder, 'IMG_1.jpg');
  await makeHeic(join(folder, 'a.heic'), { widthPx: 120, heightPx: 80, exif: PHONE_TAGS });
  await rename(join(folder, 'a.heic'), path);
  assertFacts(await read(path), { mimeType: 'image/heic', widthPx: 120, ...PHONE_FACTS }, 'heic as jpg');
});

test('both halves of a live photo carry the same identifier', async (t) => {
  const folder = await openFolder(t);
  const [still, video] = [join(folder, 'IMG_1.JPG'), join(folder, 'IMG_1.MOV')];
  const identifier = '0FA2E0F2-6A2F-4E6B-8B34-9D7B8C1D2E3F';
  await makeLivePhoto(still, video, identifier);
  assert.equal((await read(still)).contentIdentifier, identifier);
  assert.equal((await read(video)).contentIdentifier, identifier);
});

test('IPTC and EXIF serve where XMP is silent', async (t) => {
  const path = join(await openFolder(t), 'a.jpg');
  await makeJpeg(path, {
    exif: {
      'IPTC:Keywords': 'Lake',
      'IPTC:Caption-Abstract': 'By the lake',
      'IPTC:DateCreated': '1987:06:05',
      'IPTC:TimeCreated': '04:03:02+01:00',
      'EXIF:Rating': '2',
    },
  });
  assertFacts(
    await read(path),
    {
      tags: ['Lake'],
      description: 'By the lake',
      rating: 2,
      capturedAtMs: Date.UTC(1987, 5, 5, 3, 3, 2),
      captureReason: 'iptc DateTimeCreated, zone of the date',
    },
    'iptc',
  );
});

test('a place of zeros or outside the earth is no place, and a rating of zero is none', async (t) => {
  const path = join(await openFolder(t), 'a.jpg');
  const zero = { GPSLatitude: '0', GPSLatitudeRef: 'N', GPSLongitude: '0', GPSLongitudeRef: 'E' };
  await makeJpeg(path, { exif: { ...zero, 'XMP-xmp:Rating': '0' } });
  assertFacts(await read(path), { latitude: null, longitude: null, rating: null }, 'zero');
  await makeJpeg(path, { exif: { ...zero, 'GPSLatitude#': '123', 'XMP-xmp:Rating': '-1' } });
  assertFacts(await read(path), { latitude: null, longitude: null, rating: -1 }, 'outside');
});

test('what a sidecar says goes before what the file says, and what it leaves out stays', async (t) => {
  const folder = await openFolder(t);
  const [path, sidecarPath] = [join(folder, 'a.jpg'), join(folder, 'a.jpg.xmp')];
  await makeJpeg(path, { exif: PHONE_TAGS });
  await runCommand('exiftool', [
    '-q',
    '-XMP-exif:DateTimeOriginal=2020:02:02 02:02:02+05:45',
    '-XMP-exif:GPSLatitude=27.7',
    '-XMP-exif:GPSLongitude=85.3',
    '-XMP-dc:Subject=Nepal',
    sidecarPath,
  ]);
  assertFacts(
    await read(path, 'a.jpg', sidecarPath),
    {
      latitude: 27.7,
      longitude: 85.3,
      tags: ['Nepal'],
      rating: 4,
      description: 'Am Züricher See',
      localAtMs: Date.UTC(2020, 1, 2, 2, 2, 2),
      timeZone: 'UTC+5:45',
      captureReason: 'sidecar DateTimeOriginal, zone of the date',
    },
    'sidecar',
  );
  await writeFile(sidecarPath, 'torn');
  const metadata = await read(path, 'a.jpg', sidecarPath);
  assertFacts(metadata, PHONE_FACTS, 'torn sidecar');
  assert.match(metadata.warnings[0] ?? '', /^The sidecar was not read/);
});

test('a file that is not there is an error', async () => {
  await assert.rejects(read('/nowhere/a.jpg'), { code: 'ENOENT' });
});
