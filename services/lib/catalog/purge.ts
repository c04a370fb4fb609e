import type { Catalog } from './open.ts';
import { type Deletion, trashChanges } from './trash.ts';

/** What an automatic job means to delete. */
export interface PurgeCandidate {
  kind: 'asset' | 'user';
  id: string;
}

/** A moment, by the wall (Unix ms) and by how long this box has run in all. */
export interface Moment {
  now: number;
  ranMs: number;
}

/** What has been seen of the clock until now. */
export interface ClockState extends Moment {
  /** How long the box had run when the clock last could not be believed. */
  doubtedRanMs: number;
}

const CLOCK_KEY = 'housekeepingClock';
/** Deleted in one transaction: uploads that wait meanwhile do not notice. */
const CHUNK = 100;

export function purgeQueries(db: Catalog) {
  const clock = db.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck();
  const agreed = db.prepare<{ now: number; ranMs: number; dayMs: number }, PurgeCandidate>(`
    SELECT kind, id FROM purge_sighting
    WHERE seen_at <= @now - @dayMs AND seen_ran_ms <= @ranMs - @dayMs ORDER BY seen_at LIMIT ${CHUNK}`);
  const firstAsset = db
    .prepare<[string], string>(`SELECT id FROM asset WHERE owner_id = ? LIMIT ${CHUNK}`)
    .pluck();
  return {
    /** Undefined before the first look. */
    findClock: (): ClockState | undefined => {
      const value = clock.get(CLOCK_KEY);
      return value === undefined ? undefined : (JSON.parse(value) as ClockState);
    },
    /** What was due at two looks that lie a day apart, by the wall and by the box's own running time. */
    listAgreed: (moment: Moment, dayMs: number): PurgeCandidate[] => agreed.all({ ...moment, dayMs }),
    /** Some assets of an account, to delete it piece by piece. */
    listOwned: (userId: string): string[] => firstAsset.all(userId),
  };
}

export function purgeChanges(db: Catalog) {
  const trash = trashChanges(db);
  const putClock = db.prepare<{ value: string; now: number }>(`
    INSERT INTO setting (key, value, updated_at) VALUES ('${CLOCK_KEY}', @value, @now)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`);
  const forgetAll = db.prepare('DELETE FROM purge_sighting');
  const forgetSaved = db.prepare<{ before: number; now: number }>(`
    DELETE FROM purge_sighting WHERE
      kind = 'asset' AND id NOT IN (SELECT id FROM asset WHERE trashed_at <= @before)
      OR kind = 'user' AND id NOT IN (SELECT id FROM user WHERE deleted_at IS NOT NULL AND purge_at <= @now)`);
  const seeAssets = db.prepare<Moment & { before: number }>(`
    INSERT OR IGNORE INTO purge_sighting (kind, id, seen_at, seen_ran_ms)
    SELECT 'asset', id, @now, @ranMs FROM asset WHERE trashed_at <= @before`);
  const seeUsers = db.prepare<Moment>(`
    INSERT OR IGNORE INTO purge_sighting (kind, id, seen_at, seen_ran_ms)
    SELECT 'user', id, @now, @ranMs FROM user WHERE deleted_at IS NOT NULL AND purge_at <= @now`);
  const forget = db.prepare<PurgeCandidate>('DELETE FROM purge_sighting WHERE kind = @kind AND id = @id');
  const motionParts = db
    .prepare<[string], string>(
      `SELECT DISTINCT live_video_id FROM asset
       WHERE live_video_id IS NOT NULL AND id IN (SELECT value FROM json_each(?))`,
    )
    .pluck();
  const purgeable = db.prepare<[string, number], { folder: string }>(
    'SELECT folder FROM user WHERE id = ? AND deleted_at IS NOT NULL AND purge_at <= ?',
  );
  const ownAlbums = db.prepare<[string]>(
    `DELETE FROM album WHERE id IN (SELECT album_id FROM album_user WHERE user_id = ? AND role = 'owner')`,
  );
  const removeFile = db.prepare<{ path: string; now: number }>(
    'INSERT OR IGNORE INTO file_removal (path, created_at) VALUES (@path, @now)',
  );
  const removeUser = db.prepare<[string]>('DELETE FROM user WHERE id = ?');

  const deleteAssets = (
    ids: readonly string[],
    request: { derivedPath: (id: string) => string; onlyTrashed: boolean; now: number },
  ): string[] => {
    const deletion = (id: string): Deletion => ({ id, derivedPath: request.derivedPath(id) });
    const parts = motionParts.all(JSON.stringify(ids)).filter((id) => !ids.includes(id));
    return trash.deleteForGood({
      assets: ids.map(deletion),
      motionParts: parts.map(deletion),
      onlyTrashed: request.onlyTrashed,
      now: request.now,
    });
  };
  return {
    noteClock: (state: ClockState): void =>
      void putClock.run({ value: JSON.stringify(state), now: state.now }),
    /** The clock cannot be believed: whatever it made due has to be seen twice again. */
    forgetSightings: (): void => void forgetAll.run(),
    /** Notes what is due now, and forgets what was restored. `trashedBefore` in Unix ms. */
    look: (moment: Moment, trashedBefore: number): void => {
      forgetSaved.run({ before: trashedBefore, now: moment.now });
      seeAssets.run({ ...moment, before: trashedBefore });
      seeUsers.run(moment);
    },
    forget: (candidate: PurgeCandidate): void => void forget.run(candidate),
    /** Deletes assets that are still in the trash for good; returns the ids that are gone. */
    purgeAssets: (ids: readonly string[], request: { derivedPath: (id: string) => string; now: number }) =>
      deleteAssets(ids, { ...request, onlyTrashed: true }),
    /** Deletes these assets of an account that is to go. */
    purgeOwned: (ids: readonly string[], request: { derivedPath: (id: string) => string; now: number }) =>
      deleteAssets(ids, { ...request, onlyTrashed: false }),
    /** Removes an account that has no assets left, with its albums and its file. False when it was restored. */
    purgeUser: (id: string, accountPath: (folder: string) => string, now: number): boolean => {
      const user = purgeable.get(id, now);
      if (!user) return false;
      ownAlbums.run(id);
      removeFile.run({ path: accountPath(user.folder), now });
      return removeUser.run(id).changes === 1;
    },
    isPurgeable: (id: string, now: number): boolean => purgeable.get(id, now) !== undefined,
  };
}
