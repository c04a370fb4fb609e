import { IS_OFFLINE } from './libraries.ts';
import type { Catalog } from './open.ts';

/** Everything an answer tells of an asset. Times are Unix milliseconds, flags 0 or 1; null is unknown. */
export interface AssetRow {
  id: string;
  ownerId: string;
  type: 'IMAGE' | 'VIDEO' | 'AUDIO' | 'OTHER';
  visibility: 'timeline' | 'archive' | 'hidden' | 'locked';
  isFavorite: number;
  trashedAt: number | null;
  capturedAt: number;
  localAt: number;
  createdAt: number;
  updatedAt: number;
  thumbhash: string | null;
  widthPx: number | null;
  heightPx: number | null;
  durationMs: number | null;
  liveVideoId: string | null;
  stackId: string | null;
  /** The primary asset of its stack, and how many assets that has; null without a stack. */
  stackPrimaryId: string | null;
  stackCount: number | null;
  projectionType: string | null;
  city: string | null;
  state: string | null;
  country: string | null;
  latitude: number | null;
  longitude: number | null;
  originalName: string;
  path: string;
  checksum: string;
  originalBytes: number;
  mimeType: string;
  fileModifiedAt: number;
  previewBytes: number | null;
  problemCode: string | null;
  problemMessage: string | null;
  timeZone: string | null;
  modifiedAt: number | null;
  make: string | null;
  model: string | null;
  lensModel: string | null;
  fNumber: number | null;
  focalLengthMm: number | null;
  iso: number | null;
  exposureTime: string | null;
  storedWidthPx: number | null;
  storedHeightPx: number | null;
  orientation: number | null;
  profileDescription: string | null;
  fps: number | null;
  description: string;
  rating: number | null;
  duplicateId: string | null;
  isEdited: number;
  /** Null for what lies in the pool. */
  libraryId: string | null;
  /** 1: its original lies on a drive that is not there now. */
  isOffline: number;
}

/** The columns of an AssetRow from `asset a`. */
export const ASSET_COLUMNS = `a.id, a.owner_id AS ownerId, a.type, a.visibility, a.is_favorite AS isFavorite,
  a.trashed_at AS trashedAt, a.captured_at AS capturedAt, a.local_at AS localAt, a.created_at AS createdAt,
  a.updated_at AS updatedAt, a.thumbhash, a.width_px AS widthPx, a.height_px AS heightPx,
  a.duration_ms AS durationMs, a.live_video_id AS liveVideoId, a.stack_id AS stackId,
  (SELECT primary_asset_id FROM stack WHERE id = a.stack_id) AS stackPrimaryId,
  iif(a.stack_id IS NULL, NULL, (SELECT count(*) FROM asset m WHERE m.stack_id = a.stack_id)) AS stackCount,
  a.projection_type AS projectionType, a.city, a.state, a.country, a.latitude, a.longitude,
  a.original_name AS originalName, a.path, a.checksum, a.original_bytes AS originalBytes,
  a.mime_type AS mimeType, a.file_modified_at AS fileModifiedAt, a.preview_bytes AS previewBytes,
  a.problem_code AS problemCode, a.problem_message AS problemMessage, a.time_zone AS timeZone,
  a.modified_at AS modifiedAt, a.make, a.model, a.lens_model AS lensModel, a.f_number AS fNumber,
  a.focal_length_mm AS focalLengthMm, a.iso, a.exposure_time AS exposureTime,
  a.stored_width_px AS storedWidthPx, a.stored_height_px AS storedHeightPx, a.orientation,
  a.profile_description AS profileDescription, a.fps, a.description, a.rating, a.duplicate_id AS duplicateId,
  a.is_edited AS isEdited, a.library_id AS libraryId, ${IS_OFFLINE} AS isOffline`;

/** What sending one of an asset's files needs. */
export interface AssetMedia {
  id: string;
  ownerId: string;
  type: AssetRow['type'];
  visibility: AssetRow['visibility'];
  originalName: string;
  path: string;
  checksum: string;
  originalBytes: number;
  mimeType: string;
  /** Null until the file exists. */
  previewBytes: number | null;
  thumbnailBytes: number | null;
  /** 1: it also has an edited picture. */
  isEdited: number;
  /** 1: the original lies on a drive that is not there now. */
  isOffline: number;
}

const MEDIA_COLUMNS = `a.id, a.owner_id AS ownerId, a.type, a.visibility, a.original_name AS originalName, a.path,
  a.checksum, a.original_bytes AS originalBytes, a.mime_type AS mimeType, a.preview_bytes AS previewBytes,
  a.thumbnail_bytes AS thumbnailBytes, a.is_edited AS isEdited, ${IS_OFFLINE} AS isOffline`;

/** The same with what an archive needs. */
export interface ListedMedia extends AssetMedia {
  liveVideoId: string | null;
  /** The wall clock there, written as if it were UTC. */
  localAt: number;
  /** 1: a video copied out of its still's own file. */
  isExtracted: number;
}

/** What moving an asset's date needs. */
export interface AssetDate {
  id: string;
  capturedAt: number;
  timeZone: string | null;
}

export interface StatisticsFilter {
  ownerId: string;
  /** Absent: timeline and archive. */
  visibility?: string;
  isFavorite?: boolean;
  /** Absent: not in the trash. */
  isTrashed?: boolean;
}

