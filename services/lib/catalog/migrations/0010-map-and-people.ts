/** What the map shows, as the clients read it (contract §3.5.7); its id comes first and so orders equal moments. */
const MARKER = `json_object('id', id, 'lat', latitude, 'lon', longitude, 'city', city, 'state', state, 'country', country)`;
const ON_MAP = `latitude IS NOT NULL AND longitude IS NOT NULL AND trashed_at IS NULL
  AND visibility IN ('timeline', 'archive')`;

const isShown = (asset: 'OLD' | 'NEW') =>
  `(${asset}.trashed_at IS NULL AND ${asset}.visibility IN ('timeline', 'archive'))`;
/** Everybody who is on this asset, each once. */
const peopleOn = (asset: 'OLD' | 'NEW') =>
  `SELECT f.person_id FROM face f
    WHERE f.asset_id = ${asset}.id AND f.person_id IS NOT NULL AND f.is_visible = 1 AND f.deleted_at IS NULL`;
/** 1 when this face is why its asset counts for its person: it is in sight, and no other face of theirs is on it. */
const bringsAsset = (face: 'OLD' | 'NEW') => `(${face}.is_visible = 1 AND ${face}.deleted_at IS NULL
    AND EXISTS (SELECT 1 FROM asset a
      WHERE a.id = ${face}.asset_id AND a.trashed_at IS NULL AND a.visibility IN ('timeline', 'archive'))
    AND NOT EXISTS (SELECT 1 FROM face o WHERE o.asset_id = ${face}.asset_id AND +o.person_id = ${face}.person_id
      AND o.id <> ${face}.id AND o.is_visible = 1 AND o.deleted_at IS NULL))`;
const count = (face: 'OLD' | 'NEW', sign: '+' | '-') => `
  UPDATE person_count SET faces = faces ${sign} 1, by_hand = by_hand ${sign} (${face}.source = 'manual'),
    assets = assets ${sign} ${bringsAsset(face)}
  WHERE person_id = ${face}.person_id;`;

/**
 * The map of a large library, and the people in it, without looking at every photo.
 *
 * `asset_map` holds the whole text of each marker: the half million of a library of a million are read from end
 * to end in 0.1 s, where writing them anew from the rows takes 0.4 s more. 200 bytes per photo with a place. The view
 * says the same words as the index, which is how SQLite knows that it may take them from there.
 *
 * `person_count` is kept by triggers as `month_count` is (0001). An asset that is deleted takes its faces with it
 * when it is gone already, so it is counted out before.
 */
export const migration0010 = `
CREATE INDEX asset_map ON asset(owner_id, captured_at, ${MARKER}, visibility, is_favorite) WHERE ${ON_MAP};
CREATE VIEW asset_marker AS
SELECT id, owner_id, captured_at, ${MARKER} AS marker, visibility, is_favorite FROM asset WHERE ${ON_MAP};

CREATE TABLE person_count (
  person_id TEXT PRIMARY KEY REFERENCES person(id) ON DELETE CASCADE,
  faces INTEGER NOT NULL DEFAULT 0,           -- all of them, in sight or not
  by_hand INTEGER NOT NULL DEFAULT 0,         -- of these, drawn by somebody
  assets INTEGER NOT NULL DEFAULT 0           -- on how many assets in sight the person is
) STRICT, WITHOUT ROWID;

INSERT INTO person_count (person_id, faces, by_hand, assets)
SELECT p.id, count(f.id), coalesce(sum(f.source = 'manual'), 0),
  count(DISTINCT iif(f.is_visible = 1 AND f.deleted_at IS NULL AND a.trashed_at IS NULL
    AND a.visibility IN ('timeline', 'archive'), f.asset_id, NULL))
FROM person p LEFT JOIN face f ON f.person_id = p.id LEFT JOIN asset a ON a.id = f.asset_id GROUP BY p.id;

CREATE TRIGGER person_counted AFTER INSERT ON person BEGIN
  INSERT INTO person_count (person_id) VALUES (NEW.id);
END;
CREATE TRIGGER face_counted AFTER INSERT ON face WHEN NEW.person_id IS NOT NULL BEGIN ${count('NEW', '+')}
END;
CREATE TRIGGER face_uncounted AFTER DELETE ON face WHEN OLD.person_id IS NOT NULL BEGIN ${count('OLD', '-')}
END;
CREATE TRIGGER face_recounted AFTER UPDATE OF person_id, asset_id, source, is_visible, deleted_at ON face
WHEN OLD.person_id IS NOT NULL OR NEW.person_id IS NOT NULL BEGIN ${count('OLD', '-')} ${count('NEW', '+')}
END;
CREATE TRIGGER asset_people_recounted AFTER UPDATE OF visibility, trashed_at ON asset
WHEN ${isShown('OLD')} IS NOT ${isShown('NEW')} BEGIN
  UPDATE person_count SET assets = assets + iif(${isShown('NEW')}, 1, -1) WHERE person_id IN (${peopleOn('NEW')});
END;
CREATE TRIGGER asset_people_uncounted BEFORE DELETE ON asset WHEN ${isShown('OLD')} BEGIN
  UPDATE person_count SET assets = assets - 1 WHERE person_id IN (${peopleOn('OLD')});
END;
`;
