import type { AlbumResponse, AlbumsAddAssetsResponse, GrantedRole } from '#contract/albums';
import type { BulkIdResult } from '#contract/primitives';
import type { Api } from '../api.ts';

/** What can be changed of an album; absent is kept. */
export interface AlbumChanges {
  albumName?: string;
  description?: string;
  albumThumbnailAssetId?: string;
  isActivityEnabled?: boolean;
  order?: AlbumResponse['order'];
}

/** Own albums and those that others share. */
export function listAlbums(api: Api, filter: { assetId?: string } = {}): Promise<AlbumResponse[]> {
  return api.get('/albums', filter);
}

/** Photos are asked for month by month, as of any timeline. */
export function readAlbum(api: Api, id: string): Promise<AlbumResponse> {
  return api.get(`/albums/${id}`, { withoutAssets: true });
}

export function createAlbum(
  api: Api,
  albumName: string,
  assetIds: readonly string[] = [],
): Promise<AlbumResponse> {
  return api.post('/albums', { albumName, assetIds });
}

export function updateAlbum(api: Api, id: string, changes: AlbumChanges): Promise<AlbumResponse> {
  return api.patch(`/albums/${id}`, changes);
}

/** The photos stay in the library. */
export function deleteAlbum(api: Api, id: string): Promise<void> {
  return api.remove(`/albums/${id}`);
}

/** Photos that are in the album already stay as they are. */
export function addToAlbum(
  api: Api,
  albumId: string,
  assetIds: readonly string[],
): Promise<AlbumsAddAssetsResponse> {
  return api.put('/albums/assets', { albumIds: [albumId], assetIds });
}

/** As `addToAlbum`, with what became of each photo. */
export function addEachToAlbum(api: Api, albumId: string, ids: readonly string[]): Promise<BulkIdResult[]> {
  return api.put(`/albums/${albumId}/assets`, { ids });
}

/** Takes photos out of an album; they stay in the library. Says what became of each. */
export function removeFromAlbum(api: Api, albumId: string, ids: readonly string[]): Promise<BulkIdResult[]> {
  return api.remove(`/albums/${albumId}/assets`, { ids });
}

export function addMember(
  api: Api,
  albumId: string,
  userId: string,
  role: GrantedRole,
): Promise<AlbumResponse> {
  return api.put(`/albums/${albumId}/users`, { albumUsers: [{ userId, role }] });
}

export function setMemberRole(api: Api, albumId: string, userId: string, role: GrantedRole): Promise<void> {
  return api.put(`/albums/${albumId}/user/${userId}`, { role });
}

/** `me` leaves by oneself. */
export function removeMember(api: Api, albumId: string, userId: string): Promise<void> {
  return api.remove(`/albums/${albumId}/user/${userId}`);
}
