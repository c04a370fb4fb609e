import { type Static, Type } from 'typebox';
import { Id, Instant, Nullable } from './primitives.ts';

const BirthDate = Type.String({ format: 'date' });

export const PersonResponse = Type.Object({
  id: Id,
  /** '' is unnamed. */
  name: Type.String(),
  birthDate: Nullable(BirthDate),
  /** Clients ask for the picture by the person's id and look at this no more. */
  thumbnailPath: Type.String(),
  isHidden: Type.Boolean(),
  isFavorite: Type.Boolean(),
  color: Type.Optional(Type.String()),
  updatedAt: Instant,
});
export type PersonResponse = Static<typeof PersonResponse>;

export const PeopleQuery = Type.Object({
  withHidden: Type.Optional(Type.Boolean()),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  size: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
});
export const PeopleResponse = Type.Object({
  people: Type.Array(PersonResponse),
  /** All of them, hidden or not, on all pages. */
  total: Type.Integer(),
  hidden: Type.Integer(),
  hasNextPage: Type.Boolean(),
});

/** Absent keeps, null clears. */
const fields = {
  name: Type.Optional(Type.String({ maxLength: 1000 })),
  birthDate: Type.Optional(Nullable(BirthDate)),
  isHidden: Type.Optional(Type.Boolean()),
  isFavorite: Type.Optional(Type.Boolean()),
  color: Type.Optional(Nullable(Type.String({ maxLength: 64 }))),
};
const change = {
  ...fields,
  /** A photo that this person's face is on, to be their picture. */
  featureFaceAssetId: Type.Optional(Id),
};
export const PersonCreateBody = Type.Object(fields);
export const PersonUpdateBody = Type.Object(change);
export type PersonUpdateBody = Static<typeof PersonUpdateBody>;
export const PeopleUpdateBody = Type.Object({
  people: Type.Array(Type.Object({ id: Id, ...change }), { maxItems: 1000 }),
});

const People = Type.Array(Id, { minItems: 1, maxItems: 1000 });
/** The first one stays. */
export const PeopleMergeBody = Type.Object({ ids: Type.Array(Id, { minItems: 2, maxItems: 1000 }) });
export const PersonMergeBody = Type.Object({ ids: People });
export const PeopleDeleteBody = Type.Object({ ids: People });
/** Faces of `personId` on `assetId` are somebody else's. */
export const PersonReassignBody = Type.Object({
  data: Type.Array(Type.Object({ assetId: Id, personId: Id }), { maxItems: 10_000 }),
});
export const PersonStatistics = Type.Object({ assets: Type.Integer() });
export const PersonSearchQuery = Type.Object({
  name: Type.String({ maxLength: 1000 }),
  withHidden: Type.Optional(Type.Boolean()),
});
