import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { MapMarker } from '#contract/timeline';
import { addUser, NOON, startTestLibrary } from '#test/fixtures/library';

const schema = Compile(Type.Array(MapMarker));
const here = { latitude: 52.5, longitude: 13.4 };

test('a marker tells what the clients read, the newest first', async (t) => {
  const { ann, addAsset, ask } = await startTestLibrary(t);
  const older = addAsset(ann.id, {
    ...here,
    captured_at: NOON - 1,
    city: 'Kö"ln\n',
    state: '',
    country: 'D',
  });
  const newer = addAsset(ann.id, { latitude: -0.1234567890123, longitude: 180, captured_at: NOON });
  addAsset(ann.id, { latitude: 1, longitude: null });
  const { status, json } = await ask(ann, 'GET', '/map/markers');
  assert.equal(status, 200);
  assert.ok(schema.Check(json));
  assert.deepEqual(json, [
    { id: newer, lat: -0.1234567890123, lon: 180, city: null, state: null, country: null },
    { id: older, lat: 52.5, lon: 13.4, city: 'Kö"ln\n', state: '', country: 'D' },
  ]);
});

/** The photos on a user's map, by the names that a test gave them. */
async function namesOnMap(
  { ask }: Pick<Awaited<ReturnType<typeof startTestLibrary>>, 'ask'>,
  user: Parameters<typeof ask>[0],
  query: string,
  ids: Record<string, string>,
): Promise<string[]> {
  const { status, json } = await ask(user, 'GET', `/map/markers${query}`);
  assert.equal(status, 200);
  const found = (json as { id: string }[]).map(({ id }) => Object.keys(ids).find((name) => ids[name] === id));
  return found.map((name) => name ?? 'somebody else’s').sort();
}

test('the trash, the locked folder and halves of live photos are on no map, also for who has it open', async (t) => {
  const { ann, db, addAsset, ask } = await startTestLibrary(t);
  addAsset(ann.id, { ...here, visibility: 'locked' });
  addAsset(ann.id, { ...here, visibility: 'hidden', type: 'VIDEO' });
  addAsset(ann.id, { ...here, trashed_at: NOON });
  const ids = { shown: addAsset(ann.id, here) };
  db.prepare('UPDATE session SET elevated_until = ?').run(Number.MAX_SAFE_INTEGER);
  assert.deepEqual(await namesOnMap({ ask }, ann, '', ids), ['shown']);
});

test('archive, favourites and time narrow the map down', async (t) => {
  const { ann, addAsset, ask } = await startTestLibrary(t);
  const ids = {
    archived: addAsset(ann.id, { ...here, visibility: 'archive', captured_at: NOON }),
    liked: addAsset(ann.id, { ...here, is_favorite: 1, captured_at: NOON + 1 }),
    plain: addAsset(ann.id, { ...here, captured_at: NOON + 2 }),
  };
  const names = (query: string) => namesOnMap({ ask }, ann, query, ids);
  assert.deepEqual(await names(''), ['archived', 'liked', 'plain']);
  assert.deepEqual(await names('?isArchived=false'), ['liked', 'plain']);
  assert.deepEqual(await names('?isArchived=true'), ['archived']);
  assert.deepEqual(await names('?isFavorite=true'), ['liked']);
  assert.deepEqual(await names('?isFavorite=false'), ['archived', 'plain']);
  const at = (offset: number) => new Date(NOON + offset).toISOString();
  assert.deepEqual(await names(`?fileCreatedAfter=${at(1)}`), ['liked', 'plain']);
  assert.deepEqual(await names(`?fileCreatedBefore=${at(1)}`), ['archived', 'liked']);
  assert.deepEqual(await names(`?fileCreatedAfter=${at(1)}&fileCreatedBefore=${at(1)}`), ['liked']);
  assert.equal((await ask(ann, 'GET', '/map/markers?fileCreatedAfter=2016-12-31T23:59:60Z')).status, 400);
});

