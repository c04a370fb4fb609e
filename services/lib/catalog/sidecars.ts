import type { SidecarRecord } from '#contract/sidecars';
import { assetEditChanges } from './asset-edits.ts';
import { jobChanges } from './jobs.ts';
import type { Catalog } from './open.ts';

/** A sidecar to write, and what the catalog says now. */
export interface DueSidecar {
  assetId: string;
  /** Catalog path of the original. */
  path: string;
  revision: number;
  /** SHA-1 of what we wrote last, base64; null when we never have. */
  writtenChecksum: string | null;
  orientation: number;
  record: SidecarRecord;
}

/** What somebody said in another program, to be taken over. `tags` are whole paths. */
export interface TakenOver {
  assetId: string;
  ownerId: string;
  description?: string;
  rating?: number | null;
  place?: { latitude: number; longitude: number };
  date?: { capturedAt: number; localAt: number; timeZone: string };
  addedTags: readonly string[];
  removedTags: readonly string[];
  now: number;
}

/** A change waits this long for others of the same photo, so that they become one write. */
const SETTLE_MS = 5_000;

interface Row {
  id: string;
  path: string;
  revision: number;
  writtenChecksum: string | null;
  ownerId: string;
  originalName: string;
  checksum: string;
  createdAt: number;
  fileCreatedAt: number;
  fileModifiedAt: number;
  visibility: SidecarRecord['visibility'];
  isFavorite: number;
  trashedAt: number | null;
  setByOwner: string;
  capturedAt: number;
  localAt: number;
  timeZone: string | null;
  latitude: number | null;
  longitude: number | null;
  description: string;
  rating: number | null;
  stackId: string | null;
  isPrimary: number;
  liveVideoId: string | null;
  orientation: number | null;
}

type FaceRow = Omit<SidecarRecord['faces'][number], 'isVisible'> & { isVisible: number };

export function sidecarQueries(db: Catalog) {
  const due = db.prepare<{ now: number; most: number }, Row>(`
    SELECT a.id, a.path, s.revision, s.written_checksum AS writtenChecksum, a.owner_id AS ownerId,
      a.original_name AS originalName, a.checksum, a.created_at AS createdAt, a.file_created_at AS fileCreatedAt,
      a.file_modified_at AS fileModifiedAt, a.visibility, a.is_favorite AS isFavorite, a.trashed_at AS trashedAt,
      a.set_by_owner AS setByOwner, a.captured_at AS capturedAt, a.local_at AS localAt, a.time_zone AS timeZone,
      a.latitude, a.longitude, a.description, a.rating, a.stack_id AS stackId, k.primary_asset_id IS a.id AS isPrimary,
      v.id AS liveVideoId, a.orientation
    FROM sidecar s JOIN asset a ON a.id = s.asset_id LEFT JOIN stack k ON k.id = a.stack_id
    LEFT JOIN asset v ON v.id = a.live_video_id AND v.is_extracted = 0
    WHERE s.revision <> s.written_revision AND s.due_at <= @now ORDER BY s.due_at LIMIT @most`);
  const tags = db
    .prepare<[string], string>(
      'SELECT t.value FROM tag_asset l JOIN tag t ON t.id = l.tag_id WHERE l.asset_id = ? ORDER BY t.value',
    )
    .pluck();
  const albums = db.prepare<[string], SidecarRecord['albums'][number]>(
    `SELECT b.id, b.name, l.added_at AS addedAt, l.added_by AS addedBy FROM album_asset l
     JOIN album b ON b.id = l.album_id WHERE l.asset_id = ? ORDER BY b.id`,
  );
  const faces = db.prepare<[string], FaceRow>(
    `SELECT f.id, f.person_id AS personId, coalesce(p.name, '') AS personName, f.image_width_px AS imageWidthPx,
       f.image_height_px AS imageHeightPx, f.x1, f.y1, f.x2, f.y2, f.source, f.is_visible AS isVisible
     FROM face f LEFT JOIN person p ON p.id = f.person_id
     WHERE f.asset_id = ? AND f.deleted_at IS NULL AND f.person_id IS NOT NULL ORDER BY f.id`,
  );
  const edits = db.prepare<[string], NonNullable<SidecarRecord['edits']>[number]>(
    'SELECT id, action, parameters FROM asset_edit WHERE asset_id = ? ORDER BY sequence',
  );
  const behind = db
    .prepare<[], number>('SELECT count(*) FROM sidecar WHERE revision <> written_revision')
    .pluck();

  const describe = (row: Row): SidecarRecord => {
    const set = JSON.parse(row.setByOwner) as string[];
    const steps = edits.all(row.id);
    const { latitude, longitude, stackId } = row;
    return {
      version: 1,
      assetId: row.id,
      ownerId: row.ownerId,
      originalName: row.originalName,
      checksum: row.checksum,
      arrivedAt: row.createdAt,
      fileCreatedAt: row.fileCreatedAt,
      fileModifiedAt: row.fileModifiedAt,
      visibility: row.visibility,
      isFavorite: row.isFavorite === 1,
      ...(row.trashedAt !== null && { trashedAt: row.trashedAt }),
      setByOwner: set,
      ...(set.includes('dateTimeOriginal') && {
        date: { capturedAt: row.capturedAt, localAt: row.localAt, timeZone: row.timeZone },
      }),
      ...(set.includes('location') && {
        place: latitude === null || longitude === null ? null : { latitude, longitude },
      }),
      ...(set.includes('description') && { description: row.description }),
      ...(set.includes('rating') && { rating: row.rating }),
      tags: tags.all(row.id),
      albums: albums.all(row.id),
      faces: faces.all(row.id).map((face) => ({ ...face, isVisible: face.isVisible === 1 })),
      ...(stackId !== null && { stack: { id: stackId, isPrimary: row.isPrimary === 1 } }),
      ...(row.liveVideoId !== null && { liveVideoId: row.liveVideoId }),
      ...(steps.length > 0 && { edits: steps }),
    };
  };
  return {
    /** Sidecars whose time has come, longest waiting first, at most so many. */
    listDue: (now: number, most: number): DueSidecar[] =>
      due.all({ now, most }).map((row) => ({
        assetId: row.id,
        path: row.path,
        revision: row.revision,
        writtenChecksum: row.writtenChecksum,
        orientation: row.orientation ?? 1,
        record: describe(row),
      })),
    /** How many sidecars say less than the catalog. */
    countBehind: (): number => behind.get()!,
  };
}

