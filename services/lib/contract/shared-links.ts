import { type Static, Type } from 'typebox';
import { AlbumResponse } from './albums.ts';
import { AssetResponse, StrippedAsset } from './assets.ts';
import { Id, Ids, Instant, Nullable } from './primitives.ts';

const SharedLinkType = Type.Union([Type.Literal('ALBUM'), Type.Literal('INDIVIDUAL')]);

const facts = {
  id: Id,
  userId: Id,
  /** 50 random bytes, base64url. */
  key: Type.String(),
  slug: Nullable(Type.String()),
  type: SharedLinkType,
  description: Nullable(Type.String()),
  /** Shown to the link's owner only. */
  password: Nullable(Type.String()),
  expiresAt: Nullable(Instant),
  createdAt: Instant,
  allowUpload: Type.Boolean(),
  allowDownload: Type.Boolean(),
  showMetadata: Type.Boolean(),
  album: Type.Optional(AlbumResponse),
};

/** A link as its owner sees it; what an ALBUM link shows is asked for month by month. */
export const SharedLinkResponse = Type.Object({ ...facts, assets: Type.Array(AssetResponse) });
export type SharedLinkResponse = Static<typeof SharedLinkResponse>;

/** The same as its guests see it. */
export const GuestSharedLink = Type.Object({
  ...facts,
  assets: Type.Array(Type.Union([AssetResponse, StrippedAsset])),
});
export type GuestSharedLink = Static<typeof GuestSharedLink>;

const changeable = {
  description: Type.Optional(Nullable(Type.String({ maxLength: 10_000 }))),
  /** Empty is none. */
  password: Type.Optional(Nullable(Type.String({ maxLength: 1000 }))),
  slug: Type.Optional(Nullable(Type.String({ maxLength: 200 }))),
  expiresAt: Type.Optional(Nullable(Instant)),
  allowUpload: Type.Optional(Type.Boolean()),
  allowDownload: Type.Optional(Type.Boolean()),
  showMetadata: Type.Optional(Type.Boolean()),
};

export const SharedLinkCreateBody = Type.Object({
  ...changeable,
  type: SharedLinkType,
  albumId: Type.Optional(Nullable(Id)),
  assetIds: Type.Optional(Ids),
});

export const SharedLinkEditBody = Type.Object({
  ...changeable,
  /** How 2.7 says that a link no longer expires: true, and no `expiresAt`. */
  changeExpiryTime: Type.Optional(Type.Boolean()),
});
export type SharedLinkEditBody = Static<typeof SharedLinkEditBody>;

export const SharedLinkListQuery = Type.Object({ albumId: Type.Optional(Id), id: Type.Optional(Id) });

export const SharedLinkAssetsBody = Type.Object({ assetIds: Ids });
export const SharedLinkAssetsResponse = Type.Array(
  Type.Object({
    assetId: Type.String(),
    success: Type.Boolean(),
    error: Type.Optional(
      Type.Union([Type.Literal('duplicate'), Type.Literal('no_permission'), Type.Literal('not_found')]),
    ),
  }),
);
export type SharedLinkAssetsResponse = Static<typeof SharedLinkAssetsResponse>;

export const SharedLinkLoginBody = Type.Object({ password: Type.String({ maxLength: 1000 }) });
