import type { AlbumRole } from '#contract/albums';
import type { Catalog } from './open.ts';

/** Times are Unix milliseconds, flags 0 or 1. */
export interface AlbumRow {
  id: string;
  name: string;
  description: string;
  coverAssetId: string | null;
  isActivityEnabled: number;
  sortOrder: 'asc' | 'desc';
  createdAt: number;
  updatedAt: number;
  /** Of what members can see: not in the trash, in the timeline or the archive. */
  assetCount: number;
  /** Earliest and latest local time, and the latest change; null without assets. */
  firstLocalAt: number | null;
  lastLocalAt: number | null;
  lastUpdatedAt: number | null;
}

export interface AlbumMember {
  albumId: string;
  userId: string;
  role: AlbumRole;
}

export interface AlbumFilter {
  userId: string;
  isOwned?: boolean;
  isShared?: boolean;
  assetId?: string;
  /** The whole name. */
  name?: string;
  id?: string;
}

const COLUMNS = `b.id, b.name, b.description, b.cover_asset_id AS coverAssetId,
  b.is_activity_enabled AS isActivityEnabled, b.sort_order AS sortOrder, b.created_at AS createdAt,
  b.updated_at AS updatedAt, count(a.id) AS assetCount, min(a.local_at) AS firstLocalAt,
  max(a.local_at) AS lastLocalAt, max(a.updated_at) AS lastUpdatedAt`;

const VISIBLE = `a.trashed_at IS NULL AND a.visibility IN ('timeline', 'archive')`;

const WITH_ASSETS = `LEFT JOIN (album_asset l CROSS JOIN asset a ON a.id = l.asset_id AND ${VISIBLE}) ON l.album_id = b.id`;

const IS_SHARED = `((SELECT count(*) FROM album_user u WHERE u.album_id = b.id) > 1
  OR EXISTS (SELECT 1 FROM shared_link k WHERE k.album_id = b.id))`;

const asFlag = (value: boolean | undefined): 0 | 1 | null => (value === undefined ? null : value ? 1 : 0);

export function albumQueries(db: Catalog) {
  const byId = db.prepare<[string], AlbumRow>(
    `SELECT ${COLUMNS} FROM album b ${WITH_ASSETS} WHERE b.id = ? GROUP BY b.id`,
  );
  const list = db.prepare<
    {
      userId: string;
      isOwned: number | null;
      isShared: number | null;
      assetId: string | null;
      name: string | null;
      id: string | null;
    },
    AlbumRow
  >(`
    SELECT ${COLUMNS} FROM album_user me JOIN album b ON b.id = me.album_id ${WITH_ASSETS}
    WHERE me.user_id = @userId AND (@isOwned IS NULL OR (me.role = 'owner') = @isOwned)
      AND (@isShared IS NULL OR ${IS_SHARED} = @isShared)
      AND (@assetId IS NULL OR EXISTS (SELECT 1 FROM album_asset h WHERE h.album_id = b.id AND h.asset_id = @assetId))
      AND (@name IS NULL OR b.name = @name) AND (@id IS NULL OR b.id = @id)
    GROUP BY b.id ORDER BY b.created_at DESC, b.id`);
  const members = db.prepare<[string], AlbumMember>(
    `SELECT album_id AS albumId, user_id AS userId, role FROM album_user
     WHERE album_id IN (SELECT value FROM json_each(?))`,
  );
  const contributors = db.prepare<[string], { userId: string; assetCount: number }>(`
    SELECT a.owner_id AS userId, count(*) AS assetCount FROM album_asset l CROSS JOIN asset a ON a.id = l.asset_id
    WHERE l.album_id = ? AND ${VISIBLE} GROUP BY a.owner_id ORDER BY assetCount DESC, userId`);
  const counts = db.prepare<[string], { owned: number; shared: number; notShared: number }>(`
    SELECT coalesce(sum(me.role = 'owner'), 0) AS owned,
      coalesce(sum(${IS_SHARED}), 0) AS shared,
      coalesce(sum(me.role = 'owner' AND NOT ${IS_SHARED}), 0) AS notShared
    FROM album_user me JOIN album b ON b.id = me.album_id WHERE me.user_id = ?`);
  const assets = db
    .prepare<[string], string>(
      `SELECT a.id FROM album_asset l CROSS JOIN asset a ON a.id = l.asset_id
       WHERE l.album_id = ? AND ${VISIBLE} ORDER BY a.captured_at DESC, a.rowid DESC`,
    )
    .pluck();
  const contained = db
    .prepare<{ albumId: string; ids: string }, string>(
      `SELECT asset_id FROM album_asset WHERE album_id = @albumId AND asset_id IN (SELECT value FROM json_each(@ids))`,
    )
    .pluck();
  const isLarge = db
    .prepare<{ albumId: string; most: number }, number>(
      'SELECT count(*) > @most FROM (SELECT 1 FROM album_asset WHERE album_id = @albumId LIMIT @most + 1)',
    )
    .pluck();
  return {
    findById: (id: string): AlbumRow | undefined => byId.get(id),
    /**
     * The user's albums and those shared with them, newest first. Looks at every photo in them: ask on the
     * reader's thread.
     */
    list: (filter: AlbumFilter): AlbumRow[] =>
      list.all({
        userId: filter.userId,
        isOwned: asFlag(filter.isOwned),
        isShared: asFlag(filter.isShared),
        assetId: filter.assetId ?? null,
        name: filter.name ?? null,
        id: filter.id ?? null,
      }),
    /** Everybody in these albums, owners included, in no order. */
    listMembers: (albumIds: readonly string[]): AlbumMember[] => members.all(JSON.stringify(albumIds)),
    /** How many photos in the album each of its contributors owns. */
    listContributors: (albumId: string) => contributors.all(albumId),
    countByKind: (userId: string) => counts.get(userId)!,
    /** What members see of the album, newest first. */
    listAssetIds: (albumId: string): string[] => assets.all(albumId),
    /** Those of `ids` that are in the album. */
    listContained: (albumId: string, ids: readonly string[]): Set<string> =>
      new Set(contained.all({ albumId, ids: JSON.stringify(ids) })),
    /** Whether more than `most` assets are in it; never counts further. */
    isLargerThan: (albumId: string, most: number): boolean => isLarge.get({ albumId, most }) === 1,
  };
}
