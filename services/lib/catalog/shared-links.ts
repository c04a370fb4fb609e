import type { BulkIdResult } from '#contract/primitives';
import { Problem } from '#contract/problems';
import type { Catalog } from './open.ts';

/** A link that opens photos to whoever has it. Times are Unix milliseconds, flags 0 or 1. */
export interface SharedLink {
  id: string;
  /** For whom its guests act. */
  userId: string;
  type: 'ALBUM' | 'INDIVIDUAL';
  /** Null exactly for INDIVIDUAL. */
  albumId: string | null;
  key: Uint8Array;
  slug: string | null;
  description: string | null;
  password: string | null;
  expiresAt: number | null;
  allowUpload: number;
  allowDownload: number;
  showMetadata: number;
  createdAt: number;
}

export interface NewSharedLink {
  id: string;
  userId: string;
  albumId: string | null;
  /** What an INDIVIDUAL link shows: its owner's own, none of them locked. */
  assetIds: readonly string[];
  key: Uint8Array;
  slug: string | null;
  description: string | null;
  password: string | null;
  expiresAt: number | null;
  allowUpload: boolean;
  allowDownload: boolean;
  showMetadata: boolean;
  now: number;
}

/** What to change of a link; absent is kept, null clears. */
export type SharedLinkChange = Partial<
  Pick<
    NewSharedLink,
    'slug' | 'description' | 'password' | 'expiresAt' | 'allowUpload' | 'allowDownload' | 'showMetadata'
  >
>;

const COLUMNS = `id, user_id AS userId, type, album_id AS albumId, key, slug, description, password,
  expires_at AS expiresAt, allow_upload AS allowUpload, allow_download AS allowDownload,
  show_metadata AS showMetadata, created_at AS createdAt`;

export function sharedLinkQueries(db: Catalog) {
  const byId = db.prepare<[string], SharedLink>(`SELECT ${COLUMNS} FROM shared_link WHERE id = ?`);
  const byKey = db.prepare<[Uint8Array], SharedLink>(`SELECT ${COLUMNS} FROM shared_link WHERE key = ?`);
  const bySlug = db.prepare<[string], SharedLink>(`SELECT ${COLUMNS} FROM shared_link WHERE slug = ?`);
  const list = db.prepare<{ userId: string; albumId: string | null; id: string | null }, SharedLink>(`
    SELECT ${COLUMNS} FROM shared_link
    WHERE user_id = @userId AND (@albumId IS NULL OR album_id = @albumId) AND (@id IS NULL OR id = @id)
    ORDER BY created_at DESC, id`);
  const assets = db
    .prepare<[string], string>(
      `SELECT a.id FROM shared_link k CROSS JOIN shared_link_asset l ON l.link_id = k.id
         CROSS JOIN asset a ON a.id = l.asset_id AND a.owner_id = k.user_id
       WHERE k.id = ? AND a.trashed_at IS NULL AND a.visibility IN ('timeline', 'archive')
       ORDER BY a.captured_at DESC, a.rowid DESC`,
    )
    .pluck();
  const isLarge = db
    .prepare<{ linkId: string; most: number }, number>(
      'SELECT count(*) > @most FROM (SELECT 1 FROM shared_link_asset WHERE link_id = @linkId LIMIT @most + 1)',
    )
    .pluck();
  const linked = db
    .prepare<[string], string>(
      'SELECT DISTINCT album_id FROM shared_link WHERE album_id IN (SELECT value FROM json_each(?))',
    )
    .pluck();
  return {
    findById: (id: string): SharedLink | undefined => byId.get(id),
    /** Also finds links that have expired: whoever lets somebody in looks at `expiresAt`. */
    findByKey: (key: Uint8Array): SharedLink | undefined => byKey.get(key),
    /** The same by slug, in upper or lower case. */
    findBySlug: (slug: string): SharedLink | undefined => bySlug.get(slug),
    /** The user's links, newest first, expired or not. */
    list: (filter: { userId: string; albumId: string | null; id: string | null }): SharedLink[] =>
      list.all(filter),
    /** Whether more than `most` assets were put into an INDIVIDUAL link; never counts further. */
    isLargerThan: (linkId: string, most: number): boolean => isLarge.get({ linkId, most }) === 1,
    /** What an INDIVIDUAL link shows, newest first; nothing that is in the trash or locked. */
    listAssetIds: (linkId: string): string[] => assets.all(linkId),
    /** Those of these albums that have a link, expired or not. */
    listLinkedAlbums: (albumIds: readonly string[]): Set<string> =>
      new Set(linked.all(JSON.stringify(albumIds))),
  };
}