export function sidecarChanges(db: Catalog) {
  const edits = assetEditChanges(db);
  const { enqueue } = jobChanges(db);
  const plan = db.prepare<{ dueAt: number }>(
    'UPDATE sidecar SET due_at = @dueAt WHERE due_at IS NULL AND revision <> written_revision',
  );
  const written = db.prepare<{ assetId: string; revision: number; checksum: string }>(`
    UPDATE sidecar SET written_revision = @revision, written_checksum = @checksum, due_at = NULL WHERE asset_id = @assetId`);
  const skip = db.prepare<{ assetId: string; revision: number }>(
    'UPDATE sidecar SET written_revision = @revision, due_at = NULL WHERE asset_id = @assetId',
  );
  const place = db.prepare<{ assetId: string; path: string }>(
    'UPDATE asset SET sidecar_path = @path WHERE id = @assetId AND sidecar_path IS NOT @path',
  );
  const owner = db.prepare<[string]>('SELECT 1 FROM asset WHERE id = ?').pluck();
  const postpone = db.prepare<{ assetId: string; dueAt: number }>(
    'UPDATE sidecar SET due_at = @dueAt WHERE asset_id = @assetId',
  );
  const dropTag = db.prepare<{ assetId: string; ownerId: string; value: string }>(`
    DELETE FROM tag_asset WHERE asset_id = @assetId
      AND tag_id = (SELECT id FROM tag WHERE owner_id = @ownerId AND value = @value)`);
  const tags = tagPaths(db);
  return {
    /** Gives changes that nobody has seen yet their time. */
    plan: (now: number): void => void plan.run({ dueAt: now + SETTLE_MS }),
    /**
     * The sidecar at `path` is on the drive and says `revision`. What changed meanwhile stays due. False when the
     * asset is gone: its sidecar is then to go as well.
     */
    recordWritten: (change: {
      assetId: string;
      path: string;
      revision: number;
      checksum: string;
    }): boolean => {
      if (owner.get(change.assetId) === undefined) return false;
      written.run({ assetId: change.assetId, revision: change.revision, checksum: change.checksum });
      place.run({ assetId: change.assetId, path: change.path });
      return true;
    },
    /** There is nothing to say in `revision`, so no file was written. */
    recordSkipped: (change: { assetId: string; revision: number }): void => void skip.run(change),
    /** It could not be written now; tried again at `dueAt`. */
    postpone: (change: { assetId: string; dueAt: number }): void => void postpone.run(change),
    /** Takes over what somebody said in another program, as if they had said it here. */
    takeOver: (taken: TakenOver): void => {
      const { assetId, ownerId, now } = taken;
      const { description, rating, place: at, date } = taken;
      edits.update({
        ids: [assetId],
        change: {
          ...(description !== undefined && { description }),
          ...(rating !== undefined && { rating }),
          ...(at !== undefined && { place: at }),
        },
        now,
      });
      if (date) edits.setDates([{ id: assetId, ...date }], now);
      for (const value of taken.addedTags) tags.give({ assetId, ownerId, value, now });
      for (const value of taken.removedTags) dropTag.run({ assetId, ownerId, value });
      if (at) enqueue({ kind: 'metadata', assetId, now, dueAt: now });
    },
  };
}

/** Gives assets tags by their whole paths; levels that are missing are made. */
export function tagPaths(db: Catalog) {
  const find = db
    .prepare<{ ownerId: string; value: string }, string>(
      'SELECT id FROM tag WHERE owner_id = @ownerId AND value = @value',
    )
    .pluck();
  const insert = db.prepare<{ ownerId: string; parentId: string | null; value: string; now: number }>(`
    INSERT INTO tag (id, owner_id, parent_id, value, created_at, updated_at)
    VALUES (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a' ||
      substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), @ownerId, @parentId, @value, @now, @now)`);
  const link = db.prepare<{ tagId: string; assetId: string }>(
    'INSERT OR IGNORE INTO tag_asset (tag_id, asset_id) VALUES (@tagId, @assetId)',
  );
  return {
    give: (tag: { assetId: string; ownerId: string; value: string; now: number }): void => {
      const { ownerId, now } = tag;
      const levels = tag.value
        .split('/')
        .map((level) => level.trim())
        .filter(Boolean);
      let id: string | null = null;
      for (let depth = 1; depth <= levels.length; depth++) {
        const value = levels.slice(0, depth).join('/');
        if (find.get({ ownerId, value }) === undefined) insert.run({ ownerId, parentId: id, value, now });
        id = find.get({ ownerId, value })!;
      }
      if (id !== null) link.run({ tagId: id, assetId: tag.assetId });
    },
  };
}
