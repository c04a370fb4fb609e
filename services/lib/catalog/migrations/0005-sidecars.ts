/**
 * What is still to be written beside the originals (sidecars) and into each account's folder, so that a lost
 * catalog can be made again. Triggers note every change: no code path can forget one. They use no clock; when a
 * change is written is decided by whoever writes (see sidecars.ts).
 *
 * The video of a motion photo is remade from its still and has no sidecar.
 */
const note = (ids: string) => `
  INSERT INTO sidecar (asset_id) SELECT a.id FROM asset a WHERE a.is_extracted = 0 AND a.id IN (${ids})
    ON CONFLICT DO UPDATE SET revision = revision + 1;`;

const noteAccount = (ids: string) => `
  INSERT INTO account_file (user_id) SELECT u.id FROM user u WHERE u.id IN (${ids})
    ON CONFLICT DO UPDATE SET revision = revision + 1;`;

const trigger = (name: string, event: string, body: string, when = '') =>
  `CREATE TRIGGER ${name} AFTER ${event} ${when && `WHEN ${when}`} BEGIN ${body} END;`;

const differs = (...columns: string[]) =>
  `(${columns.map((it) => `OLD.${it}`).join(', ')}) IS NOT (${columns.map((it) => `NEW.${it}`).join(', ')})`;

const ASSET_COLUMNS = [
  'visibility',
  'is_favorite',
  'trashed_at',
  'captured_at',
  'local_at',
  'time_zone',
  'latitude',
  'longitude',
  'description',
  'rating',
  'set_by_owner',
  'stack_id',
  'is_stack_member',
  'live_video_id',
  'original_name',
];
const PERSON_COLUMNS = ['name', 'birth_date', 'is_hidden', 'is_favorite', 'color', 'cover_face_id'];
const ALBUM_COLUMNS = ['name', 'description', 'cover_asset_id', 'is_activity_enabled', 'sort_order'];
const USER_COLUMNS = [
  'email',
  'name',
  'is_admin',
  'storage_label',
  'avatar_color',
  'quota_bytes',
  'preferences',
  'deleted_at',
  'purge_at',
];

const albumOwner = (album: string) =>
  `SELECT user_id FROM album_user WHERE album_id = ${album} AND role = 'owner'`;

