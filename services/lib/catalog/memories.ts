import type { Viewer } from './access.ts';
import type { Catalog } from './open.ts';

export interface Memory {
  id: string;
  ownerId: string;
  type: 'on_this_day';
  year: number;
  /** Unix ms; so are all that follow. */
  memoryAt: number;
  /** Null is open. */
  showAt: number | null;
  hideAt: number | null;
  seenAt: number | null;
  isSaved: number;
  createdAt: number;
  updatedAt: number;
  deletedAt: number | null;
}

const COLUMNS = `m.id, m.owner_id AS ownerId, m.type, m.year, m.memory_at AS memoryAt, m.show_at AS showAt,
  m.hide_at AS hideAt, m.seen_at AS seenAt, m.is_saved AS isSaved, m.created_at AS createdAt,
  m.updated_at AS updatedAt, m.deleted_at AS deletedAt`;

/** What of a memory's photos is still to be looked at. */
const IS_SHOWN = `a.trashed_at IS NULL AND a.visibility IN ('timeline', 'archive')`;
const HAS_SHOWN = `EXISTS (SELECT 1 FROM memory_asset l CROSS JOIN asset a ON a.id = l.asset_id
  WHERE l.memory_id = m.id AND ${IS_SHOWN})`;

export interface MemoryFilter {
  ownerId: string;
  /** Unix ms; those shown at that time. Null: at any. */
  at: number | null;
  id: string | null;
  isSaved: 0 | 1 | null;
  isTrashed: 0 | 1;
  /** 1: shown only after `now`; 0: not so; null: either. */
  isUpcoming: 0 | 1 | null;
  now: number;
}

const FITS = `m.owner_id = @ownerId AND (m.deleted_at IS NOT NULL) = @isTrashed
  AND (@id IS NULL OR m.id = @id) AND (@isSaved IS NULL OR m.is_saved = @isSaved)
  AND (@at IS NULL OR coalesce(m.show_at, @at) <= @at AND coalesce(m.hide_at, @at) >= @at)
  AND (@isUpcoming IS NULL OR (coalesce(m.show_at, 0) > @now) = @isUpcoming) AND ${HAS_SHOWN}`;

const ORDERS = {
  asc: 'm.memory_at, m.id',
  desc: 'm.memory_at DESC, m.id',
  random: 'random()',
};

export function memoryQueries(db: Catalog) {
  const byId = db.prepare<[string, string], Memory>(
    `SELECT ${COLUMNS} FROM memory m WHERE m.owner_id = ? AND m.id = ? AND m.deleted_at IS NULL`,
  );
  const listing = (order: keyof typeof ORDERS) =>
    db.prepare<MemoryFilter & { most: number; offset: number }, Memory>(
      `SELECT ${COLUMNS} FROM memory m WHERE ${FITS} ORDER BY ${ORDERS[order]} LIMIT @most OFFSET @offset`,
    );
  const lists = { asc: listing('asc'), desc: listing('desc'), random: listing('random') };
  const count = db.prepare<MemoryFilter, number>(`SELECT count(*) FROM memory m WHERE ${FITS}`).pluck();
  const assets = db.prepare<[string], { memoryId: string; assetId: string }>(`
    SELECT l.memory_id AS memoryId, l.asset_id AS assetId
    FROM json_each(?) i CROSS JOIN memory_asset l ON l.memory_id = i.value CROSS JOIN asset a ON a.id = l.asset_id
    WHERE ${IS_SHOWN} ORDER BY a.local_at, a.rowid`);
  return {
    /** The viewer's memory; a deleted one is none. */
    find: (viewer: Viewer, id: string): Memory | undefined => byId.get(viewer.userId, id),
    /** Those with at least one photo in sight, by the day that they tell of. */
    list: (
      filter: MemoryFilter,
      page: { order: keyof typeof ORDERS; most: number; offset: number },
    ): Memory[] => lists[page.order].all({ ...filter, most: page.most, offset: page.offset }),
    count: (filter: MemoryFilter): number => count.get(filter)!,
    /** The photos of these memories that are in sight, by their wall clocks. */
    listAssets: (memoryIds: readonly string[]) => assets.all(JSON.stringify(memoryIds)),
  };
}
