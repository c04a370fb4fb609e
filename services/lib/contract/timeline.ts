import { type Static, Type } from 'typebox';
import { Id, Instant, Nullable, Order, Visibility } from './primitives.ts';

const filters = {
  userId: Type.Optional(Id),
  albumId: Type.Optional(Id),
  personId: Type.Optional(Id),
  tagId: Type.Optional(Id),
  visibility: Type.Optional(Visibility),
  isFavorite: Type.Optional(Type.Boolean()),
  isTrashed: Type.Optional(Type.Boolean()),
  withStacked: Type.Optional(Type.Boolean()),
  withPartners: Type.Optional(Type.Boolean()),
  withCoordinates: Type.Optional(Type.Boolean()),
  order: Type.Optional(Order),
  orderBy: Type.Optional(Type.Union([Type.Literal('takenAt'), Type.Literal('createdAt')])),
  /** `west,south,east,north` in degrees. */
  bbox: Type.Optional(Type.String({ pattern: '^-?[\\d.]+(,-?[\\d.]+){3}$' })),
};

export const TimelineQuery = Type.Object(filters);
export type TimelineQuery = Static<typeof TimelineQuery>;

/** `2024-05-01`, or an instant on that day. */
export const TimelineBucketQuery = Type.Object({
  ...filters,
  timeBucket: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}([T ].*)?$' }),
});

export const TimelineBuckets = Type.Array(
  Type.Object({ timeBucket: Type.String({ pattern: '^\\d{4}-\\d{2}-01$' }), count: Type.Integer() }),
);
export type TimelineBuckets = Static<typeof TimelineBuckets>;

/** One month as arrays of equal length, one place per asset. */
export const TimelineBucket = Type.Object({
  id: Type.Array(Id),
  ownerId: Type.Array(Id),
  ratio: Type.Array(Type.Number()),
  isFavorite: Type.Array(Type.Boolean()),
  visibility: Type.Array(Visibility),
  isTrashed: Type.Array(Type.Boolean()),
  isImage: Type.Array(Type.Boolean()),
  thumbhash: Type.Array(Nullable(Type.String())),
  fileCreatedAt: Type.Array(Instant),
  createdAt: Type.Array(Instant),
  localOffsetHours: Type.Array(Type.Number()),
  duration: Type.Array(Nullable(Type.Integer())),
  projectionType: Type.Array(Nullable(Type.String())),
  livePhotoVideoId: Type.Array(Nullable(Id)),
  /** Absent for guests of a link that shows no metadata. */
  city: Type.Optional(Type.Array(Nullable(Type.String()))),
  country: Type.Optional(Type.Array(Nullable(Type.String()))),
  latitude: Type.Optional(Type.Array(Nullable(Type.Number()))),
  longitude: Type.Optional(Type.Array(Nullable(Type.Number()))),
  /** `[stack's id, number of its photos]`, both as text. */
  stack: Type.Optional(Type.Array(Nullable(Type.Tuple([Id, Type.String()])))),
});
export type TimelineBucket = Static<typeof TimelineBucket>;

export const MapMarker = Type.Object({
  id: Id,
  lat: Type.Number(),
  lon: Type.Number(),
  city: Nullable(Type.String()),
  state: Nullable(Type.String()),
  country: Nullable(Type.String()),
});
export type MapMarker = Static<typeof MapMarker>;

export const MapMarkersQuery = Type.Object({
  isArchived: Type.Optional(Type.Boolean()),
  isFavorite: Type.Optional(Type.Boolean()),
  fileCreatedAfter: Type.Optional(Instant),
  fileCreatedBefore: Type.Optional(Instant),
  withPartners: Type.Optional(Type.Boolean()),
  withSharedAlbums: Type.Optional(Type.Boolean()),
});