export function sharedLinkChanges(db: Catalog) {
  const { findById } = sharedLinkQueries(db);
  const insert = db.prepare(`
    INSERT INTO shared_link (id, user_id, type, album_id, key, slug, description, password, expires_at,
      allow_upload, allow_download, show_metadata, created_at)
    VALUES (@id, @userId, iif(@albumId IS NULL, 'INDIVIDUAL', 'ALBUM'), @albumId, @key, @slug, @description,
      @password, @expiresAt, @allowUpload, @allowDownload, @showMetadata, @now)`);
  const save = db.prepare(`
    UPDATE shared_link SET slug = @slug, description = @description, password = @password,
      expires_at = @expiresAt, allow_upload = @allowUpload, allow_download = @allowDownload,
      show_metadata = @showMetadata WHERE id = @id`);
  const remove = db.prepare<[string]>('DELETE FROM shared_link WHERE id = ?');
  const slugTaken = db
    .prepare<{ slug: string; id: string }, number>(
      'SELECT 1 FROM shared_link WHERE slug = @slug AND id <> @id',
    )
    .pluck();
  // Selected from asset, so that one which was deleted or locked meanwhile is left out and breaks nothing.
  const addAsset = db.prepare<{ linkId: string; assetId: string }>(`
    INSERT OR IGNORE INTO shared_link_asset (link_id, asset_id) SELECT k.id, a.id FROM asset a, shared_link k
    WHERE a.id = @assetId AND k.id = @linkId AND k.type = 'INDIVIDUAL' AND a.owner_id = k.user_id
      AND a.visibility IN ('timeline', 'archive')`);
  const copyAsset = db.prepare<{ sourceId: string; targetId: string }>(`
    INSERT OR IGNORE INTO shared_link_asset (link_id, asset_id)
    SELECT l.link_id, a.id FROM shared_link_asset l JOIN asset a ON a.id = @targetId
    WHERE l.asset_id = @sourceId AND a.visibility IN ('timeline', 'archive')`);
  const removeAsset = db.prepare<{ linkId: string; assetId: string }>(
    'DELETE FROM shared_link_asset WHERE link_id = @linkId AND asset_id = @assetId',
  );
  const requireFree = (slug: string | null | undefined, id: string): void => {
    if (slug && slugTaken.get({ slug, id }) === 1) throw new Problem('slug_taken');
  };
  return {
    /** Throws `slug_taken`. */
    create: (link: NewSharedLink): void => {
      const { assetIds, allowUpload, allowDownload, showMetadata, ...row } = link;
      requireFree(link.slug, link.id);
      insert.run({
        ...row,
        allowUpload: Number(allowUpload),
        allowDownload: Number(allowDownload),
        showMetadata: Number(showMetadata),
      });
      for (const assetId of assetIds) addAsset.run({ linkId: link.id, assetId });
    },
    /** Throws `slug_taken`; does nothing when the link is gone. Without metadata there is no download. */
    update: (id: string, change: SharedLinkChange): void => {
      requireFree(change.slug, id);
      const link = findById(id);
      if (!link) return;
      const next = { ...link, ...change };
      save.run({
        ...next,
        allowUpload: Number(next.allowUpload),
        allowDownload: next.showMetadata ? Number(next.allowDownload) : 0,
        showMetadata: Number(next.showMetadata),
      });
    },
    /** The photos stay; only the link ends. */
    delete: (id: string): void => void remove.run(id),
    /** Shows more of the owner's assets through an INDIVIDUAL link; an answer per id, `duplicate` for what was there. */
    addAssets: (linkId: string, assetIds: readonly string[]): BulkIdResult[] =>
      assetIds.map((assetId) =>
        addAsset.run({ linkId, assetId }).changes === 1
          ? { id: assetId, success: true }
          : { id: assetId, success: false, error: 'duplicate' },
      ),
    /** Shows an asset wherever another of the same owner is shown, unless it is locked or hidden. */
    copyAsset: (pair: { sourceId: string; targetId: string }): void => void copyAsset.run(pair),
    /** An answer per id: `not_found` for what the link did not show. */
    removeAssets: (linkId: string, assetIds: readonly string[]): BulkIdResult[] =>
      assetIds.map((assetId) =>
        removeAsset.run({ linkId, assetId }).changes === 1
          ? { id: assetId, success: true }
          : { id: assetId, success: false, error: 'not_found' },
      ),
  };
}
