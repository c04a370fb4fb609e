import type { SearchRequest } from '../../calls/search.ts';
import { type Query, queryText } from '../../query.ts';

/** What somebody looks for. Kept in the address, so that a search can be reloaded, gone back to and sent. */
export interface SearchWish {
  /** Words, each of which must be found somewhere. */
  texts: readonly string[];
  personIds: readonly string[];
  tagIds: readonly string[];
  city?: string;
  state?: string;
  country?: string;
  make?: string;
  model?: string;
  /** First and last day, `2023-06-01`. */
  from?: string;
  to?: string;
  type?: 'IMAGE' | 'VIDEO';
  isFavorite?: true;
  rating?: number;
  /** Looks through the archive instead of the timeline. */
  isArchived?: true;
}

export const NO_WISH: SearchWish = { texts: [], personIds: [], tagIds: [] };

const NAMES = ['city', 'state', 'country', 'make', 'model'] as const;

export function isEmptyWish(wish: SearchWish): boolean {
  return wishAddress(wish) === '/search';
}

/** The address of what is found. */
export function wishAddress(wish: SearchWish): string {
  const { texts, personIds, tagIds, type, isFavorite, rating, isArchived, from, to } = wish;
  const query: Query = { q: texts, person: personIds, tag: tagIds, from, to };
  for (const name of NAMES) query[name] = wish[name];
  if (type) query['type'] = type === 'VIDEO' ? 'video' : 'photo';
  if (isFavorite) query['favourite'] = '1';
  if (rating !== undefined) query['stars'] = rating;
  if (isArchived) query['archive'] = '1';
  return `/search${queryText(query)}`;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What an address asks for; what nobody can mean in it is left out. */
export function readWish(query: URLSearchParams): SearchWish {
  const wish: SearchWish = {
    texts: query.getAll('q').filter((words) => words.trim() !== ''),
    personIds: query.getAll('person'),
    tagIds: query.getAll('tag'),
  };
  for (const name of NAMES) {
    const value = query.get(name);
    if (value) wish[name] = value;
  }
  for (const name of ['from', 'to'] as const) {
    const value = query.get(name);
    if (value && DAY.test(value) && !Number.isNaN(Date.parse(value))) wish[name] = value;
  }
  const type = query.get('type');
  if (type === 'video' || type === 'photo') wish.type = type === 'video' ? 'VIDEO' : 'IMAGE';
  if (query.get('favourite') === '1') wish.isFavorite = true;
  if (query.get('archive') === '1') wish.isArchived = true;
  const stars = Number(query.get('stars'));
  if (Number.isInteger(stars) && stars >= 1 && stars <= 5) wish.rating = stars;
  return wish;
}

/** The wish as the server is asked. Days begin and end by the reader's own clock. */
export function requestOf(wish: SearchWish): SearchRequest {
  const { texts, personIds, tagIds, type, isFavorite, rating, isArchived, from, to } = wish;
  const request: SearchRequest = { visibility: isArchived ? 'archive' : 'timeline' };
  for (const name of NAMES) if (wish[name] !== undefined) request[name] = wish[name];
  if (texts.length > 0) request.text = texts.join(' ').slice(0, 500);
  if (personIds.length > 0) request.personIds = [...personIds];
  if (tagIds.length > 0) request.tagIds = [...tagIds];
  if (from) request.takenAfter = new Date(`${from}T00:00:00`).toISOString();
  if (to) request.takenBefore = new Date(`${to}T23:59:59.999`).toISOString();
  if (type) request.type = type;
  if (isFavorite) request.isFavorite = true;
  if (rating !== undefined) request.rating = rating;
  return request;
}

/** Both wishes at once; where only one can be, the later one wins. */
export function joinWishes(before: SearchWish, more: SearchWish): SearchWish {
  const both = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])];
  const joined: SearchWish = {
    ...before,
    ...more,
    texts: both(before.texts, more.texts),
    personIds: both(before.personIds, more.personIds),
    tagIds: both(before.tagIds, more.tagIds),
  };
  // A range is one thing: half of the old one would make another one that nobody asked for.
  if (more.from !== undefined || more.to !== undefined) {
    delete joined.from;
    delete joined.to;
    if (more.from !== undefined) joined.from = more.from;
    if (more.to !== undefined) joined.to = more.to;
  }
  return joined;
}
