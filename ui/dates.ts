import { locale } from './locale.ts';

/**
 * Dates as people say them. The server sends wall clocks written as if they were UTC, so everything is
 * formatted in UTC; `locale` decides the language and the order of day and month.
 */
export interface DateWords {
  /** `2024-05-01` → `May 2024`. */
  month: (timeBucket: string) => string;
  /** `4 May 2024`. */
  day: (wallClock: Date) => string;
  /** `4 – 18 May 2024`; the day alone when both are the same. */
  days: (from: Date, to: Date) => string;
  /** `Sat 4 May`: below the name of a month with its year. */
  shortDay: (wallClock: Date) => string;
  /** `Sat, 4 May 2024, 14:32`. */
  moment: (wallClock: Date) => string;
  /** `14:32`. */
  time: (wallClock: Date) => string;
}

const made = new Map<string, DateWords>();

/** The words of the page's language. */
export function dateWords(): DateWords {
  const known = made.get(locale);
  if (known) return known;
  const words = createDateWords(locale);
  made.set(locale, words);
  return words;
}

export function createDateWords(locale: string): DateWords {
  // Each is made when it is needed: making one takes a slow processor as long as drawing ten photos.
  const lazily = (options: Intl.DateTimeFormatOptions) => {
    let format: Intl.DateTimeFormat | undefined;
    return () => {
      format ??= new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
      return format;
    };
  };
  const written = (options: Intl.DateTimeFormatOptions) => {
    const format = lazily(options);
    return (wallClock: Date) => format().format(wallClock);
  };
  const month = written({ month: 'long', year: 'numeric' });
  const days = lazily({ dateStyle: 'long' });
  return {
    month: (timeBucket) => month(new Date(`${timeBucket.slice(0, 10)}T00:00:00Z`)),
    day: (wallClock) => days().format(wallClock),
    days: (from, to) => days().formatRange(from, to),
    shortDay: written({ weekday: 'short', day: 'numeric', month: 'short' }),
    moment: written({
      weekday: 'short',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: 'numeric',
      minute: '2-digit',
    }),
    time: written({ hour: 'numeric', minute: '2-digit' }),
  };
}

/** The wall clock at the place of capture, as a date whose UTC fields carry it. */
export function wallClockOf(fileCreatedAt: string, localOffsetHours: number): Date {
  return new Date(Date.parse(fileCreatedAt) + localOffsetHours * 3_600_000);
}

/** `75_000` → `1:15`; empty when the length is unknown. */
export function lengthWords(durationMs: number | null): string {
  if (durationMs === null || durationMs <= 0) return '';
  const seconds = Math.max(1, Math.round(durationMs / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
