import { randomUUID } from 'node:crypto';
import { Type } from 'typebox';
import type { AlbumChange } from '#catalog/album-changes';
import { ANY_TIME } from '#catalog/markers';
import {
  AlbumCreateBody,
  AlbumListQuery,
  AlbumQuery,
  AlbumResponse,
  AlbumStatistics,
  AlbumUpdateBody,
} from '#contract/albums';
import { idParams } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { needs } from '#contract/scopes';
import { MapMarker } from '#contract/timeline';
import { addableAssets } from '../album-assets.ts';
import { albumResponses, readAlbum } from '../album-response.ts';
import type { GatewayApp } from '../app.ts';
import { hidesMetadata, requireAlbumRole, requireReadable } from '../asset-access.ts';
import { announceAlbums } from '../asset-events.ts';
import type { Caller } from '../caller.ts';
import { clientProfile } from '../client-profile.ts';
import { sendLong } from '../long-list.ts';
import { markerStream } from '../marker-stream.ts';
import { notifyInvited } from '../notify.ts';
import type { GatewayParts } from '../parts.ts';
import { albumFor, assetFor, listAssets } from '../share-view.ts';

/** `/albums`: making, listing, editing and deleting them. What is in them and who: album-members.ts. */
export function albumRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, writer, reader, now } = parts;

  const show = async (caller: Caller, id: string): Promise<AlbumResponse> => {
    const album = await readAlbum(parts, id);
    if (!album) throw new Problem('not_found_or_no_access', { scope: 'album.read' });
    return albumFor(parts, caller, album);
  };

  app.get(
    '/api/albums',
    {
      config: { access: needs('album.read') },
      schema: { querystring: AlbumListQuery, response: { 200: Type.Array(AlbumResponse) } },
    },
    async ({ query, caller }) => {
      if (query.assetId !== undefined) requireReadable(parts, caller, [query.assetId], 'asset.read');
      const { shared, id, assetId, ...rest } = query;
      const albums = await reader.albums.list({
        userId: caller.user.id,
        // 2.7 asks for its own unshared ones by `shared=false`.
        ...(shared === undefined ? {} : { isShared: shared, ...(shared ? {} : { isOwned: true }) }),
        ...rest,
        ...(id === undefined ? {} : { id: id.toLowerCase() }),
        ...(assetId === undefined ? {} : { assetId: assetId.toLowerCase() }),
      });
      return albumResponses(parts, albums, caller.user.id);
    },
  );

  app.post(
    '/api/albums',
    {
      config: { access: needs('album.create') },
      schema: { body: AlbumCreateBody, response: { 201: AlbumResponse } },
    },
    async ({ body, caller }, reply) => {
      const id = randomUUID();
      const users = (body.albumUsers ?? []).map(({ userId, role }) => ({
        userId: userId.toLowerCase(),
        role,
      }));
      requireActiveUsers(parts, users);
      const { addable } = addableAssets(parts, caller, body.assetIds ?? []);
      await writer.albums.create({
        id,
        ownerId: caller.user.id,
        name: body.albumName,
        description: body.description ?? '',
        assetIds: addable,
        users: users.filter(({ userId }) => userId !== caller.user.id),
        now: now(),
      });
      announceAlbums(parts, [id]);
      const invited = users.map(({ userId }) => userId).filter((userId) => userId !== caller.user.id);
      await notifyInvited(parts, { albumId: id, by: caller.user, userIds: invited });
      return reply.code(201).send(await show(caller, id));
    },
  );

  app.get(
    '/api/albums/statistics',
    { config: { access: needs('album.statistics') }, schema: { response: { 200: AlbumStatistics } } },
    async ({ caller }) => queries.albums.countByKind(caller.user.id),
  );

  app.get(
    '/api/albums/:id',
    {
      config: { access: needs('album.read', { share: true }) },
      schema: { params: idParams, querystring: AlbumQuery, response: { 200: AlbumResponse } },
    },
    async (request, reply) => {
      const { params, query, caller, headers } = request;
      const id = params.id.toLowerCase();
      requireAlbumRole(parts, caller, id, 'viewer', 'album.read');
      const album = await show(caller, id);
      if (clientProfile(headers['user-agent']) === 'v3' || query.withoutAssets) return album;
      // Apps of 2.7 get the photos with the album unless they do without.
      const ids = await reader.albums.listAssetIds(id);
      const assets = listAssets(parts, ids, (row) => assetFor(caller, row, {}));
      return sendLong(request, reply, { ...album, assets });
    },
  );

  app.patch(
    '/api/albums/:id',
    {
      config: { access: needs('album.update') },
      schema: { params: idParams, body: AlbumUpdateBody, response: { 200: AlbumResponse } },
    },
    async ({ params, body, caller }) => {
      const id = params.id.toLowerCase();
      requireAlbumRole(parts, caller, id, 'editor', 'album.update');
      const change: AlbumChange = {};
      if (body.albumName !== undefined) change.name = body.albumName;
      if (body.description !== undefined) change.description = body.description ?? '';
      if (body.isActivityEnabled !== undefined) change.isActivityEnabled = body.isActivityEnabled;
      if (body.order !== undefined) change.sortOrder = body.order;
      if (body.albumThumbnailAssetId !== undefined) {
        const coverAssetId = body.albumThumbnailAssetId.toLowerCase();
        if (!queries.albums.listContained(id, [coverAssetId]).has(coverAssetId))
          throw new Problem('not_found_or_no_access', { scope: 'album.update' });
        change.coverAssetId = coverAssetId;
      }
      await writer.albums.update({ id, change, now: now() });
      announceAlbums(parts, [id]);
      return show(caller, id);
    },
  );

  app.delete(
    '/api/albums/:id',
    { config: { access: needs('album.delete') }, schema: { params: idParams } },
    async ({ params, caller }, reply) => {
      const id = params.id.toLowerCase();
      requireAlbumRole(parts, caller, id, 'owner', 'album.delete');
      const members = queries.albums.listMembers([id]);
      await writer.albums.delete(id);
      for (const { userId } of members) parts.events.toUser(userId, 'on_album_update', id);
      return reply.code(204).send();
    },
  );

  app.get(
    '/api/albums/:id/map-markers',
    {
      config: { access: needs('album.read', { share: true }) },
      schema: { params: idParams, response: { 200: Type.Array(MapMarker) } },
    },
    async ({ params, caller }, reply) => {
      const id = params.id.toLowerCase();
      requireAlbumRole(parts, caller, id, 'viewer', 'album.read');
      // Where something was is metadata.
      if (hidesMetadata(caller)) return [];
      const markers = markerStream(parts, { users: [], albums: [{ albumId: id, ...ANY_TIME }] });
      return reply.type('application/json; charset=utf-8').send(markers as never);
    },
  );
}

/** Refuses to share with somebody who has no account here. */
export function requireActiveUsers({ queries }: GatewayParts, users: readonly { userId: string }[]): void {
  for (const { userId } of users) {
    const user = queries.users.findById(userId);
    if (!user || user.deletedAt !== null) throw new Problem('not_found_or_no_access', { scope: 'user.read' });
  }
}
