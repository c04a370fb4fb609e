import { randomUUID } from 'node:crypto';
import { Type } from 'typebox';
import type { Memory, MemoryFilter } from '#catalog/memories';
import {
  MemoriesQuery,
  MemoryCreateBody,
  MemoryResponse,
  MemoryStatistics,
  MemoryUpdateBody,
} from '#contract/memories';
import { BulkIdResult, idParams, idsBody, isoInstant } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { needs, type Scope } from '#contract/scopes';
import { addableAssets, inOrder } from '../album-assets.ts';
import type { GatewayApp } from '../app.ts';
import { uniqueIds, viewerOf } from '../asset-access.ts';
import { assetResponse } from '../asset-response.ts';
import type { Caller } from '../caller.ts';
import type { GatewayParts } from '../parts.ts';

/** More at once than any screen shows; those that clients ask for by day are a few dozen. */
const PAGE_SIZE = 1000;

/** `/memories`: photos of this day in years past. Ingest makes them; people keep, see and drop them. */
export function memoryRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, writer, now } = parts;

  const require = (caller: Caller, id: string, scope: Scope): Memory => {
    const memory = queries.memories.find(viewerOf(caller, now()), id.toLowerCase());
    if (!memory) throw new Problem('not_found_or_no_access', { scope });
    return memory;
  };
  const showAll = (caller: Caller, memories: readonly Memory[]): MemoryResponse[] => {
    const links = queries.memories.listAssets(memories.map(({ id }) => id));
    const rows = new Map(
      queries.assets.listByIds(uniqueIds(links.map(({ assetId }) => assetId))).map((row) => [row.id, row]),
    );
    return memories.map((memory) => ({
      ...facts(memory),
      assets: links
        .filter(({ memoryId, assetId }) => memoryId === memory.id && rows.has(assetId))
        .map(({ assetId }) =>
          assetResponse(rows.get(assetId)!, { viewerId: caller.user.id, withExif: true }),
        ),
    }));
  };
  const show = (caller: Caller, id: string): MemoryResponse =>
    showAll(caller, [require(caller, id, 'memory.read')])[0]!;
  const readFilter = (caller: Caller, query: MemoriesQuery): MemoryFilter => ({
    ownerId: caller.user.id,
    at: query.for === undefined ? null : readInstant(query.for),
    id: query.id?.toLowerCase() ?? null,
    isSaved: flag(query.isSaved),
    isTrashed: query.isTrashed ? 1 : 0,
    isUpcoming: flag(query.isUpcoming),
    now: now(),
  });

  app.get(
    '/api/memories',
    {
      config: { access: needs('memory.read') },
      schema: { querystring: MemoriesQuery, response: { 200: Type.Array(MemoryResponse) } },
    },
    async ({ query, caller }) => {
      const most = query.size ?? PAGE_SIZE;
      const page = { order: query.order ?? ('desc' as const), most, offset: ((query.page ?? 1) - 1) * most };
      return showAll(caller, queries.memories.list(readFilter(caller, query), page));
    },
  );

  app.get(
    '/api/memories/statistics',
    {
      config: { access: needs('memory.statistics') },
      schema: { querystring: MemoriesQuery, response: { 200: MemoryStatistics } },
    },
    async ({ query, caller }) => ({ total: queries.memories.count(readFilter(caller, query)) }),
  );

  app.post(
    '/api/memories',
    {
      config: { access: needs('memory.create') },
      schema: { body: MemoryCreateBody, response: { 201: MemoryResponse } },
    },
    async ({ body, caller }, reply) => {
      const id = randomUUID();
      const { addable } = addableAssets(parts, caller, body.assetIds ?? []);
      const instant = (text: string | undefined) => (text === undefined ? null : readInstant(text));
      const memory = {
        id,
        ownerId: caller.user.id,
        year: body.data.year,
        memoryAt: readInstant(body.memoryAt),
        showAt: instant(body.showAt),
        hideAt: instant(body.hideAt),
        seenAt: instant(body.seenAt),
        isSaved: body.isSaved ? 1 : 0,
      };
      await writer.memories.create(memory, addable, now());
      return reply.code(201).send(show(caller, id));
    },
  );

  app.get(
    '/api/memories/:id',
    {
      config: { access: needs('memory.read') },
      schema: { params: idParams, response: { 200: MemoryResponse } },
    },
    async ({ params, caller }) => show(caller, params.id),
  );

  app.put(
    '/api/memories/:id',
    {
      config: { access: needs('memory.update') },
      schema: { params: idParams, body: MemoryUpdateBody, response: { 200: MemoryResponse } },
    },
    async ({ params, body, caller }) => {
      const { id, ownerId } = require(caller, params.id, 'memory.update');
      await writer.memories.update({
        id,
        ownerId,
        ...(body.isSaved !== undefined && { isSaved: body.isSaved }),
        ...(body.seenAt !== undefined && { seenAt: readInstant(body.seenAt) }),
        ...(body.memoryAt !== undefined && { memoryAt: readInstant(body.memoryAt) }),
        now: now(),
      });
      return show(caller, id);
    },
  );

  app.delete(
    '/api/memories/:id',
    { config: { access: needs('memory.delete') }, schema: { params: idParams } },
    async ({ params, caller }, reply) => {
      await writer.memories.delete(require(caller, params.id, 'memory.delete').id, now());
      return reply.code(204).send();
    },
  );

  app.put(
    '/api/memories/:id/assets',
    {
      config: { access: needs('memoryAsset.create') },
      schema: { params: idParams, body: idsBody, response: { 200: Type.Array(BulkIdResult) } },
    },
    async ({ params, body, caller }) => {
      const { id } = require(caller, params.id, 'memoryAsset.create');
      const { addable, refused } = addableAssets(parts, caller, body.ids);
      const added = await writer.memories.addAssets({ id, assetIds: addable, now: now() });
      return inOrder(body.ids, [...refused, ...added]);
    },
  );

  app.delete(
    '/api/memories/:id/assets',
    {
      config: { access: needs('memoryAsset.delete') },
      schema: { params: idParams, body: idsBody, response: { 200: Type.Array(BulkIdResult) } },
    },
    async ({ params, body, caller }) => {
      const { id } = require(caller, params.id, 'memoryAsset.delete');
      const assetIds = uniqueIds(body.ids);
      return inOrder(body.ids, await writer.memories.removeAssets({ id, assetIds, now: now() }));
    },
  );
}

const flag = (value: boolean | undefined) => (value === undefined ? null : value ? 1 : 0);

/** Unix ms; a date alone is its beginning in UTC, which is how memories write their day. A leap second is none. */
function readInstant(text: string): number {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new Problem('timeline_query', { reason: `${text} is no date` });
  return at;
}

const facts = (memory: Memory): Omit<MemoryResponse, 'assets'> => ({
  id: memory.id,
  ownerId: memory.ownerId,
  type: memory.type,
  data: { year: memory.year },
  memoryAt: isoInstant(memory.memoryAt),
  isSaved: memory.isSaved === 1,
  createdAt: isoInstant(memory.createdAt),
  updatedAt: isoInstant(memory.updatedAt),
  ...(memory.showAt !== null && { showAt: isoInstant(memory.showAt) }),
  ...(memory.hideAt !== null && { hideAt: isoInstant(memory.hideAt) }),
  ...(memory.seenAt !== null && { seenAt: isoInstant(memory.seenAt) }),
  ...(memory.deletedAt !== null && { deletedAt: isoInstant(memory.deletedAt) }),
});
