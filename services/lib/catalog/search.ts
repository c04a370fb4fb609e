import type { SearchFilters } from '#contract/search';
import type { SearchOrderField } from '#contract/search-filter';
import type { Viewer } from './access.ts';
import { ASSET_COLUMNS, type AssetRow } from './assets.ts';
import { fulltextQueries, IS_MATCH, TEXT_SOURCE } from './fulltext.ts';
import type { Catalog } from './open.ts';
import { type Conditions, OF_SEVERAL, searchConditions } from './search-conditions.ts';

export interface PageRequest {
  viewer: Viewer;
  filters: SearchFilters;
  /** What the order goes by. Absent: the time of capture, which an index keeps. */
  orderField?: SearchOrderField;
  order: 'asc' | 'desc';
  size: number;
  /** Where the page before ended; takes precedence over `offset`. */
  after?: Position;
  /** Assets to skip; costs as much as reading them. */
  offset: number;
}

/** The place of an asset in the order that was asked for: what it goes by, and its row among equals. */
export interface Position {
  value: number;
  rowid: number;
}

/** What orders go by; photos without a rating come behind those that were rejected. */
const ORDER_COLUMNS: Readonly<Record<SearchOrderField, string>> = {
  fileCreatedAt: 'a.captured_at',
  localDateTime: 'a.local_at',
  fileSizeInBytes: 'a.original_bytes',
  rating: 'coalesce(a.rating, -2)',
};

export interface Page {
  rows: AssetRow[];
  /** Where to go on; null when this was the last page. */
  end: Position | null;
}

/** What search offers to choose from. */
export type SuggestionKind =
  | 'country'
  | 'state'
  | 'city'
  | 'camera-make'
  | 'camera-model'
  | 'camera-lens-model';

/** What was chosen already; absent: anything. */
export interface SuggestionChoice {
  country?: string;
  state?: string;
  make?: string;
  model?: string;
  lensModel?: string;
}

/** Statements differ by which filters are used, not by their values; so many combinations are kept prepared. */
const MOST_STATEMENTS = 60;

/** Rows that a search without an index looks at before it looks at all of them; some milliseconds' worth. */
const NEAR_ROWS = 3_000;

/** Beyond so many assets with that text, reading all of them from end to end is faster than one by one. */
const MOST_BY_TEXT = 50_000;

/** Blind tries per asset wanted before a random choice reads everything instead. */
const TRIES_PER_ASSET = 30;

