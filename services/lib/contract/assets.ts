import { type Static, Type } from 'typebox';
import { EditedQuery } from './edits.ts';
import { PersonResponse } from './people.ts';
import { AssetType, Id, Ids, Instant, Nullable, Visibility } from './primitives.ts';
import { TagResponse } from './tags.ts';

const OptionalText = Type.Optional(Nullable(Type.String()));
const OptionalNumber = Type.Optional(Nullable(Type.Number()));
const OptionalInteger = Type.Optional(Nullable(Type.Integer()));
const OptionalInstant = Type.Optional(Nullable(Instant));

/** What the file says about itself (contract §8.1). */
export const ExifInfo = Type.Object({
  make: OptionalText,
  model: OptionalText,
  lensModel: OptionalText,
  exifImageWidth: OptionalInteger,
  exifImageHeight: OptionalInteger,
  fileSizeInByte: OptionalInteger,
  orientation: OptionalText,
  dateTimeOriginal: OptionalInstant,
  modifyDate: OptionalInstant,
  timeZone: OptionalText,
  fNumber: OptionalNumber,
  focalLength: OptionalNumber,
  iso: OptionalInteger,
  exposureTime: OptionalText,
  latitude: OptionalNumber,
  longitude: OptionalNumber,
  city: OptionalText,
  state: OptionalText,
  country: OptionalText,
  description: OptionalText,
  projectionType: OptionalText,
  rating: OptionalInteger,
});
export type ExifInfo = Static<typeof ExifInfo>;

/** One photo or video, as every list and page gets it. */
export const AssetResponse = Type.Object({
  id: Id,
  ownerId: Id,
  type: AssetType,
  originalPath: Type.String(),
  originalFileName: Type.String(),
  originalMimeType: Type.String(),
  thumbhash: Nullable(Type.String()),
  checksum: Type.String(),
  fileCreatedAt: Instant,
  fileModifiedAt: Instant,
  localDateTime: Instant,
  createdAt: Instant,
  updatedAt: Instant,
  duration: Nullable(Type.Integer()),
  width: Nullable(Type.Integer()),
  height: Nullable(Type.Integer()),
  isFavorite: Type.Boolean(),
  isArchived: Type.Boolean(),
  isTrashed: Type.Boolean(),
  isOffline: Type.Boolean(),
  isEdited: Type.Boolean(),
  hasMetadata: Type.Boolean(),
  visibility: Visibility,
  libraryId: Nullable(Id),
  livePhotoVideoId: Nullable(Id),
  duplicateId: Nullable(Id),
  resized: Type.Boolean(),
  exifInfo: Type.Optional(ExifInfo),
  people: Type.Optional(Type.Array(PersonResponse)),
  tags: Type.Optional(Type.Array(TagResponse)),
  stack: Type.Optional(
    Nullable(Type.Object({ id: Id, primaryAssetId: Id, assetCount: Type.Integer({ minimum: 1 }) })),
  ),
  /** Ours: what is wrong with the file, for the person who owns it. */
  problem: Type.Optional(Type.Object({ code: Type.String(), message: Type.String() })),
});
export type AssetResponse = Static<typeof AssetResponse>;

/** What guests get through a link that shows no metadata (contract §3.5.11). */
export const StrippedAsset = Type.Object(
  {
    id: Id,
    type: AssetType,
    originalMimeType: Type.String(),
    thumbhash: Nullable(Type.String()),
    localDateTime: Instant,
    duration: Nullable(Type.Integer()),
    livePhotoVideoId: Nullable(Id),
    hasMetadata: Type.Literal(false),
    width: Nullable(Type.Integer()),
    height: Nullable(Type.Integer()),
  },
  { additionalProperties: false },
);
export type StrippedAsset = Static<typeof StrippedAsset>;

const Rating = Type.Integer({ minimum: -1, maximum: 5 });
const Latitude = Type.Number({ minimum: -90, maximum: 90 });
const Longitude = Type.Number({ minimum: -180, maximum: 180 });

/** A wall clock with its offset from UTC; older tools leave the offset out and mean UTC. */
const DateWithOffset = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:?\\d{2})?)?$',
});

/** Absent keeps, null clears (contract §3.5.3). */
export const AssetUpdateBody = Type.Object({
  isFavorite: Type.Optional(Type.Boolean()),
  visibility: Type.Optional(Visibility),
  dateTimeOriginal: Type.Optional(DateWithOffset),
  latitude: Type.Optional(Nullable(Latitude)),
  longitude: Type.Optional(Nullable(Longitude)),
  description: Type.Optional(Nullable(Type.String({ maxLength: 100_000 }))),
  rating: Type.Optional(Nullable(Rating)),
  livePhotoVideoId: Type.Optional(Nullable(Id)),
});
export type AssetUpdateBody = Static<typeof AssetUpdateBody>;

