/** Whether a picture is shown with edits is part of what devices are shown of an asset (see 0004 and 0006). */
export const migration0007 = `
CREATE TRIGGER asset_edited_moved AFTER UPDATE OF is_edited ON asset WHEN OLD.is_edited IS NOT NEW.is_edited BEGIN
  UPDATE sync_counter SET value = value + 1;
  UPDATE asset SET revision = (SELECT value FROM sync_counter) WHERE id = NEW.id;
END;
`;
