import type { ActivityResponse } from '#contract/activities';
import type { Api } from '../api.ts';

/** What is talked about: an album, or one photo in it. */
export interface Talk {
  albumId: string;
  assetId?: string | undefined;
}

/** Everything said about an album and its photos, or about one photo; oldest first. */
export function listActivities(api: Api, { albumId, assetId }: Talk): Promise<ActivityResponse[]> {
  return api.get('/activities', { albumId, assetId });
}

export function addComment(api: Api, talk: Talk, comment: string): Promise<ActivityResponse> {
  return api.post('/activities', { ...talk, type: 'comment', comment });
}

export function addLike(api: Api, talk: Talk): Promise<ActivityResponse> {
  return api.post('/activities', { ...talk, type: 'like' });
}

/** Takes back a comment or a like. */
export function removeActivity(api: Api, id: string): Promise<void> {
  return api.remove(`/activities/${id}`);
}
