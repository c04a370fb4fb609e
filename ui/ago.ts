import { locale } from './locale.ts';

const UNITS = [
  ['year', 365.25 * 86_400_000],
  ['month', 30.44 * 86_400_000],
  ['week', 7 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** How long ago an instant was, or how far ahead it is: `3 hours ago`, `in 2 months`, `now`. Times in Unix ms. */
export function agoWords(instant: string | number, now: number): string {
  const distance = (typeof instant === 'number' ? instant : Date.parse(instant)) - now;
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  for (const [unit, unitMs] of UNITS)
    if (Math.abs(distance) >= unitMs) return format.format(Math.trunc(distance / unitMs), unit);
  return format.format(0, 'second');
}

/** The day of an instant where the reader is: `4 May 2024`. */
export function dayOf(instant: string): string {
  return new Date(instant).toLocaleDateString(locale, { dateStyle: 'long' });
}

/** The day and the time of an instant where the reader is: `4 May 2024, 14:32`. */
export function momentOf(instant: string): string {
  return new Date(instant).toLocaleString(locale, { dateStyle: 'long', timeStyle: 'short' });
}
