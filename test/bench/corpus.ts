import { existsSync, mkdirSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { randomNumbers } from '#test/fixtures/media';

/** Size of the photos: 12 megapixels, what most phones of the last ten years take. */
const WIDTH_PX = 4032;
const HEIGHT_PX = 3024;
/** A base is larger than a photo, so that crops of it differ everywhere. */
const BASE_WIDTH_PX = WIDTH_PX + 512;
const BASE_HEIGHT_PX = HEIGHT_PX + 384;
const BASE_COUNT = 6;

interface Base {
  data: Buffer;
  info: { width: number; height: number; channels: 1 | 2 | 3 | 4 };
}

/** Fills `buffer` with bytes around 128 whose spread grows with `spread` (0–127), from a xorshift32 sequence. */
function fillNoise(buffer: Buffer, seed: number, spread: number): Buffer {
  let state = (seed * 2654435761) >>> 0 || 1;
  for (let at = 0; at < buffer.length; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    // The sum of two bytes is a triangle: close enough to a sensor's noise for a JPEG encoder.
    const triangle = (state & 0xff) + ((state >>> 8) & 0xff) - 255;
    buffer[at] = 128 + ((triangle * spread) >> 8);
  }
  return buffer;
}

function noise(widthPx: number, heightPx: number, channels: 1 | 3, seed: number, spread: number) {
  const data = fillNoise(Buffer.alloc(widthPx * heightPx * channels), seed, spread);
  return sharp(data, { raw: { width: widthPx, height: heightPx, channels } });
}

/**
 * One natural-looking surface: large soft colours, detail whose strength falls with its frequency as in
 * photographs, and fine noise as of a sensor.
 */
async function makeBase(seed: number): Promise<Base> {
  const stretch = { fit: 'fill', kernel: 'cubic' } as const;
  const octaves = await Promise.all(
    [
      { cells: 12, spread: 120 },
      { cells: 48, spread: 100 },
      { cells: 192, spread: 80 },
      { cells: 768, spread: 60 },
      { cells: 2048, spread: 40 },
    ].map(({ cells, spread }, index) =>
      noise(cells, Math.round((cells * 3) / 4), 1, seed * 100 + index, spread)
        .resize(BASE_WIDTH_PX, BASE_HEIGHT_PX, stretch)
        .png({ compressionLevel: 0 })
        .toBuffer(),
    ),
  );
  const grain = await noise(BASE_WIDTH_PX, BASE_HEIGHT_PX, 1, seed * 100 + 50, 40)
    .png({ compressionLevel: 0 })
    .toBuffer();
  const colours = await noise(6, 4, 3, seed, 127).resize(BASE_WIDTH_PX, BASE_HEIGHT_PX, stretch).toBuffer();
  return sharp(colours, { raw: { width: BASE_WIDTH_PX, height: BASE_HEIGHT_PX, channels: 3 } })
    .composite([...octaves, grain].map((input) => ({ input, blend: 'overlay' as const })))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
}

const CAMERAS = [
  ['Apple', 'iPhone 13'],
  ['Google', 'Pixel 7'],
  ['samsung', 'SM-S911B'],
  ['FUJIFILM', 'X-T30'],
] as const;

const DAY_MS = 86_400_000;
const FIRST_DAY_MS = Date.UTC(2012, 0, 1);

function exifDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replaceAll('-', ':').replace('T', ' ');
}

const degrees = (value: number): string => {
  const whole = Math.floor(Math.abs(value));
  return `${whole}/1 ${Math.round((Math.abs(value) - whole) * 600_000)}/10000 0/1`;
};

/** EXIF of photo `index`: four cameras, dates over twelve years, most with a place somewhere in Europe. */
function exifOf(index: number, random: () => number) {
  const [make, model] = CAMERAS[index % CAMERAS.length]!;
  const takenAt = exifDate(FIRST_DAY_MS + Math.floor(random() * 12 * 365 * DAY_MS));
  const [latitude, longitude] = [38 + random() * 20, -8 + random() * 30];
  return {
    IFD0: { Make: make, Model: model, DateTime: takenAt, Software: `corpus ${index}` },
    IFD2: {
      DateTimeOriginal: takenAt,
      OffsetTimeOriginal: '+02:00',
      ISOSpeedRatings: String(100 * 2 ** Math.floor(random() * 5)),
      FNumber: '18/10',
      ExposureTime: `1/${30 + Math.floor(random() * 970)}`,
      FocalLength: '26/1',
    },
    ...(index % 5 !== 0 && {
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: degrees(latitude),
        GPSLongitudeRef: longitude < 0 ? 'W' : 'E',
        GPSLongitude: degrees(longitude),
      },
    }),
  };
}

/** Writes photo `index` (a crop, perhaps mirrored, of one of the bases, in a light of its own). */
async function makePhoto(path: string, index: number, base: Base): Promise<void> {
  const random = randomNumbers(index + 1);
  const [left, top] = [Math.floor(random() * 512), Math.floor(random() * 384)];
  const gain = [0.85 + random() * 0.3, 0.85 + random() * 0.3, 0.85 + random() * 0.3];
  await sharp(base.data, { raw: base.info })
    .extract({ left, top, width: WIDTH_PX, height: HEIGHT_PX })
    .flop(random() < 0.5)
    .linear(gain, [0, 0, 0])
    .withExif(exifOf(index, random))
    .jpeg({ quality: 84 + Math.floor(random() * 5) })
    .toFile(`${path}.part`);
  await rename(`${path}.part`, path);
}

/**
 * Makes photos 0 to `count` - 1 in `folder` as `photo-000000.jpg` …: 4032 × 3024, 3–5 MB, each with its own
 * pixels, checksum and EXIF, the same in every run. Those that exist are kept, so a run that was interrupted
 * continues. Resolves with the paths.
 */
export async function makeCorpus(folder: string, count: number): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const paths = Array.from({ length: count }, (_, index) =>
    join(folder, `photo-${String(index).padStart(6, '0')}.jpg`),
  );
  const missing = paths.map((path, index) => ({ path, index })).filter(({ path }) => !existsSync(path));
  for (let which = 0; which < BASE_COUNT; which++) {
    const mine = missing.filter(({ index }) => index % BASE_COUNT === which);
    if (!mine.length) continue;
    const base = await makeBase(which + 1);
    for (const { path, index } of mine) await makePhoto(path, index, base);
  }
  return paths;
}

if (import.meta.main) {
  const [folder, count] = process.argv.slice(2);
  if (!folder || !Number.isInteger(Number(count)) || Number(count) < 1) {
    process.stderr.write('usage: node test/bench/corpus.ts <folder> <count>\n');
    process.exit(2);
  }
  await makeCorpus(folder, Number(count));
}
