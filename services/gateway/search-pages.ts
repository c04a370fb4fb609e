import type { Position } from '#catalog/search';
import { Problem } from '#contract/problems';
import type { SearchOrderField } from '#contract/search-filter';

/** Searches under way whose place is remembered; each is two numbers. */
const MOST_PLACES = 1000;

/**
 * Where each page of a search ended. Clients ask by page number, and tools walk through whole libraries that
 * way: skipping to page 1,000 would read a million rows again each time, going on from the last one reads none.
 */
export function openSearchPages() {
  const ends = new Map<string, Position>();
  return {
    /** The end of the page before this one; undefined when nobody asked for that lately. */
    findStart: (search: string, page: number): Position | undefined => ends.get(`${page - 1} ${search}`),
    /** Notes where a page ended. `search` is whatever tells searches apart. */
    noteEnd: (search: string, page: number, end: Position): void => {
      const key = `${page} ${search}`;
      ends.delete(key);
      ends.set(key, end);
      if (ends.size > MOST_PLACES) ends.delete(ends.keys().next().value!);
    },
  };
}

/** Where a page ended and in which order, for clients to hand back as it is. */
export const writeCursor = ({ value, rowid }: Position, orderField: SearchOrderField): string =>
  Buffer.from(JSON.stringify([orderField, value, rowid])).toString('base64url');

/** Throws `search_cursor` for what is none of ours, or of another order. */
export function readCursor(text: string, orderField: SearchOrderField): Position {
  const [, field, value, rowid] =
    /^\["(\w+)",(-?\d{1,16}),(\d{1,16})\]$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (field !== orderField) throw new Problem('search_cursor');
  return { value: Number(value), rowid: Number(rowid) };
}
