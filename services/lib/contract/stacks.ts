import { type Static, Type } from 'typebox';
import { AssetResponse } from './assets.ts';
import { Id } from './primitives.ts';

export const StackResponse = Type.Object({
  id: Id,
  primaryAssetId: Id,
  /** The primary first. */
  assets: Type.Array(AssetResponse),
});
export type StackResponse = Static<typeof StackResponse>;

export const StackCreateBody = Type.Object({ assetIds: Type.Array(Id, { maxItems: 1000 }) });
export const StackUpdateBody = Type.Object({ primaryAssetId: Type.Optional(Id) });
export const StackListQuery = Type.Object({ primaryAssetId: Type.Optional(Id) });
export const stackAssetParams = Type.Object({ id: Id, assetId: Id });
