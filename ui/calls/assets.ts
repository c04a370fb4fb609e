import type { Copies } from '#contract/appliance-status';
import type {
  AssetBulkUpdateBody,
  AssetResponse,
  AssetUpdateBody,
  UploadCheckResponse,
} from '#contract/assets';
import type { AssetEdits, EditStep } from '#contract/edits';
import type { FaceResponse } from '#contract/faces';
import type { StackResponse } from '#contract/stacks';
import type { TagResponse } from '#contract/tags';
import type { Api } from '../api.ts';

/** All that is known of one asset. */
export type AssetDetails = AssetResponse;

export function readAsset(api: Api, id: string): Promise<AssetDetails> {
  return api.get(`/assets/${id}`);
}

export function updateAsset(api: Api, id: string, changes: AssetUpdateBody): Promise<AssetDetails> {
  return api.put(`/assets/${id}`, changes);
}

export function updateAssets(
  api: Api,
  ids: readonly string[],
  changes: Omit<AssetBulkUpdateBody, 'ids'>,
): Promise<void> {
  return api.put('/assets', { ids, ...changes });
}

/** They stay in the trash for a while, and `restoreAssets` brings them back. */
export function trashAssets(api: Api, ids: readonly string[]): Promise<void> {
  return api.remove('/assets', { ids });
}

/** Without a way back, whether they are in the trash or not. */
export function deleteForEver(api: Api, ids: readonly string[]): Promise<void> {
  return api.remove('/assets', { ids, force: true });
}

export function restoreAssets(api: Api, ids: readonly string[]): Promise<void> {
  return api.post('/trash/restore/assets', { ids });
}

/** The first one stands for all of them. */
export function stackAssets(api: Api, assetIds: readonly string[]): Promise<StackResponse> {
  return api.post('/stacks', { assetIds });
}

export function readStack(api: Api, id: string): Promise<StackResponse> {
  return api.get(`/stacks/${id}`);
}

export function dissolveStack(api: Api, id: string): Promise<void> {
  return api.remove(`/stacks/${id}`);
}

export function listTags(api: Api): Promise<TagResponse[]> {
  return api.get('/tags');
}

/** Gives a tag, `trips/lake`, to assets; makes it when there is none of this name. */
export async function tagAssets(api: Api, value: string, assetIds: readonly string[]): Promise<void> {
  const tags = await api.put<TagResponse[]>('/tags', { tags: [value] });
  await api.put('/tags/assets', { tagIds: tags.map(({ id }) => id), assetIds });
}

/** One photo from each town, the newest; a way to the places that photos know. */
export function listTowns(api: Api): Promise<AssetResponse[]> {
  return api.get('/search/cities');
}

/** How a photo is cropped, turned and mirrored when it is shown; the original stays as it is. */
export function readEdits(api: Api, id: string): Promise<AssetEdits> {
  return api.get(`/assets/${id}/edits`);
}

/** An empty list is the original again. */
export function saveEdits(api: Api, id: string, edits: readonly EditStep[]): Promise<unknown> {
  return edits.length > 0 ? api.put(`/assets/${id}/edits`, { edits }) : api.remove(`/assets/${id}/edits`);
}

/** Where the copies of the original are, and when each was last read again. */
export function readCopies(api: Api, id: string): Promise<Copies> {
  return api.get(`/appliance/assets/${id}/copies`);
}

export function listFaces(api: Api, id: string): Promise<FaceResponse[]> {
  return api.get('/faces', { id });
}

export function untagAssets(api: Api, tagId: string, ids: readonly string[]): Promise<unknown> {
  return api.remove(`/tags/${tagId}/assets`, { ids });
}

export function setPrimary(api: Api, stackId: string, primaryAssetId: string): Promise<unknown> {
  return api.put(`/stacks/${stackId}`, { primaryAssetId });
}

/**
 * Whether the box has these bytes (SHA-1 in base64) and shows them: what lies in the trash is sent, for the server to
 * say what becomes of it.
 */
export async function isAlreadyThere(api: Api, { name }: File, checksum: string): Promise<boolean> {
  const { results } = await api.post<UploadCheckResponse>('/assets/bulk-upload-check', {
    assets: [{ id: name, checksum }],
  });
  const [answer] = results;
  return answer?.assetId !== undefined && !answer.isTrashed;
}
