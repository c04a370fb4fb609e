/** Edited pictures: what was made of the steps in `asset_edit`, and what the picture is without them. */
export const migration0006 = `
-- 1 once the edited picture exists: thumbhash, width_px and height_px are then those of the edited one.
ALTER TABLE asset ADD COLUMN is_edited INTEGER NOT NULL DEFAULT 0;

CREATE TABLE edited_picture (
  asset_id TEXT PRIMARY KEY REFERENCES asset(id) ON DELETE CASCADE,
  version TEXT NOT NULL,                      -- part of the names of its files, another one for each making
  full_bytes INTEGER NOT NULL,
  preview_bytes INTEGER NOT NULL,
  thumbnail_bytes INTEGER NOT NULL,
  plain_thumbhash TEXT,                       -- of the picture without its edits, to go back to
  plain_width_px INTEGER,
  plain_height_px INTEGER
) STRICT, WITHOUT ROWID;
`;