export function searchQueries(db: Catalog) {
  const statements = new Map<string, ReturnType<Catalog['prepare']>>();
  const prepare = (sql: string) => {
    const known = statements.get(sql);
    if (known) return known;
    if (statements.size >= MOST_STATEMENTS) statements.delete(statements.keys().next().value!);
    const statement = db.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  const texts = fulltextQueries(db);
  const where = (conditions: Conditions) => conditions.sql.join(' AND ');
  const highestRow = db.prepare('SELECT max(rowid) FROM asset').pluck();
  const newestOf = db.prepare<{ ownerId: string; cities: string }, AssetRow>(`
    SELECT ${ASSET_COLUMNS} FROM json_each(@cities) c CROSS JOIN asset a ON a.rowid = (SELECT n.rowid FROM asset n
      WHERE n.owner_id = @ownerId AND n.city = c.value AND n.trashed_at IS NULL AND n.visibility IN ('timeline', 'archive')
      ORDER BY n.captured_at DESC LIMIT 1)
    ORDER BY c.key`);
  const allCities = db
    .prepare<[string], string>(
      `SELECT DISTINCT city FROM place_count WHERE owner_id = ? AND city <> '' AND count > 0 ORDER BY city`,
    )
    .pluck();
  const topCities = db
    .prepare<{ ownerId: string; most: number }, string>(
      `SELECT city FROM place_count WHERE owner_id = @ownerId AND city <> '' GROUP BY city
       HAVING sum(count) > 0 ORDER BY sum(count) DESC, city LIMIT @most`,
    )
    .pluck();
  const suggestions = db
    .prepare<
      {
        ownerId: string;
        kind: string;
        country: string | null;
        state: string | null;
        make: string | null;
        model: string | null;
        lensModel: string | null;
      },
      string
    >(`
    SELECT value FROM (
      SELECT CASE @kind WHEN 'country' THEN country WHEN 'state' THEN state ELSE city END AS value, count FROM place_count
      WHERE @kind IN ('country', 'state', 'city') AND owner_id = @ownerId
        AND (@country IS NULL OR country = @country) AND (@state IS NULL OR state = @state)
      UNION ALL
      SELECT CASE @kind WHEN 'camera-make' THEN make WHEN 'camera-model' THEN model ELSE lens_model END, count
      FROM camera_count
      WHERE @kind IN ('camera-make', 'camera-model', 'camera-lens-model') AND owner_id = @ownerId
        AND (@make IS NULL OR make = @make) AND (@model IS NULL OR model = @model)
        AND (@lensModel IS NULL OR lens_model = @lensModel))
    GROUP BY value HAVING sum(count) > 0 ORDER BY value`)
    .pluck();

  /**
   * Where a search that nothing leads to reads: the table from end to end, which a hard disk does at full
   * speed, and not row by row in the order of an index.
   */
  const from = (conditions: Conditions) =>
    conditions.path === 'text' ? TEXT_SOURCE : conditions.path === 'all' ? 'asset a NOT INDEXED' : 'asset a';
  /** The same for questions about everything that fits, whatever leads to it. */
  const allOf = (conditions: Conditions) =>
    conditions.path === 'text'
      ? TEXT_SOURCE
      : conditions.path === 'listed'
        ? 'asset a'
        : 'asset a NOT INDEXED';
  /** The conditions, led by the index of texts where it leads to fewer assets than there are to look at. */
  const leadByText = (conditions: Conditions | undefined): Conditions | undefined => {
    if (conditions?.match === undefined || !texts.isFew(conditions.match, MOST_BY_TEXT)) return conditions;
    const { match } = conditions;
    const sql = [IS_MATCH, ...conditions.sql];
    return { ...conditions, sql, values: { ...conditions.values, match }, path: 'text' };
  };
  const all = <Row>(
    source: string,
    conditions: Conditions,
    rest: string,
    values: object = {},
    place = 'a.rowid AS position',
  ): Row[] =>
    prepare(`SELECT ${ASSET_COLUMNS}, ${place} FROM ${source} WHERE ${where(conditions)} ${rest}`).all({
      ...conditions.values,
      ...values,
    }) as Row[];

  /** The first rows of each owner, which an index gives in order, instead of everybody's rows sorted anew. */
  const mergeOwners = (conditions: Conditions, ownerIds: readonly string[], sorting: string) => {
    const firsts = ownerIds.map((ownerId, at) => {
      conditions.values[`owner${at}`] = ownerId;
      const sql = conditions.sql.map((sql) => (sql === OF_SEVERAL ? `a.owner_id = @owner${at}` : sql));
      return `SELECT * FROM (SELECT a.rowid AS place FROM asset a WHERE ${sql.join(' AND ')} ${sorting} LIMIT @most)`;
    });
    return `(${firsts.join(' UNION ALL ')}) f CROSS JOIN asset a ON a.rowid = f.place`;
  };

  /** With `near` only the rows next to where the page starts are looked at; undefined when they do not fill it. */
  const readPage = (request: PageRequest, near: boolean): Page | undefined => {
    const asked = searchConditions(request.viewer, request.filters);
    const conditions = near ? asked : leadByText(asked);
    if (!conditions) return { rows: [], end: null };
    // What is in an album or a partner's may be others', among whose rows nobody's start lies.
    if (near && (conditions.path === 'listed' || conditions.ownerIds)) return undefined;
    const { after, size } = request;
    const [beyond, order] = request.order === 'asc' ? ['>', 'ASC'] : ['<', 'DESC'];
    const column = ORDER_COLUMNS[request.orderField ?? 'fileCreatedAt'];
    const isBeyond = `(${column}, a.rowid) ${beyond} (@afterValue, @afterRow)`;
    if (after) conditions.sql.push(isBeyond);
    const sorting = `ORDER BY ${column} ${order}, a.rowid ${order}`;
    const source = near
      ? `(SELECT a.rowid FROM asset a WHERE a.owner_id = @userId ${after ? `AND ${isBeyond}` : ''}
         ${sorting} LIMIT @near) n CROSS JOIN asset a ON a.rowid = n.rowid`
      : conditions.ownerIds && conditions.path !== 'all' && conditions.path !== 'text'
        ? mergeOwners(conditions, conditions.ownerIds, sorting)
        : from(conditions);
    const found = all<AssetRow & { position: number; value: number }>(
      source,
      conditions,
      `${sorting} LIMIT @limit OFFSET @offset`,
      {
        limit: size + 1,
        most: (after ? 0 : request.offset) + size + 1,
        offset: after ? 0 : request.offset,
        afterValue: after?.value ?? null,
        afterRow: after?.rowid ?? null,
        near: NEAR_ROWS,
      },
      `a.rowid AS position, ${column} AS value`,
    );
    if (near && found.length <= size) return undefined;
    const rows = found.slice(0, size);
    const last = rows.at(-1);
    const isLast = found.length <= size || !last;
    return { rows, end: isLast ? null : { value: last.value, rowid: last.position } };
  };

  const recent = db.prepare<{ ownerId: string; near: number; most: number }, AssetRow>(`
    SELECT ${ASSET_COLUMNS} FROM (SELECT rowid FROM asset WHERE owner_id = @ownerId ORDER BY created_at DESC, rowid DESC
      LIMIT @near) n CROSS JOIN asset a ON a.rowid = n.rowid
    WHERE a.trashed_at IS NULL AND a.visibility = 'timeline' LIMIT @most`);

  return {
    /**
     * One page in order. May take seconds in a library of a million when neither `isIndexed` nor
     * `readNearPage` has the answer.
     */
    readPage: (request: PageRequest): Page => readPage(request, false) ?? { rows: [], end: null },
    /** Whether an index leads straight to the answer. */
    isIndexed: (viewer: Viewer, filters: SearchFilters): boolean => {
      const conditions = searchConditions(viewer, filters);
      if (!conditions || conditions.path === 'index') return true;
      return conditions.match !== undefined && texts.isFew(conditions.match, NEAR_ROWS);
    },
    /** The page, if enough of it is found near where it starts; else undefined: some milliseconds are lost. */
    readNearPage: (request: PageRequest): Page | undefined => readPage(request, true),
    /** How many assets fit. Reads them all. */
    count: (viewer: Viewer, filters: SearchFilters): number => {
      const conditions = leadByText(searchConditions(viewer, filters));
      if (!conditions) return 0;
      return prepare(`SELECT count(*) AS total FROM ${allOf(conditions)} WHERE ${where(conditions)}`)
        .all(conditions.values)
        .map((row) => (row as { total: number }).total)[0]!;
    },
    /** The largest files first, none smaller than `minBytes`. Reads every asset of the user. */
    listLargest: (viewer: Viewer, filters: SearchFilters, minBytes: number, size: number): AssetRow[] => {
      const conditions = leadByText(searchConditions(viewer, filters));
      if (!conditions) return [];
      conditions.sql.push('a.original_bytes >= @minBytes');
      return all(allOf(conditions), conditions, 'ORDER BY a.original_bytes DESC, a.rowid LIMIT @size', {
        minBytes,
        size,
      });
    },
    /**
     * Assets chosen by trying rows at random: every one that fits is as likely as any other, and a large
     * library costs no more than a small one. Undefined when too few were found in that many tries:
     * `listRandomOfAll` then finds them for certain.
     */
    listRandom: (viewer: Viewer, filters: SearchFilters, size: number): AssetRow[] | undefined => {
      const conditions = searchConditions(viewer, filters);
      if (!conditions) return [];
      const highest = highestRow.get() as number | null;
      if (highest === null) return [];
      const found = new Map<string, AssetRow>();
      const tries = size * TRIES_PER_ASSET;
      const picks = Array.from({ length: tries }, () => 1 + Math.floor(Math.random() * highest));
      const chunk = Math.max(64, size * 2);
      for (let at = 0; at < tries && found.size < size; at += chunk) {
        const rows = JSON.stringify(picks.slice(at, at + chunk));
        const hits = prepare(
          `SELECT ${ASSET_COLUMNS} FROM json_each(@rows) r CROSS JOIN asset a ON a.rowid = r.value WHERE ${where(conditions)}`,
        ).all({ ...conditions.values, rows }) as AssetRow[];
        for (const row of hits) if (found.size < size) found.set(row.id, row);
      }
      return found.size === size ? [...found.values()] : undefined;
    },
    /** Assets in random order. Reads every one that fits. */
    listRandomOfAll: (viewer: Viewer, filters: SearchFilters, size: number): AssetRow[] => {
      const conditions = leadByText(searchConditions(viewer, filters));
      if (!conditions) return [];
      // Only row numbers are sorted; whole rows are read for those that won.
      return prepare(
        `SELECT ${ASSET_COLUMNS} FROM asset a WHERE a.rowid IN
           (SELECT a.rowid FROM ${allOf(conditions)} WHERE ${where(conditions)} ORDER BY random() LIMIT @size)`,
      ).all({ ...conditions.values, size }) as AssetRow[];
    },
    /** What there is to choose from, in alphabetical order; null stands for assets that have none. */
    listSuggestions: (
      ownerId: string,
      kind: SuggestionKind,
      choice: SuggestionChoice,
      includeNull: boolean,
    ): (string | null)[] => {
      const found = suggestions.all({
        ownerId,
        kind,
        country: choice.country ?? null,
        state: choice.state ?? null,
        make: choice.make ?? null,
        model: choice.model ?? null,
        lensModel: choice.lensModel ?? null,
      });
      const values: (string | null)[] = found.filter((value) => value !== '');
      if (includeNull && found.includes('')) values.push(null);
      return values;
    },
    /** The newest photo of each of these cities, in their order; absent: of all, by name. */
    listCityNewest: (ownerId: string, cities: readonly string[] = allCities.all(ownerId)): AssetRow[] =>
      newestOf.all({ ownerId, cities: JSON.stringify(cities) }),
    /** What arrived last of what is in the timeline, newest first; among the last few thousand arrivals only. */
    listRecent: (ownerId: string, most: number): AssetRow[] => recent.all({ ownerId, near: NEAR_ROWS, most }),
    /** The cities with the most photos. */
    listTopCities: (ownerId: string, most: number): string[] => topCities.all({ ownerId, most }),
  };
}
