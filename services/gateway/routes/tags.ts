import { Type } from 'typebox';
import { BulkIdResult, idParams, idsBody } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { needs, type Scope } from '#contract/scopes';
import {
  TagCreateBody,
  TagResponse,
  TagsAssetsBody,
  TagsAssetsResponse,
  TagUpdateBody,
  TagUpsertBody,
} from '#contract/tags';
import { inOrder } from '../album-assets.ts';
import type { GatewayApp } from '../app.ts';
import { uniqueIds, viewerOf } from '../asset-access.ts';
import { announceUpdates } from '../asset-events.ts';
import type { Caller } from '../caller.ts';
import type { GatewayParts } from '../parts.ts';
import { tagResponse } from '../tag-response.ts';

/** Assets tagged in one transaction: uploads that wait for the writer meanwhile do not notice. */
const CHUNK = 500;

/** `/tags`: words under which people file their photos, in a tree. */
export function tagRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, writer, now } = parts;

  const requireOwn = (caller: Caller, id: string, scope: Scope): string => {
    const tag = queries.tags.findOwned(caller.user.id, id.toLowerCase());
    if (!tag) throw new Problem('not_found_or_no_access', { scope });
    return tag.id;
  };
  /** Which of the assets named are the caller's to tag, and the answers for the others. */
  const divide = (caller: Caller, asked: readonly string[]) => {
    const ids = uniqueIds(asked);
    const owned = queries.access.listOwned(viewerOf(caller, now()), ids);
    return {
      own: ids.filter((id) => owned.has(id)),
      refused: ids
        .filter((id) => !owned.has(id))
        .map((id): BulkIdResult => ({ id, success: false, error: 'no_permission' })),
    };
  };
  /** Adds or removes in parts, and answers for each asset named. */
  const change = async (
    caller: Caller,
    asked: readonly string[],
    work: (ids: string[]) => Promise<BulkIdResult[]>,
  ): Promise<BulkIdResult[]> => {
    const { own, refused } = divide(caller, asked);
    const results = [...refused];
    for (let at = 0; at < own.length; at += CHUNK) results.push(...(await work(own.slice(at, at + CHUNK))));
    announceUpdates(
      parts,
      results.filter(({ success }) => success).map(({ id }) => id),
    );
    return inOrder(asked, results);
  };

  app.get(
    '/api/tags',
    { config: { access: needs('tag.read') }, schema: { response: { 200: Type.Array(TagResponse) } } },
    async ({ caller }) => queries.tags.list(viewerOf(caller, now())).map(tagResponse),
  );

  app.post(
    '/api/tags',
    {
      config: { access: needs('tag.create') },
      schema: { body: TagCreateBody, response: { 201: TagResponse } },
    },
    async ({ body, caller }, reply) => {
      const parentId = body.parentId ? requireOwn(caller, body.parentId, 'tag.read') : null;
      const tag = await writer.tags.create({
        ownerId: caller.user.id,
        parentId,
        name: body.name,
        color: body.color || null,
        now: now(),
      });
      return reply.code(201).send(tagResponse(tag));
    },
  );

  app.put(
    '/api/tags',
    {
      config: { access: needs('tag.create') },
      schema: { body: TagUpsertBody, response: { 200: Type.Array(TagResponse) } },
    },
    async ({ body, caller }) => {
      const tags = await writer.tags.upsert({ ownerId: caller.user.id, values: body.tags, now: now() });
      return tags.map(tagResponse);
    },
  );

  app.put(
    '/api/tags/assets',
    {
      config: { access: needs('tag.asset') },
      schema: { body: TagsAssetsBody, response: { 200: TagsAssetsResponse } },
    },
    async ({ body, caller }) => {
      const tagIds = uniqueIds(body.tagIds).map((id) => requireOwn(caller, id, 'tag.asset'));
      const { own } = divide(caller, body.assetIds);
      let count = 0;
      for (let at = 0; at < own.length; at += CHUNK)
        count += await writer.tags.addToAll({ tagIds, assetIds: own.slice(at, at + CHUNK) });
      announceUpdates(parts, own);
      return { count };
    },
  );

  app.get(
    '/api/tags/:id',
    {
      config: { access: needs('tag.read') },
      schema: { params: idParams, response: { 200: TagResponse } },
    },
    async ({ params, caller }) => {
      const tag = queries.tags.find(viewerOf(caller, now()), params.id.toLowerCase());
      if (!tag) throw new Problem('not_found_or_no_access', { scope: 'tag.read' });
      return tagResponse(tag);
    },
  );

  app.put(
    '/api/tags/:id',
    {
      config: { access: needs('tag.update') },
      schema: { params: idParams, body: TagUpdateBody, response: { 200: TagResponse } },
    },
    async ({ params, body, caller }) => {
      const tag = await writer.tags.update({
        id: requireOwn(caller, params.id, 'tag.update'),
        ...(body.name !== undefined && { name: body.name }),
        ...(body.color !== undefined && { color: body.color || null }),
        now: now(),
      });
      return tagResponse(tag);
    },
  );

  app.delete(
    '/api/tags/:id',
    { config: { access: needs('tag.delete') }, schema: { params: idParams } },
    async ({ params, caller }, reply) => {
      await writer.tags.delete(requireOwn(caller, params.id, 'tag.delete'));
      return reply.code(204).send();
    },
  );

  app.put(
    '/api/tags/:id/assets',
    {
      config: { access: needs('tag.asset') },
      schema: { params: idParams, body: idsBody, response: { 200: Type.Array(BulkIdResult) } },
    },
    async ({ params, body, caller }) => {
      const id = requireOwn(caller, params.id, 'tag.asset');
      return change(caller, body.ids, (ids) => writer.tags.add(id, ids));
    },
  );

  app.delete(
    '/api/tags/:id/assets',
    {
      config: { access: needs('tag.asset') },
      schema: { params: idParams, body: idsBody, response: { 200: Type.Array(BulkIdResult) } },
    },
    async ({ params, body, caller }) => {
      const id = requireOwn(caller, params.id, 'tag.asset');
      return change(caller, body.ids, (ids) => writer.tags.remove(id, ids));
    },
  );
}
