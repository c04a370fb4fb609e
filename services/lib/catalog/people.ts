import type { Catalog } from './open.ts';

export interface Person {
  id: string;
  ownerId: string;
  /** '' is unnamed. */
  name: string;
  /** YYYY-MM-DD. */
  birthDate: string | null;
  isHidden: number;
  isFavorite: number;
  color: string | null;
  updatedAt: number;
}

/** The columns of a Person from `person p`. */
export const PERSON_COLUMNS = `p.id, p.owner_id AS ownerId, p.name, p.birth_date AS birthDate, p.is_hidden AS isHidden,
  p.is_favorite AS isFavorite, p.color, p.updated_at AS updatedAt`;

/** A face `f` on an asset `a` counts while it is one and the asset is in sight: not hidden, locked or in the trash. */
export const FACE_IS_SHOWN = `f.is_visible = 1 AND f.deleted_at IS NULL AND a.trashed_at IS NULL
  AND a.visibility IN ('timeline', 'archive')`;

/** Assets that the person `id` (SQL) is on, each once. */
export const ASSETS_OF_PERSON = (id: string): string =>
  `SELECT f.asset_id FROM face f WHERE f.person_id = ${id} AND f.is_visible = 1 AND f.deleted_at IS NULL
   AND EXISTS (SELECT 1 FROM person o WHERE o.id = f.person_id AND o.owner_id = @userId)`;

/** The face that stands for `person p`: the one that was chosen while it is in sight, else any that is. */
export const COVER_OF_PERSON = `coalesce(
  (SELECT f.id FROM face f CROSS JOIN asset a ON a.id = f.asset_id
   WHERE f.id = p.cover_face_id AND f.person_id = p.id AND ${FACE_IS_SHOWN}),
  (SELECT f.id FROM face f CROSS JOIN asset a ON a.id = f.asset_id
   WHERE f.person_id = p.id AND ${FACE_IS_SHOWN} ORDER BY f.rowid LIMIT 1))`;

export interface PeopleFilter {
  ownerId: string;
  /** Faces a person without a name needs to be listed. */
  minimumFaces: number;
  withHidden: boolean;
  offset: number;
  most: number;
}

export interface PeoplePage {
  people: Person[];
  /** All of them, hidden or not. */
  total: number;
  hidden: number;
  hasMore: boolean;
}

/** A person with the asset that one of their faces is on. */
export type PersonOnAsset = Person & { assetId: string };

export function peopleQueries(db: Catalog) {
  const byId = db.prepare<[string, string], Person>(
    `SELECT ${PERSON_COLUMNS} FROM person p WHERE p.owner_id = ? AND p.id = ?`,
  );
  const byIds = db.prepare<{ ownerId: string; ids: string }, Person>(
    `SELECT ${PERSON_COLUMNS} FROM json_each(@ids) i CROSS JOIN person p ON p.id = i.value
     WHERE p.owner_id = @ownerId ORDER BY i.key`,
  );
  // Somebody who is only on photos out of sight is not listed; somebody with a name and no face at all is.
  const ordered = db.prepare<{ ownerId: string; minimumFaces: number }, { id: string; isHidden: number }>(`
    SELECT p.id, p.is_hidden AS isHidden FROM person p JOIN person_count s ON s.person_id = p.id
    WHERE p.owner_id = @ownerId AND (s.faces = 0 OR s.assets > 0)
      AND (p.name <> '' OR p.is_favorite OR s.by_hand > 0 OR s.assets > 0 AND s.assets >= @minimumFaces)
    ORDER BY p.is_hidden, p.is_favorite DESC, p.name = '', s.assets DESC, p.created_at, p.id`);
  const named = db.prepare<{ ownerId: string; withHidden: number }, Person>(`
    SELECT ${PERSON_COLUMNS} FROM person p
    WHERE p.owner_id = @ownerId AND p.name <> '' AND (@withHidden OR p.is_hidden = 0)
      AND (EXISTS (SELECT 1 FROM face f CROSS JOIN asset a ON a.id = f.asset_id WHERE f.person_id = p.id AND ${FACE_IS_SHOWN})
        OR NOT EXISTS (SELECT 1 FROM face f WHERE f.person_id = p.id))
    ORDER BY p.name, p.id`);
  const count = db.prepare<[string], number>('SELECT assets FROM person_count WHERE person_id = ?').pluck();
  const ofAssets = db.prepare<{ ownerId: string; ids: string }, PersonOnAsset>(`
    SELECT DISTINCT f.asset_id AS assetId, ${PERSON_COLUMNS}
    FROM json_each(@ids) i CROSS JOIN face f ON f.asset_id = i.value CROSS JOIN person p ON p.id = f.person_id
    WHERE p.owner_id = @ownerId AND f.is_visible = 1 AND f.deleted_at IS NULL ORDER BY p.name = '', p.name, p.id`);
  const cover = db.prepare<[string], { faceId: string; assetId: string }>(`
    SELECT f.id AS faceId, f.asset_id AS assetId FROM person p CROSS JOIN face f ON f.id = ${COVER_OF_PERSON}
    WHERE p.id = ?`);
  return {
    /** The owner's person; undefined for anybody else's. */
    find: (ownerId: string, id: string): Person | undefined => byId.get(ownerId, id),
    /** The owner's people of these ids, in their order; others are left out. */
    listByIds: (ownerId: string, ids: readonly string[]): Person[] =>
      byIds.all({ ownerId, ids: JSON.stringify(ids) }),
    /**
     * A page of the owner's people: those in view before the hidden, favourites first, then those with a name,
     * then by how many photos they are on. Looks at every person of the owner: ask on the
     * reader's thread.
     */
    list: (filter: PeopleFilter): PeoplePage => {
      const all = ordered.all({ ownerId: filter.ownerId, minimumFaces: filter.minimumFaces });
      const hidden = all.filter(({ isHidden }) => isHidden === 1).length;
      const wanted = filter.withHidden ? all : all.filter(({ isHidden }) => isHidden === 0);
      const ids = wanted.slice(filter.offset, filter.offset + filter.most).map(({ id }) => id);
      return {
        people: byIds.all({ ownerId: filter.ownerId, ids: JSON.stringify(ids) }),
        total: all.length,
        hidden,
        hasMore: wanted.length > filter.offset + filter.most,
      };
    },
    /** The owner's people whose name has `text` in it, whatever its case; at most so many. */
    search: (filter: { ownerId: string; text: string; withHidden: boolean; most: number }): Person[] => {
      const fold = (name: string) => name.normalize('NFC').toLowerCase();
      const text = fold(filter.text.trim());
      return named
        .all({ ownerId: filter.ownerId, withHidden: filter.withHidden ? 1 : 0 })
        .filter(({ name }) => fold(name).includes(text))
        .slice(0, filter.most);
    },
    /** On how many photos in sight a person is. */
    countAssets: (personId: string): number => count.get(personId)!,
    /** Who of the owner's people is on these assets, each person once for each asset. */
    listOfAssets: (ownerId: string, assetIds: readonly string[]): PersonOnAsset[] =>
      ofAssets.all({ ownerId, ids: JSON.stringify(assetIds) }),
    /** The face that is a person's picture, and the asset it is on; undefined when none is in sight. */
    findCover: (personId: string) => cover.get(personId),
  };
}
