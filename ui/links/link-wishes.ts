import type { SharedLinkResponse } from '#contract/shared-links';
import type { LinkWishes } from '../calls/shared-links.ts';

const DAY_MS = 86_400_000;
const DAYS = { day: 1, week: 7, month: 30 } as const;

/** How long a link is to work, as the dialog asks. */
export const EXPIRIES = ['never', 'day', 'week', 'month', 'date'] as const;
export type Expiry = (typeof EXPIRIES)[number];

/**
 * The instant at which a link ends: null for never, and for `date` the end of that day (`2026-05-04`) on the
 * reader's clock. Undefined when the day is missing or is none.
 */
export function expiryInstant(expiry: Expiry, lastDay: string, now: number): string | null | undefined {
  if (expiry === 'never') return null;
  if (expiry !== 'date') return new Date(now + DAYS[expiry] * DAY_MS).toISOString();
  const end = new Date(`${lastDay}T23:59:59`);
  return /^\d{4}-\d{2}-\d{2}$/.test(lastDay) && !Number.isNaN(end.getTime()) ? end.toISOString() : undefined;
}

/** The day on the reader's clock, `2026-05-04`. */
export function localDay(instant: string | number): string {
  return localClock(instant).toISOString().slice(0, 10);
}

/** An instant as the reader's clock shows it, as a date whose UTC fields carry it. */
export function localClock(instant: string | number): Date {
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
}

const UMLAUTS: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

/** What can be read out and typed: `Omas 80. Geburtstag!` → `omas-80-geburtstag`. A hyphen at the end may go on. */
export function slugFrom(words: string): string {
  return words
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => UMLAUTS[letter]!)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, 60);
}

/** What a new link allows unless its maker says otherwise. */
export const NEW_LINK: LinkWishes = {
  expiresAt: null,
  password: '',
  slug: '',
  description: '',
  allowDownload: true,
  allowUpload: false,
  showMetadata: true,
};

/** What a link allows now, as its dialog begins. */
export function wishesOf(link: SharedLinkResponse): LinkWishes {
  const { expiresAt, password, slug, description, allowDownload, allowUpload, showMetadata } = link;
  return {
    expiresAt,
    password: password ?? '',
    slug: slug ?? '',
    description: description ?? '',
    allowDownload,
    allowUpload,
    showMetadata,
  };
}
