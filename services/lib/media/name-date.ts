/** What a file's name says about when it was taken. */
export interface NameDate {
  /** Wall clock written as if UTC; when `clock` is `utc` it is the instant itself. Noon for `day`. */
  localMs: number;
  /** `local`: time where it was taken. `utc`: an instant. `day`: the name gives no time of day. */
  clock: 'local' | 'utc' | 'day';
}

const DATE = '(?<year>\\d{4})(?<separator>[-_.]?)(?<month>\\d{2})\\k<separator>(?<day>\\d{2})';
const TIME =
  '(?<hour>\\d{2})(?<colon>[-_.: ]?)(?<minute>\\d{2})\\k<colon>(?<second>\\d{2})(?:[-_.]?(?<millisecond>\\d{3}))?';

/**
 * Google's camera app names pictures by UTC; every other app of these families by the phone's clock.
 * Names of other apps look the same, so families are matched by shape, not one by one:
 * `IMG_20240131_153000`, `VID_20240131_153000`, `20240131_153000`, `Screenshot_2024-01-31-15-30-00-123_com.app`,
 * `Screenshot_20240131-153000`, `signal-2024-01-31-15-30-00-123`, `signal-2024-01-31-153000`,
 * `photo_2024-01-31_15-30-00` (Telegram), `2024-01-31 15.30.00` (Dropbox).
 */
const DATE_AND_TIME = new RegExp(`(?<!\\d)${DATE}[-_ T]{0,3}${TIME}(?!\\d)`);

/** `WhatsApp Image 2024-01-31 at 15.30.00`, `Screenshot 2024-01-31 at 3.30.00 PM` (macOS). */
const SPOKEN = new RegExp(
  `(?<!\\d)${DATE} at (?<hour>\\d{1,2})[.:](?<minute>\\d{2})[.:](?<second>\\d{2})(?:\\s?(?<half>[AP]M))?`,
);

/** A bare day needs more than eight digits to be believed: `IMG-20240131-WA0001` (WhatsApp), `2024-01-31`. */
const DAY = [
  new RegExp(`^(?:IMG|VID|AUD|PTT|STK)-${DATE}-WA\\d+`),
  /(?<!\d)(?<year>\d{4})(?<separator>[-_.])(?<month>\d{2})\k<separator>(?<day>\d{2})(?!\d)/,
];

/** `FB_IMG_1706711400000`, `mmexport1706711400000` (WeChat), `1706711400000`: milliseconds since 1970. */
const EPOCH = /^(?:FB_IMG_|FB_VID_|mmexport|wx_camera_)?(?<epoch>1\d{12})(?!\d)/;

/**
 * Reads a date from the name that an app gave a file, or undefined when there is none to be believed:
 * digits that make no calendar day or clock time, or a day outside 1990–2099 (serial numbers).
 */
export function readNameDate(fileName: string): NameDate | undefined {
  // A name this long was not given by a camera, and the patterns need not search it.
  const name = fileName.slice(0, 200);
  const groups = (SPOKEN.exec(name) ?? DATE_AND_TIME.exec(name))?.groups;
  if (groups) {
    const localMs = toWallTime(groups);
    if (localMs !== undefined) return { localMs, clock: name.startsWith('PXL_') ? 'utc' : 'local' };
  }
  for (const pattern of DAY) {
    const day = pattern.exec(name)?.groups;
    const localMs = day && toWallTime({ ...day, hour: '12', minute: '00', second: '00' });
    if (localMs !== undefined) return { localMs, clock: 'day' };
  }
  const epoch = EPOCH.exec(name)?.groups?.epoch;
  return epoch ? { localMs: Number(epoch), clock: 'utc' } : undefined;
}

function toWallTime(groups: Record<string, string | undefined>): number | undefined {
  const [year, month, day, minute, second, millisecond] = (
    ['year', 'month', 'day', 'minute', 'second', 'millisecond'] as const
  ).map((name) => Number(groups[name] ?? 0)) as [number, number, number, number, number, number];
  let hour = Number(groups.hour);
  if (groups.half) hour = (hour % 12) + (groups.half === 'PM' ? 12 : 0);
  if (year < 1990 || year > 2099 || hour > 23 || minute > 59 || second > 59) return undefined;
  const localMs = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  // Date.UTC carries 31 February on into March; a date that moved was none.
  const date = new Date(localMs);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? localMs : undefined;
}
