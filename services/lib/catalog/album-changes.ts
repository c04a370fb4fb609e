import type { AlbumRole, GrantedRole } from '#contract/albums';
import type { BulkIdResult } from '#contract/primitives';
import type { Catalog } from './open.ts';

export interface NewAlbum {
  id: string;
  ownerId: string;
  name: string;
  description: string;
  /** Assets that the owner may add; the first becomes the cover. */
  assetIds: readonly string[];
  users: readonly { userId: string; role: GrantedRole }[];
  now: number;
}

/** What to change of an album. A field that is absent stays as it is. */
export interface AlbumChange {
  name?: string;
  description?: string;
  coverAssetId?: string;
  isActivityEnabled?: boolean;
  sortOrder?: 'asc' | 'desc';
}

export function albumChanges(db: Catalog) {
  const insert = db.prepare<{ id: string; name: string; description: string; now: number }>(
    'INSERT INTO album (id, name, description, created_at, updated_at) VALUES (@id, @name, @description, @now, @now)',
  );
  const addUser = db.prepare<{ albumId: string; userId: string; role: AlbumRole; now: number }>(`
    INSERT INTO album_user (album_id, user_id, role, created_at) VALUES (@albumId, @userId, @role, @now)
    ON CONFLICT DO UPDATE SET role = excluded.role WHERE role <> 'owner'`);
  const setRole = db.prepare<{ albumId: string; userId: string; role: GrantedRole }>(
    `UPDATE album_user SET role = @role WHERE album_id = @albumId AND user_id = @userId AND role <> 'owner'`,
  );
  const removeUser = db.prepare<{ albumId: string; userId: string }>(
    `DELETE FROM album_user WHERE album_id = @albumId AND user_id = @userId AND role <> 'owner'`,
  );
  const update = db.prepare<{
    id: string;
    name: string | null;
    description: string | null;
    coverAssetId: string | null;
    isActivityEnabled: number | null;
    sortOrder: string | null;
    now: number;
  }>(`UPDATE album SET name = coalesce(@name, name), description = coalesce(@description, description),
      cover_asset_id = coalesce(@coverAssetId, cover_asset_id),
      is_activity_enabled = coalesce(@isActivityEnabled, is_activity_enabled),
      sort_order = coalesce(@sortOrder, sort_order), updated_at = @now WHERE id = @id`);
  const touch = db.prepare<{ id: string; now: number }>('UPDATE album SET updated_at = @now WHERE id = @id');
  const remove = db.prepare<[string]>('DELETE FROM album WHERE id = ?');
  // Selected from asset, so that one which was deleted meanwhile is left out and breaks nothing.
  const addAsset = db.prepare<{ albumId: string; assetId: string; userId: string; now: number }>(`
    INSERT OR IGNORE INTO album_asset (album_id, asset_id, added_by, added_at)
    SELECT @albumId, id, @userId, @now FROM asset WHERE id = @assetId`);
  const removeAsset = db.prepare<{ albumId: string; assetId: string }>(
    'DELETE FROM album_asset WHERE album_id = @albumId AND asset_id = @assetId',
  );
  const albumsOf = db
    .prepare<[string], string>(
      'SELECT DISTINCT album_id FROM album_asset WHERE asset_id IN (SELECT value FROM json_each(?))',
    )
    .pluck();
  const forget = db.prepare<[string]>(
    'DELETE FROM album_asset WHERE asset_id IN (SELECT value FROM json_each(?))',
  );
  const forgetLinks = db.prepare<[string]>(
    'DELETE FROM shared_link_asset WHERE asset_id IN (SELECT value FROM json_each(?))',
  );
  // The newest of what members can see, as the album's page shows it first.
  const mendCover = db.prepare<{ id: string; now: number }>(`
    UPDATE album SET updated_at = @now, cover_asset_id = (
      SELECT a.id FROM album_asset l JOIN asset a ON a.id = l.asset_id
      WHERE l.album_id = album.id AND a.trashed_at IS NULL AND a.visibility IN ('timeline', 'archive')
      ORDER BY a.captured_at DESC LIMIT 1)
    WHERE id = @id AND NOT EXISTS (
      SELECT 1 FROM album_asset l JOIN asset a ON a.id = l.asset_id
      WHERE l.album_id = album.id AND l.asset_id = album.cover_asset_id
        AND a.trashed_at IS NULL AND a.visibility IN ('timeline', 'archive'))`);
  const setFirstCover = db.prepare<{ id: string; coverAssetId: string }>(
    'UPDATE album SET cover_asset_id = @coverAssetId WHERE id = @id AND cover_asset_id IS NULL',
  );

  const addAssets = (request: {
    albumId: string;
    assetIds: readonly string[];
    userId: string;
    now: number;
  }): BulkIdResult[] => {
    const { albumId, userId, now } = request;
    const results = request.assetIds.map((assetId): BulkIdResult => {
      const isNew = addAsset.run({ albumId, assetId, userId, now }).changes === 1;
      return isNew ? { id: assetId, success: true } : { id: assetId, success: false, error: 'duplicate' };
    });
    const first = results.find((result) => result.success);
    if (first) {
      touch.run({ id: albumId, now });
      setFirstCover.run({ id: albumId, coverAssetId: first.id });
    }
    return results;
  };
  return {
    create: (album: NewAlbum): void => {
      insert.run({ id: album.id, name: album.name, description: album.description, now: album.now });
      addUser.run({ albumId: album.id, userId: album.ownerId, role: 'owner', now: album.now });
      for (const user of album.users) addUser.run({ albumId: album.id, ...user, now: album.now });
      addAssets({ albumId: album.id, assetIds: album.assetIds, userId: album.ownerId, now: album.now });
    },
    update: ({ id, change, now }: { id: string; change: AlbumChange; now: number }): void =>
      void update.run({
        id,
        name: change.name ?? null,
        description: change.description ?? null,
        coverAssetId: change.coverAssetId ?? null,
        isActivityEnabled: change.isActivityEnabled === undefined ? null : change.isActivityEnabled ? 1 : 0,
        sortOrder: change.sortOrder ?? null,
        now,
      }),
    /** The photos stay; only the album goes. */
    delete: (id: string): void => void remove.run(id),
    /**
     * Adds assets that `userId` may add; the first becomes the cover of an album without one. An answer per
     * id: `duplicate` for what was there already.
     */
    addAssets,
    /** Removes assets; an answer per id: `not_found` for what was not in it. A lost cover is chosen anew. */
    removeAssets: (request: {
      albumId: string;
      assetIds: readonly string[];
      now: number;
    }): BulkIdResult[] => {
      const { albumId, now } = request;
      const results = request.assetIds.map((assetId): BulkIdResult => {
        const wasThere = removeAsset.run({ albumId, assetId }).changes === 1;
        return wasThere
          ? { id: assetId, success: true }
          : { id: assetId, success: false, error: 'not_found' };
      });
      if (results.some((result) => result.success)) {
        touch.run({ id: albumId, now });
        mendCover.run({ id: albumId, now });
      }
      return results;
    },
    /** Shares the album; somebody who is in it already gets the new role. The owner stays the owner. */
    addUsers: (request: {
      albumId: string;
      users: readonly { userId: string; role: GrantedRole }[];
      now: number;
    }): void => {
      for (const user of request.users) addUser.run({ albumId: request.albumId, ...user, now: request.now });
      touch.run({ id: request.albumId, now: request.now });
    },
    /** False when that user is no member or the owner. */
    setRole: (change: { albumId: string; userId: string; role: GrantedRole; now: number }): boolean => {
      const { now, ...member } = change;
      const changed = setRole.run(member).changes === 1;
      if (changed) touch.run({ id: change.albumId, now });
      return changed;
    },
    /** False when that user is no member or the owner. */
    removeUser: (change: { albumId: string; userId: string; now: number }): boolean => {
      const { now, ...member } = change;
      const changed = removeUser.run(member).changes === 1;
      if (changed) touch.run({ id: change.albumId, now });
      return changed;
    },
    /** Takes assets out of every album and every shared link; returns those albums. */
    forgetAssets: (assetIds: readonly string[], now: number): string[] => {
      const ids = JSON.stringify(assetIds);
      const albumIds = albumsOf.all(ids);
      forget.run(ids);
      forgetLinks.run(ids);
      for (const id of albumIds) {
        touch.run({ id, now });
        mendCover.run({ id, now });
      }
      return albumIds;
    },
    /** The albums that hold any of these assets (JSON array of ids). */
    listCovered: (assetIds: string): string[] => albumsOf.all(assetIds),
    /** Chooses another cover if the one it has can no longer be seen. */
    mendCover: (id: string, now: number): void => void mendCover.run({ id, now }),
    /** The same for all albums that hold any of these assets. */
    mendCovers: (assetIds: readonly string[], now: number): void => {
      for (const id of albumsOf.all(JSON.stringify(assetIds))) mendCover.run({ id, now });
    },
  };
}
