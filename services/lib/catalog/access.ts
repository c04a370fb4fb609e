import type { AlbumRole } from '#contract/albums';
import type { Catalog } from './open.ts';

/** Who looks. Every question whether somebody may see or change an asset is answered in this file. */
export interface Viewer {
  /** A guest of a shared link is nobody's id: the link's own, so that no rule made for people lets them in. */
  userId: string;
  /** 1 while the locked folder is open to them, else 0. */
  isElevated: 0 | 1;
  /** The link through which a guest looks; absent for people with an account. */
  linkId?: string;
  /** Whose timelines are among their own where they look for something; absent: nobody's. */
  partnerIds?: readonly string[];
}

interface Question extends Pick<Viewer, 'userId' | 'isElevated'> {
  /** JSON array of asset ids. */
  ids: string;
}

/** The video of a live photo (`asset a`) belongs to the locked folder when every photo it is part of does. */
export const IS_LOCKED_PART = `(a.visibility = 'hidden'
  AND EXISTS (SELECT 1 FROM asset s WHERE s.live_video_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM asset s WHERE s.live_video_id = a.id AND s.visibility <> 'locked'))`;

/** An owner has everything but the locked folder while it is closed. */
const IS_OWN = `(a.owner_id = @userId AND (@isElevated = 1 OR (a.visibility <> 'locked' AND NOT ${IS_LOCKED_PART})))`;

const IS_SHOWN = (asset: string) =>
  `${asset}.trashed_at IS NULL AND ${asset}.visibility IN ('timeline', 'archive')`;

const IN_ALBUM_OF_MINE = (asset: string) => `EXISTS (SELECT 1 FROM album_asset l
  JOIN album_user m ON m.album_id = l.album_id AND m.user_id = @userId WHERE l.asset_id = ${asset}.id)`;

/** Members of an album see what is in it and not in the trash, and the videos of its live photos. */
const IS_SHARED = `(${IS_SHOWN('a')} AND ${IN_ALBUM_OF_MINE('a')}
  OR a.visibility = 'hidden' AND a.trashed_at IS NULL AND EXISTS (SELECT 1 FROM asset s
    WHERE s.live_video_id = a.id AND ${IS_SHOWN('s')} AND ${IN_ALBUM_OF_MINE('s')}))`;

/**
 * A partner sees the other's timeline and the videos of its live photos; nothing archived, locked or in the
 * trash, and nothing of an account that is deleted.
 */
const IS_PARTNERS = `(a.trashed_at IS NULL
  AND (a.visibility = 'timeline' OR a.visibility = 'hidden' AND EXISTS (SELECT 1 FROM asset s
    WHERE s.live_video_id = a.id AND s.visibility = 'timeline' AND s.trashed_at IS NULL))
  AND EXISTS (SELECT 1 FROM partner p JOIN user u ON u.id = p.shared_by_id AND u.deleted_at IS NULL
    WHERE p.shared_by_id = a.owner_id AND p.shared_with_id = @userId))`;

const IN_LINK = (asset: string) => `(${IS_SHOWN(asset)} AND EXISTS (SELECT 1 FROM shared_link k
  WHERE k.id = @linkId AND iif(k.album_id IS NULL,
    ${asset}.owner_id = k.user_id
      AND EXISTS (SELECT 1 FROM shared_link_asset i WHERE i.link_id = k.id AND i.asset_id = ${asset}.id),
    EXISTS (SELECT 1 FROM album_asset l WHERE l.album_id = k.album_id AND l.asset_id = ${asset}.id))))`;

/** Guests see what their link or its album shows, and the videos of those live photos. That the link is good is known by then. */
const IS_LINKED = `(${IN_LINK('a')} OR a.visibility = 'hidden' AND a.trashed_at IS NULL
  AND EXISTS (SELECT 1 FROM asset s WHERE s.live_video_id = a.id AND ${IN_LINK('s')}))`;

export function accessQueries(db: Catalog) {
  const owned = db
    .prepare<Question, string>(
      `SELECT a.id FROM json_each(@ids) i CROSS JOIN asset a ON a.id = i.value WHERE ${IS_OWN}`,
    )
    .pluck();
  const readable = db
    .prepare<Question, string>(
      `SELECT a.id FROM json_each(@ids) i CROSS JOIN asset a ON a.id = i.value WHERE ${IS_OWN} OR ${IS_SHARED} OR ${IS_PARTNERS}`,
    )
    .pluck();
  const linked = db
    .prepare<{ linkId: string; ids: string }, string>(
      `SELECT a.id FROM json_each(@ids) i CROSS JOIN asset a ON a.id = i.value WHERE ${IS_LINKED}`,
    )
    .pluck();
  const shown = db
    .prepare<[string], string>(
      `SELECT a.id FROM json_each(?) i CROSS JOIN asset a ON a.id = i.value
       WHERE a.visibility IN ('timeline', 'archive')`,
    )
    .pluck();
  const lockedParts = db
    .prepare<{ userId: string; isTrashed: 0 | 1; isFavorite: 0 | 1 | null }, number>(
      `SELECT count(*) FROM asset a WHERE a.owner_id = @userId AND a.id IN (SELECT l.live_video_id FROM asset l
         WHERE l.owner_id = @userId AND l.visibility = 'locked') AND ${IS_LOCKED_PART}
       AND (a.trashed_at IS NOT NULL) = @isTrashed AND (@isFavorite IS NULL OR a.is_favorite = @isFavorite)`,
    )
    .pluck();
  const role = db
    .prepare<[string, string], AlbumRole>('SELECT role FROM album_user WHERE album_id = ? AND user_id = ?')
    .pluck();
  const list = (found: typeof owned, viewer: Viewer, ids: readonly string[]) =>
    new Set(found.all({ userId: viewer.userId, isElevated: viewer.isElevated, ids: JSON.stringify(ids) }));
  const listReadable = (viewer: Viewer, ids: readonly string[]): Set<string> =>
    viewer.linkId === undefined
      ? list(readable, viewer, ids)
      : new Set(linked.all({ linkId: viewer.linkId, ids: JSON.stringify(ids) }));
  return {
    /** Those of `ids` that the viewer may change: their own. */
    listOwned: (viewer: Viewer, ids: readonly string[]): Set<string> => list(owned, viewer, ids),
    /** Those of `ids` that the viewer may see. */
    listReadable,
    /** Those of `ids` that can be in an album: neither locked nor the hidden part of another; in the trash or not. */
    listShown: (ids: readonly string[]): Set<string> => new Set(shown.all(JSON.stringify(ids))),
    /** The same as `listReadable` for one asset whose row is at hand; the common case costs no look-up. */
    canRead: (viewer: Viewer, asset: { id: string; ownerId: string; visibility: string }): boolean =>
      (asset.ownerId === viewer.userId &&
        (asset.visibility === 'timeline' || asset.visibility === 'archive')) ||
      listReadable(viewer, [asset.id]).has(asset.id),
    /** How many videos are the hidden part of live photos in the locked folder, and of nothing else. */
    countLockedParts: (userId: string, of: { isTrashed?: boolean; isFavorite?: boolean }): number =>
      lockedParts.get({
        userId,
        isTrashed: of.isTrashed ? 1 : 0,
        isFavorite: of.isFavorite === undefined ? null : of.isFavorite ? 1 : 0,
      })!,
    /** What the user is in this album; undefined when not a member or when there is no such album. */
    findAlbumRole: (albumId: string, userId: string): AlbumRole | undefined => role.get(albumId, userId),
  };
}
