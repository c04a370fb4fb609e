import { randomUUID } from 'node:crypto';
import { isRawMimeType } from '#contract/media-types';
import type { Catalog } from './open.ts';
import { stackChanges } from './stacks.ts';

/** A burst is over within this time; what says the same name later is another. */
const LONGEST_BURST_MS = 10 * 60_000;

interface Arrived {
  ownerId: string;
  visibility: string;
  capturedAt: number;
  originalName: string;
  mimeType: string;
  burstId: string | null;
  isTrashed: number;
  type: string;
}

interface Sibling {
  id: string;
  originalName: string;
  mimeType: string;
  stackId: string | null;
}

/**
 * Stacks what a camera made together, when the last of it has been read: the RAW and the JPEG of one shot (same
 * name, same second; the JPEG on top), and the photos of a burst. Called once for each asset, after its first
 * reading, so that what people take apart later stays apart.
 */
export function arrivalStacks(db: Catalog) {
  const stacks = stackChanges(db);
  const byId = db.prepare<[string], Arrived>(`
    SELECT owner_id AS ownerId, visibility, captured_at AS capturedAt, original_name AS originalName,
      mime_type AS mimeType, burst_id AS burstId, trashed_at IS NOT NULL AS isTrashed, type FROM asset
    WHERE id = ? AND stack_id IS NULL`);
  // `capture_reason` says that it has been read: before that its time is only a guess.
  const near = db.prepare<
    { id: string; ownerId: string; visibility: string; burstId: string | null; from: number; until: number },
    Sibling
  >(`
    SELECT id, original_name AS originalName, mime_type AS mimeType, stack_id AS stackId FROM asset
    WHERE owner_id = @ownerId AND captured_at >= @from AND captured_at < @until AND id <> @id AND type = 'IMAGE'
      AND visibility = @visibility AND trashed_at IS NULL AND capture_reason IS NOT NULL
      AND (@burstId IS NULL OR burst_id = @burstId)`);
  const primaryOf = db.prepare<[string], { id: string; mimeType: string }>(
    'SELECT a.id, a.mime_type AS mimeType FROM stack s JOIN asset a ON a.id = s.primary_asset_id WHERE s.id = ?',
  );
  const enter = db.prepare<{ id: string; stackId: string; now: number }>(
    'UPDATE asset SET stack_id = @stackId, is_stack_member = 1, updated_at = @now WHERE id = @id',
  );
  const touch = db.prepare<{ id: string; now: number }>('UPDATE stack SET updated_at = @now WHERE id = @id');

  const findSiblings = (id: string, asset: Arrived): Sibling[] => {
    const { ownerId, visibility, capturedAt, burstId } = asset;
    if (burstId !== null) {
      const from = capturedAt - LONGEST_BURST_MS;
      return near.all({ id, ownerId, visibility, burstId, from, until: capturedAt + LONGEST_BURST_MS });
    }
    const from = Math.floor(capturedAt / 1000) * 1000;
    const isRaw = isRawMimeType(asset.mimeType);
    const name = stem(asset.originalName);
    return near
      .all({ id, ownerId, visibility, burstId: null, from, until: from + 1000 })
      .filter((other) => stem(other.originalName) === name && isRawMimeType(other.mimeType) !== isRaw);
  };
  return {
    /** Returns true when the asset is in a stack now. */
    stackArrival: (id: string, now: number): boolean => {
      const asset = byId.get(id);
      if (!asset || asset.isTrashed || asset.type !== 'IMAGE') return false;
      if (asset.visibility !== 'timeline' && asset.visibility !== 'archive') return false;
      const siblings = findSiblings(id, asset);
      const stackId = siblings.find((sibling) => sibling.stackId !== null)?.stackId;
      if (stackId) {
        const primary = primaryOf.get(stackId);
        enter.run({ id, stackId, now });
        touch.run({ id: stackId, now });
        if (primary && isRawMimeType(primary.mimeType) && !isRawMimeType(asset.mimeType))
          stacks.setPrimary({ id: stackId, primaryAssetId: id, now });
        return true;
      }
      // Two or more that are in no stack were in one, and somebody took them apart.
      const [only, ...more] = siblings;
      if (!only || more.length > 0) return false;
      const isOnTop = isRawMimeType(only.mimeType) && !isRawMimeType(asset.mimeType);
      const assetIds = isOnTop ? [id, only.id] : [only.id, id];
      stacks.create({ id: randomUUID(), ownerId: asset.ownerId, assetIds, now });
      return true;
    },
  };
}

/** A file's name without its extension, whatever its case. */
const stem = (name: string): string => name.replace(/\.\w+$/, '').toLowerCase();
