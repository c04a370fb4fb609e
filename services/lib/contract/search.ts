import { type Static, Type } from 'typebox';
import { AssetResponse, StrippedAsset } from './assets.ts';
import { AssetType, Id, Instant, Nullable, Order, Visibility } from './primitives.ts';
import { SearchFilter, SearchOrder } from './search-filter.ts';

const text = Type.Optional(Type.String({ maxLength: 4096 }));
const textOrNull = Type.Optional(Nullable(Type.String({ maxLength: 4096 })));
const flag = Type.Optional(Type.Boolean());
const instant = Type.Optional(Instant);
const ids = Type.Optional(Type.Array(Id, { maxItems: 1000 }));

/** The flat filters of contract §8.2; null means "has none". */
const filters = {
  id: Type.Optional(Id),
  albumIds: ids,
  personIds: ids,
  tagIds: Type.Optional(Nullable(Type.Array(Id, { maxItems: 1000 }))),
  libraryId: Type.Optional(Nullable(Id)),
  type: Type.Optional(AssetType),
  visibility: Type.Optional(Visibility),
  checksum: text,
  city: textOrNull,
  state: textOrNull,
  country: textOrNull,
  make: textOrNull,
  model: textOrNull,
  lensModel: textOrNull,
  description: text,
  originalFileName: text,
  originalPath: text,
  encodedVideoPath: text,
  previewPath: text,
  thumbnailPath: text,
  ocr: text,
  /** Ours: words that must each be found in name, description, place, tags or people's names. */
  text: Type.Optional(Type.String({ maxLength: 500 })),
  rating: Type.Optional(Nullable(Type.Integer({ minimum: -1, maximum: 5 }))),
  isEncoded: flag,
  isFavorite: flag,
  isMotion: flag,
  isNotInAlbum: flag,
  isOffline: flag,
  createdAfter: instant,
  createdBefore: instant,
  takenAfter: instant,
  takenBefore: instant,
  trashedAfter: instant,
  trashedBefore: instant,
  updatedAfter: instant,
  updatedBefore: instant,
  withDeleted: flag,
  withExif: flag,
  withPeople: flag,
  withStacked: flag,
  filter: Type.Optional(SearchFilter),
};
const size = Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 }));

export const SearchFilters = Type.Object(filters);
export type SearchFilters = Static<typeof SearchFilters>;

export const MetadataSearchBody = Type.Object({
  ...filters,
  order: Type.Optional(Order),
  /** Of 3.2; takes precedence over `order`. */
  orderBy: Type.Optional(SearchOrder),
  page: Type.Optional(Type.Integer({ minimum: 1 })),
  /** Where a page before ended, as its answer said; takes precedence over `page`. */
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  size,
});
export const RandomSearchBody = Type.Object({ ...filters, size });
export const StatisticsSearchBody = SearchFilters;

const { filter: _, ...flatFilters } = filters;

/** The flat filters as query parameters, where everything is text and null cannot be said. */
export const LargeAssetsQuery = Type.Object({
  ...flatFilters,
  minFileSize: Type.Optional(Type.Integer({ minimum: 0 })),
  size,
});

const albumsFound = Type.Object({
  total: Type.Integer(),
  count: Type.Integer(),
  items: Type.Array(Type.Never(), { maxItems: 0 }),
  facets: Type.Array(Type.Never(), { maxItems: 0 }),
});
const assetsPage = {
  total: Type.Integer(),
  count: Type.Integer(),
  facets: Type.Array(Type.Never(), { maxItems: 0 }),
  /** Null on the last page; loops of clients end there. */
  nextPage: Nullable(Type.String({ minLength: 1 })),
  nextCursor: Nullable(Type.String()),
};
export const SearchResponse = Type.Object({
  albums: albumsFound,
  assets: Type.Object({ ...assetsPage, items: Type.Array(AssetResponse) }),
});
export type SearchResponse = Static<typeof SearchResponse>;

/** The same for guests of a link too, who may be shown no metadata. */
export const GuestSearchResponse = Type.Object({
  albums: albumsFound,
  assets: Type.Object({ ...assetsPage, items: Type.Array(Type.Union([AssetResponse, StrippedAsset])) }),
});

export const SearchStatistics = Type.Object({ total: Type.Integer() });

export const SuggestionsQuery = Type.Object({
  type: Type.Union([
    Type.Literal('country'),
    Type.Literal('state'),
    Type.Literal('city'),
    Type.Literal('camera-make'),
    Type.Literal('camera-model'),
    Type.Literal('camera-lens-model'),
  ]),
  country: Type.Optional(Type.String()),
  state: Type.Optional(Type.String()),
  make: Type.Optional(Type.String()),
  model: Type.Optional(Type.String()),
  lensModel: Type.Optional(Type.String()),
  includeNull: Type.Optional(Type.Boolean()),
});
export const Suggestions = Type.Array(Nullable(Type.String()));

export const Explore = Type.Array(
  Type.Object({
    fieldName: Type.String(),
    items: Type.Array(Type.Object({ value: Type.String(), data: AssetResponse })),
  }),
);
export type Explore = Static<typeof Explore>;

export const NameQuery = Type.Object({ name: Type.String() });

/** A place of the world, wherever photos are. */
export const PlaceResponse = Type.Object({
  name: Type.String(),
  latitude: Type.Number(),
  longitude: Type.Number(),
  /** State or province; absent where there is none. */
  admin1name: Type.Optional(Type.String()),
  /** In English. Ours: other clients look past it. */
  country: Type.String(),
});
export type PlaceResponse = Static<typeof PlaceResponse>;
