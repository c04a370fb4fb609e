import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { openCatalog } from '#catalog/open';

/** A made library: whose it is and what is in it. */
export interface GeneratedCatalog {
  /** The administrator, who owns every asset. */
  userId: string;
  /** A session's token that signs this user in, for as long as the catalog lives. */
  token: string;
  /** Its largest month, `YYYY-MM-01`: of FULL_MONTH assets in a library of a million. */
  fullMonth: string;
}

/** A holiday month of a family with several phones. */
const FULL_MONTH = 5_500;
const FIRST_YEAR = 2005;
const MONTHS = 240;
/** Rows per transaction: the log stays small and a stop loses little. */
const ROWS_PER_COMMIT = 20_000;

const CAMERAS = [
  ['Apple', 'iPhone 15 Pro', 'iPhone 15 Pro back triple camera 6.765mm f/1.78'],
  ['Apple', 'iPhone 8', 'iPhone 8 back camera 3.99mm f/1.8'],
  ['Google', 'Pixel 8', 'Pixel 8 back camera 6.9mm f/1.68'],
  ['samsung', 'SM-G991B', null],
  ['Canon', 'Canon EOS R6', 'RF24-105mm F4 L IS USM'],
  [null, null, null],
] as const;
const PLACES = [
  ['Berlin', 'Berlin', 'Germany', 52.52, 13.4, 'Europe/Berlin', 2],
  ['München', 'Bavaria', 'Germany', 48.14, 11.58, 'Europe/Berlin', 2],
  ['Lisboa', 'Lisboa', 'Portugal', 38.72, -9.14, 'Europe/Lisbon', 1],
  ['Kyoto', 'Kyoto', 'Japan', 35.01, 135.77, 'Asia/Tokyo', 9],
  [null, null, null, null, null, null, 0],
] as const;

/**
 * Writes a new catalog with `count` assets over twenty years into `file`, the same one each time: full months
 * among ordinary ones, one in twelve a video, half with a place, some favourites, archived and trashed ones.
 * Rows go in as a family's do: by capture time, one in twenty much later. Files are not made.
 */
export function generateCatalog(file: string, count: number): GeneratedCatalog {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  const db = openCatalog(file, { durability: 'remakeable', cacheBytes: 256 * 1024 ** 2 });
  const random = mulberry32(1);
  const userId = uuid(random);
  const token = 'bench-token';
  db.exec('BEGIN');
  db.prepare(
    `INSERT INTO user (id, email, name, password_hash, is_admin, is_onboarded, folder, profile_changed_at, created_at, updated_at)
     VALUES (?, 'bench@example.org', 'Bench', '!', 1, 1, 'bench', 0, 0, 0)`,
  ).run(userId);
  db.prepare(
    `INSERT INTO session (id, user_id, token_hash, device_type, device_os, created_at, updated_at)
     VALUES (?, ?, ?, 'bench', 'bench', 0, ?)`,
  ).run(uuid(random), userId, createHash('sha256').update(token).digest(), Number.MAX_SAFE_INTEGER);

  const insert = db.prepare(`
    INSERT INTO asset (id, owner_id, type, visibility, is_favorite, trashed_at, captured_at, local_at, created_at,
      updated_at, thumbhash, width_px, height_px, duration_ms, city, state, country, latitude, longitude,
      original_name, path, checksum, original_bytes, mime_type, file_created_at, file_modified_at, preview_bytes,
      thumbnail_bytes, verify_due_at, time_zone, make, model, lens_model, f_number, focal_length_mm, iso,
      exposure_time, stored_width_px, stored_height_px, orientation, capture_reason)
    VALUES (@id, @ownerId, @type, @visibility, @isFavorite, @trashedAt, @capturedAt, @localAt, @createdAt,
      @createdAt, @thumbhash, 4032, 3024, @durationMs, @city, @state, @country, @latitude, @longitude,
      @name, @path, @checksum, @bytes, @mimeType, @capturedAt, @capturedAt, 250000,
      18000, 9007199254740991, @timeZone, @make, @model, @lens, 1.8, 6.7, 100,
      '1/120', 4032, 3024, 1, 'exif')`);
  const perMonth = monthSizes(count);
  const late: object[] = [];
  let number = 0;
  const write = (row: object) => {
    insert.run(row);
    if (++number % ROWS_PER_COMMIT === 0) db.exec('COMMIT; BEGIN');
  };
  for (let month = 0; month < MONTHS; month++) {
    const start = Date.UTC(FIRST_YEAR, month);
    const lengthMs = Date.UTC(FIRST_YEAR, month + 1) - start;
    for (let index = 0; index < perMonth[month]!; index++) {
      // Well inside the month, so that no zone moves a photo into the next.
      const localAt = start + Math.floor(((index + 0.5) / perMonth[month]!) * lengthMs);
      const row = makeRow(userId, localAt, random);
      if (random() < 0.05) late.push(row);
      else write(row);
    }
  }
  for (const row of late) write(row);
  db.exec('COMMIT');
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  const full = perMonth.lastIndexOf(Math.max(...perMonth));
  return { userId, token, fullMonth: new Date(Date.UTC(FIRST_YEAR, full)).toISOString().slice(0, 10) };
}

