import type { SearchFilters } from '#contract/search';
import { IS_LOCKED_PART, type Viewer } from './access.ts';
import { assetsOfAll, listIds } from './asset-lists.ts';
import { matchOf } from './fulltext.ts';
import { IS_OFFLINE } from './libraries.ts';
import { likePatterns, textForms } from './like-pattern.ts';
import { HAS_RENDITION } from './renditions.ts';
import { base64Checksum, branchesOf, filterConditions } from './search-filter.ts';

/** A search as SQL over `asset a`: conditions to be joined by AND, and the values of their parameters. */
export interface Conditions {
  sql: string[];
  /** Whose assets, where these are several people's: `sql` then has OF_SEVERAL among its conditions. */
  ownerIds?: readonly string[];
  values: Record<string, string | number | null>;
  /** What the index of texts can be asked to find fewer assets to look at; see fulltext.ts. */
  match?: string;
  /**
   * What leads to the answer: an index to exactly that, an index to some of which not all fit, a list that
   * is kept (of what is in an album, shows a person or has a tag), the index of texts, or nothing, so that it may mean looking at every asset.
   */
  path: 'index' | 'some' | 'listed' | 'text' | 'all';
}

/** The condition that an asset belongs to one of several people; `@ownerIds` is a JSON array. */
export const OF_SEVERAL = 'a.owner_id IN (SELECT value FROM json_each(@ownerIds))';

/** Columns that hold a text or nothing; a filter of null asks for nothing. */
const TEXTS = {
  city: 'a.city',
  state: 'a.state',
  country: 'a.country',
  make: 'a.make',
  model: 'a.model',
  lensModel: 'a.lens_model',
} as const;

const SUBSTRINGS = {
  description: 'a.description',
  originalFileName: 'a.original_name',
  originalPath: 'a.path',
} as const;

/** Bounds in time; both ends belong to the range. */
const TIMES = {
  takenAfter: ['a.captured_at', '>='],
  takenBefore: ['a.captured_at', '<='],
  createdAfter: ['a.created_at', '>='],
  createdBefore: ['a.created_at', '<='],
  updatedAfter: ['a.updated_at', '>='],
  updatedBefore: ['a.updated_at', '<='],
  trashedAfter: ['a.trashed_at', '>='],
  trashedBefore: ['a.trashed_at', '<='],
} as const;

/**
 * Turns the filters of contract §8.2 into SQL for what this viewer may see: their own assets and
 * what partners have in their timelines, or with `albumIds` what is in those albums (the caller has made sure that the viewer is a member of each).
 * Undefined when nothing can match, because nothing on this box has text in pictures, or paths of what it made that it tells.
 */
