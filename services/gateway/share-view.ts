import type { AlbumRow } from '#catalog/albums';
import type { AssetRow } from '#catalog/assets';
import type { SharedLink } from '#catalog/shared-links';
import type { AlbumResponse } from '#contract/albums';
import type { AssetResponse, StrippedAsset } from '#contract/assets';
import { isoInstant, isoInstantOrNull } from '#contract/primitives';
import type { GuestSharedLink, SharedLinkResponse } from '#contract/shared-links';
import { albumResponse, readAlbum } from './album-response.ts';
import { type AssetResponseOptions, assetResponse } from './asset-response.ts';
import type { Caller } from './caller.ts';
import type { GatewayParts } from './parts.ts';

/** An asset as this caller may see it. */
export function assetFor(
  caller: Caller,
  row: AssetRow,
  options: Omit<AssetResponseOptions, 'viewerId'>,
): AssetResponse | StrippedAsset {
  return caller.kind === 'share'
    ? guestAsset(row, caller.link, options.withExif ?? false)
    : assetResponse(row, { ...options, viewerId: caller.user.id });
}

/** An album as this caller may see it. Guests are told whose it is, but nobody's address. */
export async function albumFor(parts: GatewayParts, caller: Caller, album: AlbumRow): Promise<AlbumResponse> {
  if (caller.kind !== 'share') return albumResponse(parts, album, caller.user.id);
  const { contributorCounts: _, ...response } = await albumResponse(parts, album, caller.user.id);
  const owners = response.albumUsers.filter(({ role }) => role === 'owner');
  const shown: AlbumResponse = {
    ...response,
    albumUsers: owners.map(({ user, role }) => ({ user: { ...user, email: '' }, role })),
  };
  if (caller.link.showMetadata === 1) return shown;
  const { lastModifiedAssetTimestamp: __, ...rest } = shown;
  return rest;
}

/** What a guest sees: no path, people, stacks or faults; without metadata only what it takes to show it. */
function guestAsset(row: AssetRow, link: SharedLink, withExif: boolean): AssetResponse | StrippedAsset {
  if (link.showMetadata !== 1)
    return {
      id: row.id,
      type: row.type,
      originalMimeType: row.mimeType,
      thumbhash: row.thumbhash,
      localDateTime: isoInstant(row.localAt),
      duration: row.durationMs,
      livePhotoVideoId: row.liveVideoId,
      hasMetadata: false,
      width: row.widthPx,
      height: row.heightPx,
    };
  const { problem: _, ...response } = assetResponse(row, { viewerId: link.id, withExif });
  return { ...response, originalPath: row.originalName, duplicateId: null };
}

/** A link as its owner sees it. Looks at every photo of its album: on the reader's thread. */
export async function sharedLinkResponse(
  parts: GatewayParts,
  caller: Caller,
  link: SharedLink,
): Promise<SharedLinkResponse> {
  const assets = parts.queries.assets
    .listByIds(listLinked(parts, link))
    .map((row) => assetResponse(row, { viewerId: caller.user.id, withExif: true }));
  return { ...facts(link), password: link.password, assets, ...(await albumOf(parts, caller, link)) };
}

/** The same as its guests see it. */
export async function guestSharedLink(
  parts: GatewayParts,
  caller: Caller & { kind: 'share' },
): Promise<GuestSharedLink> {
  const { link } = caller;
  const assets = parts.queries.assets
    .listByIds(listLinked(parts, link))
    .map((row) => guestAsset(row, link, true));
  return { ...facts(link), password: null, assets, ...(await albumOf(parts, caller, link)) };
}

const listLinked = ({ queries }: GatewayParts, link: SharedLink): string[] =>
  link.albumId === null ? queries.sharedLinks.listAssetIds(link.id) : [];

async function albumOf(
  parts: GatewayParts,
  caller: Caller,
  link: SharedLink,
): Promise<{ album?: AlbumResponse }> {
  const album = link.albumId === null ? undefined : await readAlbum(parts, link.albumId);
  return album ? { album: await albumFor(parts, caller, album) } : {};
}

const facts = (link: SharedLink) => ({
  id: link.id,
  userId: link.userId,
  key: Buffer.from(link.key).toString('base64url'),
  slug: link.slug,
  type: link.type,
  description: link.description,
  expiresAt: isoInstantOrNull(link.expiresAt),
  createdAt: isoInstant(link.createdAt),
  allowUpload: link.allowUpload === 1,
  allowDownload: link.allowDownload === 1,
  showMetadata: link.showMetadata === 1,
});
