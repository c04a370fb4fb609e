import { randomUUID } from 'node:crypto';
import { Type } from 'typebox';
import type { Stack } from '#catalog/stacks';
import { idParams, idsBody } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { needs, type Scope } from '#contract/scopes';
import {
  StackCreateBody,
  StackListQuery,
  StackResponse,
  StackUpdateBody,
  stackAssetParams,
} from '#contract/stacks';
import type { GatewayApp } from '../app.ts';
import { requireOwned, uniqueIds } from '../asset-access.ts';
import { assetResponse } from '../asset-response.ts';
import type { Caller } from '../caller.ts';
import type { GatewayParts } from '../parts.ts';

/** `/stacks`: photos of one moment that lie on top of each other. */
export function stackRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, writer, now, events } = parts;

  const require = (caller: Caller, id: string, scope: Scope): Stack => {
    const stack = queries.stacks.findById(id.toLowerCase());
    if (stack?.ownerId !== caller.user.id) throw new Problem('not_found_or_no_access', { scope });
    return stack;
  };
  const show = (caller: Caller, { id }: { id: string }): StackResponse => {
    const stack = require(caller, id, 'stack.read');
    const rows = queries.assets.listByIds(queries.stacks.listMembers(stack.id));
    return {
      id: stack.id,
      primaryAssetId: stack.primaryAssetId,
      assets: rows.map((row) => assetResponse(row, { viewerId: caller.user.id, withExif: true })),
    };
  };
  const announce = (caller: Caller) => events.toUser(caller.user.id, 'on_asset_stack_update');

  app.get(
    '/api/stacks',
    {
      config: { access: needs('stack.read') },
      schema: { querystring: StackListQuery, response: { 200: Type.Array(StackResponse) } },
    },
    async ({ query, caller }) =>
      queries.stacks
        .listByOwner(caller.user.id, query.primaryAssetId?.toLowerCase() ?? null)
        .map((stack) => show(caller, stack)),
  );

  app.post(
    '/api/stacks',
    {
      config: { access: needs('stack.create') },
      schema: { body: StackCreateBody, response: { 201: StackResponse } },
    },
    async ({ body, caller }, reply) => {
      const assetIds = requireOwned(parts, caller, body.assetIds, 'asset.update');
      if (assetIds.length < 2) throw new Problem('stack_too_small');
      // What goes into the locked folder leaves its stack, and nothing in there comes into one.
      if (queries.access.listShown(assetIds).size !== assetIds.length)
        throw new Problem('not_found_or_no_access', { scope: 'asset.update' });
      const id = randomUUID();
      await writer.stacks.create({ id, ownerId: caller.user.id, assetIds, now: now() });
      announce(caller);
      return reply.code(201).send(show(caller, { id }));
    },
  );

  app.delete(
    '/api/stacks',
    { config: { access: needs('stack.delete') }, schema: { body: idsBody } },
    async ({ body, caller }, reply) => {
      const stacks = uniqueIds(body.ids).map((id) => require(caller, id, 'stack.delete'));
      for (const { id } of stacks) await writer.stacks.dissolve(id, now());
      announce(caller);
      return reply.code(204).send();
    },
  );

  app.get(
    '/api/stacks/:id',
    {
      config: { access: needs('stack.read') },
      schema: { params: idParams, response: { 200: StackResponse } },
    },
    async ({ params, caller }) => show(caller, params),
  );

  app.put(
    '/api/stacks/:id',
    {
      config: { access: needs('stack.update') },
      schema: { params: idParams, body: StackUpdateBody, response: { 200: StackResponse } },
    },
    async ({ params, body, caller }) => {
      const { id } = require(caller, params.id, 'stack.update');
      if (body.primaryAssetId !== undefined) {
        const primaryAssetId = body.primaryAssetId.toLowerCase();
        if (!(await writer.stacks.setPrimary({ id, primaryAssetId, now: now() })))
          throw new Problem('not_found_or_no_access', { scope: 'stack.update' });
        announce(caller);
      }
      return show(caller, { id });
    },
  );

  app.delete(
    '/api/stacks/:id',
    { config: { access: needs('stack.delete') }, schema: { params: idParams } },
    async ({ params, caller }, reply) => {
      const { id } = require(caller, params.id, 'stack.delete');
      await writer.stacks.dissolve(id, now());
      announce(caller);
      return reply.code(204).send();
    },
  );

  app.delete(
    '/api/stacks/:id/assets/:assetId',
    { config: { access: needs('stack.update') }, schema: { params: stackAssetParams } },
    async ({ params, caller }, reply) => {
      const { id } = require(caller, params.id, 'stack.update');
      const assetId = params.assetId.toLowerCase();
      if (!queries.stacks.listMembers(id).includes(assetId))
        throw new Problem('not_found_or_no_access', { scope: 'stack.update' });
      await writer.stacks.leave(assetId, now());
      announce(caller);
      return reply.code(204).send();
    },
  );
}
