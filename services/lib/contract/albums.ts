import { type Static, Type } from 'typebox';
import { Id, Ids, Instant, Nullable, Order } from './primitives.ts';
import { UserResponse } from './users.ts';

export const AlbumRole = Type.Union([Type.Literal('owner'), Type.Literal('editor'), Type.Literal('viewer')]);
export type AlbumRole = Static<typeof AlbumRole>;

/** What somebody can be made; the owner is whoever created the album. */
const GrantedRole = Type.Union([Type.Literal('editor'), Type.Literal('viewer')]);
export type GrantedRole = Static<typeof GrantedRole>;

export const AlbumResponse = Type.Object({
  id: Id,
  albumName: Type.String(),
  description: Type.String(),
  albumThumbnailAssetId: Nullable(Id),
  createdAt: Instant,
  updatedAt: Instant,
  /** The owner, then the caller, then the others by name. */
  albumUsers: Type.Array(Type.Object({ user: UserResponse, role: AlbumRole })),
  shared: Type.Boolean(),
  hasSharedLink: Type.Boolean(),
  assetCount: Type.Integer(),
  isActivityEnabled: Type.Boolean(),
  order: Order,
  /** Earliest and latest local time of its photos; absent in an empty album. */
  startDate: Type.Optional(Instant),
  endDate: Type.Optional(Instant),
  lastModifiedAssetTimestamp: Type.Optional(Instant),
  contributorCounts: Type.Optional(Type.Array(Type.Object({ userId: Id, assetCount: Type.Integer() }))),
});
export type AlbumResponse = Static<typeof AlbumResponse>;

const Name = Type.String({ maxLength: 1000 });
const Description = Type.Optional(Nullable(Type.String({ maxLength: 100_000 })));

export const AlbumCreateBody = Type.Object({
  albumName: Name,
  description: Description,
  assetIds: Type.Optional(Ids),
  albumUsers: Type.Optional(Type.Array(Type.Object({ userId: Id, role: GrantedRole }), { maxItems: 1000 })),
});

export const AlbumUpdateBody = Type.Object({
  albumName: Type.Optional(Name),
  description: Description,
  albumThumbnailAssetId: Type.Optional(Id),
  isActivityEnabled: Type.Optional(Type.Boolean()),
  order: Type.Optional(Order),
});

export const AlbumListQuery = Type.Object({
  isOwned: Type.Optional(Type.Boolean()),
  isShared: Type.Optional(Type.Boolean()),
  /** What 2.7 calls it: true for shared ones, false for one's own that nobody else sees. */
  shared: Type.Optional(Type.Boolean()),
  assetId: Type.Optional(Id),
  name: Type.Optional(Type.String()),
  id: Type.Optional(Id),
});
export type AlbumListQuery = Static<typeof AlbumListQuery>;

/** `withoutAssets` is for apps of 2.7, which otherwise expect the photos with the album. */
export const AlbumQuery = Type.Object({ withoutAssets: Type.Optional(Type.Boolean()) });

export const AlbumsAddAssetsBody = Type.Object({
  albumIds: Type.Array(Id, { maxItems: 10_000 }),
  assetIds: Ids,
});
export const AlbumsAddAssetsResponse = Type.Object({
  success: Type.Boolean(),
  error: Type.Optional(
    Type.Union([
      Type.Literal('duplicate'),
      Type.Literal('no_permission'),
      Type.Literal('not_found'),
      Type.Literal('unknown'),
      Type.Literal('validation'),
    ]),
  ),
});
export type AlbumsAddAssetsResponse = Static<typeof AlbumsAddAssetsResponse>;

export const AlbumStatistics = Type.Object({
  owned: Type.Integer(),
  shared: Type.Integer(),
  notShared: Type.Integer(),
});

export const AlbumUsersBody = Type.Object({
  albumUsers: Type.Array(Type.Object({ userId: Id, role: Type.Optional(GrantedRole) }), {
    minItems: 1,
    maxItems: 1000,
  }),
});
export const AlbumRoleBody = Type.Object({ role: GrantedRole });
/** `me` is the caller. */
export const albumUserParams = Type.Object({
  id: Id,
  userId: Type.Union([Id, Type.Literal('me')]),
});
