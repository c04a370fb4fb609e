import type { Catalog } from './open.ts';

/** A comment or a like, on an album or on a photo in it. */
export interface Activity {
  id: string;
  albumId: string;
  /** Null: on the album itself. */
  assetId: string | null;
  userId: string;
  type: 'like' | 'comment';
  /** Null exactly for likes. */
  comment: string | null;
  /** Unix milliseconds. */
  createdAt: number;
}

/** Null asks for all. */
export interface ActivityFilter {
  albumId: string;
  assetId: string | null;
  type: 'like' | 'comment' | null;
  level: 'album' | 'asset' | null;
  userId: string | null;
}

const COLUMNS = `c.id, c.album_id AS albumId, c.asset_id AS assetId, c.user_id AS userId, c.type, c.comment,
  c.created_at AS createdAt`;

/** What was said about a photo is hidden while nobody sees it there: in the trash, locked or out of the album. */
const IS_SHOWN = `(c.asset_id IS NULL OR EXISTS (SELECT 1 FROM album_asset l JOIN asset a ON a.id = l.asset_id
  WHERE l.album_id = c.album_id AND l.asset_id = c.asset_id
    AND a.trashed_at IS NULL AND a.visibility IN ('timeline', 'archive')))`;

export function activityQueries(db: Catalog) {
  const byId = db.prepare<[string], Activity>(`SELECT ${COLUMNS} FROM activity c WHERE c.id = ?`);
  const list = db.prepare<ActivityFilter, Activity>(`
    SELECT ${COLUMNS} FROM activity c
    WHERE c.album_id = @albumId AND (@assetId IS NULL OR c.asset_id = @assetId)
      AND (@type IS NULL OR c.type = @type) AND (@userId IS NULL OR c.user_id = @userId)
      AND (@level IS NULL OR (@level = 'asset') = (c.asset_id IS NOT NULL)) AND ${IS_SHOWN}
    ORDER BY c.created_at, c.rowid`);
  const count = db.prepare<{ albumId: string; assetId: string | null }, { comments: number; likes: number }>(`
    SELECT coalesce(sum(c.type = 'comment'), 0) AS comments, coalesce(sum(c.type = 'like'), 0) AS likes
    FROM activity c
    WHERE c.album_id = @albumId AND (@assetId IS NULL OR c.asset_id = @assetId) AND ${IS_SHOWN}`);
  const like = db.prepare<{ albumId: string; assetId: string | null; userId: string }, Activity>(`
    SELECT ${COLUMNS} FROM activity c WHERE c.album_id = @albumId
      AND coalesce(c.asset_id, '') = coalesce(@assetId, '') AND c.user_id = @userId AND c.type = 'like'`);
  return {
    findById: (id: string): Activity | undefined => byId.get(id),
    /** Oldest first. */
    list: (filter: ActivityFilter): Activity[] => list.all(filter),
    count: (filter: { albumId: string; assetId: string | null }) => count.get(filter)!,
    findLike: (filter: { albumId: string; assetId: string | null; userId: string }): Activity | undefined =>
      like.get(filter),
  };
}

export function activityChanges(db: Catalog) {
  const { findLike } = activityQueries(db);
  const insert = db.prepare<Activity>(`
    INSERT INTO activity (id, album_id, asset_id, user_id, type, comment, created_at)
    VALUES (@id, @albumId, @assetId, @userId, @type, @comment, @createdAt)`);
  const remove = db.prepare<[string]>('DELETE FROM activity WHERE id = ?');
  return {
    /** Nobody likes the same twice: returns the like that was there, else the new row. */
    create: (activity: Activity): Activity => {
      const existing = activity.type === 'like' ? findLike(activity) : undefined;
      if (existing) return existing;
      insert.run(activity);
      return activity;
    },
    delete: (id: string): void => void remove.run(id),
  };
}
