import { jobChanges } from './jobs.ts';
import { externalChecksum, IS_OFFLINE } from './libraries.ts';
import type { Catalog } from './open.ts';

/** What was found in a file and its sidecar. Times are Unix milliseconds, sizes as their names say. */
export interface MetadataFinding {
  assetId: string;
  now: number;
  type: 'IMAGE' | 'VIDEO';
  mimeType: string;
  capturedAt: number;
  localAt: number;
  timeZone: string | null;
  captureReason: string;
  modifiedAt: number | null;
  widthPx: number | null;
  heightPx: number | null;
  storedWidthPx: number | null;
  storedHeightPx: number | null;
  orientation: number | null;
  durationMs: number | null;
  fps: number | null;
  make: string | null;
  model: string | null;
  lensModel: string | null;
  fNumber: number | null;
  focalLengthMm: number | null;
  iso: number | null;
  exposureTime: string | null;
  profileDescription: string | null;
  projectionType: string | null;
  description: string;
  rating: number | null;
  /** JSON array of tag paths, or null. */
  keywords: string | null;
  latitude: number | null;
  longitude: number | null;
  city: string | null;
  state: string | null;
  country: string | null;
  contentId: string | null;
  burstId: string | null;
  problemCode: string | null;
  problemMessage: string | null;
}

/** The video inside a motion photo, copied out of it into the derived files. */
export interface ExtractedVideo {
  id: string;
  path: string;
  checksum: string;
  bytes: number;
}

export interface PreviewFinding {
  assetId: string;
  now: number;
  thumbhash: string;
  widthPx: number;
  heightPx: number;
  previewBytes: number;
  thumbnailBytes: number;
  /** What is wrong with a file that could be shown all the same. */
  problemCode: string | null;
  problemMessage: string | null;
}

/** What ingest needs to know of an asset to work on it. */
export interface AssetFiles {
  id: string;
  ownerId: string;
  type: 'IMAGE' | 'VIDEO' | 'AUDIO' | 'OTHER';
  visibility: string;
  path: string;
  sidecarPath: string | null;
  originalName: string;
  mimeType: string;
  originalBytes: number;
  checksum: string;
  fileCreatedAt: number;
  fileModifiedAt: number;
  orientation: number | null;
  durationMs: number | null;
  liveVideoId: string | null;
  isExtracted: number;
  thumbhash: string | null;
  latitude: number | null;
  longitude: number | null;
  /** JSON array of the tag paths that it had when it was last read, or null. */
  keywords: string | null;
  /** 1 when it has been read before (or its owner said what reading finds out). */
  isRead: number;
  /** 1 when the owner said where it was: the file's own coordinates then do not count. */
  isLocationSet: number;
  /** Null for what lies in the pool. */
  libraryId: string | null;
  /** 1: it lies in an external folder that is not there now. */
  isOffline: number;
}

const FILES = `id, owner_id AS ownerId, type, visibility, path, sidecar_path AS sidecarPath,
  original_name AS originalName, mime_type AS mimeType, original_bytes AS originalBytes, checksum,
  file_created_at AS fileCreatedAt, file_modified_at AS fileModifiedAt, orientation, duration_ms AS durationMs,
  live_video_id AS liveVideoId, is_extracted AS isExtracted, thumbhash, latitude, longitude,
  keywords, (capture_reason IS NOT NULL OR instr(set_by_owner, '"dateTimeOriginal"') > 0) AS isRead,
  instr(set_by_owner, '"location"') > 0 AS isLocationSet, library_id AS libraryId, ${IS_OFFLINE} AS isOffline`;

export function findingQueries(db: Catalog) {
  const byId = db.prepare<[string], AssetFiles>(`SELECT ${FILES} FROM asset a WHERE id = ?`);
  const due = db.prepare<[number], AssetFiles>(
    `SELECT ${FILES} FROM asset a WHERE verify_due_at <= ? ORDER BY verify_due_at LIMIT 1`,
  );
  const nextVerify = db.prepare('SELECT min(verify_due_at) FROM asset').pluck();
  const removals = db.prepare('SELECT path FROM file_removal ORDER BY created_at LIMIT 100').pluck();
  return {
    findFiles: (assetId: string): AssetFiles | undefined => byId.get(assetId),
    /** The asset whose original has waited longest to be re-read, when one is due. */
    findDueForVerify: (now: number): AssetFiles | undefined => due.get(now),
    /** When the next original is to be re-read, Unix ms; null without assets. */
    nextVerifyAt: (): number | null => nextVerify.get() as number | null,
    /** Catalog paths of files to remove, oldest first, at most 100. */
    listRemovals: (): string[] => removals.all() as string[],
  };
}

