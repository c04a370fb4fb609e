import { IS_LOCKED_PART, type Viewer } from './access.ts';
import type { Catalog } from './open.ts';
import { ASSETS_OF_PERSON } from './people.ts';
import { TAG_TREE } from './tags.ts';
import {
  COORDINATE_COLUMNS,
  MONTH_COLUMNS,
  type MonthRow,
  STACK_COLUMNS,
  writeMonth,
} from './timeline-month.ts';

/** What of a library is on the timeline. */
export interface TimelineFilter {
  viewer: Viewer;
  /** The photos of this album instead of the viewer's own. */
  albumId?: string;
  /** There are so many in it that a month is found sooner among all photos of that month. */
  isLargeAlbum?: boolean;
  /** Of the viewer's photos, only those that show this person of theirs. */
  personId?: string;
  /** Of the viewer's photos, only those with this tag of theirs, or one below it. */
  tagId?: string;
  /** Whose photos, when not the viewer's own: partners, of whom only the timeline is asked for. */
  ownerIds?: readonly string[];
  /** Absent: timeline and archive. */
  visibility?: 'timeline' | 'archive' | 'hidden' | 'locked';
  isFavorite?: boolean;
  /** Absent: not in the trash. */
  isTrashed?: boolean;
  /** Only the top one of each stack. The trash has no stacks: what is in it is shown one by one. */
  withStacked?: boolean;
  /** `created`: by when they arrived. */
  basis: 'taken' | 'created';
  order: 'asc' | 'desc';
  /** Degrees. West is larger than east where the box crosses the antimeridian. */
  box?: { west: number; south: number; east: number; north: number };
}

export interface MonthCount {
  /** First day, `YYYY-MM-01`. */
  month: string;
  count: number;
}

interface Parameters {
  userId: string;
  /** JSON array. */
  ownerIds: string;
  albumId: string | null;
  personId: string | null;
  tagId: string | null;
  visibility: string | null;
  isElevated: number;
  isFavorite: number | null;
  isTrashed: number;
  topOnly: number;
  basis: string;
  west: number | null;
  south: number | null;
  east: number | null;
  north: number | null;
}

/** Of others' photos an album shows what is neither in the trash nor hidden nor locked. */
const SHOWN_IN_ALBUM = `(a.owner_id = @userId OR a.trashed_at IS NULL AND a.visibility IN ('timeline', 'archive'))`;

const SHOWN = `
  (a.trashed_at IS NOT NULL) = @isTrashed
  AND iif(@visibility IS NULL, a.visibility IN ('timeline', 'archive'), a.visibility = @visibility)
  AND (@visibility IS NOT 'hidden' OR @isElevated = 1 OR NOT ${IS_LOCKED_PART})
  AND (@isFavorite IS NULL OR a.is_favorite = @isFavorite AND a.owner_id = @userId)
  AND (@topOnly = 0 OR a.is_stack_member = 0)
  AND (@west IS NULL OR a.latitude BETWEEN @south AND @north
    AND iif(@west <= @east, a.longitude BETWEEN @west AND @east, a.longitude >= @west OR a.longitude <= @east))`;

