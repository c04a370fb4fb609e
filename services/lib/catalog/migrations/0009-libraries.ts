/**
 * External libraries: folders that are read where they are. What is in them appears in the timeline of a library's
 * owner; nothing is ever written there, and nothing is deleted here because a drive is not plugged in.
 *
 * An asset of a library has `library_id`, and its `path` is `external/<library id>/<absolute path>`: below
 * `external/` in the pool lie the sidecars of such photos, since none may be written beside them.
 *
 * Its `checksum` is no checksum of its bytes but of its id. An upload of the same bytes is then no duplicate, and
 * both are shown: phones delete their copy once a photo of this checksum is here, and a folder on somebody else's
 * drive is no safe place. The checksum of the bytes is in `external_file`.
 */
const counted = (sign: '+' | '-', row: 'NEW' | 'OLD') =>
  `UPDATE user SET used_bytes = used_bytes ${sign} ${row}.original_bytes
    WHERE id = ${row}.owner_id AND ${row}.is_extracted = 0 AND ${row}.library_id IS NULL;`;
const video = (sign: '+' | '-', row: 'NEW' | 'OLD') =>
  `UPDATE user SET video_bytes = video_bytes ${sign} ${row}.original_bytes WHERE id = ${row}.owner_id;`;
const isOwnVideo = (row: 'NEW' | 'OLD') =>
  `${row}.type = 'VIDEO' AND ${row}.is_extracted = 0 AND ${row}.library_id IS NULL`;

const gain = (basis: 'taken' | 'created', column: 'local_at' | 'created_at') => `
  INSERT INTO month_count VALUES (NEW.owner_id, '${basis}', strftime('%Y-%m-01', NEW.${column} / 1000.0, 'unixepoch'),
    NEW.type, NEW.visibility, NEW.trashed_at IS NOT NULL, NEW.is_favorite, NEW.is_stack_member, 1)
    ON CONFLICT DO UPDATE SET count = count + 1;`;
const lose = (basis: 'taken' | 'created', column: 'local_at' | 'created_at') => `
  UPDATE month_count SET count = count - 1 WHERE owner_id = OLD.owner_id AND basis = '${basis}'
    AND month = strftime('%Y-%m-01', OLD.${column} / 1000.0, 'unixepoch') AND type = OLD.type
    AND visibility = OLD.visibility AND is_trashed = (OLD.trashed_at IS NOT NULL)
    AND is_favorite = OLD.is_favorite AND is_stack_member = OLD.is_stack_member;`;

