import { type TSchema, Type } from 'typebox';

/** Ids are UUID version 4, lower case on our side. */
export const Id = Type.String({
  pattern: '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-4[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$',
});

export const idParams = Type.Object({ id: Id });

/** A list of ids as bodies carry it; the command line sends up to 65,000 at once. */
export const Ids = Type.Array(Id, { maxItems: 100_000 });
export const idsBody = Type.Object({ ids: Ids });

/** An instant in ISO 8601 with a zone or `Z`; answers always have milliseconds and `Z`. */
export const Instant = Type.String({ format: 'date-time' });

export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const Visibility = Type.Union([
  Type.Literal('timeline'),
  Type.Literal('archive'),
  Type.Literal('hidden'),
  Type.Literal('locked'),
]);

export const AssetType = Type.Union([
  Type.Literal('IMAGE'),
  Type.Literal('VIDEO'),
  Type.Literal('AUDIO'),
  Type.Literal('OTHER'),
]);

export const Order = Type.Union([Type.Literal('asc'), Type.Literal('desc')]);

/** The answer for one id of a bulk call. */
export const BulkIdResult = Type.Object({
  id: Type.String(),
  success: Type.Boolean(),
  error: Type.Optional(
    Type.Union([
      Type.Literal('duplicate'),
      Type.Literal('no_permission'),
      Type.Literal('not_found'),
      Type.Literal('unknown'),
      Type.Literal('validation'),
    ]),
  ),
});
export type BulkIdResult = {
  id: string;
  success: boolean;
  error?: 'duplicate' | 'no_permission' | 'not_found';
};

/** Unix milliseconds as the wire writes them. */
export const isoInstant = (ms: number): string => new Date(ms).toISOString();
export const isoInstantOrNull = (ms: number | null): string | null => (ms === null ? null : isoInstant(ms));
