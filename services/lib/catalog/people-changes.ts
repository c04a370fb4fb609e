import { jobChanges } from './jobs.ts';
import type { Catalog } from './open.ts';
import { COVER_OF_PERSON } from './people.ts';

/** What to change of a person. A field that is absent stays as it is; null clears. */
export interface PersonChange {
  name?: string;
  birthDate?: string | null;
  isHidden?: boolean;
  isFavorite?: boolean;
  color?: string | null;
  /** One of their faces, to be their picture. */
  coverFaceId?: string;
}

export function peopleChanges(db: Catalog) {
  const { enqueue } = jobChanges(db);
  const insert = db.prepare<{ id: string; ownerId: string; now: number }>(
    'INSERT INTO person (id, owner_id, created_at, updated_at) VALUES (@id, @ownerId, @now, @now)',
  );
  const set = (column: string) =>
    db.prepare<{ id: string; value: string | number | null; now: number }>(
      `UPDATE person SET ${column} = @value, updated_at = @now WHERE id = @id`,
    );
  const setters = {
    name: set('name'),
    birthDate: set('birth_date'),
    isHidden: set('is_hidden'),
    isFavorite: set('is_favorite'),
    color: set('color'),
    coverFaceId: set('cover_face_id'),
  };
  const remove = db.prepare<[string]>('DELETE FROM person WHERE id = ?');
  const chosen = db.prepare<[string], string | null>(`SELECT cover_face_id FROM person WHERE id = ?`).pluck();
  const best = db
    .prepare<[string], string | null>(`SELECT ${COVER_OF_PERSON} FROM person p WHERE p.id = ?`)
    .pluck();
  const assetOf = db.prepare<[string], string>('SELECT asset_id FROM face WHERE id = ?').pluck();
  const move = db.prepare<{ from: string; to: string }>(
    'UPDATE face SET person_id = @to WHERE person_id = @from',
  );
  const inherit = db.prepare<{ from: string; to: string; now: number }>(`
    UPDATE person SET updated_at = @now,
      name = iif(person.name = '', other.name, person.name),
      birth_date = coalesce(person.birth_date, other.birth_date),
      is_favorite = max(person.is_favorite, other.is_favorite), color = coalesce(person.color, other.color)
    FROM person other WHERE person.id = @to AND other.id = @from`);
  const dropEmpty = db.prepare<[string]>(`
    DELETE FROM person WHERE id = ? AND name = '' AND birth_date IS NULL AND is_favorite = 0
      AND NOT EXISTS (SELECT 1 FROM face WHERE person_id = person.id)`);

  const setCover = (id: string, faceId: string | null, now: number): void => {
    setters.coverFaceId.run({ id, value: faceId, now });
    const assetId = faceId === null ? undefined : assetOf.get(faceId);
    if (assetId !== undefined) enqueue({ kind: 'face-thumbnail', assetId, now, dueAt: now });
  };
  /** Chooses another picture when the one a person has is not theirs any more, or out of sight. */
  const mendCover = (id: string, now: number): void => {
    const current = chosen.get(id);
    if (current === undefined) return;
    const next = best.get(id) ?? null;
    if (next !== current) setCover(id, next, now);
  };
  const update = ({ id, change, now }: { id: string; change: PersonChange; now: number }): void => {
    const { coverFaceId, ...fields } = change;
    for (const [name, value] of Object.entries(fields))
      if (value !== undefined)
        setters[name as keyof typeof fields].run({
          id,
          value: typeof value === 'boolean' ? (value ? 1 : 0) : value,
          now,
        });
    if (coverFaceId !== undefined) setCover(id, coverFaceId, now);
  };
  return {
    /** Makes a person without any face yet. */
    create: (person: { id: string; ownerId: string; change: PersonChange; now: number }): void => {
      insert.run({ id: person.id, ownerId: person.ownerId, now: person.now });
      update(person);
    },
    /** The caller has made sure that the person and the face are theirs. */
    update,
    /** Their faces stay, and are nobody's. */
    delete: (ids: readonly string[]): void => {
      for (const id of ids) remove.run(id);
    },
    /**
     * Makes all of `ids` the person `targetId`, who keeps what is known of them and learns the rest from the
     * others. The others are gone then.
     */
    merge: (request: { targetId: string; ids: readonly string[]; now: number }): void => {
      const { targetId, now } = request;
      for (const id of request.ids) {
        move.run({ from: id, to: targetId });
        inherit.run({ from: id, to: targetId, now });
        remove.run(id);
      }
      mendCover(targetId, now);
    },
    mendCover,
    /** After faces left this person: another picture, and nobody at all when nothing is known of them. */
    settle: (id: string, now: number): void => {
      if (dropEmpty.run(id).changes === 0) mendCover(id, now);
    },
  };
}
