import { type Static, Type } from 'typebox';
import { AssetResponse } from './assets.ts';
import { Id, Ids } from './primitives.ts';

/** Photos that were put into one group because they look alike. */
export const DuplicateGroup = Type.Object({
  duplicateId: Id,
  assets: Type.Array(AssetResponse),
  suggestedKeepAssetIds: Type.Array(Id),
});
export type DuplicateGroup = Static<typeof DuplicateGroup>;

export const DuplicateResolveBody = Type.Object({
  groups: Type.Array(Type.Object({ duplicateId: Id, keepAssetIds: Ids, trashAssetIds: Ids }), {
    maxItems: 10_000,
  }),
});
