import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { type AssetColumns, addUser, openTestLibrary } from '#test/fixtures/library';
import type { Catalog } from './open.ts';
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

interface Column {
  table: string;
  name: string;
  type: string;
  /** The tables it points to. */
  target: string | undefined;
  isNullable: boolean;
  /** Texts that a check of the table allows. */
  words: string[];
}

const columnsOf = (db: Catalog, table: string): Column[] => {
  const { sql } = db.prepare('SELECT sql FROM sqlite_master WHERE name = ?').get(table) as { sql: string };
  const targets = new Map(
    (db.pragma(`foreign_key_list(${table})`) as { from: string; table: string }[]).map((key) => [
      key.from,
      key.table,
    ]),
  );
  return (db.pragma(`table_info(${table})`) as { name: string; type: string; notnull: number }[]).map(
    ({ name, type, notnull }) => ({
      table,
      name,
      type,
      target: targets.get(name),
      isNullable: notnull === 0,
      words: [...(sql.match(new RegExp(`${name} IN \\(([^)]*)\\)`))?.[1] ?? '').matchAll(/'([^']*)'/g)].map(
        ([, word]) => word!,
      ),
    }),
  );
};

/** A catalog with rows of every kind, every column of them filled in; somebody's, and shared with a guest. */
function startFullCatalog(t: Parameters<typeof openTestLibrary>[0]) {
  const { db, addAsset } = openTestLibrary(t);
  const insert = (table: string, row: AssetColumns) =>
    db
      .prepare(
        `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${Object.keys(row)
          .map((name) => `@${name}`)
          .join(', ')})`,
      )
      .run(row);
  const at = { created_at: 1, updated_at: 1 };
  const box = { image_width_px: 10, image_height_px: 10, x1: 1, y1: 1, x2: 2, y2: 2, created_at: 1 };
  const [owner, guest] = [addUser(db, 'bob').id, addUser(db, 'guest').id];
  const [video, other] = [addAsset(owner, { type: 'VIDEO' }), addAsset(owner)];
  const photo = addAsset(owner, { live_video_id: video });
  const ids = { stack: randomUUID(), spare: randomUUID(), album: randomUUID(), memory: randomUUID() };
  insert('stack', { id: ids.stack, owner_id: owner, primary_asset_id: photo, ...at });
  insert('stack', { id: ids.spare, owner_id: owner, primary_asset_id: other, ...at });
  insert('album', { id: ids.album, name: 'A', cover_asset_id: photo, ...at });
  insert('album_user', { album_id: ids.album, user_id: owner, role: 'owner', created_at: 1 });
  insert('album_user', { album_id: ids.album, user_id: guest, role: 'viewer', created_at: 1 });
  for (const asset of [photo, video, other])
    insert('album_asset', { album_id: ids.album, asset_id: asset, added_at: 1 });
  insert('library', { id: randomUUID(), owner_id: owner, name: 'L', exclusion_patterns: '[]', ...at });
  insert('partner', { shared_by_id: owner, shared_with_id: guest, created_at: 1 });
  insert('memory', { id: ids.memory, owner_id: owner, type: 'on_this_day', year: 1, memory_at: 1, ...at });
  insert('memory_asset', { memory_id: ids.memory, asset_id: photo });
  insert('asset_metadata', { asset_id: photo, key: 'k', value: '{}', updated_at: 1 });
  insert('asset_edit', { id: randomUUID(), asset_id: photo, action: 'crop', parameters: '{}', sequence: 0 });
  for (const asset of [photo, other]) {
    const [person, face] = [randomUUID(), randomUUID()];
    insert('person', { id: person, owner_id: owner, cover_face_id: null, ...at });
    insert('face', { id: face, asset_id: asset, person_id: person, source: 'manual', ...box });
    db.prepare('UPDATE person SET cover_face_id = ? WHERE id = ?').run(face, person);
  }
  for (const table of TABLES)
    for (const column of columnsOf(db, table))
      if (column.isNullable && !column.target && !IDENTITY.has(column.name))
        // A row in the trash or deleted would leave lists: those columns stay empty until it is their turn.
        for (const key of rowsOf(db, table))
          if (!/^(deleted|trashed|purge)_at$/.test(column.name)) change(db, column, key);
  return { db, owner, guest, album: ids.album };
}

/** A row by what identifies it, as SQL and its values. */
type Key = { where: string; values: string[] };

function rowsOf(db: Catalog, table: string): Key[] {
  const names = (db.pragma(`table_info(${table})`) as { name: string; pk: number }[])
    .filter(({ pk }) => pk > 0)
    .map(({ name }) => name);
  return (
    db
      .prepare(`SELECT ${names.join(', ')} FROM ${table}`)
      .raw()
      .all() as string[][]
  ).map((values) => ({
    where: names.map((name) => `${name} = ?`).join(' AND '),
    values,
  }));
}

/** Gives a column of a row another value, the first that the table's rules allow. False when there is none. */
function change(db: Catalog, { table, name, type, target, isNullable, words }: Column, key: Key): boolean {
  const read = () =>
    db
      .prepare(`SELECT ${name} FROM ${table} WHERE ${key.where}`)
      .pluck()
      .get(...key.values) as unknown;
  const before = read();
  const number = typeof before === 'number' ? before : 0;
  const others = target
    ? (db.prepare(`SELECT id FROM ${target} WHERE id IS NOT ?`).pluck().all(before) as string[])
    : type === 'TEXT'
      ? [...words, `{"a":"${randomUUID()}"}`, randomUUID()]
      : [number === 0 ? 1 : 0, number + 1, number + 2];
  for (const value of [...others, ...(isNullable ? [null] : [])])
    if (value !== before)
      try {
        db.transaction(() => {
          db.prepare(`UPDATE ${table} SET ${name} = ? WHERE ${key.where}`).run(value, ...key.values);
        })();
        return true;
      } catch (error) {
        // Not allowed here: the next one may be.
        if (
          !(error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT'))
        )
          throw error;
      }
  return false;
}

test('a value that devices are shown moves its row when it changes, and that row alone', (t) => {
  const { db, owner, guest, album } = startFullCatalog(t);
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
