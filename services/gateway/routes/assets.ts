import { Type } from 'typebox';
import type { AssetChange } from '#catalog/asset-edits';
import type { AssetRow } from '#catalog/assets';
import {
  AssetBulkUpdateBody,
  AssetCopyBody,
  AssetDeleteBody,
  AssetJobsBody,
  AssetResponse,
  AssetStatistics,
  AssetStatisticsQuery,
  AssetUpdateBody,
  StrippedAsset,
  UploadCheckBody,
  UploadCheckResponse,
} from '#contract/assets';
import { findMediaType } from '#contract/media-types';
import { idParams } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { needs } from '#contract/scopes';
import { readSystemConfig } from '#contract/system-config-values';
import type { GatewayApp } from '../app.ts';
import { requireElevationFor, requireOwned, requireReadable } from '../asset-access.ts';
import { copyAsset } from '../asset-copy.ts';
import { changesDate, type DateChange, newDates } from '../asset-dates.ts';
import { fillDetails } from '../asset-details.ts';
import { announceAlbums, announceHidden, announceLocked, announceUpdates } from '../asset-events.ts';
import { assetResponse } from '../asset-response.ts';
import { type Caller, isElevated } from '../caller.ts';
import { deleteForGood } from '../delete-assets.ts';
import type { GatewayParts } from '../parts.ts';
import { ValidationProblem } from '../plugins/validate.ts';
import { assetFor } from '../share-view.ts';

/** Assets changed in one transaction: uploads that wait for the writer meanwhile do not notice. */
const CHUNK = 500;

/** `/assets`: looking at photos and videos, and what their owner says about them. */
export function assetRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, writer, now, events } = parts;

  const find = (id: string): AssetRow => {
    const row = queries.assets.findById(id);
    if (!row) throw new Problem('not_found_or_no_access', { scope: 'asset.read' });
    return row;
  };
  const show = (caller: Caller, id: string): AssetResponse =>
    fillDetails(parts, caller.user.id, [
      assetResponse(find(id), {
        viewerId: caller.user.id,
        withExif: true,
        withPeople: true,
        withStack: true,
      }),
    ])[0]!;
  const change = async (ids: readonly string[], to: AssetChange, dates: DateChange): Promise<void> => {
    for (let at = 0; at < ids.length; at += CHUNK) {
      const chunk = ids.slice(at, at + CHUNK);
      if (changesDate(dates))
        await writer.assetEdits.setDates(newDates(queries.assets.listDates(chunk), dates), now());
      if (Object.keys(to).length > 0)
        announceAlbums(parts, await writer.assetEdits.update({ ids: chunk, change: to, now: now() }));
    }
    if (to.place) parts.wakeIngest();
    if (to.visibility === 'locked') announceLocked(parts, ids);
    announceUpdates(parts, ids);
  };

  app.get(
    '/api/assets/statistics',
    {
      config: { access: needs('asset.statistics') },
      schema: { querystring: AssetStatisticsQuery, response: { 200: AssetStatistics } },
    },
    async ({ query, caller }) => {
      requireElevationFor(query.visibility, caller, now());
      const counts = queries.assets.countByType({ ownerId: caller.user.id, ...query });
      if (query.visibility !== 'hidden' || isElevated(caller, now())) return counts;
      // The videos of live photos in the locked folder are not told, not even as a number.
      const locked = queries.access.countLockedParts(caller.user.id, query);
      return { ...counts, videos: counts.videos - locked, total: counts.total - locked };
    },
  );

  app.get(
    '/api/assets/:id',
    {
      config: { access: needs('asset.read', { share: true }) },
      schema: { params: idParams, response: { 200: Type.Union([AssetResponse, StrippedAsset]) } },
    },
    async ({ params, caller }) => {
      const [id] = requireReadable(parts, caller, [params.id], 'asset.read');
      const asset = assetFor(caller, find(id!), { withExif: true, withPeople: true, withStack: true });
      return fillDetails(parts, caller.user.id, [asset])[0]!;
    },
  );

  app.put(
    '/api/assets/:id',
    {
      config: { access: needs('asset.update') },
      schema: { params: idParams, body: AssetUpdateBody, response: { 200: AssetResponse } },
    },
    async ({ params, body, caller }) => {
      const id = requireOwned(parts, caller, [params.id], 'asset.update')[0]!;
      const to = readChange(body);
      if (body.livePhotoVideoId !== undefined) {
        const videoId = body.livePhotoVideoId?.toLowerCase() ?? null;
        if (videoId !== null) requireOwned(parts, caller, [videoId], 'asset.update');
        const isLinked = await writer.assetEdits.linkVideo({
          id,
          ownerId: caller.user.id,
          videoId,
          now: now(),
        });
        if (!isLinked) throw new Problem('live_video_invalid');
        if (videoId !== null) announceHidden(parts, videoId);
      }
      await change([id], to, body);
      return show(caller, id);
    },
  );

  app.put(
    '/api/assets',
    { config: { access: needs('asset.update') }, schema: { body: AssetBulkUpdateBody } },
    async ({ body, caller }, reply) => {
      const ids = requireOwned(parts, caller, body.ids, 'asset.update');
      await change(ids, readChange(body), body);
      return reply.code(204).send();
    },
  );

  app.delete(
    '/api/assets',
    { config: { access: needs('asset.delete') }, schema: { body: AssetDeleteBody } },
    async ({ body, caller }, reply) => {
      const ids = requireOwned(parts, caller, body.ids, 'asset.delete');
      const { trash } = readSystemConfig(queries.settings.find('systemConfig'));
      if (body.force || !trash.enabled)
        await deleteForGood(parts, caller.user.id, ids, { onlyTrashed: false });
      else
        for (let at = 0; at < ids.length; at += CHUNK) {
          const trashed = await writer.trash.put(ids.slice(at, at + CHUNK), now());
          if (trashed.length > 0) events.toUser(caller.user.id, 'on_asset_trash', trashed);
        }
      return reply.code(204).send();
    },
  );

  app.post(
    '/api/assets/bulk-upload-check',
    {
      config: { access: needs('asset.upload') },
      schema: { body: UploadCheckBody, response: { 200: UploadCheckResponse } },
    },
    async ({ body, caller }) => {
      const asked = body.assets.map(({ id, checksum }) => ({ id, checksum: readChecksum(checksum) }));
      // A photo whose file is gone from the drive is wanted again: its upload brings the file back. One in the locked
      // folder is told by its id, as the upload itself has to tell it (contract §3.3.3): whoever has its very bytes
      // learns no more, the id opens nothing, and the command line cannot do without one.
      const known = queries.assets.findByChecksums(
        caller.user.id,
        asked.map(({ checksum }) => checksum),
      );
      const results: UploadCheckResponse['results'] = asked.map(({ id, checksum }) => {
        const found = known.get(checksum);
        if (found)
          return {
            id,
            action: 'reject',
            reason: 'duplicate',
            assetId: found.id,
            isTrashed: found.isTrashed === 1,
          };
        if (isUnsupportedName(id)) return { id, action: 'reject', reason: 'unsupported-format' };
        return { id, action: 'accept' };
      });
      return { results };
    },
  );

  app.post(
    '/api/assets/jobs',
    { config: { access: needs('job.create') }, schema: { body: AssetJobsBody } },
    async ({ body, caller }, reply) => {
      const ids = requireOwned(parts, caller, body.assetIds, 'asset.update');
      // There are no faces to find yet: nothing to do is done at once.
      const kind =
        body.name === 'refresh-metadata'
          ? 'metadata'
          : body.name === 'regenerate-thumbnail'
            ? 'preview'
            : body.name === 'transcode-video'
              ? 'rendition'
              : null;
      if (kind) {
        for (let at = 0; at < ids.length; at += CHUNK)
          await writer.queues.enqueue({ kind, ids: ids.slice(at, at + CHUNK), now: now() });
        parts.wakeIngest();
      }
      return reply.code(204).send();
    },
  );

  app.put(
    '/api/assets/copy',
    { config: { access: needs('asset.copy') }, schema: { body: AssetCopyBody } },
    async ({ body, caller }, reply) => {
      await copyAsset(parts, caller, body);
      return reply.code(204).send();
    },
  );

  app.get(
    '/api/assets/:id/ocr',
    {
      config: { access: needs('asset.read') },
      // Text in pictures is not read yet, so no asset has any.
      schema: { params: idParams, response: { 200: Type.Array(Type.Never(), { maxItems: 0 }) } },
    },
    async ({ params, caller }) => {
      requireReadable(parts, caller, [params.id], 'asset.read');
      return [];
    },
  );
}

