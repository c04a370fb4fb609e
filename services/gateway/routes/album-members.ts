import { Type } from 'typebox';
import {
  AlbumResponse,
  AlbumRoleBody,
  AlbumsAddAssetsBody,
  AlbumsAddAssetsResponse,
  AlbumUsersBody,
  albumUserParams,
} from '#contract/albums';
import { BulkIdResult, idParams, idsBody } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { needs } from '#contract/scopes';
import { addableAssets, inOrder } from '../album-assets.ts';
import { albumResponse, readAlbum } from '../album-response.ts';
import type { GatewayApp } from '../app.ts';
import { requireAlbumRole, uniqueIds, viewerOf } from '../asset-access.ts';
import { announceAlbums } from '../asset-events.ts';
import { notifyAdded, notifyInvited } from '../notify.ts';
import type { GatewayParts } from '../parts.ts';
import { requireActiveUsers } from './albums.ts';

/** What is in an album, and who sees it. */
export function albumMemberRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, writer, now, events } = parts;

  app.put(
    '/api/albums/:id/assets',
    {
      config: { access: needs('albumAsset.create') },
      schema: { params: idParams, body: idsBody, response: { 200: Type.Array(BulkIdResult) } },
    },
    async ({ params, body, caller }) => {
      const albumId = params.id.toLowerCase();
      requireAlbumRole(parts, caller, albumId, 'editor', 'albumAsset.create');
      const { addable, refused } = addableAssets(parts, caller, body.ids);
      const added = await writer.albums.addAssets({
        albumId,
        assetIds: addable,
        userId: caller.user.id,
        now: now(),
      });
      if (added.some(({ success }) => success)) {
        announceAlbums(parts, [albumId]);
        await notifyAdded(parts, { albumId, by: caller.user });
      }
      return inOrder(body.ids, [...added, ...refused]);
    },
  );

  app.delete(
    '/api/albums/:id/assets',
    {
      config: { access: needs('albumAsset.delete') },
      schema: { params: idParams, body: idsBody, response: { 200: Type.Array(BulkIdResult) } },
    },
    async ({ params, body, caller }) => {
      const albumId = params.id.toLowerCase();
      const role = requireAlbumRole(parts, caller, albumId, 'viewer', 'albumAsset.delete');
      const ids = uniqueIds(body.ids);
      const contained = queries.albums.listContained(albumId, ids);
      // Editors take out what they put in of their own; the owner takes out anything.
      const removable =
        role === 'owner'
          ? contained
          : queries.access.listOwned(viewerOf(caller, now()), role === 'editor' ? [...contained] : []);
      const removed = await writer.albums.removeAssets({ albumId, assetIds: [...removable], now: now() });
      if (removed.some(({ success }) => success)) announceAlbums(parts, [albumId]);
      const refused = ids
        .filter((id) => !removable.has(id))
        .map(
          (id): BulkIdResult => ({
            id,
            success: false,
            error: contained.has(id) ? 'no_permission' : 'not_found',
          }),
        );
      return inOrder(body.ids, [...removed, ...refused]);
    },
  );

  app.put(
    '/api/albums/assets',
    {
      config: { access: needs('albumAsset.create') },
      schema: { body: AlbumsAddAssetsBody, response: { 200: AlbumsAddAssetsResponse } },
    },
    async ({ body, caller }): Promise<AlbumsAddAssetsResponse> => {
      const { addable, refused } = addableAssets(parts, caller, body.assetIds);
      const albumIds = uniqueIds(body.albumIds).filter((id) => {
        const role = queries.access.findAlbumRole(id, caller.user.id);
        return role === 'owner' || role === 'editor';
      });
      const changed: string[] = [];
      for (const albumId of albumIds) {
        const added = await writer.albums.addAssets({
          albumId,
          assetIds: addable,
          userId: caller.user.id,
          now: now(),
        });
        if (added.some(({ success }) => success)) changed.push(albumId);
      }
      announceAlbums(parts, changed);
      for (const albumId of changed) await notifyAdded(parts, { albumId, by: caller.user });
      if (changed.length > 0) return { success: true };
      const isRefused = albumIds.length === 0 || refused.length > 0;
      return { success: false, error: isRefused ? 'no_permission' : 'duplicate' };
    },
  );

  app.put(
    '/api/albums/:id/users',
    {
      config: { access: needs('albumUser.create') },
      schema: { params: idParams, body: AlbumUsersBody, response: { 200: AlbumResponse } },
    },
    async ({ params, body, caller }) => {
      const albumId = params.id.toLowerCase();
      requireAlbumRole(parts, caller, albumId, 'owner', 'albumUser.create');
      const users = body.albumUsers.map(({ userId, role }) => ({
        userId: userId.toLowerCase(),
        role: role ?? 'editor',
      }));
      requireActiveUsers(parts, users);
      const members = new Set(queries.albums.listMembers([albumId]).map(({ userId }) => userId));
      await writer.albums.addUsers({ albumId, users, now: now() });
      announceAlbums(parts, [albumId]);
      const invited = users.map(({ userId }) => userId).filter((userId) => !members.has(userId));
      await notifyInvited(parts, { albumId, by: caller.user, userIds: invited });
      return albumResponse(parts, (await readAlbum(parts, albumId))!, caller.user.id);
    },
  );

  app.put(
    '/api/albums/:id/user/:userId',
    {
      config: { access: needs('albumUser.update') },
      schema: { params: albumUserParams, body: AlbumRoleBody },
    },
    async ({ params, body, caller }, reply) => {
      const albumId = params.id.toLowerCase();
      requireAlbumRole(parts, caller, albumId, 'owner', 'albumUser.update');
      const userId = params.userId === 'me' ? caller.user.id : params.userId.toLowerCase();
      if (!(await writer.albums.setRole({ albumId, userId, role: body.role, now: now() })))
        throw new Problem('not_found_or_no_access', { scope: 'albumUser.update' });
      announceAlbums(parts, [albumId]);
      return reply.code(204).send();
    },
  );

  app.delete(
    '/api/albums/:id/user/:userId',
    { config: { access: needs('albumUser.delete') }, schema: { params: albumUserParams } },
    async ({ params, caller }, reply) => {
      const albumId = params.id.toLowerCase();
      const userId = params.userId === 'me' ? caller.user.id : params.userId.toLowerCase();
      // Everybody may leave; only the owner sends others away, and the owner cannot leave.
      const isLeaving = userId === caller.user.id;
      requireAlbumRole(parts, caller, albumId, isLeaving ? 'viewer' : 'owner', 'albumUser.delete');
      if (!(await writer.albums.removeUser({ albumId, userId, now: now() })))
        throw new Problem('not_found_or_no_access', { scope: 'albumUser.delete' });
      announceAlbums(parts, [albumId]);
      events.toUser(userId, 'on_album_update', albumId);
      return reply.code(204).send();
    },
  );
}
