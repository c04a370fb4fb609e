import { type Static, Type } from 'typebox';
import { PersonResponse } from './people.ts';
import { Id, Nullable } from './primitives.ts';

export const FaceResponse = Type.Object({
  id: Id,
  /** Pixels of the upright picture that the box is drawn on. */
  imageWidth: Type.Integer(),
  imageHeight: Type.Integer(),
  boundingBoxX1: Type.Integer(),
  boundingBoxY1: Type.Integer(),
  boundingBoxX2: Type.Integer(),
  boundingBoxY2: Type.Integer(),
  sourceType: Type.Union([Type.Literal('machine-learning'), Type.Literal('exif'), Type.Literal('manual')]),
  person: Nullable(PersonResponse),
});
export type FaceResponse = Static<typeof FaceResponse>;

export const FacesQuery = Type.Object({ id: Id });

/** The longest side of a picture that we show at all. */
const Side = Type.Number({ minimum: 1, maximum: 100_000 });
const Offset = Type.Number({ minimum: 0, maximum: 100_000 });

/** A box drawn by hand, in pixels of a picture of this size. */
export const FaceCreateBody = Type.Object({
  assetId: Id,
  personId: Id,
  imageWidth: Side,
  imageHeight: Side,
  x: Offset,
  y: Offset,
  width: Side,
  height: Side,
});
export const FaceReassignBody = Type.Object({ id: Id });
/** Without `force` it is kept in mind that there is none, so that no program finds it again. */
export const FaceDeleteBody = Type.Object({ force: Type.Optional(Type.Boolean()) });
