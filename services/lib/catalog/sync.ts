import type { Catalog } from './open.ts';
import { FEEDS, type SyncFeed } from './sync-feeds.ts';

/** How far a device has come with one kind of line. */
export interface SyncCheckpoint {
  type: string;
  /** The last revision; of a backfill, the membership that is being filled in. */
  revision: number;
  /** Of a backfill how far; of SyncCompleteV1 when that stream began, Unix ms; otherwise 0. */
  position: number;
  /** As it goes over the wire. */
  ack: string;
  /** When the device first acknowledged a line of this kind, Unix ms. */
  createdAt: number;
}

export interface SyncPageRequest {
  feed: SyncFeed;
  userId: string;
  /** Rows after this revision … */
  after: number;
  /** … up to this one. */
  to: number;
  /** The counter when the stream began. */
  bound: number;
  /** An owner or an album, for lists that are of one. */
  key: string | null;
  /** How far the device has come with the links of albums, for lists of what changed in them. */
  links: number;
  limit: number;
}

/** One row of a list: `data` is the JSON of its payload. */
export interface SyncRow {
  revision: number;
  data: string;
}

/** Who or what is shared with a user: an album or another user, and when it began. */
export interface SyncShare {
  key: string;
  createRevision: number;
}

/** A backfill that is done for its membership: further than any revision. */
export const SYNC_COMPLETE = Number.MAX_SAFE_INTEGER;

export function syncQueries(db: Catalog) {
  const statements = new Map<SyncFeed, ReturnType<typeof db.prepare<SyncPageRequest, SyncRow>>>();
  const checkpoints = db.prepare<[string], SyncCheckpoint>(
    `SELECT type, revision, position, ack, created_at AS createdAt FROM sync_checkpoint WHERE session_id = ?
     ORDER BY type`,
  );
  const bounds = db.prepare<[], { bound: number; deleteBound: number }>(`
    SELECT value AS bound, coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'sync_delete'), 0) AS deleteBound
    FROM sync_counter`);
  const albums = db.prepare<{ userId: string; bound: number }, SyncShare>(`
    SELECT album_id AS key, create_revision AS createRevision FROM album_user
    WHERE user_id = @userId AND create_revision <= @bound ORDER BY create_revision`);
  const partners = db.prepare<{ userId: string; bound: number }, SyncShare>(`
    SELECT shared_by_id AS key, create_revision AS createRevision FROM partner
    WHERE shared_with_id = @userId AND create_revision <= @bound ORDER BY create_revision`);
  const owners = db.prepare<[], string>('SELECT id FROM user').pluck();
  const oldest = db
    .prepare<[], number>('SELECT deleted_at FROM sync_delete ORDER BY revision LIMIT 1')
    .pluck();
  return {
    /**
     * One page of a list, in the order of revisions. Nothing stays open afterwards, so a client may take as long
     * as it likes before the next one.
     */
    page: (request: SyncPageRequest): SyncRow[] => {
      let statement = statements.get(request.feed);
      if (!statement) {
        statement = db.prepare<SyncPageRequest, SyncRow>(FEEDS[request.feed]);
        statements.set(request.feed, statement);
      }
      return statement.all(request);
    },
    /** The revision given last, and the number of the last row that went. */
    bounds: (): { bound: number; deleteBound: number } => bounds.get()!,
    /** By type. */
    listCheckpoints: (sessionId: string): SyncCheckpoint[] => checkpoints.all(sessionId),
    /** The albums that a user was in when the counter stood at `bound`, in the order of joining. */
    listAlbums: (userId: string, bound: number): SyncShare[] => albums.all({ userId, bound }),
    /** Those who share with a user, likewise. */
    listPartners: (userId: string, bound: number): SyncShare[] => partners.all({ userId, bound }),
    /** Everybody who may own assets. */
    listOwners: (): string[] => owners.all(),
    /** When the oldest row went that devices can still be told of (Unix ms); undefined without any. */
    oldestDelete: (): number | undefined => oldest.get(),
  };
}

/** What is removed at once of old notes, so that no change waits long for it. */
const PURGED_AT_ONCE = 5_000;

export function syncChanges(db: Catalog) {
  // Devices acknowledge from several places at once; none of them takes another's progress back.
  const save = db.prepare<Omit<SyncCheckpoint, 'createdAt'> & { sessionId: string; now: number }>(`
    INSERT INTO sync_checkpoint (session_id, type, revision, position, ack, created_at)
    SELECT id, @type, @revision, @position, @ack, @now FROM session WHERE id = @sessionId
    ON CONFLICT (session_id, type) DO UPDATE
      SET revision = excluded.revision, position = excluded.position, ack = excluded.ack
      WHERE (excluded.revision, excluded.position) > (revision, position)`);
  const removeAll = db.prepare<[string]>('DELETE FROM sync_checkpoint WHERE session_id = ?');
  const removeSome = db.prepare<{ sessionId: string; types: string }>(
    'DELETE FROM sync_checkpoint WHERE session_id = @sessionId AND type IN (SELECT value FROM json_each(@types))',
  );
  const settle = db.prepare<[string]>('UPDATE session SET is_pending_sync_reset = 0 WHERE id = ?');
  const purge = db.prepare<{ before: number; most: number }>(`
    DELETE FROM sync_delete WHERE revision IN (
      SELECT revision FROM (SELECT revision, deleted_at FROM sync_delete ORDER BY revision LIMIT @most)
      WHERE deleted_at < @before)`);
  return {
    /** Notes how far a device has come. What lies behind what is noted already changes nothing. */
    saveCheckpoints: (request: {
      sessionId: string;
      checkpoints: readonly Omit<SyncCheckpoint, 'createdAt'>[];
      now: number;
    }): void => {
      const { sessionId, now } = request;
      for (const checkpoint of request.checkpoints) save.run({ ...checkpoint, sessionId, now });
    },
    /** Lets the device start over with these types, or with all (null). */
    removeCheckpoints: (request: { sessionId: string; types: readonly string[] | null }): void => {
      const { sessionId, types } = request;
      if (types === null) removeAll.run(sessionId);
      else removeSome.run({ sessionId, types: JSON.stringify(types) });
    },
    /** The device has forgotten everything: it gets everything again. */
    startOver: (sessionId: string): void => {
      removeAll.run(sessionId);
      settle.run(sessionId);
    },
    /** Forgets some of what went before then (Unix ms). */
    purge: (before: number): void => void purge.run({ before, most: PURGED_AT_ONCE }),
  };
}