/** A field that the owner has set keeps its value, whatever the file says. */
const unlessOwned = (field: string, column: string, value: string) =>
  `${column} = iif(instr(set_by_owner, '"${field}"') > 0, ${column}, ${value})`;

export function findingChanges(db: Catalog) {
  const jobs = jobChanges(db);
  const record = db.prepare<MetadataFinding>(`
    UPDATE asset SET updated_at = @now, type = @type, mime_type = @mimeType,
      ${unlessOwned('dateTimeOriginal', 'captured_at', '@capturedAt')},
      ${unlessOwned('dateTimeOriginal', 'local_at', '@localAt')},
      ${unlessOwned('dateTimeOriginal', 'time_zone', '@timeZone')},
      ${unlessOwned('dateTimeOriginal', 'capture_reason', '@captureReason')},
      ${unlessOwned('location', 'latitude', '@latitude')}, ${unlessOwned('location', 'longitude', '@longitude')},
      city = @city, state = @state, country = @country,
      ${unlessOwned('description', 'description', '@description')}, ${unlessOwned('rating', 'rating', '@rating')},
      modified_at = @modifiedAt, width_px = iif(is_edited, width_px, @widthPx),
      height_px = iif(is_edited, height_px, @heightPx),
      stored_width_px = @storedWidthPx, stored_height_px = @storedHeightPx, orientation = @orientation,
      duration_ms = coalesce(@durationMs, iif(@type = 'VIDEO', duration_ms, NULL)), fps = @fps,
      make = @make, model = @model, lens_model = @lensModel, f_number = @fNumber,
      focal_length_mm = @focalLengthMm, iso = @iso, exposure_time = @exposureTime,
      profile_description = @profileDescription, projection_type = @projectionType, keywords = @keywords,
      content_id = @contentId, burst_id = @burstId, problem_code = @problemCode, problem_message = @problemMessage
    WHERE id = @assetId`);
  const owner = db.prepare<
    [string],
    { ownerId: string; libraryId: string | null; liveVideoId: string | null; previewBytes: number | null }
  >(
    `SELECT owner_id AS ownerId, library_id AS libraryId, live_video_id AS liveVideoId, preview_bytes AS previewBytes
     FROM asset WHERE id = ?`,
  );
  // Both from the pool or both from one library: who deletes a live photo deletes its video, and nobody deletes
  // an upload by deleting what stands in an external folder.
  const videoOf = db
    .prepare<[string, string, string | null], string>(
      `SELECT id FROM asset WHERE owner_id = ? AND content_id = ? AND library_id IS ? AND type = 'VIDEO'
       AND trashed_at IS NULL ORDER BY created_at LIMIT 1`,
    )
    .pluck();
  const stillOf = db
    .prepare<[string, string, string | null], string>(
      `SELECT id FROM asset WHERE owner_id = ? AND content_id = ? AND library_id IS ? AND type = 'IMAGE'
       AND live_video_id IS NULL AND trashed_at IS NULL ORDER BY created_at LIMIT 1`,
    )
    .pluck();
  const pair = db.prepare<{ still: string; video: string; now: number }>(
    'UPDATE asset SET live_video_id = @video, updated_at = @now WHERE id = @still',
  );
  const hide = db.prepare<{ video: string; now: number }>(
    `UPDATE asset SET visibility = 'hidden', updated_at = @now WHERE id = @video AND visibility <> 'hidden'`,
  );
  const sameBytes = db.prepare<[string, string], { id: string; type: string }>(
    'SELECT id, type FROM asset WHERE owner_id = ? AND checksum = ?',
  );
  const insertMotion = db.prepare<ExtractedVideo & { stillId: string; now: number }>(`
    INSERT INTO asset (id, owner_id, type, visibility, captured_at, local_at, created_at, updated_at, original_name,
      path, checksum, original_bytes, mime_type, is_extracted, file_created_at, file_modified_at, verify_due_at)
    SELECT @id, owner_id, 'VIDEO', 'hidden', captured_at, local_at, @now, @now, original_name || '.mp4', @path, @checksum,
      @bytes, 'video/mp4', 1, file_created_at, file_modified_at, 9007199254740991 FROM asset WHERE id = @stillId`);
  const previews = db.prepare<PreviewFinding>(`
    UPDATE asset SET updated_at = @now, thumbhash = iif(is_edited, thumbhash, @thumbhash),
      width_px = iif(is_edited, width_px, @widthPx), height_px = iif(is_edited, height_px, @heightPx), preview_bytes = @previewBytes, thumbnail_bytes = @thumbnailBytes,
      problem_code = coalesce(@problemCode, problem_code), problem_message = coalesce(@problemMessage, problem_message)
    WHERE id = @assetId`);
  const plain = db.prepare<PreviewFinding>(`
    UPDATE edited_picture SET plain_thumbhash = @thumbhash, plain_width_px = @widthPx, plain_height_px = @heightPx
    WHERE asset_id = @assetId`);
  const problem = db.prepare<{ assetId: string; code: string; message: string; now: number }>(
    'UPDATE asset SET problem_code = @code, problem_message = @message, updated_at = @now WHERE id = @assetId',
  );
  const verified = db.prepare<{ assetId: string; now: number; dueAt: number }>(
    // The drive is back: what it could not read is as it was.
    `UPDATE asset SET verified_at = @now, verify_due_at = @dueAt,
       problem_message = iif(problem_code IN ('original_missing', 'original_unreadable', 'original_damaged'), NULL,
         problem_message),
       problem_code = iif(problem_code IN ('original_missing', 'original_unreadable', 'original_damaged'), NULL,
         problem_code)
     WHERE id = @assetId`,
  );
  const unverified = db.prepare<{ assetId: string; dueAt: number }>(
    'UPDATE asset SET verify_due_at = @dueAt WHERE id = @assetId',
  );
  const removed = db.prepare<[string]>('DELETE FROM file_removal WHERE path = ?');

  /** Still and video become one live photo; returns the video's id when it was visible until now. */
  const join = (still: string, video: string, now: number): string | null => {
    pair.run({ still, video, now });
    return hide.run({ video, now }).changes === 1 ? video : null;
  };

  return {
    /**
     * Writes what a file says, pairs live photos by Apple's identifier, and asks for the preview
     * unless there is one. Returns the id of a video that became the hidden part of a live photo, if one did.
     */
    recordMetadata: (finding: MetadataFinding): string | null => {
      record.run(finding);
      const asset = owner.get(finding.assetId);
      if (!asset) return null;
      if (asset.previewBytes === null)
        jobs.enqueue({ kind: 'preview', assetId: finding.assetId, now: finding.now, dueAt: finding.now });
      if (finding.contentId === null) return null;
      if (finding.type === 'IMAGE' && asset.liveVideoId === null) {
        const video = videoOf.get(asset.ownerId, finding.contentId, asset.libraryId);
        return video === undefined ? null : join(finding.assetId, video, finding.now);
      }
      if (finding.type === 'VIDEO') {
        const still = stillOf.get(asset.ownerId, finding.contentId, asset.libraryId);
        return still === undefined ? null : join(still, finding.assetId, finding.now);
      }
      return null;
    },
    /**
     * Links a motion photo to its copied-out video: a new hidden asset, or the one that has these bytes
     * already. Returns the id it is linked to; when it is not `motion.id`, the copy is not needed.
     *
     * The video of a photo in an external folder goes with that photo, so it is always one of its own, and an
     * upload of these bytes is no duplicate of it: like the photo's, its checksum is none of bytes (migration 0009).
     */
    linkMotionVideo: (stillId: string, motion: ExtractedVideo, now: number): string | null => {
      const still = owner.get(stillId);
      if (!still) return null;
      const isExternal = still.libraryId !== null;
      const checksum = isExternal ? externalChecksum(motion.id) : motion.checksum;
      const existing = sameBytes.get(still.ownerId, checksum);
      if (existing && existing.type !== 'VIDEO') return null;
      if (!existing) {
        insertMotion.run({ ...motion, checksum, stillId, now });
        jobs.enqueue({ kind: 'metadata', assetId: motion.id, now, dueAt: now });
      }
      const id = existing?.id ?? motion.id;
      pair.run({ still: stillId, video: id, now });
      return id;
    },
    /** An edited asset goes on showing its edited picture, which is made again too. */
    recordPreviews: (finding: PreviewFinding): void => {
      const { assetId, now } = finding;
      previews.run(finding);
      if (plain.run(finding).changes > 0) jobs.enqueue({ kind: 'edit', assetId, now, dueAt: now });
    },
    /** Notes in plain words what is wrong with a file; its original stays as it is. */
    recordProblem: (change: { assetId: string; code: string; message: string; now: number }): void =>
      void problem.run(change),
    /** The original was re-read and is equal, whatever was found before; next time at `dueAt`. */
    recordVerified: (change: { assetId: string; now: number; dueAt: number }): void =>
      void verified.run(change),
    /** The original could not be read or differs; it is looked at again at `dueAt`. */
    postponeVerify: (change: { assetId: string; dueAt: number }): void => void unverified.run(change),
    /** A file is gone from the drive. */
    recordRemoved: (path: string): void => void removed.run(path),
  };
}
