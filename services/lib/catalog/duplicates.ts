import type { Catalog } from './open.ts';

/** An asset in a group of look-alikes. */
export interface Duplicate {
  duplicateId: string;
  assetId: string;
  originalBytes: number;
}

export function duplicateQueries(db: Catalog) {
  const list = db.prepare<{ ownerId: string; ids: string | null }, Duplicate>(`
    SELECT duplicate_id AS duplicateId, id AS assetId, original_bytes AS originalBytes FROM asset
    WHERE owner_id = @ownerId AND duplicate_id IS NOT NULL AND trashed_at IS NULL
      AND visibility IN ('timeline', 'archive') AND (@ids IS NULL OR duplicate_id IN (SELECT value FROM json_each(@ids)))
    ORDER BY duplicate_id, original_bytes DESC, rowid`);
  return {
    /**
     * Which of the owner's assets in sight are in these groups (null: in any), group by group, the largest file
     * first. Reads every asset of the owner: ask on the reader's thread.
     */
    list: (ownerId: string, ids: readonly string[] | null): Duplicate[] =>
      list.all({ ownerId, ids: ids === null ? null : JSON.stringify(ids) }),
  };
}
