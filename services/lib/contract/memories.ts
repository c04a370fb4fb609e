import { type Static, Type } from 'typebox';
import { AssetResponse } from './assets.ts';
import { Id, Ids, Instant } from './primitives.ts';

const MemoryType = Type.Literal('on_this_day');
const MemoryData = Type.Object({ year: Type.Integer({ minimum: 1, maximum: 9999 }) });

export const MemoryResponse = Type.Object({
  id: Id,
  ownerId: Id,
  type: MemoryType,
  data: MemoryData,
  /** The day it tells of. */
  memoryAt: Instant,
  isSaved: Type.Boolean(),
  createdAt: Instant,
  updatedAt: Instant,
  /** When it is to be shown; absent is open. */
  showAt: Type.Optional(Instant),
  hideAt: Type.Optional(Instant),
  seenAt: Type.Optional(Instant),
  deletedAt: Type.Optional(Instant),
  assets: Type.Array(AssetResponse),
});
export type MemoryResponse = Static<typeof MemoryResponse>;

export const MemoriesQuery = Type.Object({
  /** A date, or an instant on that day: memories shown then. */
  for: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}([T ].*)?$' })),
  id: Type.Optional(Id),
  type: Type.Optional(MemoryType),
  isSaved: Type.Optional(Type.Boolean()),
  isTrashed: Type.Optional(Type.Boolean()),
  /** True: those whose time comes only after now. */
  isUpcoming: Type.Optional(Type.Boolean()),
  order: Type.Optional(Type.Union([Type.Literal('asc'), Type.Literal('desc'), Type.Literal('random')])),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  size: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
});
export type MemoriesQuery = Static<typeof MemoriesQuery>;

export const MemoryCreateBody = Type.Object({
  type: MemoryType,
  data: MemoryData,
  memoryAt: Instant,
  assetIds: Type.Optional(Ids),
  isSaved: Type.Optional(Type.Boolean()),
  seenAt: Type.Optional(Instant),
  showAt: Type.Optional(Instant),
  hideAt: Type.Optional(Instant),
});
export const MemoryUpdateBody = Type.Object({
  isSaved: Type.Optional(Type.Boolean()),
  seenAt: Type.Optional(Instant),
  memoryAt: Type.Optional(Instant),
});
export const MemoryStatistics = Type.Object({ total: Type.Integer() });
