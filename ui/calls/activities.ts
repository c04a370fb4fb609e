import type { ActivityResponse } from '#contract/activities';
import type { Api } from '../api.ts';

/** Everything said about an album and its photos, oldest first. */
export function listActivities(api: Api, albumId: string): Promise<ActivityResponse[]> {
  return api.get('/activities', { albumId });
}

export function addComment(api: Api, albumId: string, comment: string): Promise<ActivityResponse> {
  return api.post('/activities', { albumId, type: 'comment', comment });
}

/** Likes the album itself. */
export function likeAlbum(api: Api, albumId: string): Promise<ActivityResponse> {
  return api.post('/activities', { albumId, type: 'like' });
}

/** Takes back a comment or a like. */
export function removeActivity(api: Api, id: string): Promise<void> {
  return api.remove(`/activities/${id}`);
}