export const AssetBulkUpdateBody = Type.Object({
  ids: Ids,
  isFavorite: Type.Optional(Type.Boolean()),
  visibility: Type.Optional(Visibility),
  dateTimeOriginal: Type.Optional(DateWithOffset),
  /** Minutes to move each date by; up to a hundred years. */
  dateTimeRelative: Type.Optional(Type.Integer({ minimum: -52_594_920, maximum: 52_594_920 })),
  timeZone: Type.Optional(Type.String({ maxLength: 64 })),
  latitude: Type.Optional(Nullable(Latitude)),
  longitude: Type.Optional(Nullable(Longitude)),
  description: Type.Optional(Nullable(Type.String({ maxLength: 100_000 }))),
  rating: Type.Optional(Nullable(Rating)),
  duplicateId: Type.Optional(Nullable(Id)),
});
export type AssetBulkUpdateBody = Static<typeof AssetBulkUpdateBody>;

export const AssetDeleteBody = Type.Object({ ids: Ids, force: Type.Optional(Type.Boolean()) });

export const AssetStatisticsQuery = Type.Object({
  isFavorite: Type.Optional(Type.Boolean()),
  isTrashed: Type.Optional(Type.Boolean()),
  visibility: Type.Optional(Visibility),
});
export const AssetStatistics = Type.Object({
  images: Type.Integer(),
  videos: Type.Integer(),
  total: Type.Integer(),
});
export type AssetStatistics = Static<typeof AssetStatistics>;

/** What a client asks before it uploads: which of these checksums (base64 or hex SHA-1) are new. */
export const UploadCheckBody = Type.Object({
  assets: Type.Array(Type.Object({ id: Type.String({ maxLength: 4096 }), checksum: Type.String() }), {
    maxItems: 20_000,
  }),
});
export const UploadCheckResponse = Type.Object({
  results: Type.Array(
    Type.Object({
      id: Type.String(),
      action: Type.Union([Type.Literal('accept'), Type.Literal('reject')]),
      reason: Type.Optional(Type.Union([Type.Literal('duplicate'), Type.Literal('unsupported-format')])),
      assetId: Type.Optional(Id),
      isTrashed: Type.Optional(Type.Boolean()),
    }),
  ),
});
export type UploadCheckResponse = Static<typeof UploadCheckResponse>;

/** An app's own data about an asset; we keep it and hand it back. */
const MetadataKey = Type.String({ minLength: 1, maxLength: 128 });
const MetadataValue = Type.Record(Type.String(), Type.Unknown());
const MetadataItem = Type.Object({ key: MetadataKey, value: MetadataValue });

export const metadataKeyParams = Type.Object({ id: Id, key: MetadataKey });
export const AssetMetadataBody = Type.Object({ items: Type.Array(MetadataItem, { maxItems: 1000 }) });
export const AssetMetadataBulkBody = Type.Object({
  items: Type.Array(Type.Object({ assetId: Id, key: MetadataKey, value: MetadataValue }), {
    maxItems: 65_000,
  }),
});
export const AssetMetadataBulkDeleteBody = Type.Object({
  items: Type.Array(Type.Object({ assetId: Id, key: MetadataKey }), { maxItems: 65_000 }),
});
export const AssetMetadataRow = Type.Object({ key: MetadataKey, value: MetadataValue, updatedAt: Instant });
export type AssetMetadataRow = Static<typeof AssetMetadataRow>;
export const AssetMetadataBulkRow = Type.Object({
  assetId: Id,
  key: MetadataKey,
  value: MetadataValue,
  updatedAt: Instant,
});
export type AssetMetadataBulkRow = Static<typeof AssetMetadataBulkRow>;

export const AssetJobsBody = Type.Object({
  assetIds: Ids,
  name: Type.Union([
    Type.Literal('refresh-faces'),
    Type.Literal('refresh-metadata'),
    Type.Literal('regenerate-thumbnail'),
    Type.Literal('transcode-video'),
  ]),
});

export const AssetCopyBody = Type.Object({
  sourceId: Id,
  targetId: Id,
  albums: Type.Optional(Type.Boolean()),
  favorite: Type.Optional(Type.Boolean()),
  sharedLinks: Type.Optional(Type.Boolean()),
  sidecar: Type.Optional(Type.Boolean()),
  stack: Type.Optional(Type.Boolean()),
});

/** Query parameters of media; everything else in the address only busts caches. */
export const ThumbnailQuery = Type.Object({
  size: Type.Optional(
    Type.Union([
      Type.Literal('thumbnail'),
      Type.Literal('preview'),
      Type.Literal('fullsize'),
      Type.Literal('original'),
    ]),
  ),
  ...EditedQuery.properties,
});

/** What an upload became: a new asset, or one that was here already. */
export const UploadResponse = Type.Object({
  id: Id,
  status: Type.Union([Type.Literal('created'), Type.Literal('duplicate')]),
});

/** How many assets left the trash. */
export const TrashResponse = Type.Object({ count: Type.Integer() });
