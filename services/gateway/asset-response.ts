import type { AssetRow } from '#catalog/assets';
import type { AssetResponse, ExifInfo } from '#contract/assets';
import { isoInstant, isoInstantOrNull } from '#contract/primitives';
import { findExternalFile } from '#storage/external';

export interface AssetResponseOptions {
  /** Who will read it: whether something is a favourite is only its owner's business. */
  viewerId: string;
  /** With what the file says about itself. */
  withExif?: boolean;
  /** With people and tags: empty, for `fillDetails` to fill. */
  withPeople?: boolean;
  withStack?: boolean;
}

/** An asset as contract §8.1 writes it. What was not asked for is left out. */
export function assetResponse(row: AssetRow, options: AssetResponseOptions): AssetResponse {
  const response: AssetResponse = {
    id: row.id,
    ownerId: row.ownerId,
    type: row.type,
    originalPath: findExternalFile(row.path) ?? row.path,
    originalFileName: row.originalName,
    originalMimeType: row.mimeType,
    thumbhash: row.thumbhash,
    checksum: row.checksum,
    fileCreatedAt: isoInstant(row.capturedAt),
    fileModifiedAt: isoInstant(row.fileModifiedAt),
    localDateTime: isoInstant(row.localAt),
    createdAt: isoInstant(row.createdAt),
    updatedAt: isoInstant(row.updatedAt),
    duration: row.durationMs,
    width: row.widthPx,
    height: row.heightPx,
    isFavorite: row.isFavorite === 1 && row.ownerId === options.viewerId,
    isArchived: row.visibility === 'archive',
    isTrashed: row.trashedAt !== null,
    isOffline: row.isOffline === 1,
    isEdited: row.isEdited === 1,
    hasMetadata: true,
    visibility: row.visibility,
    libraryId: row.libraryId,
    livePhotoVideoId: row.liveVideoId,
    duplicateId: row.duplicateId,
    resized: row.previewBytes !== null,
  };
  if (options.withExif) response.exifInfo = exifInfo(row);
  if (options.withPeople) {
    response.people = [];
    response.tags = [];
  }
  if (options.withStack)
    response.stack =
      row.stackId === null || row.stackPrimaryId === null
        ? null
        : { id: row.stackId, primaryAssetId: row.stackPrimaryId, assetCount: row.stackCount ?? 1 };
  if (row.problemCode !== null)
    response.problem = { code: row.problemCode, message: row.problemMessage ?? '' };
  return response;
}

/** What a file says about itself, with what its owner has set. */
export function exifInfo(row: AssetRow): ExifInfo {
  return {
    make: row.make,
    model: row.model,
    lensModel: row.lensModel,
    exifImageWidth: row.storedWidthPx,
    exifImageHeight: row.storedHeightPx,
    fileSizeInByte: row.originalBytes,
    orientation: row.orientation === null ? null : String(row.orientation),
    dateTimeOriginal: isoInstant(row.capturedAt),
    modifyDate: isoInstantOrNull(row.modifiedAt),
    timeZone: row.timeZone,
    fNumber: row.fNumber,
    focalLength: row.focalLengthMm,
    iso: row.iso,
    exposureTime: row.exposureTime,
    latitude: row.latitude,
    longitude: row.longitude,
    city: row.city,
    state: row.state,
    country: row.country,
    description: row.description,
    projectionType: row.projectionType,
    rating: row.rating,
  };
}
