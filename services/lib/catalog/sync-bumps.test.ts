import assert from 'node:assert/strict';
import { test } from 'node:test';
import { change, columnsOf, rowsOf, startFullCatalog } from '#test/fixtures/full-catalog';
import { SYNC_COMPLETE, syncQueries } from './sync.ts';
import { FEEDS, type SyncFeed } from './sync-feeds.ts';

/**
 * Lists that are read by the revision of a link or of a membership: what changes in their rows afterwards is told
 * by another list, that of updates (contract §4.7).
 */
const BY_LINK: readonly SyncFeed[] = [
  ...(['albumAssetV1', 'albumAssetV2', 'albumExif'] as const),
  ...(['oneAlbumAssetV1', 'oneAlbumAssetV2', 'oneAlbumExif', 'oneAlbumToAsset'] as const),
  ...(['oneAlbumUser', 'oneAlbumGuest'] as const),
];
const LISTS = (Object.keys(FEEDS) as SyncFeed[]).filter(
  (name) => !name.endsWith('Gone') && !BY_LINK.includes(name),
);

/** Every table that those lists read. */
const TABLES = [
  ...new Set(
    LISTS.flatMap((name) => [...FEEDS[name].matchAll(/(?:FROM|JOIN) (\w+) /g)].map(([, table]) => table!)),
  ),
];

/** What a row is, and whose: nothing changes these, rows are made and go. */
const IDENTITY = new Set([
  ...['id', 'owner_id', 'album_id', 'memory_id', 'shared_by_id', 'shared_with_id', 'key'],
  ...['album_user.user_id', 'album_asset.asset_id', 'memory_asset.asset_id', 'asset_metadata.asset_id'],
  ...['asset_edit.asset_id', 'face.asset_id', 'asset.checksum'],
  ...['memory.type', 'memory.created_at', 'person.created_at'],
]);
/** The counting itself. */
const COUNTING = /revision$/;

/**
 * Changes that reach a list of another table without its rows being told again, and why that does no harm: locking
 * a photo takes it out of every album, and the app's own database then forgets it as a cover; whose an album is
 * never changes.
 */
const HARMLESS = new Set([
  'asset.visibility → albumV1',
  'asset.visibility → albumV2',
  'album_user.role → albumV1',
]);

test('a value that devices are shown moves its row when it changes, and that row alone', (t) => {
  const { db, owner, guest, album } = startFullCatalog(t, TABLES);
  const sync = syncQueries(db);
  /** Every line of every list for both, with the list's name. */
  const read = (after: number) => {
    const found = new Map<string, SyncFeed>();
    const range = { after, to: SYNC_COMPLETE, bound: sync.bounds().bound, links: SYNC_COMPLETE, limit: 1000 };
    for (const feed of LISTS)
      for (const userId of [owner, guest])
        for (const key of [owner, album])
          for (const { data } of sync.page({ ...range, feed, userId, key }))
            found.set(`${feed} ${userId} ${key} ${data}`, feed);
    return found;
  };
  const before = read(0);
  const seen = new Set(before.values());
  assert.deepEqual(
    LISTS.filter((feed) => !seen.has(feed)),
    [],
    'lists without a row here',
  );
  const { bound } = sync.bounds();
  const wrong = new Set<string>();
  const told = new Set<string>();
  for (const table of TABLES)
    for (const column of columnsOf(db, table)) {
      const name = `${table}.${column.name}`;
      if (IDENTITY.has(column.name) || IDENTITY.has(name) || COUNTING.test(column.name)) continue;
      let hasChanged = false;
      for (const key of rowsOf(db, table)) {
        db.exec('SAVEPOINT one_change');
        if (change(db, column, key)) {
          hasChanged = true;
          const again = read(bound);
          for (const [line, feed] of read(0))
            if (!before.has(line)) {
              if (again.has(line)) told.add(name);
              else if (!HARMLESS.has(`${name} → ${feed}`)) wrong.add(`${name} is not told: ${feed}`);
            }
          for (const [line, feed] of again)
            if (before.has(line) && !key.values.every((id) => line.includes(id)))
              wrong.add(`${name} moves what has not changed: ${feed}`);
        }
        db.exec('ROLLBACK TO one_change; RELEASE one_change');
      }
      assert.ok(hasChanged, `${name} could not be changed`);
    }
  assert.deepEqual([...wrong].sort(), []);
  assert.ok(told.size > 90, `${told.size} columns are told`);
});
