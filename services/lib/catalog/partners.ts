import type { Catalog } from './open.ts';

/** Somebody who shares a timeline with somebody else. */
export interface Partnership {
  sharedById: string;
  sharedWithId: string;
  /** 1: the one who receives has it among their own photos. */
  inTimeline: number;
}

const COLUMNS = 'p.shared_by_id AS sharedById, p.shared_with_id AS sharedWithId, p.in_timeline AS inTimeline';

export function partnerQueries(db: Catalog) {
  const find = db.prepare<[string, string], Partnership>(
    `SELECT ${COLUMNS} FROM partner p WHERE p.shared_by_id = ? AND p.shared_with_id = ?`,
  );
  // Whose account is deleted shares nothing and is shown nothing, and comes back when the account does.
  const sharedBy = db.prepare<[string], Partnership>(
    `SELECT ${COLUMNS} FROM partner p JOIN user u ON u.id = p.shared_with_id AND u.deleted_at IS NULL
     WHERE p.shared_by_id = ? ORDER BY u.name, u.id`,
  );
  const sharedWith = db.prepare<[string], Partnership>(
    `SELECT ${COLUMNS} FROM partner p JOIN user u ON u.id = p.shared_by_id AND u.deleted_at IS NULL
     WHERE p.shared_with_id = ? ORDER BY u.name, u.id`,
  );
  return {
    find: (sharedById: string, sharedWithId: string): Partnership | undefined =>
      find.get(sharedById, sharedWithId),
    /** With whom the user shares, by name. */
    listSharedBy: (userId: string): Partnership[] => sharedBy.all(userId),
    /** Who shares with the user, by name. */
    listSharedWith: (userId: string): Partnership[] => sharedWith.all(userId),
    /** Whose photos the user has among their own. */
    listInTimeline: (userId: string): string[] =>
      sharedWith
        .all(userId)
        .filter(({ inTimeline }) => inTimeline === 1)
        .map(({ sharedById }) => sharedById),
  };
}

export function partnerChanges(db: Catalog) {
  const insert = db.prepare<{ sharedById: string; sharedWithId: string; now: number }>(`
    INSERT OR IGNORE INTO partner (shared_by_id, shared_with_id, created_at)
    VALUES (@sharedById, @sharedWithId, @now)`);
  const update = db.prepare<{ sharedById: string; sharedWithId: string; inTimeline: number }>(`
    UPDATE partner SET in_timeline = @inTimeline
    WHERE shared_by_id = @sharedById AND shared_with_id = @sharedWithId`);
  const remove = db.prepare<{ sharedById: string; sharedWithId: string }>(
    'DELETE FROM partner WHERE shared_by_id = @sharedById AND shared_with_id = @sharedWithId',
  );
  return {
    /** False when they shared already. */
    create: (pair: { sharedById: string; sharedWithId: string; now: number }): boolean =>
      insert.run(pair).changes === 1,
    /** False when nothing is shared. */
    setInTimeline: (change: { sharedById: string; sharedWithId: string; inTimeline: boolean }): boolean =>
      update.run({ ...change, inTimeline: Number(change.inTimeline) }).changes === 1,
    /** False when nothing was shared. */
    delete: (pair: { sharedById: string; sharedWithId: string }): boolean => remove.run(pair).changes === 1,
  };
}
