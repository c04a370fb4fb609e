/**
 * What the page asks before anything else, in the very words of its addresses: the gateway names them in the header of
 * the page, so that browsers ask while the page is still on its way, and what differs in a letter is asked again.
 * Without schemas, for a script that must be tiny.
 */

/** Which photos the first screen shows. */
export const ALL_PHOTOS = { visibility: 'timeline', withStacked: true, withPartners: true } as const;

export const WHO_IS_HERE = '/api/users/me';

const filter = new URLSearchParams(Object.entries(ALL_PHOTOS).map(([name, value]) => [name, `${value}`]));

/** The months of the first screen. */
export const FIRST_MONTHS = `/api/timeline/buckets?${filter}`;

/** The photos of one of these months, by its first day. */
export const firstMonth = (timeBucket: string): string =>
  `/api/timeline/bucket?${filter}&timeBucket=${timeBucket}`;
