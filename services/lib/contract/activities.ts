import { type Static, Type } from 'typebox';
import { Id, Instant, Nullable } from './primitives.ts';
import { UserResponse } from './users.ts';

const ReactionType = Type.Union([Type.Literal('like'), Type.Literal('comment')]);

export const ActivityResponse = Type.Object({
  id: Id,
  type: ReactionType,
  /** Null for likes. */
  comment: Nullable(Type.String()),
  /** Null: about the album itself. */
  assetId: Nullable(Id),
  createdAt: Instant,
  user: UserResponse,
});
export type ActivityResponse = Static<typeof ActivityResponse>;

export const ActivityListQuery = Type.Object({
  albumId: Id,
  assetId: Type.Optional(Id),
  type: Type.Optional(ReactionType),
  level: Type.Optional(Type.Union([Type.Literal('album'), Type.Literal('asset')])),
  userId: Type.Optional(Id),
});

export const ActivityCreateBody = Type.Object({
  albumId: Id,
  assetId: Type.Optional(Nullable(Id)),
  type: ReactionType,
  comment: Type.Optional(Nullable(Type.String({ maxLength: 10_000 }))),
});

export const ActivityStatisticsQuery = Type.Object({ albumId: Id, assetId: Type.Optional(Id) });
export const ActivityStatistics = Type.Object({ comments: Type.Integer(), likes: Type.Integer() });
