/**
 * Dates as people say them. The server sends wall clocks written as if they were UTC, so everything is
 * formatted in UTC; `locale` only decides the order of day and month.
 */
export interface DateWords {
  /** `2024-05-01` → `May 2024`. */
  month: (timeBucket: string) => string;
  /** `4 May 2024`. */
  day: (wallClock: Date) => string;
  /** `Sat, 4 May 2024, 14:32`. */
  moment: (wallClock: Date) => string;
}

export function createDateWords(locale: string): DateWords {
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const moment = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'UTC',
  });
  return {
    month: (timeBucket) => month.format(new Date(`${timeBucket.slice(0, 10)}T00:00:00Z`)),
    day: (wallClock) => day.format(wallClock),
    moment: (wallClock) => moment.format(wallClock),
  };
}

/** The page is in English: takes the reader's kind of English, or plain `en` when none is preferred. */
export function englishOf(languages: readonly string[]): string {
  return languages.find((language) => /^en\b/i.test(language)) ?? 'en';
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