test('partners and shared albums come when asked for, each photo once, and nothing of theirs that is not shown', async (t) => {
  const { ann, bob, db, addAsset, ask } = await startTestLibrary(t);
  const eve = addUser(db, 'eve');
  const ids = {
    own: addAsset(ann.id, here),
    ownArchived: addAsset(ann.id, { ...here, visibility: 'archive' }),
    partners: addAsset(bob.id, { ...here, is_favorite: 1 }),
    partnersArchived: addAsset(bob.id, { ...here, visibility: 'archive' }),
    shared: addAsset(eve.id, here),
    sharedTrashed: addAsset(eve.id, { ...here, trashed_at: NOON }),
    strangers: addAsset(eve.id, here),
  };
  db.prepare(
    'INSERT INTO partner (shared_by_id, shared_with_id, in_timeline, created_at) VALUES (?, ?, 1, 0)',
  ).run(bob.id, ann.id);
  const albums = [eve.id, ann.id, bob.id].map((owner) => ({ album: randomUUID(), owner }));
  for (const { album, owner } of albums) {
    db.prepare('INSERT INTO album (id, name, created_at, updated_at) VALUES (?, ?, 0, 0)').run(album, album);
    for (const user of [ann.id, bob.id, eve.id])
      db.prepare('INSERT INTO album_user (album_id, user_id, role, created_at) VALUES (?, ?, ?, 0)').run(
        album,
        user,
        user === owner ? 'owner' : 'viewer',
      );
    for (const id of [
      ids.own,
      ids.ownArchived,
      ids.partners,
      ids.partnersArchived,
      ids.shared,
      ids.sharedTrashed,
    ])
      db.prepare('INSERT INTO album_asset (album_id, asset_id, added_at) VALUES (?, ?, 0)').run(album, id);
  }
  const names = (query: string) => namesOnMap({ ask }, ann, query, ids);
  const own = ['own', 'ownArchived'];
  assert.deepEqual(await names(''), own);
  assert.deepEqual(await names('?withPartners=true'), [...own, 'partners']);
  // What is in an album is shown to its members, archived by its owner or not.
  const others = ['partners', 'partnersArchived', 'shared'];
  assert.deepEqual(await names('?withSharedAlbums=true'), [...own, ...others]);
  assert.deepEqual(await names('?withSharedAlbums=true&withPartners=true'), [...own, ...others]);
  assert.deepEqual(await names('?withSharedAlbums=true&isArchived=false'), ['own', ...others]);
  assert.deepEqual(await names('?withSharedAlbums=true&withPartners=true&isArchived=true'), ['ownArchived']);
  assert.deepEqual(await names('?withSharedAlbums=true&withPartners=true&isFavorite=true'), []);
  const ofAlbum = (await ask(ann, 'GET', `/albums/${albums[0]!.album}/map-markers`)).json as { id: string }[];
  const shown = [ids.own, ids.ownArchived, ids.partners, ids.partnersArchived, ids.shared];
  assert.deepEqual(ofAlbum.map(({ id }) => id).sort(), shown.sort());
});

test('a map of many pages has every marker once, whatever their moments', async (t) => {
  const { ann, db, addAsset, ask } = await startTestLibrary(t);
  const count = 2_500;
  db.exec('BEGIN');
  // Half of them at one moment, so that pages end within it.
  const all = Array.from({ length: count }, (_, at) =>
    addAsset(ann.id, { ...here, captured_at: NOON + (at % 2 === 0 ? at : -1) }),
  );
  db.exec('COMMIT');
  const { json } = await ask(ann, 'GET', '/map/markers');
  const ids = (json as { id: string }[]).map(({ id }) => id);
  assert.equal(ids.length, count);
  assert.deepEqual(ids.toSorted(), all.toSorted());
});

test('SQLite takes the markers from the index that holds them and not from the photos', async (t) => {
  const { db } = await startTestLibrary(t);
  const writesAnew = (rest: string) =>
    (
      db.prepare(`EXPLAIN SELECT marker FROM asset_marker WHERE ${rest}`).all() as { p4: string | null }[]
    ).some(({ p4 }) => p4?.startsWith('json_object'));
  assert.ok(writesAnew(`id = 'x'`));
  const page = `(captured_at, marker) < (1, 'x') ORDER BY captured_at DESC, marker DESC`;
  assert.ok(!writesAnew(`owner_id = 'x' AND visibility = 'archive' AND is_favorite = 1 AND ${page}`));
});