export const migration0005 = `
CREATE TABLE sidecar (
  asset_id TEXT PRIMARY KEY REFERENCES asset(id) ON DELETE CASCADE,
  revision INTEGER NOT NULL DEFAULT 1,         -- one more with every change
  written_revision INTEGER NOT NULL DEFAULT 0, -- the one that the file says
  due_at INTEGER,                              -- when to write, or to try again; null until a writer has seen it
  written_checksum TEXT                        -- SHA-1 of what we wrote last; another one: somebody else edited it
) STRICT;
CREATE INDEX sidecar_due ON sidecar(due_at) WHERE revision <> written_revision;

CREATE TABLE account_file (
  user_id TEXT PRIMARY KEY REFERENCES user(id) ON DELETE CASCADE,
  revision INTEGER NOT NULL DEFAULT 1,
  written_revision INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER
) STRICT;

-- What an automatic job means to delete, and when it first said so (see purge.ts).
CREATE TABLE purge_sighting (
  kind TEXT NOT NULL CHECK (kind IN ('asset', 'user')),
  id TEXT NOT NULL,
  seen_at INTEGER NOT NULL,                    -- wall clock, Unix ms
  seen_ran_ms INTEGER NOT NULL,                -- how long this box had run by then
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- Made again from the drive and without a password: whoever claims the box takes it over (see rebuilt-accounts.ts).
ALTER TABLE user ADD COLUMN is_rebuilt INTEGER NOT NULL DEFAULT 0;

INSERT INTO sidecar (asset_id) SELECT id FROM asset WHERE is_extracted = 0;
INSERT INTO account_file (user_id) SELECT id FROM user;

${trigger('sidecar_asset_added', 'INSERT ON asset', 'INSERT INTO sidecar (asset_id) VALUES (NEW.id);', 'NEW.is_extracted = 0')}
${trigger(
  'sidecar_asset_changed',
  `UPDATE OF ${ASSET_COLUMNS.join(', ')} ON asset`,
  note('NEW.id'),
  `NEW.is_extracted = 0 AND ${differs(...ASSET_COLUMNS)}`,
)}
${trigger('sidecar_stack_changed', 'UPDATE OF primary_asset_id ON stack', note('OLD.primary_asset_id, NEW.primary_asset_id'))}

${trigger('sidecar_album_added', 'INSERT ON album_asset', note('NEW.asset_id'))}
${trigger('sidecar_album_left', 'DELETE ON album_asset', note('OLD.asset_id'))}
${trigger(
  'sidecar_album_renamed',
  'UPDATE OF name ON album',
  note('SELECT asset_id FROM album_asset WHERE album_id = NEW.id'),
  differs('name'),
)}

${trigger('sidecar_tag_added', 'INSERT ON tag_asset', note('NEW.asset_id'))}
${trigger('sidecar_tag_left', 'DELETE ON tag_asset', note('OLD.asset_id'))}
${trigger(
  'sidecar_tag_renamed',
  'UPDATE OF value ON tag',
  note('SELECT asset_id FROM tag_asset WHERE tag_id = NEW.id'),
  differs('value'),
)}

${trigger('sidecar_face_added', 'INSERT ON face', note('NEW.asset_id'))}
${trigger(
  'sidecar_face_changed',
  'UPDATE OF person_id, x1, y1, x2, y2, is_visible, deleted_at ON face',
  note('NEW.asset_id'),
  differs('person_id', 'x1', 'y1', 'x2', 'y2', 'is_visible', 'deleted_at'),
)}
${trigger('sidecar_face_left', 'DELETE ON face', note('OLD.asset_id'))}
${trigger(
  'sidecar_person_renamed',
  'UPDATE OF name ON person',
  note('SELECT asset_id FROM face WHERE person_id = NEW.id'),
  differs('name'),
)}
${trigger('sidecar_edit_added', 'INSERT ON asset_edit', note('NEW.asset_id'))}
${trigger('sidecar_edit_left', 'DELETE ON asset_edit', note('OLD.asset_id'))}

${trigger('account_added', 'INSERT ON user', 'INSERT INTO account_file (user_id) VALUES (NEW.id);')}
${trigger('account_changed', `UPDATE OF ${USER_COLUMNS.join(', ')} ON user`, noteAccount('NEW.id'), differs(...USER_COLUMNS))}
${trigger('account_album_changed', `UPDATE OF ${ALBUM_COLUMNS.join(', ')} ON album`, noteAccount(albumOwner('NEW.id')), differs(...ALBUM_COLUMNS))}
${trigger('account_member_added', 'INSERT ON album_user', noteAccount(`${albumOwner('NEW.album_id')} UNION SELECT NEW.user_id`))}
${trigger('account_member_changed', 'UPDATE OF role ON album_user', noteAccount(albumOwner('NEW.album_id')))}
${trigger('account_member_left', 'DELETE ON album_user', noteAccount(`${albumOwner('OLD.album_id')} UNION SELECT OLD.user_id`))}
${trigger('account_person_added', 'INSERT ON person', noteAccount('NEW.owner_id'))}
${trigger('account_person_changed', `UPDATE OF ${PERSON_COLUMNS.join(', ')} ON person`, noteAccount('NEW.owner_id'), differs(...PERSON_COLUMNS))}
${trigger('account_person_left', 'DELETE ON person', noteAccount('OLD.owner_id'))}
${trigger('account_tag_added', 'INSERT ON tag', noteAccount('NEW.owner_id'))}
${trigger('account_tag_changed', 'UPDATE OF value, color ON tag', noteAccount('NEW.owner_id'), differs('value', 'color'))}
${trigger('account_tag_left', 'DELETE ON tag', noteAccount('OLD.owner_id'))}
${trigger('account_partner_added', 'INSERT ON partner', noteAccount('NEW.shared_by_id'))}
${trigger('account_partner_changed', 'UPDATE OF in_timeline ON partner', noteAccount('NEW.shared_by_id'))}
${trigger('account_partner_left', 'DELETE ON partner', noteAccount('OLD.shared_by_id'))}
`;
