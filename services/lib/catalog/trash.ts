import { IS_LOCKED_PART, type Viewer } from './access.ts';
import { accountFileChanges } from './account-files.ts';
import { albumChanges } from './album-changes.ts';
import type { Catalog } from './open.ts';
import { stackChanges } from './stacks.ts';

/** An asset to delete for good, and the folder of what was made of it, below the pool. */
export interface Deletion {
  id: string;
  derivedPath: string;
}

export function trashQueries(db: Catalog) {
  const trashed = db
    .prepare<Omit<Viewer, 'partnerIds'> & { before: number; most: number }, string>(
      `SELECT a.id FROM asset a WHERE a.owner_id = @userId AND a.trashed_at IS NOT NULL AND a.trashed_at <= @before
         AND (@isElevated = 1 OR a.visibility <> 'locked' AND NOT ${IS_LOCKED_PART})
       ORDER BY a.trashed_at, a.rowid LIMIT @most`,
    )
    .pluck();
  return {
    /**
     * What the viewer put into the trash until then (Unix ms), oldest first, at most so many. What is in the locked
     * folder's trash only while that is open: how much there is would tell that there is something.
     */
    list: ({ viewer, ...filter }: { viewer: Viewer; before: number; most: number }): string[] =>
      trashed.all({ ...filter, userId: viewer.userId, isElevated: viewer.isElevated }),
  };
}

export function trashChanges(db: Catalog) {
  const accountFiles = accountFileChanges(db);
  const albums = albumChanges(db);
  const stacks = stackChanges(db);
  const trash = db
    .prepare<{ ids: string; now: number }, string>(
      `UPDATE asset SET trashed_at = @now, updated_at = @now
       WHERE id IN (SELECT value FROM json_each(@ids)) AND trashed_at IS NULL RETURNING id`,
    )
    .pluck();
  const restore = db
    .prepare<{ ids: string; now: number }, string>(
      `UPDATE asset SET trashed_at = NULL, updated_at = @now
       WHERE id IN (SELECT value FROM json_each(@ids)) AND trashed_at IS NOT NULL RETURNING id`,
    )
    .pluck();
  const stacksOf = db
    .prepare<[string], string>(
      `SELECT DISTINCT a.stack_id FROM json_each(?) i CROSS JOIN asset a ON a.id = i.value
       WHERE a.stack_id IS NOT NULL`,
    )
    .pluck();
  const files = db.prepare<
    [string],
    {
      ownerId: string;
      path: string | null;
      sidecarPath: string | null;
      isUsed: number;
      isTrashed: number;
      isExternal: number;
    }
  >(
    // What lies on somebody's drive outside the pool is never removed from there.
    `SELECT owner_id AS ownerId, iif(library_id IS NULL, path, NULL) AS path, sidecar_path AS sidecarPath, trashed_at IS NOT NULL AS isTrashed,
       library_id IS NOT NULL AS isExternal, EXISTS (SELECT 1 FROM asset s WHERE s.live_video_id = asset.id) AS isUsed
     FROM asset WHERE id = ?`,
  );
  const removeFile = db.prepare<{ path: string; now: number }>(
    'INSERT OR IGNORE INTO file_removal (path, created_at) VALUES (@path, @now)',
  );
  const remove = db.prepare<[string]>('DELETE FROM asset WHERE id = ?');
  const mendStacks = (ids: readonly string[], now: number) => {
    for (const stackId of stacksOf.all(JSON.stringify(ids))) stacks.mend(stackId, now);
  };
  return {
    /** Puts assets into the trash; returns those that were not there yet. */
    put: (ids: readonly string[], now: number): string[] => {
      const moved = trash.all({ ids: JSON.stringify(ids), now });
      mendStacks(moved, now);
      albums.mendCovers(moved, now);
      return moved;
    },
    /** Takes assets out of the trash; returns those that were in it. */
    restore: (ids: readonly string[], now: number): string[] => {
      const moved = restore.all({ ids: JSON.stringify(ids), now });
      mendStacks(moved, now);
      albums.mendCovers(moved, now);
      return moved;
    },
    /**
     * Deletes assets for good, and notes their files for ingest to remove. `motionParts` are the videos of
     * live photos among them: each goes too unless a photo that stays uses it. With `onlyTrashed`, what was
     * restored meanwhile is kept. Returns the ids that are gone.
     */
    deleteForGood: (request: {
      assets: readonly Deletion[];
      motionParts: readonly Deletion[];
      onlyTrashed: boolean;
      now: number;
    }): string[] => {
      const { now } = request;
      const gone: string[] = [];
      const all = JSON.stringify([...request.assets, ...request.motionParts].map(({ id }) => id));
      const touchedStacks = stacksOf.all(all);
      const touchedAlbums = albums.listCovered(all);
      const external = new Set<string>();
      const drop = (
        { id, derivedPath }: Deletion,
        stays: (file: { isUsed: number; isTrashed: number }) => boolean,
      ) => {
        const file = files.get(id);
        if (!file || stays(file)) return;
        for (const path of [file.path, file.sidecarPath, derivedPath])
          if (path !== null) removeFile.run({ path, now });
        remove.run(id);
        gone.push(id);
        if (file.isExternal === 1) external.add(file.ownerId);
      };
      // A stack's primary may go before its successor is chosen: that reference is checked at the commit.
      for (const asset of request.assets) drop(asset, (file) => request.onlyTrashed && file.isTrashed === 0);
      for (const part of request.motionParts) drop(part, (file) => file.isUsed === 1);
      for (const stackId of touchedStacks) stacks.mend(stackId, now);
      for (const albumId of touchedAlbums) albums.mendCover(albumId, now);
      // That they are not wanted any more stands in the account's file, too.
      if (external.size > 0) accountFiles.note([...external]);
      return gone;
    },
  };
}
