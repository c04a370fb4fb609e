import { randomUUID } from 'node:crypto';
import type { BulkIdResult } from '#contract/primitives';
import { Problem } from '#contract/problems';
import type { Viewer } from './access.ts';
import type { Catalog } from './open.ts';
import { parentPath, tagName, tagPath } from './tag-path.ts';

export interface Tag {
  id: string;
  ownerId: string;
  parentId: string | null;
  /** The whole path. */
  value: string;
  color: string | null;
  createdAt: number;
  updatedAt: number;
}

const COLUMNS =
  't.id, t.owner_id AS ownerId, t.parent_id AS parentId, t.value, t.color, t.created_at AS createdAt, t.updated_at AS updatedAt';

/** The tag `root` (SQL) and everything below it, as a list of ids. */
export const TAG_TREE = (root: string): string => `WITH RECURSIVE tree(id) AS (
  SELECT id FROM tag WHERE id = ${root} AND owner_id = @userId
  UNION ALL SELECT c.id FROM tree JOIN tag c ON c.parent_id = tree.id) SELECT id FROM tree`;

export function tagQueries(db: Catalog) {
  const byOwner = db.prepare<[string], Tag & { isUsed: number; isShown: number }>(`
    SELECT ${COLUMNS}, EXISTS (SELECT 1 FROM tag_asset l WHERE l.tag_id = t.id) AS isUsed,
      EXISTS (SELECT 1 FROM tag_asset l CROSS JOIN asset a ON a.id = l.asset_id
              WHERE l.tag_id = t.id AND a.visibility IN ('timeline', 'archive')) AS isShown
    FROM tag t WHERE t.owner_id = ? ORDER BY t.value`);
  const byId = db.prepare<[string, string], Tag>(
    `SELECT ${COLUMNS} FROM tag t WHERE t.owner_id = ? AND t.id = ?`,
  );
  const ofAssets = db.prepare<{ ownerId: string; ids: string }, Tag & { assetId: string }>(`
    SELECT l.asset_id AS assetId, ${COLUMNS} FROM json_each(@ids) i CROSS JOIN tag_asset l ON l.asset_id = i.value
      CROSS JOIN tag t ON t.id = l.tag_id WHERE t.owner_id = @ownerId ORDER BY t.value`);

  const list = (viewer: Viewer): Tag[] => {
    const rows = byOwner.all(viewer.userId);
    const states = new Map(rows.map((row) => [row.id, { ...row }]));
    // A parent comes before its children in the order of their paths' lengths, so they are gone through backwards.
    for (const { id } of rows.toSorted((a, b) => b.value.length - a.value.length)) {
      const state = states.get(id)!;
      const parent = state.parentId === null ? undefined : states.get(state.parentId);
      if (!parent) continue;
      parent.isUsed ||= state.isUsed;
      parent.isShown ||= state.isShown;
    }
    return rows
      .filter(({ id }) => viewer.isElevated || !states.get(id)!.isUsed || states.get(id)!.isShown)
      .map(({ isUsed: _, isShown: __, ...tag }) => tag);
  };
  return {
    /**
     * A user's tags by path. One that is only on photos of the locked folder is left out while that is closed:
     * its name alone would tell what is in there.
     */
    list,
    /** The viewer's tag, under the same rule. */
    find: (viewer: Viewer, id: string): Tag | undefined => list(viewer).find((tag) => tag.id === id),
    /** The tag of this owner, whatever it is on: for changing it. */
    findOwned: (ownerId: string, id: string): Tag | undefined => byId.get(ownerId, id),
    /** What this owner has tagged these assets with, each tag with the asset it is on. */
    listOfAssets: (ownerId: string, assetIds: readonly string[]): (Tag & { assetId: string })[] =>
      ofAssets.all({ ownerId, ids: JSON.stringify(assetIds) }),
  };
}