export function searchConditions(viewer: Viewer, filters: SearchFilters): Conditions | undefined {
  if (cannotMatch(filters)) return undefined;
  const sql: string[] = [];
  const values: Conditions['values'] = { userId: viewer.userId };
  // Whom photos show and what they are filed under is their owner's business: others' photos have neither.
  const isOwnMatter = filters.personIds?.length || filters.tagIds?.length;
  const isOfSeveral = viewer.partnerIds?.length && !filters.albumIds?.length && !isOwnMatter;
  const ownerIds = isOfSeveral ? [viewer.userId, ...viewer.partnerIds!] : undefined;

  if (filters.albumIds?.length) {
    values['albumIds'] = JSON.stringify(filters.albumIds);
    sql.push(
      'a.id IN (SELECT asset_id FROM album_asset WHERE album_id IN (SELECT value FROM json_each(@albumIds)))',
      `(a.owner_id = @userId OR a.visibility IN ('timeline', 'archive') AND a.trashed_at IS NULL)`,
    );
  } else if (ownerIds) {
    values['ownerIds'] = JSON.stringify(ownerIds);
    sql.push(OF_SEVERAL, `(a.owner_id = @userId OR a.visibility = 'timeline' AND a.trashed_at IS NULL)`);
  } else sql.push('a.owner_id = @userId');

  if (filters.visibility) {
    sql.push('a.visibility = @visibility');
    values['visibility'] = filters.visibility;
  } else if (!viewer.isElevated) sql.push(`a.visibility <> 'locked'`);
  if (!viewer.isElevated) sql.push(`NOT ${IS_LOCKED_PART}`);

  const asksTrash = filters.filter && branchesOf(filters.filter).some(({ trashedAt }) => trashedAt);
  const wantsTrash = filters.withDeleted || filters.trashedAfter || filters.trashedBefore || asksTrash;
  if (!wantsTrash) sql.push('a.trashed_at IS NULL');

  for (const [name, column] of Object.entries(TEXTS)) {
    const value = filters[name as keyof typeof TEXTS];
    if (value === undefined) continue;
    // '' is how a query parameter says null.
    if (value === null || value === '') sql.push(`${column} IS NULL`);
    else {
      sql.push(`${column} = @${name}`);
      values[name] = value;
    }
  }
  const matches: (string | undefined)[] = [];
  for (const [name, column] of Object.entries(SUBSTRINGS)) {
    const value = filters[name as keyof typeof SUBSTRINGS];
    if (!value) continue;
    const patterns = likePatterns(value);
    sql.push(`(${patterns.map((_, at) => `${column} LIKE @${name}${at} ESCAPE '\\'`).join(' OR ')})`);
    patterns.forEach((pattern, at) => {
      values[`${name}${at}`] = pattern;
    });
    // A path has folders too, which the index does not know.
    if (name !== 'originalPath') matches.push(matchOf(textForms(value)));
  }
  for (const [at, word] of wordsOf(filters.text).entries()) {
    const patterns = likePatterns(word);
    const isLike = (column: string) =>
      patterns.map((_, form) => `${column} LIKE @word${at}_${form} ESCAPE '\\'`).join(' OR ');
    sql.push(anyWord(isLike));
    patterns.forEach((pattern, form) => {
      values[`word${at}_${form}`] = pattern;
    });
    matches.push(matchOf(textForms(word)));
  }
  const asked = matches.filter((match) => match !== undefined);
  for (const [name, [column, operator]] of Object.entries(TIMES)) {
    const value = filters[name as keyof typeof TIMES];
    if (value === undefined) continue;
    sql.push(`${column} ${operator} @${name}`);
    values[name] = Date.parse(value);
  }

  if (filters.id) {
    sql.push('a.id = @id');
    values['id'] = filters.id.toLowerCase();
  }
  if (filters.checksum) {
    sql.push('a.checksum = @checksum');
    values['checksum'] = base64Checksum(filters.checksum);
  }
  if (filters.type) {
    sql.push('a.type = @type');
    values['type'] = filters.type;
  }
  if (filters.libraryId === null) sql.push('a.library_id IS NULL');
  else if (filters.libraryId) {
    sql.push('a.library_id = @libraryId');
    values['libraryId'] = filters.libraryId.toLowerCase();
  }
  if (filters.isOffline !== undefined)
    sql.push(filters.isOffline ? `(a.library_id IS NOT NULL AND ${IS_OFFLINE})` : `NOT ${IS_OFFLINE}`);
  if (filters.rating !== undefined) {
    sql.push(filters.rating === null ? 'a.rating IS NULL' : 'a.rating = @rating');
    if (filters.rating !== null) values['rating'] = filters.rating;
  }
  if (filters.isFavorite !== undefined)
    // Written out, since the index is only of favourites.
    sql.push(
      filters.isFavorite
        ? '(a.is_favorite = 1 AND a.owner_id = @userId)'
        : '(a.is_favorite = 0 OR a.owner_id <> @userId)',
    );
  for (const [kind, ids] of [
    ['people', filters.personIds],
    ['tags', filters.tagIds],
  ] as const) {
    if (!ids?.length) continue;
    const { json, count } = listIds(ids);
    sql.push(`a.id IN (${assetsOfAll(kind, `@${kind}`, count)})`);
    values[kind] = json;
  }
  if (filters.tagIds === null)
    sql.push(`NOT EXISTS (SELECT 1 FROM tag_asset n CROSS JOIN tag g ON g.id = n.tag_id
      WHERE n.asset_id = a.id AND g.owner_id = @userId)`);
  if (filters.isMotion !== undefined) sql.push(`a.live_video_id IS ${filters.isMotion ? 'NOT ' : ''}NULL`);
  if (filters.isNotInAlbum !== undefined) {
    const not = filters.isNotInAlbum ? 'NOT ' : '';
    sql.push(`${not}EXISTS (SELECT 1 FROM album_asset n WHERE n.asset_id = a.id)`);
  }
  if (filters.isEncoded !== undefined) sql.push(`${filters.isEncoded ? '' : 'NOT '}${HAS_RENDITION}`);
  if (filters.filter) sql.push(...filterConditions(filters.filter, values));
  return {
    sql,
    values,
    path: findPath(filters),
    ...(ownerIds && { ownerIds }),
    ...(asked.length > 0 && { match: asked.join(' AND ') }),
  };
}

/** Filters that no index leads to, when they are set at all. */
const UNLED = [
  ...([
    'state',
    'country',
    'make',
    'lensModel',
    'description',
    'originalFileName',
    'originalPath',
    'text',
  ] as const),
  ...([
    'createdAfter',
    'createdBefore',
    'updatedAfter',
    'updatedBefore',
    'trashedAfter',
    'trashedBefore',
  ] as const),
  ...([
    'type',
    'rating',
    'isMotion',
    'isEncoded',
    'isNotInAlbum',
    'tagIds',
    'libraryId',
    'isOffline',
    'filter',
  ] as const),
];

function findPath(filters: SearchFilters): Conditions['path'] {
  if (filters.albumIds?.length || filters.personIds?.length || filters.tagIds?.length) return 'listed';
  if (filters.id || filters.checksum) return 'index';
  const { city, model, isFavorite, visibility } = filters;
  const led = [city, model, isFavorite].filter(Boolean).length;
  const isUnled =
    UNLED.some((name) => filters[name] !== undefined) ||
    [city, model].some((value) => value === null || value === '') ||
    isFavorite === false ||
    (visibility !== undefined && visibility !== 'timeline');
  // One index leads to its assets in order; of two, many could be read for each that fits both.
  if (!isUnled && led <= 1) return 'index';
  return led > 0 ? 'some' : 'all';
}

const cannotMatch = (filters: SearchFilters): boolean =>
  Boolean(filters.ocr || filters.encodedVideoPath || filters.previewPath || filters.thumbnailPath);

/** Words of a search, each of which must be found somewhere; more than ten are nobody's. */
const wordsOf = (text: string | undefined): string[] =>
  (text ?? '').split(/\s+/).filter(Boolean).slice(0, 10);

/** The condition that something people would say of an asset is like a word. Tags and names are their owner's business. */
const anyWord = (isLike: (column: string) => string): string => `(
  ${['a.original_name', 'a.description', 'a.city', 'a.state', 'a.country'].map(isLike).join(' OR ')}
  OR a.owner_id = @userId AND EXISTS (SELECT 1 FROM tag_asset wl JOIN tag w ON w.id = wl.tag_id
    WHERE wl.asset_id = a.id AND (${isLike('w.value')}))
  OR a.owner_id = @userId AND EXISTS (SELECT 1 FROM face wf JOIN person w ON w.id = wf.person_id
    WHERE wf.asset_id = a.id AND wf.deleted_at IS NULL AND w.owner_id = @userId AND (${isLike('w.name')})))`;
