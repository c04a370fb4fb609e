import { randomUUID } from 'node:crypto';
import { readPreferences } from '#contract/preference-values';
import { readSystemConfig } from '#contract/system-config-values';
import type { Catalog } from './open.ts';
import { settingQueries } from './settings.ts';

const DAY_MS = 86_400_000;
/** Days ahead and behind for which memories are there (contract §3.5.5): phones fetch them before they are due. */
const DAYS_AROUND = 3;
/** Memories that nobody has kept go so long after they were shown. */
const KEPT_MS = 30 * DAY_MS;
/** A memory is a few photos to look at in passing, not the whole of a wedding. */
const MOST_ASSETS = 30;

interface FoundAsset {
  id: string;
  isFavorite: number;
  updatedAt: number;
}

interface KnownMemory {
  id: string;
  showAt: number | null;
  updatedAt: number;
  isSaved: number;
  deletedAt: number | null;
}

/**
 * Makes the memories of the days around now: for each user and day one per past year that has photos in the
 * timeline on that day by the wall clock. Run as often as one likes: what is there stays, photos that arrived
 * since join, and what people deleted or took out does not come back. A wrong clock makes memories of other
 * days and may drop some that nobody kept; kept ones are never dropped. A box whose owner wants no memories makes
 * none for anybody.
 */
export function memoryDays(db: Catalog) {
  const settings = settingQueries(db);
  const users = db.prepare<[], { id: string; preferences: string }>(
    'SELECT id, preferences FROM user WHERE deleted_at IS NULL',
  );
  const firstAt = db
    .prepare<[string], number | null>('SELECT min(local_at) FROM asset WHERE owner_id = ?')
    .pluck();
  const ofDay = db.prepare<{ ownerId: string; from: number; until: number }, FoundAsset>(`
    SELECT id, is_favorite AS isFavorite, updated_at AS updatedAt FROM asset
    WHERE owner_id = @ownerId AND local_at >= @from AND local_at < @until
      AND visibility = 'timeline' AND trashed_at IS NULL AND is_stack_member = 0
    ORDER BY local_at, rowid`);
  const known = db.prepare<{ ownerId: string; memoryAt: number }, KnownMemory>(`
    SELECT id, show_at AS showAt, updated_at AS updatedAt, is_saved AS isSaved, deleted_at AS deletedAt
    FROM memory WHERE owner_id = @ownerId AND type = 'on_this_day' AND memory_at = @memoryAt`);
  const insert = db.prepare(`
    INSERT INTO memory (id, owner_id, type, year, memory_at, show_at, hide_at, created_at, updated_at)
    VALUES (@id, @ownerId, 'on_this_day', @year, @memoryAt, @showAt, @hideAt, @now, @now)`);
  const remove = db.prepare<[string]>('DELETE FROM memory WHERE id = ?');
  const showAgain = db.prepare<{ id: string; showAt: number; hideAt: number; now: number }>(
    'UPDATE memory SET show_at = @showAt, hide_at = @hideAt, seen_at = NULL, updated_at = @now WHERE id = @id',
  );
  const attach = db.prepare<{ memoryId: string; assetId: string }>(
    'INSERT OR IGNORE INTO memory_asset (memory_id, asset_id) VALUES (@memoryId, @assetId)',
  );
  const count = db.prepare<[string], number>('SELECT count(*) FROM memory_asset WHERE memory_id = ?').pluck();
  const touch = db.prepare<{ id: string; now: number }>('UPDATE memory SET updated_at = @now WHERE id = @id');
  const dropOld = db.prepare<{ before: number }>(
    'DELETE FROM memory WHERE is_saved = 0 AND (hide_at < @before OR deleted_at < @before)',
  );
  const dropUnwanted = db.prepare<[string]>(
    'DELETE FROM memory WHERE owner_id = ? AND is_saved = 0 AND deleted_at IS NULL AND show_at IS NOT NULL',
  );

  /** One user's memory of one day in one past year. */
  const remember = (ownerId: string, dayAt: number, memoryAt: number, now: number): void => {
    const memory = known.get({ ownerId, memoryAt });
    // One without a time of its own was made by hand.
    if (memory?.showAt === null) return;
    const isOfThisDay = memory?.showAt === dayAt;
    if (isOfThisDay && memory.deletedAt !== null) return;
    const found = ofDay.all({ ownerId, from: memoryAt, until: memoryAt + DAY_MS });
    if (memory && isOfThisDay) {
      // What was there at the last look and is not in it was taken out by hand, or was one too many.
      const room = MOST_ASSETS - count.get(memory.id)!;
      const arrived = found
        .filter(({ updatedAt }) => updatedAt > memory.updatedAt)
        .slice(0, Math.max(0, room));
      const added = arrived.map(({ id }) => attach.run({ memoryId: memory.id, assetId: id }).changes);
      if (added.includes(1)) touch.run({ id: memory.id, now });
      return;
    }
    const hideAt = dayAt + DAY_MS - 1;
    // Of another year: a kept one is shown again, any other makes room.
    if (memory?.isSaved) return void showAgain.run({ id: memory.id, showAt: dayAt, hideAt, now });
    if (memory) remove.run(memory.id);
    if (found.length === 0) return;
    const id = randomUUID();
    const year = new Date(memoryAt).getUTCFullYear();
    insert.run({ id, ownerId, year, memoryAt, showAt: dayAt, hideAt, now });
    for (const asset of choose(found)) attach.run({ memoryId: id, assetId: asset.id });
  };

  return {
    /** Does all of that for every user, in the caller's transaction; some milliseconds, however large a library is. */
    makeMemories: (now: number): void => {
      dropOld.run({ before: now - KEPT_MS });
      const today = Math.floor(now / DAY_MS) * DAY_MS;
      const { generateMemories } = readSystemConfig(settings.find('systemConfig')).nightlyTasks;
      for (const { id, preferences } of users.all()) {
        if (!generateMemories || !readPreferences(preferences).memories.enabled) {
          dropUnwanted.run(id);
          continue;
        }
        const first = firstAt.get(id);
        if (first === undefined || first === null) continue;
        for (let dayAt = today - DAYS_AROUND * DAY_MS; dayAt <= today + DAYS_AROUND * DAY_MS; dayAt += DAY_MS)
          for (const memoryAt of sameDays(dayAt, first)) remember(id, dayAt, memoryAt, now);
      }
    },
  };
}

/** The same day in past years back to `first` (Unix ms); the 29th of February only where there was one. */
function* sameDays(dayAt: number, first: number): Generator<number> {
  const day = new Date(dayAt);
  const from = Math.max(1, new Date(first).getUTCFullYear());
  for (let year = day.getUTCFullYear() - 1; year >= from; year--) {
    const then = new Date(dayAt);
    then.setUTCFullYear(year);
    if (then.getUTCMonth() === day.getUTCMonth()) yield then.getTime();
  }
}

/** At most MOST_ASSETS of a day: favourites first, the others spread over the day; in their order. */
function choose(found: readonly FoundAsset[]): readonly FoundAsset[] {
  if (found.length <= MOST_ASSETS) return found;
  const favorites = found.filter(({ isFavorite }) => isFavorite === 1).slice(0, MOST_ASSETS);
  const others = found.filter(({ isFavorite }) => isFavorite === 0);
  const wanted = MOST_ASSETS - favorites.length;
  const chosen = new Set(favorites);
  for (let at = 0; at < wanted && others.length > 0; at++)
    chosen.add(others[Math.floor((at * others.length) / wanted)]!);
  return found.filter((asset) => chosen.has(asset));
}
