import { randomUUID } from 'node:crypto';
import { Type } from 'typebox';
import type { NotificationRow } from '#catalog/notifications';
import {
  NotificationCreateBody,
  NotificationQuery,
  NotificationResponse,
  NotificationsDeleteBody,
  NotificationsUpdateBody,
  NotificationUpdateBody,
} from '#contract/notifications';
import { idParams } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { needs, type Scope } from '#contract/scopes';
import type { GatewayApp } from '../app.ts';
import { uniqueIds } from '../asset-access.ts';
import type { Caller } from '../caller.ts';
import { announceNotifications, notificationResponse } from '../notify.ts';
import type { GatewayParts } from '../parts.ts';

/** `/notifications`: news for the one who is signed in. */
export function notificationRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, writer, now } = parts;
  const requireOwn = (caller: Caller, ids: readonly string[], scope: Scope): string[] => {
    const unique = uniqueIds(ids);
    if (queries.notifications.listOwned(caller.user.id, unique).size !== unique.length)
      throw new Problem('not_found_or_no_access', { scope });
    return unique;
  };
  const show = (id: string): NotificationResponse =>
    notificationResponse(queries.notifications.findById(id) as NotificationRow);
  const setRead = async (ids: readonly string[], readAt: string | null | undefined): Promise<void> => {
    if (readAt === undefined) return;
    await writer.notifications.setRead({ ids, readAt: readAt === null ? null : Date.parse(readAt) });
  };

  app.get(
    '/api/notifications',
    {
      config: { access: needs('notification.read') },
      schema: { querystring: NotificationQuery, response: { 200: Type.Array(NotificationResponse) } },
    },
    async ({ query, caller }) =>
      queries.notifications
        .list({ ...query, id: query.id?.toLowerCase(), userId: caller.user.id })
        .map(notificationResponse),
  );

  app.get(
    '/api/notifications/:id',
    {
      config: { access: needs('notification.read') },
      schema: { params: idParams, response: { 200: NotificationResponse } },
    },
    async ({ params, caller }) => show(requireOwn(caller, [params.id], 'notification.read')[0]!),
  );

  app.put(
    '/api/notifications/:id',
    {
      config: { access: needs('notification.update') },
      schema: { params: idParams, body: NotificationUpdateBody, response: { 200: NotificationResponse } },
    },
    async ({ params, body, caller }) => {
      const ids = requireOwn(caller, [params.id], 'notification.update');
      await setRead(ids, body.readAt);
      return show(ids[0]!);
    },
  );

  app.put(
    '/api/notifications',
    { config: { access: needs('notification.update') }, schema: { body: NotificationsUpdateBody } },
    async ({ body, caller }, reply) => {
      await setRead(requireOwn(caller, body.ids, 'notification.update'), body.readAt);
      return reply.code(204).send();
    },
  );

  app.delete(
    '/api/notifications/:id',
    { config: { access: needs('notification.delete') }, schema: { params: idParams } },
    async ({ params, caller }, reply) => {
      await writer.notifications.remove(requireOwn(caller, [params.id], 'notification.delete'));
      return reply.code(204).send();
    },
  );

  app.delete(
    '/api/notifications',
    { config: { access: needs('notification.delete') }, schema: { body: NotificationsDeleteBody } },
    async ({ body, caller }, reply) => {
      await writer.notifications.remove(requireOwn(caller, body.ids, 'notification.delete'));
      return reply.code(204).send();
    },
  );

  app.post(
    '/api/admin/notifications',
    {
      config: { access: needs('notification.create', { admin: true }) },
      schema: { body: NotificationCreateBody, response: { 201: NotificationResponse } },
    },
    async ({ body }, reply) => {
      const userId = body.userId.toLowerCase();
      if (!queries.users.findById(userId))
        throw new Problem('not_found_or_no_access', { scope: 'user.read' });
      const id = await writer.notifications.create({
        id: randomUUID(),
        userId,
        type: body.type ?? 'Custom',
        level: body.level ?? 'info',
        title: body.title,
        description: body.description ?? null,
        data: body.data ?? null,
        readAt: body.readAt ? Date.parse(body.readAt) : null,
        now: now(),
      });
      announceNotifications(parts, [id]);
      return reply.code(201).send(show(id));
    },
  );
}
