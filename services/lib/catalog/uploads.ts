import { randomUUID } from 'node:crypto';
import { lstatSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '#contract/problems';
import { jobChanges } from './jobs.ts';
import type { Catalog } from './open.ts';
import { numberedName } from './place-name.ts';
import { trashChanges } from './trash.ts';

/** A file that has arrived whole and is flushed. Times are Unix milliseconds. */
export interface Arrival {
  id: string;
  ownerId: string;
  /** SHA-1, base64. */
  checksum: string;
  bytes: number;
  originalName: string;
  /** Where it would like to be, without a number against clashes: folder and name, below the pool. */
  folder: string;
  fileName: string;
  poolDir: string;
  type: 'IMAGE' | 'VIDEO';
  mimeType: string;
  fileCreatedAt: number;
  fileModifiedAt: number;
  isFavorite: boolean;
  visibility: 'timeline' | 'archive' | 'hidden' | 'locked';
  durationMs: number | null;
  /** The motion part that was uploaded just before, for a still. */
  liveVideoId: string | null;
  hasSidecar: boolean;
  metadata: { key: string; value: string }[];
  now: number;
}

/** An original is re-read within a day of its arrival; half of it leaves room for the hours when the box is busy. */
export const FIRST_VERIFY_MS = 12 * 3600_000;

type Place = Pick<Arrival, 'id' | 'folder' | 'fileName' | 'poolDir'>;

export type Acceptance =
  | { status: 'created'; path: string; sidecarPath: string | null; hiddenVideoId: string | null }
  | { status: 'duplicate'; id: string; wasTrashed: boolean };

/** After so many equal names in one folder a number would take as many look-ups; chance ends that. */
const MOST_NUMBERS = 20;

/** Also for a link that leads nowhere: its name is taken. */
const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/**
 * The folder, with another name for each part of it whose name a stranger's file or dead link holds: `2024-05 (2)`.
 * Folders that are not there are made later, with the first file in them.
 */
function usableFolder(poolDir: string, folder: string): string {
  let path = '';
  for (const name of folder.split('/')) {
    const inside = path === '' ? '' : `${path}/`;
    path = inside + name;
    for (let number = 2; isBlocked(join(poolDir, path)); number++) path = `${inside}${name} (${number})`;
  }
  return path;
}

const isBlocked = (path: string): boolean =>
  isThere(path) && statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true;

export function uploadQueries(db: Catalog) {
  const byChecksum = db.prepare<[string, string], { id: string; isTrashed: number }>(
    'SELECT id, trashed_at IS NOT NULL AS isTrashed FROM asset WHERE owner_id = ? AND checksum = ?',
  );
  const placeOf = db.prepare<[string], { path: string; sidecarPath: string | null; isDamaged: number }>(
    `SELECT path, sidecar_path AS sidecarPath, problem_code IS 'original_damaged' AS isDamaged
     FROM asset WHERE id = ?`,
  );
  return {
    /** The user's asset with these bytes, trashed or not. */
    findByChecksum: (ownerId: string, checksum: string) => byChecksum.get(ownerId, checksum),
    /** Where an asset's files belong, below the pool; `isDamaged` is 1 when its original was found to be other bytes. */
    findPlace: (id: string) => placeOf.get(id),
  };
}

export function uploadChanges(db: Catalog) {
  const { findByChecksum } = uploadQueries(db);
  const { enqueue } = jobChanges(db);
  const quota = db.prepare<[string], { quotaBytes: number | null; usedBytes: number }>(
    'SELECT quota_bytes AS quotaBytes, used_bytes AS usedBytes FROM user WHERE id = ? AND deleted_at IS NULL',
  );
  const trash = trashChanges(db);
  const video = db.prepare<[string, string], { visibility: string }>(
    `SELECT visibility FROM asset WHERE id = ? AND owner_id = ? AND type = 'VIDEO'`,
  );
  const hide = db.prepare<{ id: string; now: number }>(
    `UPDATE asset SET visibility = 'hidden', updated_at = @now WHERE id = @id`,
  );
  // A file that is still to be removed holds its name too: the removal would take the new one for it.
  const pathTaken = db
    .prepare<{ path: string }, number>(
      'SELECT 1 FROM asset WHERE path = @path UNION ALL SELECT 1 FROM file_removal WHERE path = @path',
    )
    .pluck();
  const move = db.prepare<{ id: string; path: string; sidecarPath: string | null }>(
    'UPDATE asset SET path = @path, sidecar_path = @sidecarPath WHERE id = @id',
  );
  const remove = db.prepare<[string]>('DELETE FROM asset WHERE id = ?');
  const heal = db.prepare<{ id: string; now: number }>(
    `UPDATE asset SET problem_code = NULL, problem_message = NULL, updated_at = @now
     WHERE id = @id AND problem_code IN ('original_missing', 'original_damaged')`,
  );
  const insertMetadata = db.prepare<{ id: string; key: string; value: string; now: number }>(
    'INSERT OR REPLACE INTO asset_metadata (asset_id, key, value, updated_at) VALUES (@id, @key, @value, @now)',
  );
  const insert = db.prepare(`
    INSERT INTO asset (id, owner_id, type, visibility, is_favorite, captured_at, local_at, created_at, updated_at,
      duration_ms, live_video_id, original_name, path, sidecar_path, checksum, original_bytes, mime_type,
      file_created_at, file_modified_at, verify_due_at)
    VALUES (@id, @ownerId, @type, @visibility, @isFavorite, @fileCreatedAt, @fileCreatedAt, @now, @now,
      @durationMs, @liveVideoId, @originalName, @path, @sidecarPath, @checksum, @bytes, @mimeType,
      @fileCreatedAt, @fileModifiedAt, @now + ${FIRST_VERIFY_MS})`);

  /** The first free place: neither the catalog nor the drive knows the name, nor the sidecar's beside it. */
  const choosePlace = ({ folder: wanted, fileName, poolDir }: Place): string => {
    const folder = usableFolder(poolDir, wanted);
    for (let number = 1; number <= MOST_NUMBERS; number++) {
      const path = `${folder}/${numberedName(fileName, number)}`;
      // A sidecar's name follows from its original's; only a stranger's file can hold that one.
      const isOnDrive = isThere(join(poolDir, path)) || isThere(join(poolDir, `${path}.xmp`));
      if (pathTaken.get({ path }) !== 1 && !isOnDrive) return path;
    }
    // Eight digits are as many as fit behind the longest name; others each time, should even these be taken.
    return `${folder}/${numberedName(fileName, randomUUID().slice(0, 8))}`;
  };
  const sidecarOf = (path: string, hasSidecar: boolean) => (hasSidecar ? `${path}.xmp` : null);

  return {
    /**
     * Takes a received file into the catalog, or finds that its owner has these bytes already (a trashed one
     * comes back then). After this commit the file is the library's: whoever crashes now, recovery places it.
     */
    accept: (arrival: Arrival): Acceptance => {
      const existing = findByChecksum(arrival.ownerId, arrival.checksum);
      if (existing) {
        if (existing.isTrashed) trash.restore([existing.id], arrival.now);
        return { status: 'duplicate', id: existing.id, wasTrashed: existing.isTrashed === 1 };
      }
      const owner = quota.get(arrival.ownerId);
      if (!owner) throw new Problem('session_unknown');
      if (owner.quotaBytes !== null && owner.usedBytes + arrival.bytes > owner.quotaBytes)
        throw new Problem('quota_exceeded');
      let hiddenVideoId: string | null = null;
      if (arrival.liveVideoId !== null) {
        const found = video.get(arrival.liveVideoId, arrival.ownerId);
        if (!found || arrival.type !== 'IMAGE') throw new Problem('live_video_invalid');
        if (found.visibility !== 'hidden') {
          hide.run({ id: arrival.liveVideoId, now: arrival.now });
          hiddenVideoId = arrival.liveVideoId;
        }
      }
      const path = choosePlace(arrival);
      const sidecarPath = sidecarOf(path, arrival.hasSidecar);
      insert.run({ ...arrival, isFavorite: arrival.isFavorite ? 1 : 0, path, sidecarPath });
      for (const { key, value } of arrival.metadata)
        insertMetadata.run({ id: arrival.id, key, value, now: arrival.now });
      enqueue({ kind: 'metadata', assetId: arrival.id, now: arrival.now, dueAt: arrival.now });
      return { status: 'created', path, sidecarPath, hiddenVideoId };
    },
    /** Chooses another place, for when a stranger took the first one between the choice and the placing. */
    chooseAgain: (arrival: Place & { hasSidecar: boolean }) => {
      const path = choosePlace(arrival);
      const sidecarPath = sidecarOf(path, arrival.hasSidecar);
      move.run({ id: arrival.id, path, sidecarPath });
      return { path, sidecarPath };
    },
    /** Takes back an acceptance that could not be carried out; nobody was told of it. */
    withdraw: (id: string): void => void remove.run(id),
    /**
     * The original of an asset is on the drive again: nothing is said any more of its being gone or damaged, and
     * it is read and shown anew, since what was made of a damaged one may be damaged too.
     */
    recordHealed: (id: string, now: number): void => {
      heal.run({ id, now });
      for (const kind of ['metadata', 'preview'] as const) enqueue({ kind, assetId: id, now, dueAt: now });
    },
    /** Brings an asset back from the trash; false when it was not there. */
    restore: (id: string, now: number): boolean => trash.restore([id], now).length === 1,
  };
}
