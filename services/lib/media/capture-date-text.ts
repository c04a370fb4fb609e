import { isPossibleOffset } from './time-zone.ts';

/** A date as a tag gives it. */
export interface WrittenDate {
  /** The wall clock, written as if UTC. */
  localMs: number;
  /** The offset from UTC that the text itself carries. */
  offsetMinutes?: number;
}

const DATE_TIME =
  /^\s*(\d{4})[:\-/.](\d{1,2})[:\-/.](\d{1,2})(?:[T ]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2}|[+-]\d{1,2}(?!\d))?)?/i;
/** XMP allows a year or a month alone, which is how old prints are dated. */
const YEAR_OR_MONTH = /^\s*(\d{4})(?:-(\d{2}))?\s*$/;

/** The first photograph that still exists was taken in 1826 or 1827; an earlier year is a filled-in blank. */
const FIRST_YEAR = 1826;

/**
 * Midnights that a clock shows when nobody has set it: the starts of QuickTime's, Unix's and FAT's time,
 * and the date that most cameras go back to when their battery is empty.
 */
const BLANKS = new Set([
  Date.UTC(1904, 0, 1),
  Date.UTC(1970, 0, 1),
  Date.UTC(1980, 0, 1),
  Date.UTC(2000, 0, 1),
]);

/**
 * Reads a date of EXIF (`2024:01:31 15:30:00`), ISO 8601 or XMP, with or without a time, fraction and
 * offset. Undefined for a text that is none, an impossible day, and years of nobody.
 */
export function readWrittenDate(text: string | undefined): WrittenDate | undefined {
  if (text === undefined) return undefined;
  const short = YEAR_OR_MONTH.exec(text);
  const parts = short ? [text, short[1], short[2] ?? '01', '01'] : DATE_TIME.exec(text);
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (year < FIRST_YEAR || hour > 23 || minute > 59 || second > 60) return undefined;
  // A leap second is the last one of its minute, as in every file system.
  const seconds = Math.min(second || 0, 59);
  const localMs = Date.UTC(year, month - 1, day, hour || 0, minute || 0, seconds) + fraction(parts[7]);
  // Date.UTC carries 31 February on into March; a date that moved was none.
  const date = new Date(localMs);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return { localMs, offsetMinutes: readOffset(parts[8]) };
}

/** Whether a date stands for "never set". It is then treated as absent. */
export function isBlankDate(date: WrittenDate): boolean {
  return BLANKS.has(date.localMs);
}

/** Reads `+02:00`, `+0200`, `-3`, `Z`; undefined for anything else and for offsets of nowhere on earth. */
export function readOffset(text: string | undefined): number | undefined {
  const parts = /^\s*(?:(Z)|([+-])(\d{1,2}):?(\d{2})?)\s*$/i.exec(text ?? '');
  if (!parts) return undefined;
  if (parts[1]) return 0;
  const size = Number(parts[3]) * 60 + Number(parts[4] ?? 0);
  const minutes = parts[2] === '-' ? -size : size;
  return isPossibleOffset(minutes) ? minutes || 0 : undefined;
}

/** Milliseconds of the digits after a decimal point. */
export function fraction(digits: string | undefined): number {
  return digits && /^\d+$/.test(digits) ? Math.floor(Number(`0.${digits}`) * 1000) : 0;
}
