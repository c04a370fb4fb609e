/**
 * What the phone app's sync stream needs (contract §4): each row that a device keeps a copy of has a revision,
 * and each row that went leaves a note for everybody who has a copy.
 *
 * Triggers do it, so that no code path can forget: a row gets the next number of one counter when it is made and
 * whenever a value changes that devices are shown. SQLite has one writer, so numbers are given in the order of
 * commits, and a reader that has seen number n has seen everything before it. The triggers that write `revision`
 * watch other columns only, so none of them starts itself or another.
 *
 * `create_revision` never changes: it tells what existed when a stream began, and orders what is shared.
 * An asset has two revisions, since its metadata travels apart from it.
 */

/** The next number, then what is done with it; `NEXT` reads it. */
const BUMP = 'UPDATE sync_counter SET value = value + 1';
const NEXT = '(SELECT value FROM sync_counter)';
const NOW = `CAST(unixepoch('subsec') * 1000 AS INTEGER)`;

const isChanged = (columns: string) =>
  columns
    .split(' ')
    .map((column) => `OLD.${column} IS NOT NEW.${column}`)
    .join(' OR ');

interface Tracked {
  table: string;
  key: string;
  /** Columns that devices are shown, apart by spaces; none for rows that never change. */
  shown?: string;
  /** Default: `revision`. */
  column?: string;
}

/** Gives rows their first revision and a new one when a shown value changes. */
const inserted = (table: string, key: string, columns: readonly string[]) => `
CREATE TRIGGER ${table}_made AFTER INSERT ON ${table} BEGIN
  ${BUMP};
  UPDATE ${table} SET ${columns.map((column) => `${column} = ${NEXT}`).join(', ')} WHERE ${key};
END;`;
const changed = ({ table, key, shown, column = 'revision' }: Tracked) => `
CREATE TRIGGER ${table}_${column}_moved AFTER UPDATE OF ${shown!.split(' ').join(', ')} ON ${table}
WHEN ${isChanged(shown!)} BEGIN
  ${BUMP};
  UPDATE ${table} SET ${column} = ${NEXT} WHERE ${key};
END;`;
const tracked = (row: Tracked) =>
  inserted(row.table, row.key, ['revision', 'create_revision']) + (row.shown ? changed(row) : '');

const columns = (table: string, ...names: string[]) =>
  names.map((name) => `ALTER TABLE ${table} ADD COLUMN ${name} INTEGER NOT NULL DEFAULT 0;`).join('\n');
const index = (table: string, column: string, ...before: string[]) =>
  `CREATE INDEX ${table}_${[...before, column].join('_')} ON ${table}(${[...before, column].join(', ')});`;

/** Numbers the rows that are there already. */
const number = (table: string, key: string, ...targets: string[]) => `
UPDATE ${table} SET ${targets.map((target) => `${target} = numbered.place`).join(', ')}
FROM (SELECT ${key}, row_number() OVER () AS place FROM ${table}) AS numbered
WHERE ${key
  .split(', ')
  .map((column) => `${table}.${column} = numbered.${column}`)
  .join(' AND ')};
UPDATE sync_counter SET value = max(value, (SELECT count(*) FROM ${table}));`;

const ids = { byId: 'id = NEW.id' };
const ALBUM_USER = 'album_id = NEW.album_id AND user_id = NEW.user_id';
const ALBUM_ASSET = 'album_id = NEW.album_id AND asset_id = NEW.asset_id';
const PARTNER = 'shared_by_id = NEW.shared_by_id AND shared_with_id = NEW.shared_with_id';

/** A note for those whom `recipients` selects. */
const note = (kind: string, id: string, other: string, recipients: string) =>
  `INSERT INTO sync_delete (user_id, kind, id, other, deleted_at) SELECT user_id, '${kind}', ${id}, ${other}, ${NOW} FROM (${recipients})`;
const partnersOf = (owner: string) =>
  `SELECT shared_with_id AS user_id FROM partner WHERE shared_by_id = ${owner}
   UNION SELECT shared_with_id FROM former_partner WHERE shared_by_id = ${owner}`;
/** Who is or was in the album. */
const MEMBERS = `SELECT user_id FROM album_user WHERE album_id = OLD.album_id
   UNION SELECT user_id FROM former_member WHERE album_id = OLD.album_id`;
