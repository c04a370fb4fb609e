import { locale } from './locale.ts';

/** A whole number with its thousands set apart. */
export function grouped(value: number): string {
  return value.toLocaleString(locale);
}

/** A size people can compare, in the units file managers show. */
export function readableBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = -1;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = value < 9.95 ? 1 : 0;
  const words = value.toLocaleString(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${words} ${units[unit]}`;
}
