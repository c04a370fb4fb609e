import { Type } from 'typebox';
import type { Duplicate } from '#catalog/duplicates';
import { DuplicateGroup, DuplicateResolveBody } from '#contract/duplicates';
import { BulkIdResult, idParams, idsBody } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { needs } from '#contract/scopes';
import type { GatewayApp } from '../app.ts';
import { requireOwned, uniqueIds } from '../asset-access.ts';
import { announceUpdates } from '../asset-events.ts';
import { assetResponse } from '../asset-response.ts';
import type { Caller } from '../caller.ts';
import type { GatewayParts } from '../parts.ts';

/**
 * `/duplicates`: groups of photos that look alike. Nothing here finds any yet, and equal files are never kept
 * twice: the groups are those that clients made with `duplicateId`.
 */
export function duplicateRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, reader, writer, now, events } = parts;

  /** Takes assets out of their groups. */
  const release = async (assetIds: string[]): Promise<void> => {
    if (assetIds.length === 0) return;
    await writer.assetEdits.update({ ids: assetIds, change: { duplicateId: null }, now: now() });
    announceUpdates(parts, assetIds);
  };
  const dismiss = async (caller: Caller, asked: readonly string[]): Promise<void> => {
    const ids = uniqueIds(asked);
    const members = await reader.duplicates.list(caller.user.id, ids);
    if (new Set(members.map(({ duplicateId }) => duplicateId)).size < ids.length)
      throw new Problem('not_found_or_no_access', { scope: 'duplicate.delete' });
    await release(members.map(({ assetId }) => assetId));
  };

  const show = (caller: Caller, duplicateId: string, members: readonly Duplicate[]): DuplicateGroup => ({
    duplicateId,
    assets: queries.assets
      .listByIds(members.map(({ assetId }) => assetId))
      .map((row) => assetResponse(row, { viewerId: caller.user.id, withExif: true })),
    // The largest file has lost the least on its way here.
    suggestedKeepAssetIds: members.slice(0, 1).map(({ assetId }) => assetId),
  });

  app.get(
    '/api/duplicates',
    {
      config: { access: needs('duplicate.read') },
      schema: { response: { 200: Type.Array(DuplicateGroup) } },
    },
    async ({ caller }) => {
      const groups = Map.groupBy(
        await reader.duplicates.list(caller.user.id, null),
        ({ duplicateId }) => duplicateId,
      );
      return [...groups]
        .filter(([, members]) => members.length > 1)
        .map(([id, members]) => show(caller, id, members));
    },
  );

  app.delete(
    '/api/duplicates',
    { config: { access: needs('duplicate.delete') }, schema: { body: idsBody } },
    async ({ body, caller }, reply) => {
      await dismiss(caller, body.ids);
      return reply.code(204).send();
    },
  );

  app.delete(
    '/api/duplicates/:id',
    { config: { access: needs('duplicate.delete') }, schema: { params: idParams } },
    async ({ params, caller }, reply) => {
      await dismiss(caller, [params.id]);
      return reply.code(204).send();
    },
  );

  app.post(
    '/api/duplicates/resolve',
    {
      config: { access: needs('duplicate.delete') },
      schema: { body: DuplicateResolveBody, response: { 200: Type.Array(BulkIdResult) } },
    },
    async ({ body, caller }) => {
      const all = body.groups.flatMap(({ keepAssetIds, trashAssetIds }) => [
        ...keepAssetIds,
        ...trashAssetIds,
      ]);
      requireOwned(parts, caller, all, 'asset.update');
      const known = Map.groupBy(
        await reader.duplicates.list(
          caller.user.id,
          uniqueIds(body.groups.map(({ duplicateId }) => duplicateId)),
        ),
        ({ duplicateId }) => duplicateId,
      );
      const results: BulkIdResult[] = [];
      for (const group of body.groups) {
        const id = group.duplicateId.toLowerCase();
        const members = new Set(known.get(id)?.map(({ assetId }) => assetId));
        const trash = uniqueIds(group.trashAssetIds);
        const keep = uniqueIds(group.keepAssetIds);
        // A photo that somebody put elsewhere meanwhile is not thrown away on the word of an old page.
        const isRight = members.size > 0 && [...trash, ...keep].every((one) => members.has(one));
        results.push(isRight ? { id, success: true } : { id, success: false, error: 'not_found' });
        if (!isRight) continue;
        const trashed = await writer.trash.put(
          trash.filter((one) => !keep.includes(one)),
          now(),
        );
        if (trashed.length > 0) events.toUser(caller.user.id, 'on_asset_trash', trashed);
        await release([...members]);
      }
      return results;
    },
  );
}
