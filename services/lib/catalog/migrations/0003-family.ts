/**
 * What a family does with its photos: sharing with partners and by links, talking about them, people in them,
 * memories, tags, edits that leave the original alone, words found in pictures, news for the owner.
 */
export const migration0003 = `
-- shared_by lets shared_with see their timeline; in_timeline belongs to the one who receives.
CREATE TABLE partner (
  shared_by_id TEXT NOT NULL REFERENCES user(id) ON DELETE CASCADE,
  shared_with_id TEXT NOT NULL REFERENCES user(id) ON DELETE CASCADE,
  in_timeline INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (shared_by_id, shared_with_id),
  CHECK (shared_by_id <> shared_with_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX partner_with ON partner(shared_with_id);

CREATE TABLE shared_link (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES user(id) ON DELETE CASCADE,
  type TEXT NOT NULL CHECK (type IN ('ALBUM', 'INDIVIDUAL')),
  album_id TEXT REFERENCES album(id) ON DELETE CASCADE,
  key BLOB NOT NULL UNIQUE,                   -- 50 random bytes; shown to its owner again and again, so kept as it is
  slug TEXT UNIQUE COLLATE NOCASE,
  description TEXT,
  password TEXT,                              -- shown to its owner by the clients, so kept as it is
  expires_at INTEGER,
  allow_upload INTEGER NOT NULL,
  allow_download INTEGER NOT NULL,
  show_metadata INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  CHECK ((type = 'ALBUM') = (album_id IS NOT NULL))
) STRICT;
CREATE INDEX shared_link_user ON shared_link(user_id);
CREATE INDEX shared_link_album ON shared_link(album_id) WHERE album_id IS NOT NULL;

CREATE TABLE shared_link_asset (
  link_id TEXT NOT NULL REFERENCES shared_link(id) ON DELETE CASCADE,
  asset_id TEXT NOT NULL REFERENCES asset(id) ON DELETE CASCADE,
  PRIMARY KEY (link_id, asset_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX shared_link_asset_asset ON shared_link_asset(asset_id);

-- Comments and likes on an album (asset_id null) or on a photo in it.
CREATE TABLE activity (
  id TEXT PRIMARY KEY,
  album_id TEXT NOT NULL REFERENCES album(id) ON DELETE CASCADE,
  asset_id TEXT REFERENCES asset(id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES user(id) ON DELETE CASCADE,
  type TEXT NOT NULL CHECK (type IN ('like', 'comment')),
  comment TEXT,
  created_at INTEGER NOT NULL,
  CHECK ((type = 'comment') = (comment IS NOT NULL))
) STRICT;
CREATE INDEX activity_album ON activity(album_id, created_at);
CREATE INDEX activity_asset ON activity(asset_id) WHERE asset_id IS NOT NULL;
CREATE INDEX activity_user ON activity(user_id);
CREATE UNIQUE INDEX activity_one_like ON activity(album_id, coalesce(asset_id, ''), user_id) WHERE type = 'like';

CREATE TABLE person (
  id TEXT PRIMARY KEY,
  owner_id TEXT NOT NULL REFERENCES user(id) ON DELETE CASCADE,
  name TEXT NOT NULL DEFAULT '',
  birth_date TEXT,                            -- YYYY-MM-DD
  is_hidden INTEGER NOT NULL DEFAULT 0,
  is_favorite INTEGER NOT NULL DEFAULT 0,
  color TEXT,
  cover_face_id TEXT REFERENCES face(id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX person_owner ON person(owner_id);
CREATE INDEX person_cover ON person(cover_face_id) WHERE cover_face_id IS NOT NULL;

-- A box around a face, in pixels of an upright picture of image_width_px by image_height_px.
CREATE TABLE face (
  id TEXT PRIMARY KEY,
  asset_id TEXT NOT NULL REFERENCES asset(id) ON DELETE CASCADE,
  person_id TEXT REFERENCES person(id) ON DELETE SET NULL,
  image_width_px INTEGER NOT NULL,
  image_height_px INTEGER NOT NULL,
  x1 INTEGER NOT NULL, y1 INTEGER NOT NULL, x2 INTEGER NOT NULL, y2 INTEGER NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('machine-learning', 'exif', 'manual')),
  is_visible INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX face_asset ON face(asset_id);
CREATE INDEX face_person ON face(person_id) WHERE person_id IS NOT NULL;

CREATE TABLE memory (
  id TEXT PRIMARY KEY,
  owner_id TEXT NOT NULL REFERENCES user(id) ON DELETE CASCADE,
  type TEXT NOT NULL CHECK (type IN ('on_this_day')),
  year INTEGER NOT NULL,
  memory_at INTEGER NOT NULL,
  show_at INTEGER,
  hide_at INTEGER,
  seen_at INTEGER,
  is_saved INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER,
  UNIQUE (owner_id, type, memory_at)
) STRICT;

CREATE TABLE memory_asset (
  memory_id TEXT NOT NULL REFERENCES memory(id) ON DELETE CASCADE,
  asset_id TEXT NOT NULL REFERENCES asset(id) ON DELETE CASCADE,
  PRIMARY KEY (memory_id, asset_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX memory_asset_asset ON memory_asset(asset_id);

CREATE TABLE tag (
  id TEXT PRIMARY KEY,
  owner_id TEXT NOT NULL REFERENCES user(id) ON DELETE CASCADE,
  parent_id TEXT REFERENCES tag(id) ON DELETE CASCADE,
  value TEXT NOT NULL,                        -- the whole path, a/b/c
  color TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (owner_id, value)
) STRICT;
CREATE INDEX tag_parent ON tag(parent_id) WHERE parent_id IS NOT NULL;

CREATE TABLE tag_asset (
  tag_id TEXT NOT NULL REFERENCES tag(id) ON DELETE CASCADE,
  asset_id TEXT NOT NULL REFERENCES asset(id) ON DELETE CASCADE,
  PRIMARY KEY (tag_id, asset_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_asset_asset ON tag_asset(asset_id);

-- Steps that make the shown picture from the original, in order.
CREATE TABLE asset_edit (
  id TEXT PRIMARY KEY,
  asset_id TEXT NOT NULL REFERENCES asset(id) ON DELETE CASCADE,
  action TEXT NOT NULL CHECK (action IN ('crop', 'rotate', 'mirror')),
  parameters TEXT NOT NULL,                   -- JSON object of contract §3.5.12
  sequence INTEGER NOT NULL,
  UNIQUE (asset_id, sequence)
) STRICT;

CREATE TABLE notification (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES user(id) ON DELETE CASCADE,
  type TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('success', 'error', 'warning', 'info')),
  title TEXT NOT NULL,
  description TEXT,
  data TEXT,                                  -- JSON object
  read_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX notification_user ON notification(user_id, created_at);
`;
