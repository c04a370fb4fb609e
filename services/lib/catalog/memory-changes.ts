import type { BulkIdResult } from '#contract/primitives';
import { Problem } from '#contract/problems';
import type { Memory } from './memories.ts';
import type { Catalog } from './open.ts';

export type NewMemory = Omit<Memory, 'type' | 'createdAt' | 'updatedAt' | 'deletedAt'>;

export function memoryChanges(db: Catalog) {
  const insert = db.prepare<NewMemory & { now: number }>(`
    INSERT INTO memory (id, owner_id, type, year, memory_at, show_at, hide_at, seen_at, is_saved, created_at, updated_at)
    VALUES (@id, @ownerId, 'on_this_day', @year, @memoryAt, @showAt, @hideAt, @seenAt, @isSaved, @now, @now)
    ON CONFLICT (owner_id, type, memory_at) DO NOTHING`);
  const sameDay = db.prepare<{ ownerId: string; memoryAt: number }, { id: string; deletedAt: number | null }>(
    `SELECT id, deleted_at AS deletedAt FROM memory
       WHERE owner_id = @ownerId AND type = 'on_this_day' AND memory_at = @memoryAt`,
  );
  const remove = db.prepare<[string]>('DELETE FROM memory WHERE id = ?');
  const hide = db.prepare<{ id: string; now: number }>(
    'UPDATE memory SET deleted_at = @now, is_saved = 0, updated_at = @now WHERE id = @id',
  );
  const update = db.prepare<{
    id: string;
    isSaved: number | null;
    seenAt: number | null;
    memoryAt: number | null;
    now: number;
  }>(`UPDATE memory SET is_saved = coalesce(@isSaved, is_saved), seen_at = coalesce(@seenAt, seen_at),
      memory_at = coalesce(@memoryAt, memory_at), updated_at = @now WHERE id = @id`);
  // Selected from asset, so that one which was deleted meanwhile is left out and breaks nothing.
  const attach = db.prepare<{ memoryId: string; assetId: string }>(
    'INSERT OR IGNORE INTO memory_asset (memory_id, asset_id) SELECT @memoryId, id FROM asset WHERE id = @assetId',
  );
  const detach = db.prepare<{ memoryId: string; assetId: string }>(
    'DELETE FROM memory_asset WHERE memory_id = @memoryId AND asset_id = @assetId',
  );
  const touch = db.prepare<{ id: string; now: number }>('UPDATE memory SET updated_at = @now WHERE id = @id');

  const add = (id: string, assetIds: readonly string[], now: number): BulkIdResult[] => {
    const results = assetIds.map(
      (assetId): BulkIdResult =>
        attach.run({ memoryId: id, assetId }).changes === 1
          ? { id: assetId, success: true }
          : { id: assetId, success: false, error: 'duplicate' },
    );
    if (results.some(({ success }) => success)) touch.run({ id, now });
    return results;
  };
  return {
    /** Makes a memory; there is one for each day at most. */
    create: (memory: NewMemory, assetIds: readonly string[], now: number): void => {
      const old = sameDay.get({ ownerId: memory.ownerId, memoryAt: memory.memoryAt });
      if (old && old.deletedAt === null) throw new Problem('memory_exists');
      if (old) remove.run(old.id);
      insert.run({ ...memory, now });
      add(memory.id, assetIds, now);
    },
    update: (change: {
      id: string;
      isSaved?: boolean;
      seenAt?: number;
      memoryAt?: number;
      ownerId: string;
      now: number;
    }): void => {
      const { id, ownerId, memoryAt, now } = change;
      if (memoryAt !== undefined) {
        const other = sameDay.get({ ownerId, memoryAt });
        if (other && other.id !== id) throw new Problem('memory_exists');
      }
      update.run({
        id,
        isSaved: change.isSaved === undefined ? null : change.isSaved ? 1 : 0,
        seenAt: change.seenAt ?? null,
        memoryAt: memoryAt ?? null,
        now,
      });
    },
    /** Kept as deleted until its time is over, so that it is not made again on the same day. */
    delete: (id: string, now: number): void => void hide.run({ id, now }),
    addAssets: (request: { id: string; assetIds: readonly string[]; now: number }): BulkIdResult[] =>
      add(request.id, request.assetIds, request.now),
    /** An answer per asset: `not_found` for what was not in it. */
    removeAssets: (request: { id: string; assetIds: readonly string[]; now: number }): BulkIdResult[] => {
      const results = request.assetIds.map(
        (assetId): BulkIdResult =>
          detach.run({ memoryId: request.id, assetId }).changes === 1
            ? { id: assetId, success: true }
            : { id: assetId, success: false, error: 'not_found' },
      );
      if (results.some(({ success }) => success)) touch.run({ id: request.id, now: request.now });
      return results;
    },
  };
}
