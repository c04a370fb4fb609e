import { randomUUID } from 'node:crypto';
import type { NotificationRow } from '#catalog/notifications';
import type { NotificationResponse } from '#contract/notifications';
import { isoInstant } from '#contract/primitives';
import type { GatewayParts } from './parts.ts';

/** News as contract §8.1 writes it. */
export function notificationResponse(row: NotificationRow): NotificationResponse {
  return {
    id: row.id,
    type: row.type,
    level: row.level,
    title: row.title,
    createdAt: isoInstant(row.createdAt),
    ...(row.description !== null && { description: row.description }),
    ...(row.data !== null && { data: JSON.parse(row.data) as Record<string, unknown> }),
    ...(row.readAt !== null && { readAt: isoInstant(row.readAt) }),
  };
}

/** Shows news on the pages that its reader has open. */
export function announceNotifications({ queries, events }: GatewayParts, ids: readonly string[]): void {
  for (const id of ids) {
    const row = queries.notifications.findById(id);
    if (row) events.toUser(row.userId, 'on_notification', notificationResponse(row));
  }
}

type AlbumNews = { albumId: string; by: { id: string; name: string }; userIds: readonly string[] };

/** Tells people that an album was shared with them. */
export const notifyInvited = (parts: GatewayParts, { albumId, by, userIds }: AlbumNews): Promise<void> =>
  notifyOfAlbum(parts, { albumId, by, userIds }, 'AlbumInvite', (name) => ({
    title: `${by.name} shared an album with you`,
    description: name,
  }));

/** Tells the other members of an album that photos came in: once, until they have read it. */
export const notifyAdded = (
  parts: GatewayParts,
  { albumId, by }: Omit<AlbumNews, 'userIds'>,
): Promise<void> => {
  const userIds = parts.queries.albums
    .listMembers([albumId])
    .map(({ userId }) => userId)
    .filter((userId) => userId !== by.id);
  return notifyOfAlbum(parts, { albumId, by, userIds }, 'AlbumUpdate', (name) => ({
    title: 'New photos in an album',
    description: `${by.name} added to ${name}`,
  }));
};

async function notifyOfAlbum(
  parts: GatewayParts,
  { albumId, by, userIds }: AlbumNews,
  type: 'AlbumInvite' | 'AlbumUpdate',
  words: (albumName: string) => { title: string; description: string },
): Promise<void> {
  const name = parts.queries.notifications.findAlbumName(albumId);
  if (name === undefined) return;
  const now = parts.now();
  for (const userId of userIds) {
    const id = await parts.writer.notifications.batch({
      id: randomUUID(),
      userId,
      type,
      level: 'info',
      ...words(name),
      // For a page that says it in another language.
      data: { albumId, albumName: name, byName: by.name },
      about: albumId,
      now,
    });
    if (id !== null) announceNotifications(parts, [id]);
  }
}