/** What of a body changes the asset itself; dates are worked out per asset. */
function readChange(body: AssetUpdateBody & Partial<Pick<AssetBulkUpdateBody, 'duplicateId'>>): AssetChange {
  const change: AssetChange = {};
  if (body.isFavorite !== undefined) change.isFavorite = body.isFavorite;
  if (body.visibility !== undefined) change.visibility = body.visibility;
  if (body.description !== undefined) change.description = body.description ?? '';
  if (body.rating !== undefined) change.rating = body.rating === 0 ? null : body.rating;
  if (body.duplicateId !== undefined) change.duplicateId = body.duplicateId;
  const { latitude, longitude } = body;
  if (latitude === undefined && longitude === undefined) return change;
  if (latitude === null && longitude === null) change.place = null;
  else if (typeof latitude === 'number' && typeof longitude === 'number')
    change.place = { latitude, longitude };
  else
    throw new ValidationProblem([
      {
        path: [latitude === undefined ? 'latitude' : 'longitude'],
        message: 'both coordinates belong together',
      },
    ]);
  return change;
}

/** A SHA-1 as base64, from either of its forms. */
function readChecksum(text: string): string {
  if (/^[0-9a-f]{40}$/i.test(text)) return Buffer.from(text, 'hex').toString('base64');
  if (/^[A-Za-z0-9+/]{27}=$/.test(text)) return text;
  throw new Problem('checksum_malformed');
}

/** Clients name what they ask about as they like, mostly by path: only a name that is one is judged. */
function isUnsupportedName(id: string): boolean {
  if (!/\.[a-z][a-z0-9]{1,4}$/i.test(id)) return false;
  const type = findMediaType(id);
  return type === undefined || type.kind === 'sidecar';
}
