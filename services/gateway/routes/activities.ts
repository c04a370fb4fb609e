import { randomUUID } from 'node:crypto';
import { Type } from 'typebox';
import type { Activity } from '#catalog/activities';
import {
  ActivityCreateBody,
  ActivityListQuery,
  ActivityResponse,
  ActivityStatistics,
  ActivityStatisticsQuery,
} from '#contract/activities';
import { idParams, isoInstant } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { needs } from '#contract/scopes';
import type { GatewayApp } from '../app.ts';
import { requireAlbumRole, requireReadable } from '../asset-access.ts';
import type { GatewayParts } from '../parts.ts';
import { userResponse } from '../user-response.ts';

/**
 * `/activities`: comments and likes on albums and the photos in them, for their members (contract §3.5.10).
 * Where they are switched off nothing is added; what was said before can be read and taken back.
 */
export function activityRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, writer, now } = parts;
  const show = (activity: Activity): ActivityResponse => ({
    id: activity.id,
    type: activity.type,
    comment: activity.comment,
    assetId: activity.assetId,
    createdAt: isoInstant(activity.createdAt),
    // Authors are rows of user by foreign key, so each is there.
    user: userResponse(queries.users.findById(activity.userId)!),
  });

  app.get(
    '/api/activities',
    {
      config: { access: needs('activity.read') },
      schema: { querystring: ActivityListQuery, response: { 200: Type.Array(ActivityResponse) } },
    },
    async ({ query, caller }) => {
      const albumId = query.albumId.toLowerCase();
      requireAlbumRole(parts, caller, albumId, 'viewer', 'activity.read');
      return queries.activities
        .list({
          albumId,
          assetId: query.assetId?.toLowerCase() ?? null,
          type: query.type ?? null,
          level: query.level ?? null,
          userId: query.userId?.toLowerCase() ?? null,
        })
        .map(show);
    },
  );

  app.post(
    '/api/activities',
    {
      config: { access: needs('activity.create') },
      schema: { body: ActivityCreateBody, response: { 200: ActivityResponse, 201: ActivityResponse } },
    },
    async ({ body, caller }, reply) => {
      const albumId = body.albumId.toLowerCase();
      requireAlbumRole(parts, caller, albumId, 'viewer', 'activity.create');
      if (queries.albums.findById(albumId)?.isActivityEnabled !== 1) throw new Problem('activity_disabled');
      const comment = body.comment?.trim() || null;
      if ((body.type === 'comment') !== (comment !== null)) throw new Problem('comment_missing');
      let assetId: string | null = null;
      if (body.assetId) {
        assetId = requireReadable(parts, caller, [body.assetId], 'activity.create')[0]!;
        if (!queries.albums.listContained(albumId, [assetId]).has(assetId))
          throw new Problem('not_found_or_no_access', { scope: 'activity.create' });
      }
      const id = randomUUID();
      const activity = await writer.activities.create({
        id,
        albumId,
        assetId,
        userId: caller.user.id,
        type: body.type,
        comment,
        createdAt: now(),
      });
      return reply.code(activity.id === id ? 201 : 200).send(show(activity));
    },
  );

  app.get(
    '/api/activities/statistics',
    {
      config: { access: needs('activity.statistics') },
      schema: { querystring: ActivityStatisticsQuery, response: { 200: ActivityStatistics } },
    },
    async ({ query, caller }) => {
      const albumId = query.albumId.toLowerCase();
      requireAlbumRole(parts, caller, albumId, 'viewer', 'activity.statistics');
      return queries.activities.count({ albumId, assetId: query.assetId?.toLowerCase() ?? null });
    },
  );

  app.delete(
    '/api/activities/:id',
    { config: { access: needs('activity.delete') }, schema: { params: idParams } },
    async ({ params, caller }, reply) => {
      const activity = queries.activities.findById(params.id.toLowerCase());
      const isAllowed =
        activity &&
        (activity.userId === caller.user.id ||
          queries.access.findAlbumRole(activity.albumId, caller.user.id) === 'owner');
      if (!isAllowed) throw new Problem('not_found_or_no_access', { scope: 'activity.delete' });
      await writer.activities.delete(activity.id);
      return reply.code(204).send();
    },
  );
}
