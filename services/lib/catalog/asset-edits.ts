import { albumChanges } from './album-changes.ts';
import type { Catalog } from './open.ts';
import { sharedLinkChanges } from './shared-links.ts';
import { stackChanges } from './stacks.ts';
import { tagChanges } from './tags.ts';

/**
 * What a person has said about an asset themselves, as `asset.set_by_owner` notes it: a later reading of the
 * file leaves these alone. `dateTimeOriginal` covers captured_at, local_at and time_zone, `location` the
 * coordinates.
 */
export type OwnerField = 'dateTimeOriginal' | 'location' | 'description' | 'rating' | 'isFavorite';

/** What to change. A field that is absent stays as it is. */
export interface AssetChange {
  isFavorite?: boolean;
  visibility?: 'timeline' | 'archive' | 'hidden' | 'locked';
  /** Degrees; null takes the place away. Its names are looked up again by a `metadata` job. */
  place?: { latitude: number; longitude: number } | null;
  /** '' is none. */
  description?: string;
  /** Null is unrated, -1 rejected. */
  rating?: number | null;
  duplicateId?: string | null;
}

export interface NewDate {
  id: string;
  /** The instant, Unix milliseconds. */
  capturedAt: number;
  /** The wall clock there, written as if it were UTC. */
  localAt: number;
  /** An IANA name or `UTC+2`. */
  timeZone: string;
}

/** Adds one field to the list of what the owner set, once. */
const mark = (field: OwnerField) =>
  `iif(EXISTS (SELECT 1 FROM json_each(set_by_owner) WHERE value = '${field}'), set_by_owner,
       json_insert(set_by_owner, '$[#]', '${field}'))`;

const THESE = 'id IN (SELECT value FROM json_each(@ids))';