/** Everybody but its owner who has the asset, or may still have it. */
const OTHERS_WITH_ASSET = `${partnersOf('OLD.owner_id')}
   UNION SELECT m.user_id FROM album_asset l JOIN album_user m ON m.album_id = l.album_id
     WHERE l.asset_id = OLD.id AND m.user_id <> OLD.owner_id`;
/** Whether `user` gets the asset `a` of somebody else by another way than the one that has just gone. */
const stillGets = (user: string) => `(
    EXISTS (SELECT 1 FROM partner p WHERE p.shared_by_id = a.owner_id AND p.shared_with_id = ${user})
    OR EXISTS (SELECT 1 FROM album_asset o JOIN album_user n ON n.album_id = o.album_id
      WHERE o.asset_id = a.id AND n.user_id = ${user}))`;
const ownerOf = (asset: string) => `SELECT owner_id AS user_id FROM asset WHERE id = ${asset}`;

export const migration0004 = `
-- One row: the number given last.
CREATE TABLE sync_counter (value INTEGER NOT NULL) STRICT;
INSERT INTO sync_counter VALUES (0);

-- How far a device (a session) has come with each kind of line.
CREATE TABLE sync_checkpoint (
  session_id TEXT NOT NULL REFERENCES session(id) ON DELETE CASCADE,
  type TEXT NOT NULL,
  revision INTEGER NOT NULL,                  -- of a backfill: of the membership that is being filled in
  position INTEGER NOT NULL,                  -- of a backfill: how far; of SyncCompleteV1: Unix ms; else 0
  ack TEXT NOT NULL,                          -- as the device sent it
  created_at INTEGER NOT NULL,
  PRIMARY KEY (session_id, type)
) STRICT, WITHOUT ROWID;

-- A row that went, once for each user whose devices may have a copy. Numbered by itself: these are a list of
-- their own, with checkpoints of their own. AUTOINCREMENT, so that no number comes twice after old ones go.
CREATE TABLE sync_delete (
  revision INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  other TEXT,                                 -- the second half of a two-part key
  deleted_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sync_delete_user ON sync_delete(user_id, kind, revision);

-- Devices keep a former partner's photos, unseen: they must hear when one goes, or its bytes, uploaded again,
-- could not be kept beside it when the partner shares again (contract §4.7).
CREATE TABLE former_partner (
  shared_by_id TEXT NOT NULL REFERENCES user(id) ON DELETE CASCADE,
  shared_with_id TEXT NOT NULL REFERENCES user(id) ON DELETE CASCADE,
  PRIMARY KEY (shared_by_id, shared_with_id)
) STRICT, WITHOUT ROWID;

-- Who left an album and joins again before a device has heard of it: that device must still hear what went meanwhile.
CREATE TABLE former_member (
  album_id TEXT NOT NULL REFERENCES album(id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES user(id) ON DELETE CASCADE,
  PRIMARY KEY (album_id, user_id)
) STRICT, WITHOUT ROWID;

${columns('user', 'revision', 'create_revision', 'auth_revision', 'metadata_revision')}
${columns('asset', 'revision', 'create_revision', 'exif_revision')}
${[
  'stack',
  'album',
  'album_user',
  'album_asset',
  'partner',
  'person',
  'face',
  'memory',
  'memory_asset',
  'asset_metadata',
  'asset_edit',
]
  .map((table) => columns(table, 'revision', 'create_revision'))
  .join('\n')}

${number('user', 'id', 'revision', 'auth_revision', 'metadata_revision')}
UPDATE asset SET revision = rowid, exif_revision = rowid;
UPDATE sync_counter SET value = max(value, (SELECT coalesce(max(rowid), 0) FROM asset));
${number('stack', 'id', 'revision')}
${number('album', 'id', 'revision')}
${number('album_user', 'album_id, user_id', 'revision', 'create_revision')}
${number('album_asset', 'album_id, asset_id', 'revision', 'create_revision')}
${number('partner', 'shared_by_id, shared_with_id', 'revision', 'create_revision')}
${number('person', 'id', 'revision')}
${number('face', 'id', 'revision')}
${number('memory', 'id', 'revision')}
${number('memory_asset', 'memory_id, asset_id', 'revision')}
${number('asset_metadata', 'asset_id, key', 'revision')}
${number('asset_edit', 'id', 'revision')}

${index('asset', 'revision', 'owner_id')}
${index('asset', 'exif_revision', 'owner_id')}
${index('stack', 'revision', 'owner_id')}
${index('album_asset', 'revision')}
${index('album_asset', 'revision', 'album_id')}
${['album', 'album_user', 'person', 'face', 'memory', 'memory_asset', 'asset_metadata', 'asset_edit'].map((table) => index(table, 'revision')).join('\n')}

${inserted('user', ids.byId, ['revision', 'create_revision', 'auth_revision', 'metadata_revision'])}
${changed({ table: 'user', key: ids.byId, shown: 'name email avatar_color deleted_at profile_image profile_changed_at' })}
${changed({
  table: 'user',
  key: ids.byId,
  column: 'auth_revision',
  shown:
    'name email avatar_color deleted_at profile_image profile_changed_at is_admin storage_label quota_bytes used_bytes',
})}
${changed({ table: 'user', key: ids.byId, column: 'metadata_revision', shown: 'preferences is_onboarded avatar_color' })}

${inserted('asset', ids.byId, ['revision', 'create_revision', 'exif_revision'])}
${changed({
  table: 'asset',
  key: ids.byId,
  shown:
    'original_name thumbhash captured_at file_modified_at created_at local_at duration_ms type trashed_at is_favorite visibility live_video_id stack_id width_px height_px',
})}
${changed({
  table: 'asset',
  key: ids.byId,
  column: 'exif_revision',
  shown:
    'description stored_width_px stored_height_px original_bytes orientation captured_at modified_at time_zone latitude longitude projection_type city state country make model lens_model f_number focal_length_mm iso exposure_time profile_description rating fps',
})}
${tracked({ table: 'stack', key: ids.byId, shown: 'primary_asset_id updated_at created_at' })}
${tracked({ table: 'album', key: ids.byId, shown: 'name description cover_asset_id is_activity_enabled sort_order updated_at created_at' })}
${tracked({ table: 'album_user', key: ALBUM_USER, shown: 'role' })}
${tracked({ table: 'album_asset', key: ALBUM_ASSET })}
${tracked({ table: 'partner', key: PARTNER, shown: 'in_timeline' })}
${tracked({ table: 'person', key: ids.byId, shown: 'name birth_date is_hidden is_favorite color cover_face_id updated_at' })}
${tracked({ table: 'face', key: ids.byId, shown: 'asset_id person_id image_width_px image_height_px x1 y1 x2 y2 source is_visible deleted_at' })}
${tracked({ table: 'memory', key: ids.byId, shown: 'year memory_at show_at hide_at seen_at is_saved updated_at deleted_at' })}
${tracked({ table: 'memory_asset', key: 'memory_id = NEW.memory_id AND asset_id = NEW.asset_id' })}
${tracked({ table: 'asset_metadata', key: 'asset_id = NEW.asset_id AND key = NEW.key', shown: 'value' })}
${tracked({ table: 'asset_edit', key: ids.byId, shown: 'action parameters sequence' })}

-- Who is in an album is part of how devices see it: one that joins has to get the album itself.
CREATE TRIGGER album_joined AFTER INSERT ON album_user BEGIN
  ${BUMP};
  UPDATE album SET revision = ${NEXT} WHERE id = NEW.album_id;
END;

CREATE TRIGGER user_gone AFTER DELETE ON user BEGIN
  ${note('user', 'OLD.id', 'NULL', 'SELECT id AS user_id FROM user')};
END;

-- Before it goes, while it is known who has it.
CREATE TRIGGER asset_gone BEFORE DELETE ON asset BEGIN
  ${note('asset', 'OLD.id', 'NULL', `SELECT OLD.owner_id AS user_id UNION ${OTHERS_WITH_ASSET}`)};
  ${note('partner_asset', 'OLD.id', 'NULL', partnersOf('OLD.owner_id'))};
END;

-- The locked folder is nobody else's: who had the asset loses it, and gets it whole when it comes back.
CREATE TRIGGER asset_locked AFTER UPDATE OF visibility ON asset
WHEN NEW.visibility = 'locked' AND OLD.visibility <> 'locked' BEGIN
  ${note('asset', 'OLD.id', 'NULL', OTHERS_WITH_ASSET)};
  ${note('partner_asset', 'OLD.id', 'NULL', partnersOf('OLD.owner_id'))};
END;
CREATE TRIGGER asset_unlocked AFTER UPDATE OF visibility ON asset
WHEN NEW.visibility <> 'locked' AND OLD.visibility = 'locked' BEGIN
  ${BUMP};
  UPDATE asset SET exif_revision = ${NEXT} WHERE id = NEW.id;
  UPDATE album_asset SET revision = ${NEXT} + (SELECT count(*) FROM album_asset o
    WHERE o.asset_id = NEW.id AND o.album_id < album_asset.album_id) WHERE asset_id = NEW.id;
  UPDATE sync_counter SET value = value + (SELECT count(*) FROM album_asset WHERE asset_id = NEW.id);
END;

CREATE TRIGGER stack_gone AFTER DELETE ON stack BEGIN
  ${note('stack', 'OLD.id', 'NULL', 'SELECT OLD.owner_id AS user_id')};
  ${note('partner_stack', 'OLD.id', 'NULL', partnersOf('OLD.owner_id'))};
END;

CREATE TRIGGER partner_gone AFTER DELETE ON partner BEGIN
  ${note('partner', 'OLD.shared_by_id', 'OLD.shared_with_id', 'SELECT OLD.shared_by_id AS user_id UNION SELECT OLD.shared_with_id')};
  INSERT OR IGNORE INTO former_partner SELECT OLD.shared_by_id, OLD.shared_with_id
    WHERE (SELECT count(*) FROM user WHERE id IN (OLD.shared_by_id, OLD.shared_with_id)) = 2;
END;

-- Members leave before the album does, while it is known what was in it.
CREATE TRIGGER album_gone BEFORE DELETE ON album BEGIN
  DELETE FROM album_user WHERE album_id = OLD.id;
END;
CREATE TRIGGER album_left AFTER DELETE ON album_user BEGIN
  INSERT OR IGNORE INTO former_member SELECT b.id, u.id FROM album b JOIN user u
    WHERE b.id = OLD.album_id AND u.id = OLD.user_id;
  ${note('album', 'OLD.album_id', 'NULL', 'SELECT OLD.user_id AS user_id')};
  ${note('album_user', 'OLD.album_id', 'OLD.user_id', MEMBERS)};
  INSERT INTO sync_delete (user_id, kind, id, deleted_at)
    SELECT OLD.user_id, 'asset', a.id, ${NOW} FROM album_asset l JOIN asset a ON a.id = l.asset_id
    WHERE l.album_id = OLD.album_id AND a.owner_id <> OLD.user_id AND NOT ${stillGets('OLD.user_id')};
END;
CREATE TRIGGER album_asset_gone AFTER DELETE ON album_asset BEGIN
  ${note('album_asset', 'OLD.album_id', 'OLD.asset_id', MEMBERS)};
  INSERT INTO sync_delete (user_id, kind, id, deleted_at)
    SELECT m.user_id, 'asset', a.id, ${NOW} FROM asset a JOIN album_user m ON m.album_id = OLD.album_id
    WHERE a.id = OLD.asset_id AND a.owner_id <> m.user_id AND NOT ${stillGets('m.user_id')};
END;

CREATE TRIGGER memory_gone AFTER DELETE ON memory BEGIN
  ${note('memory', 'OLD.id', 'NULL', 'SELECT OLD.owner_id AS user_id')};
END;
CREATE TRIGGER memory_asset_gone AFTER DELETE ON memory_asset BEGIN
  ${note('memory_asset', 'OLD.memory_id', 'OLD.asset_id', 'SELECT owner_id AS user_id FROM memory WHERE id = OLD.memory_id')};
END;
CREATE TRIGGER person_gone AFTER DELETE ON person BEGIN
  ${note('person', 'OLD.id', 'NULL', 'SELECT OLD.owner_id AS user_id')};
END;
CREATE TRIGGER face_gone AFTER DELETE ON face BEGIN
  ${note('face', 'OLD.id', 'NULL', ownerOf('OLD.asset_id'))};
END;
CREATE TRIGGER asset_metadata_gone AFTER DELETE ON asset_metadata BEGIN
  ${note('asset_metadata', 'OLD.asset_id', 'OLD.key', ownerOf('OLD.asset_id'))};
END;
CREATE TRIGGER asset_edit_gone AFTER DELETE ON asset_edit BEGIN
  ${note('asset_edit', 'OLD.id', 'NULL', ownerOf('OLD.asset_id'))};
END;
`;
