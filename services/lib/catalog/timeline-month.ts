const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const VISIBILITIES = ['"timeline"', '"archive"', '"hidden"', '"locked"'] as const;

/**
 * The columns of a MonthRow from `asset a`, for the viewer @userId. Rows cross into JavaScript value by value,
 * so the small facts travel together in one number.
 */
export const MONTH_COLUMNS = `a.id, nullif(a.owner_id, @userId), a.local_at, a.captured_at, a.created_at, a.rowid, a.width_px, a.height_px,
  (a.type = 'IMAGE') + 2 * (a.is_favorite AND a.owner_id = @userId) + 4 * (a.trashed_at IS NOT NULL)
    + 8 * CASE a.visibility WHEN 'timeline' THEN 0 WHEN 'archive' THEN 1 WHEN 'hidden' THEN 2 ELSE 3 END,
  a.thumbhash, a.duration_ms, a.projection_type, a.live_video_id, a.city, a.country`;

/** What a row has further on when it was asked for: two columns, then one. */
export const COORDINATE_COLUMNS = 'a.latitude, a.longitude';
/** The stack and how many are in it, as the text between `["` and `"]`: most rows have none, and each column costs. */
export const STACK_COLUMNS = `iif(a.stack_id IS NULL, NULL,
  a.stack_id || '","' || (SELECT count(*) FROM asset m WHERE m.stack_id = a.stack_id))`;

/** One asset of a month, in the order of MONTH_COLUMNS. */
export type MonthRow = [
  id: string,
  /** Null: the viewer. */
  ownerId: string | null,
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
  viewerId: string;
  basis: 'taken' | 'created';
  order: 'asc' | 'desc';
  withCoordinates: boolean;
  withStacks: boolean;
  /** Leaves cities and countries out, for guests who may not know them. Default: false. */
  withoutPlaces?: boolean;
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
  const text = remember((value: string | null) => JSON.stringify(value));
  const owner = remember((id: string) => `"${id}"`);
  const flag = (bit: number) => (row: MonthRow) => (row[8] & bit ? 'true' : 'false');
  const ratio = remember(ratioText);
  const hours = remember((ms: number) => String(ms / HOUR_MS));
  const write = (name: string, of: (row: MonthRow) => string) => `"${name}":[${column(rows, of)}]`;
  const arrays = [
    writePlain('id', rows, 0),
    write('ownerId', (row) => owner(row[1] ?? options.viewerId)),
    write('ratio', (row) => ratio((row[6] ?? 0) * MOST_PX + (row[7] ?? 0))),
    write('isFavorite', flag(2)),
    write('visibility', (row) => VISIBILITIES[row[8] >> 3]!),
    write('isTrashed', flag(4)),
    write('isImage', flag(1)),
    writePlain('thumbhash', rows, 9),
    writeInstants('fileCreatedAt', rows, 3),
    writeInstants('createdAt', rows, 4),
    write('localOffsetHours', (row) => hours(row[2] - row[3])),
    write('duration', (row) => String(row[10])),
    write('projectionType', (row) => text(row[11])),
    writePlain('livePhotoVideoId', rows, 12),
  ];
  if (!options.withoutPlaces)
    arrays.push(
      write('city', (row) => text(row[13])),
      write('country', (row) => text(row[14])),
    );
  let at = 15;
  if (options.withCoordinates) {
    const [latitude, longitude] = [at++, at++];
    arrays.push(
      write('latitude', (row) => String(row[latitude])),
      write('longitude', (row) => String(row[longitude])),
    );
  }
  if (options.withStacks) {
    arrays.push(write('stack', (row) => (row[at] === null ? 'null' : `["${row[at]}"]`)));
  }
  return `{${arrays.join(',')}}`;
}

/** The values of a column, separated by commas. In most columns of most months all are the same. */
function column(rows: readonly MonthRow[], of: (row: MonthRow) => string): string {
  if (rows.length === 0) return '';
  const first = of(rows[0]!);
  if (rows.every((row) => of(row) === first)) return `${first},`.repeat(rows.length).slice(0, -1);
  return rows.map(of).join(',');
}

/** More than any picture is wide or high, so that both sides make one number. */
const MOST_PX = 2 ** 24;

/** Width by height as displayed, to three decimals; 1 when unknown. */
function ratioText(sides: number): string {
  const [widthPx, heightPx] = [Math.floor(sides / MOST_PX), sides % MOST_PX];
  if (!widthPx || !heightPx) return '1';
  return String(Math.round((widthPx / heightPx) * 1000) / 1000);
}

/** A column of ids or ThumbHashes, hex and base64, in which nothing needs escaping. */
function writePlain(name: string, rows: readonly MonthRow[], at: 0 | 9 | 12): string {
  const values = rows.map((row) => row[at]);
  if (values.length > 0 && !values.includes(null)) return `"${name}":["${values.join('","')}"]`;
  return `"${name}":[${values.map((value) => (value === null ? 'null' : `"${value}"`)).join(',')}]`;
}

/** `"YYYY-MM-DDT`, and what follows it: `HH:MM:SS.mmmZ",`. */
const DATE_BYTES = 12;
const INSTANT_BYTES = DATE_BYTES + 15;
const ZERO = '0'.charCodeAt(0);

/** A column of instants (Unix ms) as ISO text, digit by digit into one buffer: no month has room for 11,000 dates. */
function writeInstants(name: string, rows: readonly MonthRow[], column: 3 | 4): string {
  if (rows.length === 0) return `"${name}":[]`;
  const bytes = Buffer.allocUnsafe(rows.length * INSTANT_BYTES);
  let day = Number.NaN;
  let date = '';
  let at = 0;
  const digits = (value: number, count: number) => {
    for (let place = at + count - 1, rest = value; place >= at; place--, rest = Math.floor(rest / 10))
      bytes[place] = ZERO + (rest % 10);
    at += count;
  };
  const mark = (character: string) => {
    bytes[at++] = character.charCodeAt(0);
  };
  for (const row of rows) {
    const ms = row[column];
    const ofDay = Math.floor(ms / DAY_MS);
    if (ofDay !== day) {
      day = ofDay;
      // Before the year 0 and after 9999 ISO dates are longer; nothing was photographed then.
      date = `"${new Date(Math.min(LAST_DAY, Math.max(FIRST_DAY, ofDay)) * DAY_MS).toISOString().slice(0, 11)}`;
    }
    bytes.write(date, at, 'latin1');
    at += DATE_BYTES;
    const rest = ms - ofDay * DAY_MS;
    digits(Math.floor(rest / HOUR_MS), 2);
    mark(':');
    digits(Math.floor(rest / 60_000) % 60, 2);
    mark(':');
    digits(Math.floor(rest / 1000) % 60, 2);
    mark('.');
    digits(rest % 1000, 3);
    mark('Z');
    mark('"');
    mark(',');
  }
  return `"${name}":[${bytes.toString('latin1', 0, at - 1)}]`;
}

/** Days since 1970 of 0000-01-01 and 9999-12-31. */
const FIRST_DAY = Date.parse('0000-01-01T00:00:00Z') / DAY_MS;
const LAST_DAY = Date.UTC(9999, 11, 31) / DAY_MS;

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
