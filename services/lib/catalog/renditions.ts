import type { Catalog } from './open.ts';

/** What is known of how a video plays, and of its small version. */
export interface KnownRendition {
  /** Where the original plays as it is; null when nobody knows (yet). */
  plays: 'everywhere' | 'phones' | 'nowhere' | null;
  /** Of the small version; null while there is none. */
  bytes: number | null;
  /** `making`: ingest has still to look at it; `none`: it has none and gets none. */
  state: 'ready' | 'making' | 'needless' | 'none';
  /** Why none could be made, and the same in words. */
  problemCode: string | null;
  problemMessage: string | null;
}

/** What ingest found and made of a video. */
export interface RenditionFinding {
  assetId: string;
  originalBytes: number;
  plays: KnownRendition['plays'];
  bytes: number | null;
  problemCode: string | null;
  problemMessage: string | null;
  now: number;
}

/** Whether there is a small version of `asset a` (or of what it was before, where an external file has changed). */
export const HAS_RENDITION =
  'EXISTS (SELECT 1 FROM video_rendition n WHERE n.asset_id = a.id AND n.bytes IS NOT NULL)';

export function renditionQueries(db: Catalog) {
  const known = db.prepare<[string], KnownRendition>(`
    SELECT r.plays, r.bytes, r.problem_code AS problemCode, r.problem_message AS problemMessage, CASE
      WHEN r.bytes IS NOT NULL THEN 'ready'
      WHEN r.problem_code IS NOT NULL THEN 'none'
      WHEN r.asset_id IS NOT NULL THEN 'needless'
      WHEN EXISTS (SELECT 1 FROM job j WHERE j.asset_id = a.id AND j.kind IN ('metadata', 'preview', 'rendition'))
        THEN 'making'
      ELSE 'none' END AS state
    FROM asset a LEFT JOIN video_rendition r ON r.asset_id = a.id AND r.original_bytes = a.original_bytes
    WHERE a.id = ? AND a.type = 'VIDEO'`);
  return {
    /** Undefined when there is no such video. What was made of other content than its file has now does not count. */
    find: (assetId: string): KnownRendition | undefined => known.get(assetId),
  };
}

export function renditionChanges(db: Catalog) {
  const record = db.prepare<RenditionFinding>(`
    INSERT INTO video_rendition (asset_id, original_bytes, plays, bytes, problem_code, problem_message, made_at)
    SELECT id, @originalBytes, @plays, @bytes, @problemCode, @problemMessage, @now FROM asset WHERE id = @assetId
    ON CONFLICT (asset_id) DO UPDATE SET original_bytes = excluded.original_bytes, plays = excluded.plays,
      bytes = excluded.bytes, problem_code = excluded.problem_code, problem_message = excluded.problem_message,
      made_at = excluded.made_at`);
  // An external file may have changed, perhaps without becoming longer or shorter.
  const want = db.prepare<{ assetId: string; now: number }>(`
    INSERT INTO job (kind, asset_id, due_at, created_at)
    SELECT 'rendition', a.id, @now, @now FROM asset a WHERE a.id = @assetId AND a.type = 'VIDEO'
      AND (a.library_id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM video_rendition r WHERE r.asset_id = a.id))
    ON CONFLICT (kind, asset_id) DO UPDATE SET due_at = min(due_at, excluded.due_at), error = NULL, attempts = 0`);
  return {
    /** Asks for the look at a video that has not had it; of anything else, nothing. */
    want: (request: { assetId: string; now: number }): void => void want.run(request),
    /** Returns false, with nothing noted, when the video has been deleted meanwhile. */
    record: (finding: RenditionFinding): boolean => record.run(finding).changes === 1,
  };
}
