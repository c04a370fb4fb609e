import type { Catalog } from './open.ts';

/** Which of a user's photos are asked for. Times are Unix milliseconds, both ends included. */
export interface MarkerFilter {
  ownerId: string;
  /** Null: archived or not. */
  isArchived: 0 | 1 | null;
  isFavorite: 0 | 1 | null;
  capturedAfter: number;
  capturedBefore: number;
}

/** Where a page ended in the order of capture time; markers of one moment are in the order of their text. */
export interface MarkerKey {
  capturedAt: number;
  marker: string;
}

/** What of an album is asked for. */
export interface AlbumMarkerFilter {
  albumId: string;
  capturedAfter: number;
  capturedBefore: number;
  /** Leaves out what is on this user's map already; absent: everything that members see. */
  beside?: {
    userId: string;
    /** Whose timelines are on it too. */
    partnerIds: readonly string[];
  };
}

/** Some markers: the UTF-8 of their JSON objects with a comma before each, null for none; and where to go on. */
export interface MarkerPage<Key> {
  json: Uint8Array | null;
  /** Null: that was the last page. */
  end: Key | null;
}

/** Times that no photo is outside of: the limits of a JavaScript date. */
export const ANY_TIME = { capturedAfter: -8.64e15, capturedBefore: 8.64e15 };

/**
 * Markers per page: 300 kB, read in half a millisecond. With 5,000 the whole is read no faster, and the event loop is
 * late five times as much.
 */
const PAGE_MARKERS = 2_000;
/** Of an album, whose photos are looked up one by one. */
const PAGE_ALBUM_ASSETS = 2_000;

const SHOWN = `owner_id = @ownerId AND (@isArchived IS NULL OR visibility = iif(@isArchived, 'archive', 'timeline'))
  AND (@isFavorite IS NULL OR is_favorite = @isFavorite)`;

/** Where a marker begins (see the view): inside of one, a quote without a backslash before it only ends a text. */
const MARKER_START = ',{"id":"';

/** The text of a page's last marker. */
function lastMarker(json: Uint8Array): string {
  const bytes = Buffer.from(json.buffer, json.byteOffset, json.byteLength);
  return bytes.toString('utf8', bytes.lastIndexOf(MARKER_START) + 1);
}

/**
 * Where photos were taken, for maps: never what is in the trash, hidden or locked. A library has as many as
 * photos, so they come in pages and as text that is sent on as it is: ask on the reader's thread.
 */
export function markerQueries(db: Catalog) {
  const page = db.prepare<
    MarkerFilter & { at: number; marker: string; most: number },
    { json: Uint8Array | null; capturedAt: number; count: number }
  >(`
    SELECT CAST(',' || group_concat(marker, ',') AS BLOB) AS json, min(captured_at) AS capturedAt, count(*) AS count
    FROM (SELECT marker, captured_at FROM asset_marker
      WHERE ${SHOWN} AND captured_at >= @capturedAfter AND (captured_at, marker) < (@at, @marker)
      ORDER BY captured_at DESC, marker DESC LIMIT @most)`);
  const albumEnd = db
    .prepare<{ albumId: string; after: string; most: number }, string>(
      `SELECT asset_id FROM album_asset WHERE album_id = @albumId AND asset_id > @after
       ORDER BY asset_id LIMIT 1 OFFSET @most - 1`,
    )
    .pluck();
  const albumPage = db
    .prepare<
      {
        albumId: string;
        capturedAfter: number;
        capturedBefore: number;
        userId: string | null;
        partnerIds: string;
        after: string;
        last: string | null;
      },
      Uint8Array | null
    >(`
    SELECT CAST(',' || group_concat(m.marker, ',') AS BLOB)
    FROM album_asset l CROSS JOIN asset_marker m ON m.id = l.asset_id
    WHERE l.album_id = @albumId AND l.asset_id > @after AND (@last IS NULL OR l.asset_id <= @last)
      AND m.captured_at BETWEEN @capturedAfter AND @capturedBefore
      AND (@userId IS NULL OR m.owner_id <> @userId
        AND NOT (m.visibility = 'timeline' AND m.owner_id IN (SELECT value FROM json_each(@partnerIds)))
        AND NOT EXISTS (SELECT 1 FROM album_asset e CROSS JOIN album_user u
          ON u.album_id = e.album_id AND u.user_id = @userId
          WHERE e.asset_id = l.asset_id AND e.album_id < @albumId))`)
    .pluck();
  const albums = db
    .prepare<[string], string>('SELECT album_id FROM album_user WHERE user_id = ? ORDER BY album_id')
    .pluck();
  return {
    /** A user's markers, newest first, after where a page ended. */
    page: (filter: MarkerFilter, after: MarkerKey | null): MarkerPage<MarkerKey> => {
      // '~' is behind every text that begins with a brace.
      const { capturedAt: at, marker } = after ?? { capturedAt: filter.capturedBefore, marker: '~' };
      const found = page.get({ ...filter, at, marker, most: PAGE_MARKERS });
      if (!found?.json) return { json: null, end: null };
      const { json, capturedAt, count } = found;
      const isLast = count < PAGE_MARKERS;
      return { json, end: isLast ? null : { capturedAt, marker: lastMarker(json) } };
    },
    /**
     * What members see of an album, in no order, after the asset where a page ended. What is in several albums
     * of `beside` comes with the first of them (see `listAlbums`) alone.
     */
    albumPage: (filter: AlbumMarkerFilter, after: string | null): MarkerPage<string> => {
      const { albumId, capturedAfter, capturedBefore, beside } = filter;
      const from = { albumId, after: after ?? '' };
      const last = albumEnd.get({ ...from, most: PAGE_ALBUM_ASSETS }) ?? null;
      const json = albumPage.get({
        ...from,
        ...{ last, capturedAfter, capturedBefore },
        userId: beside?.userId ?? null,
        partnerIds: JSON.stringify(beside?.partnerIds ?? []),
      });
      return { json: json ?? null, end: last };
    },
    /** Every album that the user is in, in the order in which `albumPage` counts them. */
    listAlbums: (userId: string): string[] => albums.all(userId),
  };
}
