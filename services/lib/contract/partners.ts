import { type Static, Type } from 'typebox';
import { Id } from './primitives.ts';
import { UserResponse } from './users.ts';

/** The other one of two partners. `inTimeline` belongs to the one who receives. */
export const PartnerResponse = Type.Intersect([UserResponse, Type.Object({ inTimeline: Type.Boolean() })]);
export type PartnerResponse = Static<typeof PartnerResponse>;

export const PartnerListQuery = Type.Object({
  direction: Type.Union([Type.Literal('shared-by'), Type.Literal('shared-with')]),
});
export const PartnerCreateBody = Type.Object({ sharedWithId: Id });
export const PartnerUpdateBody = Type.Object({ inTimeline: Type.Boolean() });