/** Every tenth month is full, as far as `count` goes; the others share the rest evenly. */
function monthSizes(count: number): number[] {
  const isFull = (month: number) => month % 10 === 6 && count >= (FULL_MONTH * MONTHS) / 5;
  const full = Array.from({ length: MONTHS }, (_, month) => month).filter(isFull).length;
  const rest = count - full * FULL_MONTH;
  const others = MONTHS - full;
  let seen = 0;
  return Array.from({ length: MONTHS }, (_, month) => {
    if (isFull(month)) return FULL_MONTH;
    seen++;
    return Math.floor((rest * seen) / others) - Math.floor((rest * (seen - 1)) / others);
  });
}

function makeRow(ownerId: string, localAt: number, random: () => number): object {
  const id = uuid(random);
  const [city, state, country, latitude, longitude, timeZone, hours] =
    PLACES[Math.min(PLACES.length - 1, Math.floor(random() * 8))]!;
  const [make, model, lens] = CAMERAS[Math.floor(random() * CAMERAS.length)]!;
  const isVideo = random() < 1 / 12;
  const capturedAt = localAt - hours * 3_600_000;
  const name = `IMG_${String(Math.floor(random() * 1e7)).padStart(7, '0')}.${isVideo ? 'MOV' : 'HEIC'}`;
  const day = new Date(localAt).toISOString();
  const roll = random();
  return {
    id,
    ownerId,
    type: isVideo ? 'VIDEO' : 'IMAGE',
    visibility: roll < 0.01 ? 'archive' : roll < 0.02 ? 'hidden' : roll < 0.021 ? 'locked' : 'timeline',
    isFavorite: random() < 0.02 ? 1 : 0,
    trashedAt: random() < 0.001 ? localAt : null,
    capturedAt,
    localAt,
    createdAt: capturedAt + 3_600_000,
    thumbhash: Buffer.from(Array.from({ length: 24 }, () => Math.floor(random() * 256))).toString('base64'),
    durationMs: isVideo ? 12_000 : null,
    city,
    state,
    country,
    latitude: latitude === null ? null : latitude + random() / 10,
    longitude: longitude === null ? null : longitude + random() / 10,
    name,
    path: `library/bench/${day.slice(0, 4)}/${day.slice(0, 7)}/${id.slice(0, 8)}-${name}`,
    checksum: createHash('sha1').update(id).digest('base64'),
    bytes: isVideo ? 60_000_000 : 3_000_000,
    mimeType: isVideo ? 'video/quicktime' : 'image/heic',
    timeZone,
    make,
    model,
    lens,
  };
}

function uuid(random: () => number): string {
  const hex = Array.from({ length: 4 }, () =>
    Math.floor(random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0'),
  ).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** A small generator of even numbers, so that the catalog is the same on every machine (mulberry32, public domain). */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
