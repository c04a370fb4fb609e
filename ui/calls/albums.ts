import type { AlbumResponse, AlbumsAddAssetsResponse } from '#contract/albums';
import type { Api } from '../api.ts';

/** Own albums and those that others share. */
export function listAlbums(api: Api, filter: { assetId?: string } = {}): Promise<AlbumResponse[]> {
  return api.get('/albums', filter);
}

export function createAlbum(
  api: Api,
  albumName: string,
  assetIds: readonly string[] = [],
): Promise<AlbumResponse> {
  return api.post('/albums', { albumName, assetIds });
}

/** Photos that are in the album already stay as they are. */
export function addToAlbum(
  api: Api,
  albumId: string,
  assetIds: readonly string[],
): Promise<AlbumsAddAssetsResponse> {
  return api.put('/albums/assets', { albumIds: [albumId], assetIds });
}

/** Takes photos out of an album; they stay in the library. */
export function removeFromAlbum(api: Api, albumId: string, ids: readonly string[]): Promise<unknown> {
  return api.remove(`/albums/${albumId}/assets`, { ids });
}
