/** Says again what is in the index for these rows of `asset_words`. */
const reindex = (condition: string) => `
  DELETE FROM asset_text WHERE rowid IN (SELECT row FROM asset_words WHERE ${condition});
  INSERT INTO asset_text (rowid, body) SELECT row, body FROM asset_words WHERE ${condition};`;

/**
 * Which assets may have a piece of text in their words: an index of every three letters in a row, so that any
 * piece of a word is found and not only its beginning. It holds no text of its own and says "may": whoever uses
 * it compares with the columns. Over a million assets it takes 43 MB, and 1 to 20 ms for a question.
 *
 * Rows are found by rowid, which VACUUM keeps for a table with indexes (see fulltext.test.ts).
 */
export const migration0008 = `
CREATE VIRTUAL TABLE asset_text USING fts5(body, content='', contentless_delete=1, detail=none, tokenize='trigram');

CREATE VIEW asset_words AS
SELECT a.rowid AS row, a.id AS asset_id, a.original_name || char(10) || a.description || char(10)
  || coalesce(a.city, '') || char(10) || coalesce(a.state, '') || char(10) || coalesce(a.country, '') || char(10)
  || coalesce((SELECT group_concat(t.value, char(10)) FROM tag_asset l JOIN tag t ON t.id = l.tag_id
               WHERE l.asset_id = a.id), '') || char(10)
  || coalesce((SELECT group_concat(p.name, char(10)) FROM face f JOIN person p ON p.id = f.person_id
               WHERE f.asset_id = a.id), '') AS body
FROM asset a;

INSERT INTO asset_text (rowid, body) SELECT row, body FROM asset_words;

CREATE TRIGGER asset_text_new AFTER INSERT ON asset BEGIN
  INSERT INTO asset_text (rowid, body) SELECT row, body FROM asset_words WHERE asset_id = NEW.id;
END;
CREATE TRIGGER asset_text_gone AFTER DELETE ON asset BEGIN
  DELETE FROM asset_text WHERE rowid = OLD.rowid;
END;
CREATE TRIGGER asset_text_changed AFTER UPDATE OF original_name, description, city, state, country ON asset
WHEN (OLD.original_name, OLD.description, OLD.city, OLD.state, OLD.country)
  IS NOT (NEW.original_name, NEW.description, NEW.city, NEW.state, NEW.country)
BEGIN ${reindex('asset_id = NEW.id')} END;

CREATE TRIGGER asset_text_tagged AFTER INSERT ON tag_asset BEGIN ${reindex('asset_id = NEW.asset_id')} END;
CREATE TRIGGER asset_text_untagged AFTER DELETE ON tag_asset BEGIN ${reindex('asset_id = OLD.asset_id')} END;
CREATE TRIGGER asset_text_tag_named AFTER UPDATE OF value ON tag WHEN OLD.value <> NEW.value
BEGIN ${reindex('asset_id IN (SELECT asset_id FROM tag_asset WHERE tag_id = NEW.id)')} END;

CREATE TRIGGER asset_text_face_new AFTER INSERT ON face WHEN NEW.person_id IS NOT NULL
BEGIN ${reindex('asset_id = NEW.asset_id')} END;
CREATE TRIGGER asset_text_face_gone AFTER DELETE ON face WHEN OLD.person_id IS NOT NULL
BEGIN ${reindex('asset_id = OLD.asset_id')} END;
CREATE TRIGGER asset_text_face_moved AFTER UPDATE OF person_id ON face WHEN OLD.person_id IS NOT NEW.person_id
BEGIN ${reindex('asset_id = NEW.asset_id')} END;
CREATE TRIGGER asset_text_person_named AFTER UPDATE OF name ON person WHEN OLD.name <> NEW.name
BEGIN ${reindex('asset_id IN (SELECT asset_id FROM face WHERE person_id = NEW.id)')} END;
`;
