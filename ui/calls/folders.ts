import type { AssetResponse } from '#contract/assets';
import type { Api } from '../api.ts';

/** Every folder that holds photos: those of the box as `library/…`, those of other drives from the top, `/mnt/…`. */
export function listFolders(api: Api): Promise<string[]> {
  return api.get('/view/folder/unique-paths');
}

/** The photos directly in a folder, by name. */
export function listFolderPhotos(api: Api, path: string): Promise<AssetResponse[]> {
  return api.get('/view/folder', { path });
}
