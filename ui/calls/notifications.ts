import type { NotificationResponse } from '#contract/notifications';
import type { Api } from '../api.ts';

export type News = NotificationResponse;

/** The newest first. */
export function listNews(api: Api): Promise<News[]> {
  return api.get('/notifications');
}

export function markRead(api: Api, ids: readonly string[], readAt: string): Promise<void> {
  return api.put('/notifications', { ids, readAt });
}

export function removeNews(api: Api, ids: readonly string[]): Promise<void> {
  return api.remove('/notifications', { ids });
}
