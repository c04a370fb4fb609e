/** What photos are listed under: the albums they are in, the people on them, the tags they have or that lie above. */
export type ListKind = 'albums' | 'people' | 'tags';

/** Pairs of `list_id` and `asset_id` for the lists that the JSON array `ids` (SQL) names; `@userId` is the viewer. */
const PAIRS: Readonly<Record<ListKind, (ids: string) => string>> = {
  albums: (ids) => `SELECT album_id AS list_id, asset_id FROM album_asset
    WHERE album_id IN (SELECT value FROM json_each(${ids}))`,
  people: (ids) => `SELECT f.person_id AS list_id, f.asset_id FROM face f
    WHERE f.person_id IN (SELECT value FROM json_each(${ids})) AND f.is_visible = 1 AND f.deleted_at IS NULL
      AND EXISTS (SELECT 1 FROM person o WHERE o.id = f.person_id AND o.owner_id = @userId)`,
  tags: (ids) => `WITH RECURSIVE tree(list_id, id) AS (
      SELECT id, id FROM tag WHERE id IN (SELECT value FROM json_each(${ids})) AND owner_id = @userId
      UNION ALL SELECT tree.list_id, c.id FROM tree JOIN tag c ON c.parent_id = tree.id)
    SELECT tree.list_id, l.asset_id FROM tree JOIN tag_asset l ON l.tag_id = tree.id`,
};

/** Lists by their ids as a value to bind, each once, and how many they are. */
export function listIds(ids: readonly string[]): { json: string; count: number } {
  const each = [...new Set(ids.map((id) => id.toLowerCase()))];
  return { json: JSON.stringify(each), count: each.length };
}

/**
 * Assets in any of these lists, as SQL. One question however many ids there are: with one for each, a search of 450
 * was more than SQLite parses.
 */
export const assetsOfAny = (kind: ListKind, ids: string): string =>
  `SELECT asset_id FROM (${PAIRS[kind](ids)})`;

/** Assets in each of these lists, of which there are `count`. */
export const assetsOfAll = (kind: ListKind, ids: string, count: number): string =>
  count === 1
    ? assetsOfAny(kind, ids)
    : `${assetsOfAny(kind, ids)} GROUP BY asset_id HAVING count(DISTINCT list_id) = ${count}`;
