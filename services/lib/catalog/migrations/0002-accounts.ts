/**
 * When a deleted account's photos may go, and how much of an account's space videos take: the statistics page
 * shows it, and adding it up over a million rows each time would hold up everybody else.
 */
export const migration0002 = `
ALTER TABLE user ADD COLUMN purge_at INTEGER;                       -- null unless the account is deleted
ALTER TABLE user ADD COLUMN video_bytes INTEGER NOT NULL DEFAULT 0; -- part of used_bytes, kept by triggers on asset
UPDATE user SET video_bytes = coalesce((SELECT sum(original_bytes) FROM asset
  WHERE owner_id = user.id AND type = 'VIDEO' AND is_extracted = 0), 0);

CREATE TRIGGER video_added AFTER INSERT ON asset WHEN NEW.type = 'VIDEO' AND NEW.is_extracted = 0 BEGIN
  UPDATE user SET video_bytes = video_bytes + NEW.original_bytes WHERE id = NEW.owner_id;
END;
CREATE TRIGGER video_removed AFTER DELETE ON asset WHEN OLD.type = 'VIDEO' AND OLD.is_extracted = 0 BEGIN
  UPDATE user SET video_bytes = video_bytes - OLD.original_bytes WHERE id = OLD.owner_id;
END;
CREATE TRIGGER video_retyped AFTER UPDATE OF type ON asset
WHEN (OLD.type = 'VIDEO') IS NOT (NEW.type = 'VIDEO') AND NEW.is_extracted = 0 BEGIN
  UPDATE user SET video_bytes = video_bytes + iif(NEW.type = 'VIDEO', 1, -1) * NEW.original_bytes WHERE id = NEW.owner_id;
END;
`;