/** An app's own note about an asset; `value` is a JSON object. */
export interface MetadataRow {
  assetId: string;
  key: string;
  value: string;
  updatedAt: number;
}

const asFlag = (value: boolean | undefined): 0 | 1 | null => (value === undefined ? null : value ? 1 : 0);

export function assetQueries(db: Catalog) {
  const byId = db.prepare<[string], AssetRow>(`SELECT ${ASSET_COLUMNS} FROM asset a WHERE a.id = ?`);
  const byIds = db.prepare<[string], AssetRow>(
    `SELECT ${ASSET_COLUMNS} FROM json_each(?) i CROSS JOIN asset a ON a.id = i.value ORDER BY i.key`,
  );
  const mediaById = db.prepare<[string], AssetMedia>(`SELECT ${MEDIA_COLUMNS} FROM asset a WHERE a.id = ?`);
  const mediaByIds = db.prepare<[string], ListedMedia>(
    `SELECT ${MEDIA_COLUMNS}, a.live_video_id AS liveVideoId, a.local_at AS localAt, a.is_extracted AS isExtracted
     FROM json_each(?) i CROSS JOIN asset a ON a.id = i.value ORDER BY i.key`,
  );
  const shown = db
    .prepare<[string, number], string>(
      `SELECT id FROM asset WHERE owner_id = ? AND trashed_at IS NULL AND visibility IN ('timeline', 'archive')
       ORDER BY captured_at DESC, rowid DESC LIMIT ?`,
    )
    .pluck();
  const dates = db.prepare<[string], AssetDate>(
    `SELECT a.id, captured_at AS capturedAt, time_zone AS timeZone
     FROM json_each(?) i CROSS JOIN asset a ON a.id = i.value`,
  );
  const motionParts = db
    .prepare<[string], string>(
      `SELECT DISTINCT a.live_video_id FROM json_each(?) i CROSS JOIN asset a ON a.id = i.value
       WHERE a.live_video_id IS NOT NULL`,
    )
    .pluck();
  const statistics = db.prepare<
    { ownerId: string; visibility: string | null; isFavorite: number | null; isTrashed: number },
    { type: string; count: number }
  >(`
    SELECT type, sum(count) AS count FROM month_count
    WHERE owner_id = @ownerId AND basis = 'taken' AND is_trashed = @isTrashed
      AND iif(@visibility IS NULL, visibility IN ('timeline', 'archive'), visibility = @visibility)
      AND (@isFavorite IS NULL OR is_favorite = @isFavorite)
    GROUP BY type`);
  const byChecksums = db.prepare<
    { ownerId: string; checksums: string },
    { checksum: string; id: string; isTrashed: number }
  >(`
    SELECT a.checksum, a.id, a.trashed_at IS NOT NULL AS isTrashed
    FROM json_each(@checksums) i CROSS JOIN asset a ON a.owner_id = @ownerId AND a.checksum = i.value
    WHERE coalesce(a.problem_code, '') NOT IN ('original_missing', 'original_damaged')`);
  const metadata = db.prepare<[string], MetadataRow>(
    `SELECT asset_id AS assetId, key, value, updated_at AS updatedAt FROM asset_metadata
     WHERE asset_id = ? ORDER BY key`,
  );
  return {
    /** Also finds what is in the trash or locked: ask `access` first. */
    findById: (id: string): AssetRow | undefined => byId.get(id),
    /** In the order of `ids`; unknown ones are left out. */
    listByIds: (ids: readonly string[]): AssetRow[] => byIds.all(JSON.stringify(ids)),
    /** One look-up by primary key, since every tile on every screen asks. */
    findMedia: (id: string): AssetMedia | undefined => mediaById.get(id),
    /** In the order of `ids`; unknown ones are left out. */
    listMedia: (ids: readonly string[]): ListedMedia[] => mediaByIds.all(JSON.stringify(ids)),
    /** What is in the user's timeline and archive, newest first, at most so many. */
    listShown: (ownerId: string, most: number): string[] => shown.all(ownerId, most),
    listDates: (ids: readonly string[]): AssetDate[] => dates.all(JSON.stringify(ids)),
    /** The videos of those of `ids` that are live photos. */
    listMotionParts: (ids: readonly string[]): string[] => motionParts.all(JSON.stringify(ids)),
    /** How many photos and videos, from the counts per month. */
    countByType: (filter: StatisticsFilter): { images: number; videos: number; total: number } => {
      const rows = statistics.all({
        ownerId: filter.ownerId,
        visibility: filter.visibility ?? null,
        isFavorite: asFlag(filter.isFavorite),
        isTrashed: filter.isTrashed ? 1 : 0,
      });
      const of = (type: string) => rows.find((row) => row.type === type)?.count ?? 0;
      return {
        images: of('IMAGE'),
        videos: of('VIDEO'),
        total: rows.reduce((sum, row) => sum + row.count, 0),
      };
    },
    /** The user's assets with these checksums (base64), by checksum. */
    findByChecksums: (ownerId: string, checksums: readonly string[]) =>
      new Map(
        byChecksums
          .all({ ownerId, checksums: JSON.stringify(checksums) })
          .map((row) => [row.checksum, row] as const),
      ),
    listMetadata: (assetId: string): MetadataRow[] => metadata.all(assetId),
  };
}
