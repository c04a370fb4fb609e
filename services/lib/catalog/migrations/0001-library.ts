/**
 * The first catalog: accounts, assets with their files and metadata, albums, stacks, jobs.
 *
 * `asset` is one wide row on purpose: a list, a timeline bucket and a photo's page each read it with one
 * look-up. What lists need stands first, since SQLite walks a row from its start.
 *
 * `month_count` holds how many assets each month has, so that a timeline of a million photos is never
 * counted: triggers keep it, and no code path can forget it. `place_count` and `camera_count` do the same for
 * what search offers to choose from, counting what is in the timeline or the archive and not in the trash.
 */
export const migration0001 = `
CREATE TABLE user (
  id TEXT PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,                 -- lower case
  name TEXT NOT NULL,
  password_hash TEXT NOT NULL,                -- argon2id, see gateway/password.ts
  pin_hash TEXT,
  is_admin INTEGER NOT NULL DEFAULT 0,
  should_change_password INTEGER NOT NULL DEFAULT 0,
  is_onboarded INTEGER NOT NULL DEFAULT 0,
  folder TEXT NOT NULL UNIQUE,                -- library/<folder>, chosen once
  storage_label TEXT UNIQUE,
  avatar_color TEXT,
  quota_bytes INTEGER,
  used_bytes INTEGER NOT NULL DEFAULT 0,      -- kept by triggers on asset
  preferences TEXT NOT NULL DEFAULT '{}',     -- what differs from the defaults, JSON
  profile_image TEXT,
  profile_changed_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;

CREATE TABLE session (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES user(id) ON DELETE CASCADE,
  parent_id TEXT REFERENCES session(id) ON DELETE CASCADE,
  token_hash BLOB NOT NULL UNIQUE,            -- SHA-256 of the token
  device_type TEXT NOT NULL,
  device_os TEXT NOT NULL,
  app_version TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  expires_at INTEGER,
  elevated_until INTEGER,                     -- the locked folder is open until then
  is_pending_sync_reset INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX session_user ON session(user_id);
CREATE INDEX session_parent ON session(parent_id) WHERE parent_id IS NOT NULL;

CREATE TABLE api_key (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES user(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  secret_hash BLOB NOT NULL UNIQUE,           -- SHA-256 of the secret
  permissions TEXT NOT NULL,                  -- JSON array of scopes
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX api_key_user ON api_key(user_id);

CREATE TABLE stack (
  id TEXT PRIMARY KEY,
  owner_id TEXT NOT NULL REFERENCES user(id),
  primary_asset_id TEXT NOT NULL REFERENCES asset(id) DEFERRABLE INITIALLY DEFERRED,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX stack_owner ON stack(owner_id);
CREATE INDEX stack_primary ON stack(primary_asset_id);

CREATE TABLE asset (
  id TEXT PRIMARY KEY,
  owner_id TEXT NOT NULL REFERENCES user(id),
  type TEXT NOT NULL CHECK (type IN ('IMAGE', 'VIDEO', 'AUDIO', 'OTHER')),
  visibility TEXT NOT NULL CHECK (visibility IN ('timeline', 'archive', 'hidden', 'locked')),
  is_favorite INTEGER NOT NULL DEFAULT 0,
  trashed_at INTEGER,
  captured_at INTEGER NOT NULL,               -- the instant, Unix ms
  local_at INTEGER NOT NULL,                  -- the wall clock there and then, written as if it were UTC
  created_at INTEGER NOT NULL,                -- when it arrived here
  updated_at INTEGER NOT NULL,
  thumbhash TEXT,                             -- base64; null until the preview exists
  width_px INTEGER,                           -- as displayed
  height_px INTEGER,
  duration_ms INTEGER,
  live_video_id TEXT REFERENCES asset(id) ON DELETE SET NULL,
  stack_id TEXT REFERENCES stack(id) ON DELETE SET NULL,
  is_stack_member INTEGER NOT NULL DEFAULT 0, -- 1 when another photo of its stack stands for it
  projection_type TEXT,
  city TEXT, state TEXT, country TEXT,
  latitude REAL, longitude REAL,

  original_name TEXT NOT NULL,                -- as the phone called it
  path TEXT NOT NULL UNIQUE,                  -- below the pool's folder; chosen once
  sidecar_path TEXT,
  checksum TEXT NOT NULL,                     -- SHA-1 of the original, base64
  original_bytes INTEGER NOT NULL,
  mime_type TEXT NOT NULL,                    -- by content once read, by name before
  is_extracted INTEGER NOT NULL DEFAULT 0,    -- the video of a motion photo: remade from its still, not in the quota
  file_created_at INTEGER NOT NULL,           -- as the uploader said
  file_modified_at INTEGER NOT NULL,
  preview_bytes INTEGER,                      -- null until written; a file of another size is remade
  thumbnail_bytes INTEGER,
  verified_at INTEGER,                        -- when the original was last re-read and was equal
  verify_due_at INTEGER NOT NULL,             -- when it is to be re-read next
  problem_code TEXT,                          -- what is wrong with the file, for people
  problem_message TEXT,

  capture_reason TEXT,                        -- which source gave date and zone
  time_zone TEXT,
  modified_at INTEGER,                        -- EXIF ModifyDate
  make TEXT, model TEXT, lens_model TEXT,
  f_number REAL, focal_length_mm REAL, iso INTEGER, exposure_time TEXT,
  stored_width_px INTEGER, stored_height_px INTEGER, orientation INTEGER,
  profile_description TEXT, fps REAL,
  description TEXT NOT NULL DEFAULT '',
  rating INTEGER,
  keywords TEXT,                              -- JSON array of tag paths found in the file and its sidecar
  content_id TEXT,                            -- Apple's identifier that live photo and video share
  burst_id TEXT,
  duplicate_id TEXT,                          -- the group of look-alikes that clients put it into
  set_by_owner TEXT NOT NULL DEFAULT '[]',    -- JSON array of fields that a re-read of the file must not change
  UNIQUE (owner_id, checksum)
) STRICT;
CREATE INDEX asset_local ON asset(owner_id, local_at);
CREATE INDEX asset_captured ON asset(owner_id, captured_at);
CREATE INDEX asset_created ON asset(owner_id, created_at);
CREATE INDEX asset_verify ON asset(verify_due_at);
CREATE INDEX asset_trashed ON asset(owner_id, trashed_at) WHERE trashed_at IS NOT NULL;
CREATE INDEX asset_live_video ON asset(live_video_id) WHERE live_video_id IS NOT NULL;
CREATE INDEX asset_stack ON asset(stack_id) WHERE stack_id IS NOT NULL;
CREATE INDEX asset_content ON asset(owner_id, content_id) WHERE content_id IS NOT NULL;
CREATE INDEX asset_favorite ON asset(owner_id, captured_at) WHERE is_favorite = 1;
CREATE INDEX asset_city ON asset(owner_id, city, captured_at) WHERE city IS NOT NULL;
CREATE INDEX asset_model ON asset(owner_id, model, captured_at) WHERE model IS NOT NULL;

CREATE TABLE asset_metadata (
  asset_id TEXT NOT NULL REFERENCES asset(id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,                        -- a JSON object of the app's own
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (asset_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE month_count (
  owner_id TEXT NOT NULL,
  basis TEXT NOT NULL,                        -- 'taken' by local_at, 'created' by created_at
  month TEXT NOT NULL,                        -- YYYY-MM-01
  type TEXT NOT NULL,
  visibility TEXT NOT NULL,
  is_trashed INTEGER NOT NULL,
  is_favorite INTEGER NOT NULL,
  is_stack_member INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (owner_id, basis, month, type, visibility, is_trashed, is_favorite, is_stack_member)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER asset_counted AFTER INSERT ON asset BEGIN
  INSERT INTO month_count VALUES (NEW.owner_id, 'taken', strftime('%Y-%m-01', NEW.local_at / 1000.0, 'unixepoch'),
    NEW.type, NEW.visibility, NEW.trashed_at IS NOT NULL, NEW.is_favorite, NEW.is_stack_member, 1)
    ON CONFLICT DO UPDATE SET count = count + 1;
  INSERT INTO month_count VALUES (NEW.owner_id, 'created', strftime('%Y-%m-01', NEW.created_at / 1000.0, 'unixepoch'),
    NEW.type, NEW.visibility, NEW.trashed_at IS NOT NULL, NEW.is_favorite, NEW.is_stack_member, 1)
    ON CONFLICT DO UPDATE SET count = count + 1;
  UPDATE user SET used_bytes = used_bytes + NEW.original_bytes WHERE id = NEW.owner_id AND NEW.is_extracted = 0;
END;

CREATE TRIGGER asset_uncounted AFTER DELETE ON asset BEGIN
  UPDATE month_count SET count = count - 1 WHERE owner_id = OLD.owner_id AND basis = 'taken'
    AND month = strftime('%Y-%m-01', OLD.local_at / 1000.0, 'unixepoch') AND type = OLD.type
    AND visibility = OLD.visibility AND is_trashed = (OLD.trashed_at IS NOT NULL)
    AND is_favorite = OLD.is_favorite AND is_stack_member = OLD.is_stack_member;
  UPDATE month_count SET count = count - 1 WHERE owner_id = OLD.owner_id AND basis = 'created'
    AND month = strftime('%Y-%m-01', OLD.created_at / 1000.0, 'unixepoch') AND type = OLD.type
    AND visibility = OLD.visibility AND is_trashed = (OLD.trashed_at IS NOT NULL)
    AND is_favorite = OLD.is_favorite AND is_stack_member = OLD.is_stack_member;
  UPDATE user SET used_bytes = used_bytes - OLD.original_bytes WHERE id = OLD.owner_id AND OLD.is_extracted = 0;
END;

CREATE TRIGGER asset_recounted AFTER UPDATE OF type, visibility, trashed_at, is_favorite, is_stack_member, local_at
ON asset WHEN
  OLD.type IS NOT NEW.type OR OLD.visibility IS NOT NEW.visibility
  OR (OLD.trashed_at IS NULL) IS NOT (NEW.trashed_at IS NULL)
  OR OLD.is_favorite IS NOT NEW.is_favorite OR OLD.is_stack_member IS NOT NEW.is_stack_member
  OR strftime('%Y-%m', OLD.local_at / 1000.0, 'unixepoch') IS NOT strftime('%Y-%m', NEW.local_at / 1000.0, 'unixepoch')
BEGIN
  UPDATE month_count SET count = count - 1 WHERE owner_id = OLD.owner_id AND basis = 'taken'
    AND month = strftime('%Y-%m-01', OLD.local_at / 1000.0, 'unixepoch') AND type = OLD.type
    AND visibility = OLD.visibility AND is_trashed = (OLD.trashed_at IS NOT NULL)
    AND is_favorite = OLD.is_favorite AND is_stack_member = OLD.is_stack_member;
  UPDATE month_count SET count = count - 1 WHERE owner_id = OLD.owner_id AND basis = 'created'
    AND month = strftime('%Y-%m-01', OLD.created_at / 1000.0, 'unixepoch') AND type = OLD.type
    AND visibility = OLD.visibility AND is_trashed = (OLD.trashed_at IS NOT NULL)
    AND is_favorite = OLD.is_favorite AND is_stack_member = OLD.is_stack_member;
  INSERT INTO month_count VALUES (NEW.owner_id, 'taken', strftime('%Y-%m-01', NEW.local_at / 1000.0, 'unixepoch'),
    NEW.type, NEW.visibility, NEW.trashed_at IS NOT NULL, NEW.is_favorite, NEW.is_stack_member, 1)
    ON CONFLICT DO UPDATE SET count = count + 1;
  INSERT INTO month_count VALUES (NEW.owner_id, 'created', strftime('%Y-%m-01', NEW.created_at / 1000.0, 'unixepoch'),
    NEW.type, NEW.visibility, NEW.trashed_at IS NOT NULL, NEW.is_favorite, NEW.is_stack_member, 1)
    ON CONFLICT DO UPDATE SET count = count + 1;
END;

CREATE TABLE place_count (
  owner_id TEXT NOT NULL,
  country TEXT NOT NULL,                      -- '' when the asset has none; so for all below
  state TEXT NOT NULL,
  city TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (owner_id, country, state, city)
) STRICT, WITHOUT ROWID;

CREATE TABLE camera_count (
  owner_id TEXT NOT NULL,
  make TEXT NOT NULL,
  model TEXT NOT NULL,
  lens_model TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (owner_id, make, model, lens_model)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER asset_offered AFTER INSERT ON asset BEGIN
  INSERT INTO place_count SELECT NEW.owner_id, coalesce(NEW.country, ''), coalesce(NEW.state, ''), coalesce(NEW.city, ''), 1
    WHERE NEW.trashed_at IS NULL AND NEW.visibility IN ('timeline', 'archive') ON CONFLICT DO UPDATE SET count = count + 1;
  INSERT INTO camera_count SELECT NEW.owner_id, coalesce(NEW.make, ''), coalesce(NEW.model, ''), coalesce(NEW.lens_model, ''), 1
    WHERE NEW.trashed_at IS NULL AND NEW.visibility IN ('timeline', 'archive') ON CONFLICT DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER asset_withdrawn AFTER DELETE ON asset BEGIN
  UPDATE place_count SET count = count - 1 WHERE OLD.trashed_at IS NULL AND OLD.visibility IN ('timeline', 'archive')
    AND (owner_id, country, state, city) = (OLD.owner_id, coalesce(OLD.country, ''), coalesce(OLD.state, ''), coalesce(OLD.city, ''));
  UPDATE camera_count SET count = count - 1 WHERE OLD.trashed_at IS NULL AND OLD.visibility IN ('timeline', 'archive')
    AND (owner_id, make, model, lens_model) = (OLD.owner_id, coalesce(OLD.make, ''), coalesce(OLD.model, ''), coalesce(OLD.lens_model, ''));
END;

CREATE TRIGGER asset_reoffered AFTER UPDATE OF visibility, trashed_at, country, state, city, make, model, lens_model
ON asset WHEN
  (OLD.visibility, OLD.trashed_at IS NULL, OLD.country, OLD.state, OLD.city, OLD.make, OLD.model, OLD.lens_model)
  IS NOT
  (NEW.visibility, NEW.trashed_at IS NULL, NEW.country, NEW.state, NEW.city, NEW.make, NEW.model, NEW.lens_model)
BEGIN
  UPDATE place_count SET count = count - 1 WHERE OLD.trashed_at IS NULL AND OLD.visibility IN ('timeline', 'archive')
    AND (owner_id, country, state, city) = (OLD.owner_id, coalesce(OLD.country, ''), coalesce(OLD.state, ''), coalesce(OLD.city, ''));
  UPDATE camera_count SET count = count - 1 WHERE OLD.trashed_at IS NULL AND OLD.visibility IN ('timeline', 'archive')
    AND (owner_id, make, model, lens_model) = (OLD.owner_id, coalesce(OLD.make, ''), coalesce(OLD.model, ''), coalesce(OLD.lens_model, ''));
  INSERT INTO place_count SELECT NEW.owner_id, coalesce(NEW.country, ''), coalesce(NEW.state, ''), coalesce(NEW.city, ''), 1
    WHERE NEW.trashed_at IS NULL AND NEW.visibility IN ('timeline', 'archive') ON CONFLICT DO UPDATE SET count = count + 1;
  INSERT INTO camera_count SELECT NEW.owner_id, coalesce(NEW.make, ''), coalesce(NEW.model, ''), coalesce(NEW.lens_model, ''), 1
    WHERE NEW.trashed_at IS NULL AND NEW.visibility IN ('timeline', 'archive') ON CONFLICT DO UPDATE SET count = count + 1;
END;

CREATE TABLE album (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  cover_asset_id TEXT REFERENCES asset(id) ON DELETE SET NULL,
  is_activity_enabled INTEGER NOT NULL DEFAULT 1,
  sort_order TEXT NOT NULL DEFAULT 'desc' CHECK (sort_order IN ('asc', 'desc')),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX album_cover ON album(cover_asset_id) WHERE cover_asset_id IS NOT NULL;

-- The owner of an album is its album_user with the role 'owner'; there is exactly one.
CREATE TABLE album_user (
  album_id TEXT NOT NULL REFERENCES album(id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES user(id) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('owner', 'editor', 'viewer')),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (album_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX album_owner ON album_user(album_id) WHERE role = 'owner';
CREATE INDEX album_user_user ON album_user(user_id);

CREATE TABLE album_asset (
  album_id TEXT NOT NULL REFERENCES album(id) ON DELETE CASCADE,
  asset_id TEXT NOT NULL REFERENCES asset(id) ON DELETE CASCADE,
  added_by TEXT REFERENCES user(id) ON DELETE SET NULL,
  added_at INTEGER NOT NULL,
  PRIMARY KEY (album_id, asset_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX album_asset_asset ON album_asset(asset_id);

-- A piece of work. A worker that dies leaves a lease that runs out, and nothing to clean up.
CREATE TABLE job (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  asset_id TEXT NOT NULL REFERENCES asset(id) ON DELETE CASCADE,
  due_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  lease_owner TEXT,
  lease_until INTEGER,
  error TEXT,
  created_at INTEGER NOT NULL,
  UNIQUE (kind, asset_id)
) STRICT;
CREATE INDEX job_due ON job(kind, due_at);
CREATE INDEX job_asset ON job(asset_id);

-- Files of assets that were deleted for good. The row goes in the same transaction as its asset; ingest removes
-- the file, then the row, so that a power cut in between leaves neither a lost photo nor a forgotten file.
CREATE TABLE file_removal (
  path TEXT PRIMARY KEY,                      -- below the pool's folder; a file or a folder
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
