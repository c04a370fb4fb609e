import type { AssetResponse, StrippedAsset } from '#contract/assets';
import type { GuestSharedLink, SharedLinkResponse } from '#contract/shared-links';
import type { Api } from '../api.ts';
import type { GridAsset } from '../photo-source.ts';

/** What a link may show and for how long. */
export interface LinkWishes {
  /** Instant, or null for a link that works until it is taken back. */
  expiresAt: string | null;
  /** Empty for none. */
  password: string;
  /** A name in its address instead of the key; empty for none. */
  slug: string;
  /** A line for the guests; empty for none. */
  description: string;
  allowDownload: boolean;
  allowUpload: boolean;
  showMetadata: boolean;
}

/** What a link leads to: an album, or single photos. */
export type LinkTarget = { albumId: string } | { assetIds: readonly string[] };

export function createLink(api: Api, target: LinkTarget, wishes: LinkWishes): Promise<SharedLinkResponse> {
  const type = 'albumId' in target ? 'ALBUM' : 'INDIVIDUAL';
  return api.post('/shared-links', { type, ...target, ...wishes });
}

/** One's own links, those to one album only when it is given. */
export function listLinks(api: Api, albumId?: string): Promise<SharedLinkResponse[]> {
  return api.get('/shared-links', { albumId });
}

export function updateLink(api: Api, id: string, wishes: LinkWishes): Promise<SharedLinkResponse> {
  return api.patch(`/shared-links/${id}`, wishes);
}

/** Nobody can open it any more. */
export function closeLink(api: Api, id: string): Promise<void> {
  return api.remove(`/shared-links/${id}`);
}

/** The address to hand on. */
export function linkAddress({ key, slug }: Pick<SharedLinkResponse, 'key' | 'slug'>): string {
  return slug ? `${location.origin}/s/${encodeURIComponent(slug)}` : `${location.origin}/share/${key}`;
}

/** The link whose guest the reader is, as the page's address says. */
export function readGuestLink(api: Api): Promise<GuestSharedLink> {
  return api.get('/shared-links/me');
}

/** Gives a link's password; this browser need not give it again for a day. */
export function openGuestLink(api: Api, password: string): Promise<GuestSharedLink> {
  return api.post('/shared-links/login', { password });
}

/** A photo as a link or another list gives it, for a grid. What a link hides stays empty. */
export function gridAssetOf(asset: AssetResponse | StrippedAsset): GridAsset {
  const isWhole = 'originalFileName' in asset;
  return {
    id: asset.id,
    ownerId: isWhole ? asset.ownerId : '',
    ratio: asset.width && asset.height ? asset.width / asset.height : 1,
    isImage: asset.type !== 'VIDEO',
    isFavorite: isWhole && asset.isFavorite,
    thumbhash: asset.thumbhash,
    // The wall clock stands in for the instant, which only some of them know.
    fileCreatedAt: asset.localDateTime,
    localOffsetHours: 0,
    durationMs: asset.duration,
    livePhotoVideoId: asset.livePhotoVideoId,
    stackCount: 0,
  };
}
