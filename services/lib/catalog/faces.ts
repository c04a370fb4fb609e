import type { Catalog } from './open.ts';
import { COVER_OF_PERSON } from './people.ts';
import { peopleChanges } from './people-changes.ts';

/** A box in pixels of an upright picture of that size. */
export interface FaceBox {
  imageWidthPx: number;
  imageHeightPx: number;
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

export interface Face extends FaceBox {
  id: string;
  assetId: string;
  personId: string | null;
  source: 'machine-learning' | 'exif' | 'manual';
}

const COLUMNS = `f.id, f.asset_id AS assetId, f.person_id AS personId, f.source, f.image_width_px AS imageWidthPx,
  f.image_height_px AS imageHeightPx, f.x1, f.y1, f.x2, f.y2`;
const IS_FACE = 'f.is_visible = 1 AND f.deleted_at IS NULL';

export function faceQueries(db: Catalog) {
  const ofAsset = db.prepare<[string], Face>(
    `SELECT ${COLUMNS} FROM face f WHERE f.asset_id = ? AND ${IS_FACE} ORDER BY f.x1, f.id`,
  );
  const byId = db.prepare<[string], Face>(
    `SELECT ${COLUMNS} FROM face f WHERE f.id = ? AND f.deleted_at IS NULL`,
  );
  const onAsset = db
    .prepare<{ personId: string; assetId: string }, string>(
      `SELECT f.id FROM face f WHERE f.asset_id = @assetId AND f.person_id = @personId AND ${IS_FACE}
       ORDER BY (f.x2 - f.x1) * (f.y2 - f.y1) DESC LIMIT 1`,
    )
    .pluck();
  const covers = db.prepare<[string], Face>(
    `SELECT ${COLUMNS} FROM face f CROSS JOIN person p ON p.id = f.person_id
     WHERE f.asset_id = ? AND f.id = ${COVER_OF_PERSON}`,
  );
  return {
    /** The faces on an asset, from left to right. */
    listOfAsset: (assetId: string): Face[] => ofAsset.all(assetId),
    findById: (id: string): Face | undefined => byId.get(id),
    /** The largest face of a person on an asset. */
    findOnAsset: (personId: string, assetId: string): string | undefined =>
      onAsset.get({ personId, assetId }),
    /** The faces on an asset that are the picture of somebody. */
    listCovers: (assetId: string): Face[] => covers.all(assetId),
  };
}

export function faceChanges(db: Catalog) {
  const people = peopleChanges(db);
  const insert = db.prepare<Face & { now: number }>(`
    INSERT INTO face (id, asset_id, person_id, image_width_px, image_height_px, x1, y1, x2, y2, source, created_at)
    SELECT @id, id, @personId, @imageWidthPx, @imageHeightPx, @x1, @y1, @x2, @y2, @source, @now
    FROM asset WHERE id = @assetId`);
  const personOf = db.prepare<[string], string | null>('SELECT person_id FROM face WHERE id = ?').pluck();
  const assign = db.prepare<{ id: string; personId: string }>(
    'UPDATE face SET person_id = @personId WHERE id = @id',
  );
  const assignAll = db.prepare<{ assetId: string; from: string; to: string }>(
    'UPDATE face SET person_id = @to WHERE asset_id = @assetId AND person_id = @from AND deleted_at IS NULL',
  );
  const remove = db.prepare<[string]>('DELETE FROM face WHERE id = ?');
  const forget = db.prepare<{ id: string; now: number }>(
    'UPDATE face SET deleted_at = @now, person_id = NULL WHERE id = @id',
  );
  return {
    /** Notes a face; an asset that is gone meanwhile gets none. */
    add: (face: Face, now: number): void => {
      insert.run({ ...face, now });
      if (face.personId !== null) people.mendCover(face.personId, now);
    },
    /** Makes a face this person's. */
    assign: (change: { id: string; personId: string; now: number }): void => {
      const before = personOf.get(change.id) ?? null;
      assign.run({ id: change.id, personId: change.personId });
      people.mendCover(change.personId, change.now);
      if (before !== null && before !== change.personId) people.settle(before, change.now);
    },
    /** Makes the faces of other people on some assets this person's. */
    reassign: (request: {
      personId: string;
      faces: readonly { assetId: string; personId: string }[];
      now: number;
    }): void => {
      const { personId, now } = request;
      for (const { assetId, personId: from } of request.faces) assignAll.run({ assetId, from, to: personId });
      people.mendCover(personId, now);
      for (const from of new Set(request.faces.map((face) => face.personId)))
        if (from !== personId) people.settle(from, now);
    },
    /** Takes a face away; without `force` it stays known that none is to be found there. */
    remove: (change: { id: string; force: boolean; now: number }): void => {
      const person = personOf.get(change.id) ?? null;
      if (change.force) remove.run(change.id);
      else forget.run({ id: change.id, now: change.now });
      if (person !== null) people.settle(person, change.now);
    },
  };
}
