/**
 * What the locked folder takes along besides the photo (see 0004): the video of a live photo, which then is nobody
 * else's either, and a person's picture.
 */
const BUMP = 'UPDATE sync_counter SET value = value + 1';
const NEXT = '(SELECT value FROM sync_counter)';
const NOW = `CAST(unixepoch('subsec') * 1000 AS INTEGER)`;

/** Whether the asset of this id is a video that belongs to the locked folder; as in access.ts. */
const isLockedPart = (id: string) => `(
  (SELECT visibility FROM asset WHERE id = ${id}) = 'hidden'
  AND EXISTS (SELECT 1 FROM asset s WHERE s.live_video_id = ${id})
  AND NOT EXISTS (SELECT 1 FROM asset s WHERE s.live_video_id = ${id} AND s.visibility <> 'locked'))`;

const note = (kind: string, id: string) => `
  INSERT INTO sync_delete (user_id, kind, id, other, deleted_at) SELECT p.shared_with_id, '${kind}', v.id, NULL, ${NOW}
    FROM asset v JOIN (SELECT shared_by_id, shared_with_id FROM partner
      UNION SELECT shared_by_id, shared_with_id FROM former_partner) p ON p.shared_by_id = v.owner_id
    WHERE v.id = ${id} AND ${isLockedPart(id)};`;
/** After a change that may have made it such a video, or one that others may have: they lose it, or get it whole. */
const settle = (id: string) => `
  ${note('asset', id)}
  ${note('partner_asset', id)}
  ${BUMP};
  UPDATE asset SET revision = ${NEXT}, exif_revision = ${NEXT} WHERE id = ${id} AND NOT ${isLockedPart(id)};`;

const crosses = (value: string) => `(NEW.visibility = '${value}') <> (OLD.visibility = '${value}')`;
const COVERED = 'cover_face_id IN (SELECT id FROM face WHERE asset_id = NEW.id)';

export const migration0011 = `
CREATE TRIGGER live_still_made AFTER INSERT ON asset
WHEN NEW.visibility = 'locked' AND NEW.live_video_id IS NOT NULL BEGIN ${settle('NEW.live_video_id')}
END;
CREATE TRIGGER live_still_locked AFTER UPDATE OF visibility ON asset
WHEN NEW.live_video_id IS NOT NULL AND ${crosses('locked')} BEGIN ${settle('NEW.live_video_id')}
END;
CREATE TRIGGER live_still_linked AFTER UPDATE OF live_video_id ON asset
WHEN NEW.visibility = 'locked' AND NEW.live_video_id IS NOT OLD.live_video_id BEGIN
  ${settle('NEW.live_video_id')}
  ${settle('OLD.live_video_id')}
END;
CREATE TRIGGER live_still_gone AFTER DELETE ON asset
WHEN OLD.visibility = 'locked' AND OLD.live_video_id IS NOT NULL BEGIN ${settle('OLD.live_video_id')}
END;
CREATE TRIGGER live_video_hidden AFTER UPDATE OF visibility ON asset
WHEN ${crosses('hidden')} AND EXISTS (SELECT 1 FROM asset s WHERE s.live_video_id = NEW.id AND s.visibility = 'locked')
BEGIN ${settle('NEW.id')}
END;

-- A person whose chosen face is on a locked photo is shown without it. Each gets a number of its own.
CREATE TRIGGER person_cover_locked AFTER UPDATE OF visibility ON asset WHEN ${crosses('locked')} BEGIN
  UPDATE person SET revision = ${NEXT} + 1 + (SELECT count(*) FROM person o WHERE o.${COVERED} AND o.id < person.id)
    WHERE ${COVERED};
  UPDATE sync_counter SET value = value + (SELECT count(*) FROM person WHERE ${COVERED});
END;
`;
