import type { EditStep, KeptEdit } from '#contract/edits';
import { jobChanges } from './jobs.ts';
import type { Catalog } from './open.ts';

/** The files of an edited picture; see layout.ts for their names. */
export interface EditedPicture {
  version: string;
  fullBytes: number;
  previewBytes: number;
  thumbnailBytes: number;
}

/** Names of the files of a version of an edited picture, among what is made of the asset. */
export const editedFiles = (version: string) =>
  ({
    full: `edited-${version}.jpg`,
    preview: `edited-${version}-preview.jpg`,
    thumbnail: `edited-${version}-thumbnail.webp`,
  }) as const;

/** What decides whether an asset can be edited, and the size in which a crop is given. */
export interface EditableAsset {
  type: string;
  mimeType: string;
  liveVideoId: string | null;
  projectionType: string | null;
  /** Upright and without edits; null until the file was read. */
  plainWidthPx: number | null;
  plainHeightPx: number | null;
}

/** An edited picture as it was made, and of which steps. */
export interface EditFinding extends EditedPicture {
  assetId: string;
  /** What `listSteps` returned when the work began. */
  steps: string;
  thumbhash: string;
  widthPx: number;
  heightPx: number;
  /** The folder, as a catalog path, of what is made of the asset. */
  derivedPath: string;
  now: number;
}

export function editQueries(db: Catalog) {
  const byAsset = db.prepare<[string], { id: string; action: string; parameters: string }>(
    'SELECT id, action, parameters FROM asset_edit WHERE asset_id = ? ORDER BY sequence',
  );
  const steps = db
    .prepare<[string], string>(
      `SELECT json_group_array(json_object('id', id, 'action', action, 'parameters', json(parameters)))
       FROM (SELECT * FROM asset_edit WHERE asset_id = ? ORDER BY sequence)`,
    )
    .pluck();
  const picture = db.prepare<[string], EditedPicture>(
    `SELECT version, full_bytes AS fullBytes, preview_bytes AS previewBytes, thumbnail_bytes AS thumbnailBytes
     FROM edited_picture WHERE asset_id = ?`,
  );
  const editable = db.prepare<[string], EditableAsset>(
    `SELECT type, mime_type AS mimeType, live_video_id AS liveVideoId, projection_type AS projectionType,
       iif(is_edited, e.plain_width_px, width_px) AS plainWidthPx,
       iif(is_edited, e.plain_height_px, height_px) AS plainHeightPx
     FROM asset LEFT JOIN edited_picture e ON e.asset_id = id WHERE id = ?`,
  );
  const localAt = db.prepare<[string], number>('SELECT local_at FROM asset WHERE id = ?').pluck();
  return {
    /** In the order in which they are carried out; empty for a picture as it arrived. */
    list: (assetId: string): KeptEdit[] =>
      byAsset.all(assetId).map(({ parameters, ...edit }) => ({
        ...edit,
        parameters: JSON.parse(parameters),
      })) as KeptEdit[],
    /** The same as JSON text: equal texts make equal pictures. */
    listSteps: (assetId: string): string => steps.get(assetId)!,
    /** Undefined while the asset has no edited picture, also when one is still being made. */
    findPicture: (assetId: string): EditedPicture | undefined => picture.get(assetId),
    findEditable: (assetId: string): EditableAsset | undefined => editable.get(assetId),
    /** The wall clock of the capture, written as if it were UTC. */
    findLocalAt: (assetId: string): number | undefined => localAt.get(assetId),
  };
}

export function editChanges(db: Catalog) {
  const queries = editQueries(db);
  const jobs = jobChanges(db);
  const clear = db.prepare<[string]>('DELETE FROM asset_edit WHERE asset_id = ?');
  const add = db.prepare<{
    id: string;
    assetId: string;
    action: string;
    parameters: string;
    sequence: number;
  }>(`INSERT INTO asset_edit (id, asset_id, action, parameters, sequence)
      SELECT @id, id, @action, @parameters, @sequence FROM asset WHERE id = @assetId`);
  const keep = db.prepare<Omit<EditFinding, 'steps' | 'derivedPath'>>(`
    INSERT INTO edited_picture (asset_id, version, full_bytes, preview_bytes, thumbnail_bytes,
      plain_thumbhash, plain_width_px, plain_height_px)
    SELECT id, @version, @fullBytes, @previewBytes, @thumbnailBytes, thumbhash, width_px, height_px
    FROM asset WHERE id = @assetId
    ON CONFLICT (asset_id) DO UPDATE SET version = excluded.version, full_bytes = excluded.full_bytes,
      preview_bytes = excluded.preview_bytes, thumbnail_bytes = excluded.thumbnail_bytes`);
  const show = db.prepare<Omit<EditFinding, 'steps' | 'derivedPath'>>(`
    UPDATE asset SET is_edited = 1, thumbhash = @thumbhash, width_px = @widthPx, height_px = @heightPx,
      updated_at = @now WHERE id = @assetId`);
  const showPlain = db.prepare<{ assetId: string; now: number }>(`
    UPDATE asset SET is_edited = 0, updated_at = @now, thumbhash = e.plain_thumbhash, width_px = e.plain_width_px,
      height_px = e.plain_height_px
    FROM edited_picture e WHERE e.asset_id = asset.id AND asset.id = @assetId`);
  const forget = db.prepare<[string]>('DELETE FROM edited_picture WHERE asset_id = ?');
  const removeFile = db.prepare<{ path: string; now: number }>(
    'INSERT OR IGNORE INTO file_removal (path, created_at) VALUES (@path, @now)',
  );
  const removeFiles = (derivedPath: string, version: string, now: number) => {
    for (const name of Object.values(editedFiles(version)))
      removeFile.run({ path: `${derivedPath}/${name}`, now });
  };

  return {
    /** Replaces the steps of an asset and asks for its picture. Until that exists, the one before is shown. */
    replace: (change: {
      assetId: string;
      edits: readonly (EditStep & { id: string })[];
      now: number;
    }): void => {
      const { assetId, now } = change;
      clear.run(assetId);
      change.edits.forEach(({ id, action, parameters }, sequence) => {
        add.run({ id, assetId, action, parameters: JSON.stringify(parameters), sequence });
      });
      jobs.enqueue({ kind: 'edit', assetId, now, dueAt: now });
    },
    /**
     * Takes all edits back: the picture as it arrived is shown at once, and the files of the edited one
     * are removed. Returns false when there was nothing to take back.
     */
    undo: (change: { assetId: string; derivedPath: string; now: number }): boolean => {
      const { assetId, derivedPath, now } = change;
      const isEdited = clear.run(assetId).changes > 0;
      const picture = queries.findPicture(assetId);
      if (!picture) return isEdited;
      showPlain.run({ assetId, now });
      forget.run(assetId);
      removeFiles(derivedPath, picture.version, now);
      return true;
    },
    /**
     * Shows an edited picture from now on and has the files of the one before removed. Returns false, with
     * nothing done, when the steps were changed while it was being made.
     */
    recordPicture: ({ steps, derivedPath, ...finding }: EditFinding): boolean => {
      const { assetId, now } = finding;
      if (queries.listSteps(assetId) !== steps) return false;
      const before = queries.findPicture(assetId);
      keep.run(finding);
      show.run(finding);
      if (before) removeFiles(derivedPath, before.version, now);
      return true;
    },
  };
}
