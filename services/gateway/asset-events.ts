import type { AssetRow } from '#catalog/assets';
import { isoInstant, isoInstantOrNull } from '#contract/primitives';
import { fillDetails } from './asset-details.ts';
import { assetResponse } from './asset-response.ts';
import type { Audience } from './events.ts';
import type { GatewayParts } from './parts.ts';
import { inOldDialect } from './plugins/speak-old-dialect.ts';

/** Pages that are open follow changes one by one up to so many; beyond, they find out when they look again. */
const MOST_UPDATES = 200;

/**
 * Tells the owner's clients that an asset's previews are there: a new one appears in open timelines, one that
 * was made again is redrawn. An asset that is gone meanwhile is no news.
 */
export function announceReady(parts: GatewayParts, assetId: string, isNew: boolean): void {
  const row = parts.queries.assets.findById(assetId);
  if (!row) return;
  if (!isNew) {
    showOwner(parts, row, 'on_asset_update');
    return;
  }
  const exif = syncExif(row);
  sendSynced(parts, row, 'AssetUploadReady', { exif });
  if (row.visibility === 'timeline' || row.visibility === 'archive')
    showOwner(parts, row, 'on_upload_success');
}

/**
 * Tells the owner's clients that an edited picture is there, or that a picture is shown without edits again: the
 * phone app waits for this before it shows it.
 */
export function announceEdited(parts: GatewayParts, assetId: string): void {
  const { queries } = parts;
  const row = queries.assets.findById(assetId);
  if (!row) return;
  const edit = queries.edits.list(assetId).map((step, sequence) => ({ ...step, assetId, sequence }));
  sendSynced(parts, row, 'AssetEditReady', { edit });
  showOwner(parts, row, 'on_asset_update');
}

/** Tells the owner's clients that a video became the hidden part of a live photo. */
export function announceHidden(parts: GatewayParts, assetId: string): void {
  const row = parts.queries.assets.findById(assetId);
  if (row) parts.events.toUser(row.ownerId, 'on_asset_hidden', assetId);
}

/** Tells each owner's clients that these assets changed. */
export function announceUpdates(parts: GatewayParts, ids: readonly string[]): void {
  for (const row of parts.queries.assets.listByIds(ids.slice(0, MOST_UPDATES)))
    showOwner(parts, row, 'on_asset_update');
}

/**
 * Takes assets that went into the locked folder off their owner's open pages: those that have it closed are
 * told no more about them.
 */
export function announceLocked(parts: GatewayParts, ids: readonly string[]): void {
  for (const { id, ownerId } of parts.queries.assets.listByIds(ids.slice(0, MOST_UPDATES)))
    parts.events.toUser(ownerId, 'on_asset_delete', id);
}

/** Tells every member of these albums; the phone app then starts a sync. */
export function announceAlbums(parts: GatewayParts, albumIds: readonly string[]): void {
  for (const { albumId, userId } of parts.queries.albums.listMembers(albumIds))
    parts.events.toUser(userId, 'on_album_update', albumId);
}

/** `01:02:03.004`, as apps of 2.7 read durations. */
function durationText(ms: number | null): string | null {
  if (ms === null) return null;
  const two = (number: number) => String(Math.floor(number)).padStart(2, '0');
  const rest = `${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`;
  return `${two(ms / 3_600_000)}:${rest}`;
}

/** Those who may hear of an asset: its owner's clients, and of the locked folder only those that have it open. */
const audienceOf = ({ queries }: GatewayParts, row: AssetRow): Audience =>
  queries.access.canRead({ userId: row.ownerId, isElevated: 0 }, row)
    ? { userId: row.ownerId }
    : { userId: row.ownerId, isUnlocked: true };

/** Shows an asset to its owner's clients, to each in its dialect. */
function showOwner(parts: GatewayParts, row: AssetRow, name: string): void {
  const [asset] = fillDetails(parts, row.ownerId, [
    assetResponse(row, { viewerId: row.ownerId, withExif: true, withPeople: true, withStack: true }),
  ]);
  const audience = audienceOf(parts, row);
  parts.events.to({ ...audience, profile: 'v3' }, name, asset);
  parts.events.to({ ...audience, profile: 'v2' }, name, inOldDialect(asset));
}

/** Sends an asset as the sync stream would, `more` beside it, under the name that each dialect has for it. */
function sendSynced(parts: GatewayParts, row: AssetRow, name: string, more: object): void {
  const audience = audienceOf(parts, row);
  const asset = syncAsset(row);
  parts.events.to({ ...audience, profile: 'v3' }, `${name}V2`, { asset, ...more });
  const old = { ...asset, duration: durationText(row.durationMs) };
  parts.events.to({ ...audience, profile: 'v2' }, `${name}V1`, { asset: old, ...more });
}

/** AssetV2 of contract §4.5, as its owner gets it. */
export function syncAsset(row: AssetRow) {
  return {
    id: row.id,
    ownerId: row.ownerId,
    originalFileName: row.originalName,
    thumbhash: row.thumbhash,
    checksum: row.checksum,
    fileCreatedAt: isoInstant(row.capturedAt),
    fileModifiedAt: isoInstant(row.fileModifiedAt),
    createdAt: isoInstant(row.createdAt),
    localDateTime: isoInstant(row.localAt),
    duration: row.durationMs,
    type: row.type,
    deletedAt: isoInstantOrNull(row.trashedAt),
    isFavorite: row.isFavorite === 1,
    visibility: row.visibility,
    livePhotoVideoId: row.liveVideoId,
    stackId: row.stackId,
    libraryId: row.libraryId,
    width: row.widthPx,
    height: row.heightPx,
    isEdited: row.isEdited === 1,
  };
}

/** AssetExifV1 of contract §4.5. */
export function syncExif(row: AssetRow) {
  return {
    assetId: row.id,
    description: row.description,
    exifImageWidth: row.storedWidthPx,
    exifImageHeight: row.storedHeightPx,
    fileSizeInByte: row.originalBytes,
    orientation: row.orientation === null ? null : String(row.orientation),
    dateTimeOriginal: isoInstant(row.capturedAt),
    modifyDate: isoInstantOrNull(row.modifiedAt),
    timeZone: row.timeZone,
    latitude: row.latitude,
    longitude: row.longitude,
    projectionType: row.projectionType,
    city: row.city,
    state: row.state,
    country: row.country,
    make: row.make,
    model: row.model,
    lensModel: row.lensModel,
    fNumber: row.fNumber,
    focalLength: row.focalLengthMm,
    iso: row.iso,
    exposureTime: row.exposureTime,
    profileDescription: row.profileDescription,
    rating: row.rating,
    fps: row.fps,
  };
}
