/**
 * Small versions of videos (see media/rendition.ts), for browsers that cannot play the original and for weak Wi-Fi. A
 * row says that ingest has looked at a video, and what came of it. It is no column of `asset`: phones need not hear
 * of it, and of a million assets few are videos.
 */
export const migration0013 = `
CREATE TABLE video_rendition (
  asset_id TEXT PRIMARY KEY REFERENCES asset(id) ON DELETE CASCADE,
  original_bytes INTEGER NOT NULL,            -- of the original it speaks of; an external file may change
  plays TEXT CHECK (plays IN ('everywhere', 'phones', 'nowhere')), -- null: the original could not be read
  bytes INTEGER,                              -- of rendition.mp4; null: none is needed or possible
  problem_code TEXT,                          -- why none is possible, for people
  problem_message TEXT,
  made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Videos that were here before get theirs as well.
INSERT OR IGNORE INTO job (kind, asset_id, due_at, created_at)
  SELECT 'rendition', id, 0, unixepoch() * 1000 FROM asset WHERE type = 'VIDEO' AND preview_bytes IS NOT NULL;
`;
