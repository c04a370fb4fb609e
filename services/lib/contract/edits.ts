import { type Static, Type } from 'typebox';
import { Id } from './primitives.ts';

/** Part of the upright picture without edits, in its pixels. */
const Crop = Type.Object({
  action: Type.Literal('crop'),
  parameters: Type.Object({
    x: Type.Integer({ minimum: 0 }),
    y: Type.Integer({ minimum: 0 }),
    width: Type.Integer({ minimum: 1 }),
    height: Type.Integer({ minimum: 1 }),
  }),
});

/** Clockwise, in degrees. */
const Rotate = Type.Object({
  action: Type.Literal('rotate'),
  parameters: Type.Object({
    angle: Type.Union([Type.Literal(0), Type.Literal(90), Type.Literal(180), Type.Literal(270)]),
  }),
});

/** `horizontal` swaps left and right, `vertical` top and bottom. */
const Mirror = Type.Object({
  action: Type.Literal('mirror'),
  parameters: Type.Object({ axis: Type.Union([Type.Literal('horizontal'), Type.Literal('vertical')]) }),
});

/** One step from the original to the picture that is shown. */
export const EditStep = Type.Union([Crop, Rotate, Mirror]);
export type EditStep = Static<typeof EditStep>;
export type CropArea = Static<typeof Crop>['parameters'];

/** Turns and mirrors add up to one of eight: more than a few steps is somebody's mistake. */
export const EditsBody = Type.Object({ edits: Type.Array(EditStep, { minItems: 1, maxItems: 50 }) });

const Kept = { id: Id };
export const AssetEdits = Type.Object({
  assetId: Id,
  edits: Type.Array(
    Type.Union([
      Type.Object({ ...Kept, ...Crop.properties }),
      Type.Object({ ...Kept, ...Rotate.properties }),
      Type.Object({ ...Kept, ...Mirror.properties }),
    ]),
  ),
});
export type AssetEdits = Static<typeof AssetEdits>;
export type KeptEdit = AssetEdits['edits'][number];

/** Which of two pictures: the one as edited, or the one as it arrived. Without edits they are the same. */
export const EditedQuery = Type.Object({ edited: Type.Optional(Type.Boolean()) });