export const migration0009 = `
CREATE TABLE library (
  id TEXT PRIMARY KEY,
  owner_id TEXT NOT NULL REFERENCES user(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  exclusion_patterns TEXT NOT NULL,           -- JSON array, see storage/exclusion.ts
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  refreshed_at INTEGER,                       -- when a scan last came to its end
  deleted_at INTEGER                          -- to go: ingest removes its assets piece by piece, then this row
) STRICT;
CREATE INDEX library_owner ON library(owner_id);

-- A folder of a library. The marker says which folder was meant, so that an empty folder where a drive was mounted
-- is not taken for it (see storage/folder-marker.ts).
CREATE TABLE library_folder (
  id INTEGER PRIMARY KEY,
  library_id TEXT NOT NULL REFERENCES library(id) ON DELETE CASCADE,
  path TEXT NOT NULL,                         -- absolute, without links
  file_system TEXT NOT NULL,
  inode TEXT,                                 -- null where numbers of files do not last
  offline_since INTEGER,                      -- the marker was absent at the last look
  removed_at INTEGER,                         -- no longer a folder of the library; its assets stay, offline
  UNIQUE (library_id, path)
) STRICT;

ALTER TABLE asset ADD COLUMN library_id TEXT REFERENCES library(id);
CREATE INDEX asset_library ON asset(library_id, trashed_at, visibility, type, original_bytes)
  WHERE library_id IS NOT NULL;

CREATE TABLE external_file (
  asset_id TEXT PRIMARY KEY REFERENCES asset(id) ON DELETE CASCADE,
  folder_id INTEGER NOT NULL REFERENCES library_folder(id) ON DELETE CASCADE,
  dir TEXT NOT NULL,                          -- below the folder, '' for the folder itself
  name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,               -- as the file system says, Unix ms
  content_checksum TEXT NOT NULL,             -- SHA-1 of the bytes, base64
  missing_at INTEGER,                         -- not there at that look, while the folder was
  UNIQUE (folder_id, dir, name)
) STRICT;
CREATE INDEX external_file_content ON external_file(folder_id, content_checksum);
CREATE INDEX external_file_missing ON external_file(folder_id) WHERE missing_at IS NOT NULL;

-- What people deleted here. The file is still where it was, and no scan brings it back.
CREATE TABLE deleted_file (
  folder_id INTEGER NOT NULL REFERENCES library_folder(id) ON DELETE CASCADE,
  dir TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (folder_id, dir, name)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER external_file_deleted BEFORE DELETE ON asset WHEN OLD.library_id IS NOT NULL BEGIN
  INSERT OR IGNORE INTO deleted_file (folder_id, dir, name)
    SELECT x.folder_id, x.dir, x.name FROM external_file x JOIN library_folder f ON f.id = x.folder_id
    JOIN library l ON l.id = f.library_id AND l.deleted_at IS NULL WHERE x.asset_id = OLD.id;
END;

-- The job of reading a library's folders. A worker that dies leaves a lease that runs out; the next one goes on
-- behind \`position\`.
CREATE TABLE library_scan (
  library_id TEXT PRIMARY KEY REFERENCES library(id) ON DELETE CASCADE,
  due_at INTEGER NOT NULL,
  is_again INTEGER NOT NULL DEFAULT 0,        -- asked for while it ran: what it has passed may have changed
  attempts INTEGER NOT NULL DEFAULT 0,
  lease_owner TEXT,
  lease_until INTEGER,
  folder_id INTEGER,                          -- how far: null before the first folder
  position TEXT,                              -- the last folder below it that is done; null: none yet
  files INTEGER NOT NULL DEFAULT 0,           -- files looked at so far
  error TEXT
) STRICT, WITHOUT ROWID;

-- Which library an asset belongs to is part of what devices are shown of it (see 0004).
CREATE TRIGGER asset_library_moved AFTER UPDATE OF library_id ON asset WHEN OLD.library_id IS NOT NEW.library_id BEGIN
  UPDATE sync_counter SET value = value + 1;
  UPDATE asset SET revision = (SELECT value FROM sync_counter) WHERE id = NEW.id;
END;

-- What lies on other drives takes no space here: the same triggers as before, without it (see 0001 and 0002).
DROP TRIGGER asset_counted;
CREATE TRIGGER asset_counted AFTER INSERT ON asset BEGIN
  ${gain('taken', 'local_at')} ${gain('created', 'created_at')} ${counted('+', 'NEW')}
END;
DROP TRIGGER asset_uncounted;
CREATE TRIGGER asset_uncounted AFTER DELETE ON asset BEGIN
  ${lose('taken', 'local_at')} ${lose('created', 'created_at')} ${counted('-', 'OLD')}
END;
DROP TRIGGER video_added;
CREATE TRIGGER video_added AFTER INSERT ON asset WHEN ${isOwnVideo('NEW')} BEGIN ${video('+', 'NEW')} END;
DROP TRIGGER video_removed;
CREATE TRIGGER video_removed AFTER DELETE ON asset WHEN ${isOwnVideo('OLD')} BEGIN ${video('-', 'OLD')} END;
DROP TRIGGER video_retyped;
CREATE TRIGGER video_retyped AFTER UPDATE OF type ON asset
WHEN (OLD.type = 'VIDEO') IS NOT (NEW.type = 'VIDEO') AND NEW.is_extracted = 0 AND NEW.library_id IS NULL BEGIN
  UPDATE user SET video_bytes = video_bytes + iif(NEW.type = 'VIDEO', 1, -1) * NEW.original_bytes WHERE id = NEW.owner_id;
END;
`;
