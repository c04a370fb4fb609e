const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const VISIBILITIES = ['timeline', 'archive', 'hidden', 'locked'] as const;

/**
 * The columns of a MonthRow from `asset a`, for the viewer @userId. Rows cross into JavaScript value by value,
 * so the small facts travel together in one number.
 */
export const MONTH_COLUMNS = `a.id, a.owner_id, a.local_at, a.captured_at, a.created_at, a.rowid, a.width_px, a.height_px,
  (a.type = 'IMAGE') + 2 * (a.is_favorite AND a.owner_id = @userId) + 4 * (a.trashed_at IS NOT NULL)
    + 8 * CASE a.visibility WHEN 'timeline' THEN 0 WHEN 'archive' THEN 1 WHEN 'hidden' THEN 2 ELSE 3 END,
  a.thumbhash, a.duration_ms, a.projection_type, a.live_video_id, a.city, a.country`;

/** What a row has further on when it was asked for: two columns, then two. */
export const COORDINATE_COLUMNS = 'a.latitude, a.longitude';
export const STACK_COLUMNS =
  'a.stack_id, iif(a.stack_id IS NULL, NULL, (SELECT count(*) FROM asset m WHERE m.stack_id = a.stack_id))';

/** One asset of a month, in the order of MONTH_COLUMNS. */
export type MonthRow = [
  id: string,
  ownerId: string,
  localAt: number,
  capturedAt: number,
  createdAt: number,
  rowid: number,
  widthPx: number | null,
  heightPx: number | null,
  flags: number,
  thumbhash: string | null,
  durationMs: number | null,
  projectionType: string | null,
  liveVideoId: string | null,
  city: string | null,
  country: string | null,
  ...extras: (string | number | null)[],
];

export interface MonthOptions {
  basis: 'taken' | 'created';
  order: 'asc' | 'desc';
  withCoordinates: boolean;
  withStacks: boolean;
}

/**
 * Sorts the rows of one month (days by wall clock, within a day by instant) and writes them as the JSON text of
 * contract §8.1. Written by hand: objects, ISO dates and JSON.stringify took three times as long, and the
 * timeline asks for thousands of rows at every jump.
 */
export function writeMonth(rows: MonthRow[], options: MonthOptions): string {
  const sign = options.order === 'asc' ? 1 : -1;
  const [byDay, byInstant] = options.basis === 'taken' ? [2 as const, 3 as const] : [4 as const, 4 as const];
  rows.sort(
    (a, b) =>
      sign *
      (Math.floor(a[byDay] / DAY_MS) - Math.floor(b[byDay] / DAY_MS) ||
        a[byInstant] - b[byInstant] ||
        a[5] - b[5]),
  );
  const instant = instantWriter();
  const text = remember((value: string | null) => JSON.stringify(value));
  // ThumbHashes and ids are base64 and hex: nothing in them needs escaping.
  const plain = (value: string | null) => (value === null ? 'null' : `"${value}"`);
  const flag = (bit: number) => (row: MonthRow) => (row[8] & bit ? 'true' : 'false');
  const write = (name: string, of: (row: MonthRow) => string) => {
    const parts = new Array<string>(rows.length);
    for (let at = 0; at < rows.length; at++) parts[at] = of(rows[at]!);
    return `"${name}":[${parts.join(',')}]`;
  };
  const arrays = [
    write('id', (row) => plain(row[0])),
    write('ownerId', (row) => plain(row[1])),
    write('ratio', (row) => ratio(row[6], row[7])),
    write('isFavorite', flag(2)),
    write('visibility', (row) => `"${VISIBILITIES[row[8] >> 3]}"`),
    write('isTrashed', flag(4)),
    write('isImage', flag(1)),
    write('thumbhash', (row) => plain(row[9])),
    write('fileCreatedAt', (row) => instant(row[3])),
    write('createdAt', (row) => instant(row[4])),
    write('localOffsetHours', (row) => String((row[2] - row[3]) / HOUR_MS)),
    write('duration', (row) => String(row[10])),
    write('projectionType', (row) => text(row[11])),
    write('livePhotoVideoId', (row) => plain(row[12])),
    write('city', (row) => text(row[13])),
    write('country', (row) => text(row[14])),
  ];
  let at = 15;
  if (options.withCoordinates) {
    const [latitude, longitude] = [at++, at++];
    arrays.push(
      write('latitude', (row) => String(row[latitude])),
      write('longitude', (row) => String(row[longitude])),
    );
  }
  if (options.withStacks) {
    const [id, count] = [at++, at++];
    arrays.push(write('stack', (row) => (row[id] === null ? 'null' : `["${row[id]}","${row[count]}"]`)));
  }
  return `{${arrays.join(',')}}`;
}

/** Width by height as displayed, to three decimals; 1 when unknown. */
function ratio(widthPx: number | null, heightPx: number | null): string {
  if (!widthPx || !heightPx) return '1';
  return String(Math.round((widthPx / heightPx) * 1000) / 1000);
}

/** Writes instants as quoted ISO text. Most share their day with the one before, whose date is kept. */
function instantWriter(): (ms: number) => string {
  let day = Number.NaN;
  let date = '';
  return (ms) => {
    const ofDay = Math.floor(ms / DAY_MS);
    if (ofDay !== day) {
      day = ofDay;
      date = new Date(ofDay * DAY_MS).toISOString().slice(0, -13);
    }
    const rest = ms - ofDay * DAY_MS;
    const seconds = Math.floor(rest / 1000);
    return `"${date}${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${three(rest % 1000)}Z"`;
  };
}

const TWO = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));
const two = (number: number): string => TWO[number]!;
const three = (number: number): string =>
  number < 10 ? `00${number}` : number < 100 ? `0${number}` : `${number}`;

/** The same function, which works each value out once: a month has few places. */
function remember<Value>(of: (value: Value) => string): (value: Value) => string {
  const known = new Map<Value, string>();
  return (value) => {
    let result = known.get(value);
    if (result === undefined) {
      result = of(value);
      known.set(value, result);
    }
    return result;
  };
}