export function tagChanges(db: Catalog) {
  const byValue = db.prepare<[string, string], Tag>(
    `SELECT ${COLUMNS} FROM tag t WHERE t.owner_id = ? AND t.value = ?`,
  );
  const byId = db.prepare<[string], Tag>(`SELECT ${COLUMNS} FROM tag t WHERE t.id = ?`);
  const insert = db.prepare<Omit<Tag, 'createdAt' | 'updatedAt'> & { now: number }>(
    `INSERT INTO tag (id, owner_id, parent_id, value, color, created_at, updated_at)
     VALUES (@id, @ownerId, @parentId, @value, @color, @now, @now)`,
  );
  const setColor = db.prepare<{ id: string; color: string | null; now: number }>(
    'UPDATE tag SET color = @color, updated_at = @now WHERE id = @id',
  );
  const move = db.prepare<{ id: string; userId: string; from: string; to: string; now: number }>(
    `UPDATE tag SET value = @to || substr(value, length(@from) + 1), updated_at = @now
     WHERE id IN (${TAG_TREE('@id')})`,
  );
  const remove = db.prepare<[string]>('DELETE FROM tag WHERE id = ?');
  // Selected from asset, so that one which was deleted meanwhile is left out and breaks nothing.
  const attach = db.prepare<{ tagId: string; assetId: string }>(
    'INSERT OR IGNORE INTO tag_asset (tag_id, asset_id) SELECT @tagId, id FROM asset WHERE id = @assetId',
  );
  const detach = db.prepare<{ tagId: string; assetId: string }>(
    'DELETE FROM tag_asset WHERE tag_id = @tagId AND asset_id = @assetId',
  );

  const copy = db.prepare<{ sourceId: string; targetId: string }>(
    `INSERT OR IGNORE INTO tag_asset (tag_id, asset_id)
     SELECT l.tag_id, a.id FROM tag_asset l JOIN asset a ON a.id = @targetId WHERE l.asset_id = @sourceId`,
  );

  /** The tag of this path, made with all above it where they are missing. */
  const ensure = (ownerId: string, value: string, now: number): Tag => {
    const known = byValue.get(ownerId, value);
    if (known) return known;
    const above = parentPath(value);
    const parentId = above === null ? null : ensure(ownerId, above, now).id;
    insert.run({ id: randomUUID(), ownerId, parentId, value, color: null, now });
    return byValue.get(ownerId, value)!;
  };
  return {
    /** Makes these paths where they are missing, with their parents; returns the tag of each, in order. */
    upsert: (request: { ownerId: string; values: readonly string[]; now: number }): Tag[] =>
      request.values.map((text) => {
        const value = tagPath(text);
        if (value === '') throw new Problem('tag_name');
        return ensure(request.ownerId, value, request.now);
      }),
    /** Makes one new tag below `parentId`, which is the owner's (null: at the top). */
    create: (tag: {
      ownerId: string;
      parentId: string | null;
      name: string;
      color: string | null;
      now: number;
    }): Tag => {
      const { ownerId, now } = tag;
      const above = tag.parentId === null ? undefined : byId.get(tag.parentId);
      const name = tagPath(tag.name);
      if (name === '') throw new Problem('tag_name');
      const value = above ? `${above.value}/${name}` : name;
      if (byValue.get(ownerId, value)) throw new Problem('tag_exists');
      const { id } = ensure(ownerId, value, now);
      if (tag.color !== null) setColor.run({ id, color: tag.color, now });
      return byId.get(id)!;
    },
    /** Renames a tag, with everything below it, or gives it a colour (null: none). Absent fields stay. */
    update: (change: { id: string; name?: string; color?: string | null; now: number }): Tag => {
      const { id, now } = change;
      const tag = byId.get(id);
      if (!tag) throw new Problem('not_found_or_no_access', { scope: 'tag.update' });
      if (change.color !== undefined) setColor.run({ id, color: change.color, now });
      if (change.name !== undefined && tagPath(change.name) !== tagName(tag.value)) {
        const name = tagPath(change.name);
        if (name === '' || name.includes('/')) throw new Problem('tag_name');
        const above = parentPath(tag.value);
        const to = above === null ? name : `${above}/${name}`;
        if (byValue.get(tag.ownerId, to)) throw new Problem('tag_exists');
        move.run({ id, userId: tag.ownerId, from: tag.value, to, now });
      }
      return byId.get(id)!;
    },
    /** With everything below it; the assets stay. */
    delete: (id: string): void => void remove.run(id),
    /** Puts every one of these tags on every one of these assets; returns how many assets gained one. */
    addToAll: (request: { tagIds: readonly string[]; assetIds: readonly string[] }): number => {
      let gained = 0;
      for (const assetId of request.assetIds) {
        const added = request.tagIds.map((tagId) => attach.run({ tagId, assetId }).changes);
        if (added.includes(1)) gained++;
      }
      return gained;
    },
    /** An answer per asset: `duplicate` for what had the tag already. */
    add: (tagId: string, assetIds: readonly string[]): BulkIdResult[] =>
      assetIds.map((assetId) =>
        attach.run({ tagId, assetId }).changes === 1
          ? { id: assetId, success: true }
          : { id: assetId, success: false, error: 'duplicate' },
      ),
    /** Puts the tags of one asset on another of the same owner; those that it has stay. */
    copy: (pair: { sourceId: string; targetId: string }): void => void copy.run(pair),
    /** An answer per asset: `not_found` for what did not have the tag. */
    remove: (tagId: string, assetIds: readonly string[]): BulkIdResult[] =>
      assetIds.map((assetId) =>
        detach.run({ tagId, assetId }).changes === 1
          ? { id: assetId, success: true }
          : { id: assetId, success: false, error: 'not_found' },
      ),
    /**
     * Makes tags of the keywords that a file has and had not when it was last read (JSON arrays or null). Those
     * that were there before are left alone: their tag may have been taken off by hand since.
     */
    addKeywords: (reading: {
      assetId: string;
      ownerId: string;
      before: string | null;
      after: string | null;
      now: number;
    }): void => {
      const known = new Set(readPaths(reading.before));
      for (const path of readPaths(reading.after)) {
        if (known.has(path)) continue;
        const { id } = ensure(reading.ownerId, path, reading.now);
        attach.run({ tagId: id, assetId: reading.assetId });
      }
    },
  };
}

/** Longer ones are not words that somebody wrote to find photos by. */
const LONGEST_PATH = 1000;

const readPaths = (json: string | null): string[] =>
  json === null
    ? []
    : (JSON.parse(json) as string[])
        .map(tagPath)
        .filter((path) => path !== '' && path.length <= LONGEST_PATH);
