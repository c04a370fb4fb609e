import { type Static, Type } from 'typebox';
import { Id, Ids, Instant, Nullable } from './primitives.ts';

export const TagResponse = Type.Object({
  id: Id,
  /** The last part of `value`. */
  name: Type.String(),
  /** The whole path, `family/trips/lake`. */
  value: Type.String(),
  createdAt: Instant,
  updatedAt: Instant,
  /** Absent at the top. */
  parentId: Type.Optional(Id),
  color: Type.Optional(Type.String()),
});
export type TagResponse = Static<typeof TagResponse>;

const Path = Type.String({ minLength: 1, maxLength: 1000 });
/** `#rgb`, `#rrggbb` or with an alpha; '' is how some clients say none. */
const Color = Type.Optional(
  Nullable(Type.String({ pattern: '^$|^#?([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$' })),
);

export const TagCreateBody = Type.Object({
  name: Path,
  parentId: Type.Optional(Nullable(Id)),
  color: Color,
});
export const TagUpdateBody = Type.Object({ name: Type.Optional(Path), color: Color });
export const TagUpsertBody = Type.Object({ tags: Type.Array(Path, { maxItems: 1000 }) });
export const TagsAssetsBody = Type.Object({
  tagIds: Type.Array(Id, { maxItems: 1000 }),
  assetIds: Ids,
});
/** How many assets got a tag that they did not have. */
export const TagsAssetsResponse = Type.Object({ count: Type.Integer() });
