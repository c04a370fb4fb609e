import type { SearchBranch, SearchFilter } from '#contract/search-filter';
import { assetsOfAll, assetsOfAny, listIds } from './asset-lists.ts';
import { IS_OFFLINE } from './libraries.ts';
import { likePatterns, type Place } from './like-pattern.ts';
import { HAS_RENDITION } from './renditions.ts';

type Values = Record<string, string | number | null>;

/** An operator as any of the filter's fields may have it. */
interface Operators {
  eq?: string | number | boolean | null;
  ne?: string | number | null;
  in?: readonly (string | number)[];
  notIn?: readonly (string | number)[];
  gt?: string | number;
  gte?: string | number;
  lt?: string | number;
  lte?: string | number;
  like?: string;
  notLike?: string;
  startsWith?: string;
  endsWith?: string;
}

const COMPARISONS = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/** Fields that are a column; what is nothing in a column of text is null. */
const COLUMNS = {
  city: 'a.city',
  state: 'a.state',
  country: 'a.country',
  make: 'a.make',
  model: 'a.model',
  lensModel: 'a.lens_model',
  description: `nullif(a.description, '')`,
  originalFileName: 'a.original_name',
  originalPath: 'a.path',
  fileSizeInBytes: 'a.original_bytes',
  rating: 'a.rating',
  type: 'a.type',
  visibility: 'a.visibility',
} as const;
const IDS = { id: 'a.id', libraryId: 'a.library_id' } as const;
const TIMES = {
  createdAt: 'a.created_at',
  takenAt: 'a.captured_at',
  trashedAt: 'a.trashed_at',
  updatedAt: 'a.updated_at',
} as const;

/** What is so or not; who likes a photo, is on it and what it is filed under is only its owner's business. */
const FLAGS = {
  isFavorite: 'a.is_favorite = 1 AND a.owner_id = @userId',
  isMotion: 'a.live_video_id IS NOT NULL',
  isOffline: IS_OFFLINE,
  isEncoded: HAS_RENDITION,
  hasAlbums: 'EXISTS (SELECT 1 FROM album_asset n WHERE n.asset_id = a.id)',
  hasPeople: `a.owner_id = @userId AND EXISTS (SELECT 1 FROM face n WHERE n.asset_id = a.id AND n.person_id IS NOT NULL
    AND n.is_visible = 1 AND n.deleted_at IS NULL)`,
  hasTags: `a.owner_id = @userId AND EXISTS (SELECT 1 FROM tag_asset n CROSS JOIN tag g ON g.id = n.tag_id
    WHERE n.asset_id = a.id AND g.owner_id = @userId)`,
} as const;

/** Lists that a photo may be in; who is on it and what it is filed under is its owner's business. */
const LISTS = {
  albumIds: { kind: 'albums', onlyOwn: '' },
  personIds: { kind: 'people', onlyOwn: 'a.owner_id = @userId AND ' },
  tagIds: { kind: 'tags', onlyOwn: 'a.owner_id = @userId AND ' },
} as const;

/**
 * The structured filter of 3.2 as SQL over `asset a`: conditions to be joined by AND. Their parameters go into
 * `values`; `@userId` is the viewer. "Not" is meant as people say it: what has no city is not in Berlin.
 */
export function filterConditions(filter: SearchFilter, values: Values): string[] {
  const { or = [], ...all } = filter;
  const sql = branchConditions(all, values);
  if (or.length > 0)
    sql.push(
      `(${or.map((one) => `(${branchConditions(one, values).join(' AND ') || 'TRUE'})`).join(' OR ')})`,
    );
  return sql;
}

/** The filter and its branches, for questions about what it asks for. */
export const branchesOf = ({ or = [], ...all }: SearchFilter): SearchBranch[] => [all, ...or];

function branchConditions(branch: SearchBranch, values: Values): string[] {
  const sql: string[] = [];
  const bind = (value: string | number | null): string => {
    const name = `filter${Object.keys(values).length}`;
    values[name] = value;
    return `@${name}`;
  };
  const compare = (
    column: string,
    operators: Operators | undefined,
    read: (value: string | number) => string | number = (value) => value,
  ) => {
    if (!operators) return;
    const { eq, ne } = operators;
    const readOrNull = (value: string | number | null) => (value === null ? null : read(value));
    if (eq !== undefined && typeof eq !== 'boolean') sql.push(`${column} IS ${bind(readOrNull(eq))}`);
    if (ne !== undefined) sql.push(`${column} IS NOT ${bind(readOrNull(ne))}`);
    const isIn = (list: readonly (string | number)[]) =>
      `coalesce(${column} IN (SELECT value FROM json_each(${bind(JSON.stringify(list.map(read)))})), FALSE)`;
    if (operators.in) sql.push(isIn(operators.in));
    if (operators.notIn) sql.push(`NOT ${isIn(operators.notIn)}`);
    for (const [name, sign] of Object.entries(COMPARISONS)) {
      const bound = operators[name as keyof typeof COMPARISONS];
      if (bound !== undefined) sql.push(`${column} ${sign} ${bind(read(bound))}`);
    }
    const isLike = (text: string, place: Place) =>
      `(${likePatterns(text, place)
        .map((pattern) => `coalesce(${column} LIKE ${bind(pattern)} ESCAPE '\\', FALSE)`)
        .join(' OR ')})`;
    if (operators.like) sql.push(isLike(operators.like, 'anywhere'));
    if (operators.notLike) sql.push(`NOT ${isLike(operators.notLike, 'anywhere')}`);
    if (operators.startsWith) sql.push(isLike(operators.startsWith, 'start'));
    if (operators.endsWith) sql.push(isLike(operators.endsWith, 'end'));
  };

  for (const [name, column] of Object.entries(COLUMNS)) compare(column, branch[name as keyof typeof COLUMNS]);
  for (const [name, column] of Object.entries(IDS))
    compare(column, branch[name as keyof typeof IDS], (id) => String(id).toLowerCase());
  for (const [name, column] of Object.entries(TIMES))
    compare(column, branch[name as keyof typeof TIMES], (instant) => Date.parse(String(instant)));
  compare('a.checksum', branch.checksum, (checksum) => base64Checksum(String(checksum)));
  for (const [name, is] of Object.entries(FLAGS)) {
    const asked = branch[name as keyof typeof FLAGS];
    if (asked) sql.push(asked.eq ? `(${is})` : `NOT (${is})`);
  }
  for (const [name, { kind, onlyOwn }] of Object.entries(LISTS)) {
    const { all, any, none } = branch[name as keyof typeof LISTS] ?? {};
    const isIn = (ids: readonly string[], assets: (json: string, count: number) => string) => {
      const { json, count } = listIds(ids);
      return `(${onlyOwn}a.id IN (${assets(bind(json), count)}))`;
    };
    if (all?.length) sql.push(isIn(all, (ids, count) => assetsOfAll(kind, ids, count)));
    if (any?.length) sql.push(isIn(any, (ids) => assetsOfAny(kind, ids)));
    if (none?.length) sql.push(`NOT ${isIn(none, (ids) => assetsOfAny(kind, ids))}`);
  }
  // Nothing on this box has text in pictures; where its small version lies is nobody's business.
  if (branch.ocr || branch.encodedVideoPath?.eq !== undefined || branch.encodedVideoPath?.in)
    sql.push('FALSE');
  return sql;
}

/** A SHA-1 as the catalog writes it, from its hex digits or as it is. */
export const base64Checksum = (text: string): string =>
  /^[0-9a-f]{40}$/i.test(text) ? Buffer.from(text, 'hex').toString('base64') : text;