export function timelineQueries(db: Catalog) {
  const counted = db.prepare<Parameters, MonthCount>(`
    SELECT month, sum(count) AS count FROM month_count
    WHERE owner_id IN (SELECT value FROM json_each(@ownerIds)) AND basis = @basis AND is_trashed = @isTrashed
      AND iif(@visibility IS NULL, visibility IN ('timeline', 'archive'), visibility = @visibility)
      AND (@isFavorite IS NULL OR is_favorite = @isFavorite) AND (@topOnly = 0 OR is_stack_member = 0)
    GROUP BY month HAVING sum(count) > 0 ORDER BY month`);
  const sources = {
    album: `album_asset l CROSS JOIN asset a ON a.id = l.asset_id WHERE l.album_id = @albumId AND ${SHOWN_IN_ALBUM}`,
    largeAlbum: `user u CROSS JOIN asset a ON a.owner_id = u.id
      CROSS JOIN album_asset l ON l.album_id = @albumId AND l.asset_id = a.id WHERE ${SHOWN_IN_ALBUM}`,
    own: 'asset a WHERE a.owner_id = @userId',
    person: `(SELECT DISTINCT asset_id FROM (${ASSETS_OF_PERSON('@personId')})) l CROSS JOIN asset a ON a.id = l.asset_id
      WHERE a.owner_id = @userId`,
    tag: `(SELECT DISTINCT asset_id FROM tag_asset WHERE tag_id IN (${TAG_TREE('@tagId')})) l
      CROSS JOIN asset a ON a.id = l.asset_id WHERE a.owner_id = @userId`,
    several: 'asset a WHERE a.owner_id IN (SELECT value FROM json_each(@ownerIds))',
  };
  const sourceOf = (filter: TimelineFilter): keyof typeof sources => {
    if (filter.albumId !== undefined) return 'album';
    if (filter.personId !== undefined) return 'person';
    if (filter.tagId !== undefined) return 'tag';
    return filter.ownerIds !== undefined ? 'several' : 'own';
  };
  const time = (basis: string) => (basis === 'taken' ? 'a.local_at' : 'a.created_at');
  const counting = (source: keyof typeof sources, basis: string) =>
    db.prepare<Parameters, MonthCount>(`
      SELECT strftime('%Y-%m-01', ${time(basis)} / 1000.0, 'unixepoch') AS month, count(*) AS count
      FROM ${sources[source]} AND ${SHOWN} GROUP BY 1 ORDER BY 1`);
  const reading = (source: keyof typeof sources, basis: string, extras: string) =>
    db
      .prepare<Parameters & { from: number; until: number }, MonthRow>(
        `SELECT ${MONTH_COLUMNS}${extras} FROM ${sources[source]} AND ${time(basis)} >= @from AND ${time(basis)} < @until
         AND ${SHOWN} ${source === 'several' ? '' : `ORDER BY ${time(basis)}`}`,
      )
      .raw();
  const statements = new Map<string, ReturnType<typeof reading>>();
  const parameters = (filter: TimelineFilter): Parameters => ({
    userId: filter.viewer.userId,
    ownerIds: JSON.stringify(filter.ownerIds ?? [filter.viewer.userId]),
    albumId: filter.albumId ?? null,
    personId: filter.personId ?? null,
    tagId: filter.tagId ?? null,
    visibility: filter.visibility ?? null,
    isElevated: filter.viewer.isElevated,
    isFavorite: filter.isFavorite === undefined ? null : filter.isFavorite ? 1 : 0,
    isTrashed: filter.isTrashed ? 1 : 0,
    topOnly: filter.withStacked && !filter.isTrashed ? 1 : 0,
    basis: filter.basis,
    west: filter.box?.west ?? null,
    south: filter.box?.south ?? null,
    east: filter.box?.east ?? null,
    north: filter.box?.north ?? null,
  });
  return {
    /**
     * The months that have photos and how many. A library's own are kept counted; those of an album, of a person,
     * with a tag or in a box on the map are looked at one by one, as are hidden videos, of which some are locked.
     */
    listMonths: (filter: TimelineFilter): MonthCount[] => {
      const isOpen = filter.visibility !== 'hidden' || filter.viewer.isElevated === 1;
      const isCounted = ['own', 'several'].includes(sourceOf(filter)) && filter.box === undefined && isOpen;
      const months = isCounted
        ? counted.all(parameters(filter))
        : counting(sourceOf(filter), filter.basis).all(parameters(filter));
      return filter.order === 'asc' ? months : months.reverse();
    },
    /** One month (`YYYY-MM-01`) as the JSON text of contract §8.1. */
    readMonth: (
      filter: TimelineFilter & { month: string; withCoordinates?: boolean; withoutPlaces?: boolean },
    ): string => {
      const from = new Date(`${filter.month}T00:00:00Z`);
      const until = new Date(from);
      until.setUTCMonth(until.getUTCMonth() + 1);
      const withCoordinates = filter.withCoordinates ?? false;
      const withStacks = filter.withStacked ?? false;
      const source = filter.albumId !== undefined && filter.isLargeAlbum ? 'largeAlbum' : sourceOf(filter);
      const key = [source, filter.basis, withCoordinates, withStacks].join();
      let statement = statements.get(key);
      if (!statement) {
        const extras = [
          ...(withCoordinates ? [COORDINATE_COLUMNS] : []),
          ...(withStacks ? [STACK_COLUMNS] : []),
        ];
        statement = reading(source, filter.basis, extras.map((columns) => `, ${columns}`).join(''));
        statements.set(key, statement);
      }
      const rows = statement.all({ ...parameters(filter), from: from.getTime(), until: until.getTime() });
      return writeMonth(rows, {
        viewerId: filter.viewer.userId,
        basis: filter.basis,
        order: filter.order,
        withCoordinates,
        withStacks,
        withoutPlaces: filter.withoutPlaces ?? false,
      });
    },
  };
}
