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
import { LongList } from './long-list.ts';
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

/** A list of assets that is as long as its owner likes. */
type Assets<Asset> = Asset[] | LongList<Asset>;
type WithAssets<Answer, Asset> = Omit<Answer, 'assets'> & { assets: Assets<Asset> };

/** Up to so many assets are read and written at once: some milliseconds. */
const FEW_ASSETS = 200;

/** These assets as `show` writes them; many of them piece by piece, read on the reader's thread. */
export function listAssets<Asset>(
  { queries, reader }: GatewayParts,
  ids: readonly string[],
  show: (row: AssetRow) => Asset,
): Assets<Asset> {
  if (ids.length <= FEW_ASSETS) return queries.assets.listByIds(ids).map(show);
  return new LongList(async function* () {
    for (let at = 0; at < ids.length; at += FEW_ASSETS)
      yield (await reader.assets.listByIds(ids.slice(at, at + FEW_ASSETS))).map(show);
  });
}

/** A link as its owner sees it: to be sent by `sendLong`. */
export async function sharedLinkResponse(
  parts: GatewayParts,
  caller: Caller,
  link: SharedLink,
): Promise<WithAssets<SharedLinkResponse, AssetResponse>> {
  const assets = listAssets(parts, await listLinked(parts, link), (row) =>
    assetResponse(row, { viewerId: caller.user.id, withExif: true }),
  );
  return { ...facts(link), password: link.password, assets, ...(await albumOf(parts, caller, link)) };
}

/** The same as its guests see it. */
export async function guestSharedLink(
  parts: GatewayParts,
  caller: Caller & { kind: 'share' },
): Promise<WithAssets<GuestSharedLink, AssetResponse | StrippedAsset>> {
  const { link } = caller;
  const assets = listAssets(parts, await listLinked(parts, link), (row) => guestAsset(row, link, true));
  return { ...facts(link), password: null, assets, ...(await albumOf(parts, caller, link)) };
}

async function listLinked({ queries, reader }: GatewayParts, link: SharedLink): Promise<string[]> {
  if (link.albumId !== null) return [];
  const isLong = queries.sharedLinks.isLargerThan(link.id, FEW_ASSETS);
  return (isLong ? reader : queries).sharedLinks.listAssetIds(link.id);
}

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