export function assetEditChanges(db: Catalog) {
  const albums = albumChanges(db);
  const links = sharedLinkChanges(db);
  const tags = tagChanges(db);
  const stacks = stackChanges(db);
  const set = <Value>(column: string, field?: OwnerField, condition = 'TRUE') =>
    db.prepare<{ ids: string; value: Value; now: number }>(
      `UPDATE asset SET ${column} = @value, ${field ? `set_by_owner = ${mark(field)},` : ''} updated_at = @now
       WHERE ${THESE} AND ${condition}`,
    );
  const favorite = set<number>('is_favorite', 'isFavorite');
  const description = set<string>('description', 'description');
  const rating = set<number | null>('rating', 'rating');
  const duplicate = set<string | null>('duplicate_id');
  // The video of a live photo stays out of sight whatever happens to its still (contract §3.5.2).
  const visibility = set<string>(
    'visibility',
    undefined,
    'NOT EXISTS (SELECT 1 FROM asset s WHERE s.live_video_id = asset.id)',
  );
  const place = db.prepare<{
    ids: string;
    latitude: number | null;
    longitude: number | null;
    now: number;
  }>(`UPDATE asset SET latitude = @latitude, longitude = @longitude, city = NULL, state = NULL, country = NULL,
      set_by_owner = ${mark('location')}, updated_at = @now WHERE ${THESE}`);
  const askMetadata = db.prepare<{ ids: string; now: number }>(`
    INSERT INTO job (kind, asset_id, due_at, created_at) SELECT 'metadata', value, @now, @now FROM json_each(@ids)
    WHERE true ON CONFLICT (kind, asset_id) DO UPDATE SET due_at = min(due_at, excluded.due_at), error = NULL, attempts = 0`);
  const date = db.prepare<NewDate & { now: number }>(
    `UPDATE asset SET captured_at = @capturedAt, local_at = @localAt, time_zone = @timeZone,
       set_by_owner = ${mark('dateTimeOriginal')}, updated_at = @now WHERE id = @id`,
  );
  const video = db
    .prepare<{ id: string; ownerId: string }, string>(
      `SELECT visibility FROM asset WHERE id = @id AND owner_id = @ownerId AND type = 'VIDEO'`,
    )
    .pluck();
  const oldVideo = db
    .prepare<[string], string | null>('SELECT live_video_id FROM asset WHERE id = ?')
    .pluck();
  const link = db.prepare<{ id: string; videoId: string | null; now: number }>(
    'UPDATE asset SET live_video_id = @videoId, updated_at = @now WHERE id = @id',
  );
  const hide = db.prepare<{ id: string; now: number }>(
    `UPDATE asset SET visibility = 'hidden', updated_at = @now WHERE id = @id`,
  );
  const reveal = db.prepare<{ id: string; stillId: string; now: number }>(`
    UPDATE asset SET visibility = (SELECT visibility FROM asset WHERE id = @stillId), updated_at = @now
    WHERE id = @id AND is_extracted = 0 AND NOT EXISTS (SELECT 1 FROM asset s WHERE s.live_video_id = @id)`);
  const albumsOf = db
    .prepare<[string], string>('SELECT album_id FROM album_asset WHERE asset_id = ?')
    .pluck();
  const said = db.prepare<
    [string],
    {
      isFavorite: number;
      description: string;
      rating: number | null;
      stackId: string | null;
      canJoin: number;
    }
  >(`SELECT is_favorite AS isFavorite, description, rating, stack_id AS stackId,
       visibility IN ('timeline', 'archive') AS canJoin FROM asset WHERE id = ?`);
  const join = db.prepare<{ id: string; stackId: string; now: number }>(
    'UPDATE asset SET stack_id = @stackId, is_stack_member = 1, updated_at = @now WHERE id = @id',
  );
  const putMetadata = db.prepare<{ assetId: string; key: string; value: string; now: number }>(`
    INSERT INTO asset_metadata (asset_id, key, value, updated_at)
    SELECT id, @key, @value, @now FROM asset WHERE id = @assetId
    ON CONFLICT (asset_id, key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`);
  const dropMetadata = db.prepare<{ assetId: string; key: string }>(
    'DELETE FROM asset_metadata WHERE asset_id = @assetId AND key = @key',
  );

  return {
    /**
     * Changes assets of one owner; the caller has made sure that they are theirs. Returns the albums that
     * lost photos, since what goes into the locked folder leaves its albums and its stack.
     */
    update: ({
      ids,
      change,
      now,
    }: {
      ids: readonly string[];
      change: AssetChange;
      now: number;
    }): string[] => {
      const these = JSON.stringify(ids);
      const to = <Value>(value: Value) => ({ ids: these, value, now });
      if (change.isFavorite !== undefined) favorite.run(to(change.isFavorite ? 1 : 0));
      if (change.description !== undefined) description.run(to(change.description));
      if (change.rating !== undefined) rating.run(to(change.rating));
      if (change.duplicateId !== undefined) duplicate.run(to(change.duplicateId));
      if (change.place !== undefined) {
        const at = change.place ?? { latitude: null, longitude: null };
        place.run({ ids: these, now, ...at });
        if (change.place) askMetadata.run({ ids: these, now });
      }
      if (change.visibility === undefined) return [];
      visibility.run(to(change.visibility));
      if (change.visibility !== 'locked') return [];
      for (const id of ids) stacks.leave(id, now);
      return albums.forgetAssets(ids, now);
    },
    /** Gives each asset its date and zone, as their owner said. */
    setDates: (dates: readonly NewDate[], now: number): void => {
      for (const one of dates) date.run({ ...one, now });
    },
    /**
     * Makes `videoId` the moving part of a live photo and hides it, or takes the part away (null), which then
     * is a video of its own unless another photo uses it. Returns false when it is no video of this owner.
     */
    linkVideo: (change: { id: string; ownerId: string; videoId: string | null; now: number }): boolean => {
      const { id, ownerId, videoId, now } = change;
      if (videoId === id || (videoId !== null && video.get({ id: videoId, ownerId }) === undefined))
        return false;
      const old = oldVideo.get(id) ?? null;
      if (old === videoId) return true;
      link.run({ id, videoId, now });
      if (old !== null) reveal.run({ id: old, stillId: id, now });
      if (videoId !== null) {
        hide.run({ id: videoId, now });
        stacks.leave(videoId, now);
        albums.forgetAssets([videoId], now);
      }
      return true;
    },
    /**
     * Gives `targetId` what was chosen of `sourceId`: its albums and shared links, being a favourite, its words,
     * rating and tags (`sidecar`, which carries them), its stack. Returns the albums that gained a photo.
     */
    copy: (request: {
      sourceId: string;
      targetId: string;
      userId: string;
      albums: boolean;
      favorite: boolean;
      sharedLinks: boolean;
      sidecar: boolean;
      stack: boolean;
      now: number;
    }): string[] => {
      const { sourceId, targetId, userId, now } = request;
      const source = said.get(sourceId);
      const target = said.get(targetId);
      if (!source || !target) return [];
      const to = <Value>(value: Value) => ({ ids: JSON.stringify([targetId]), value, now });
      if (request.favorite && source.isFavorite) favorite.run(to(1));
      if (request.sidecar && source.description !== '') description.run(to(source.description));
      if (request.sidecar && source.rating !== null) rating.run(to(source.rating));
      if (request.sidecar) tags.copy({ sourceId, targetId });
      if (request.stack && source.stackId !== null && target.canJoin) {
        stacks.leave(targetId, now);
        join.run({ id: targetId, stackId: source.stackId, now });
        stacks.mend(source.stackId, now);
      }
      if (request.sharedLinks) links.copyAsset({ sourceId, targetId });
      if (!request.albums) return [];
      return albumsOf
        .all(sourceId)
        .filter((albumId) => albums.addAssets({ albumId, assetIds: [targetId], userId, now })[0]!.success);
    },
    /** Keeps an app's own notes; `value` is JSON. */
    putMetadata: (rows: readonly { assetId: string; key: string; value: string }[], now: number): void => {
      for (const row of rows) putMetadata.run({ ...row, now });
    },
    deleteMetadata: (rows: readonly { assetId: string; key: string }[]): void => {
      for (const row of rows) dropMetadata.run(row);
    },
  };
}
