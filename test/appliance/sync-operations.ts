import { createHash, randomUUID } from 'node:crypto';
import type { Changes } from '#catalog/changes';
import type { Catalog } from '#catalog/open';
import type { Queries } from '#catalog/queries';

/** Even numbers from a seed, so that a history can be told again. */
export function seeded(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const below = (count: number) => Math.floor(next() * count);
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[below(items.length)];
  return { next, below, pick };
}

/** What people do, each with how often: `change` does it as that user, inside a transaction that is open. */
export function randomOperations(world: {
  db: Catalog;
  changes: Changes;
  queries: Queries;
  poolDir: string;
  userIds: readonly string[];
  random: ReturnType<typeof seeded>;
  now: () => number;
}): [weight: number, change: (userId: string) => void][] {
  const { db, changes, queries, poolDir, userIds, random, now } = world;
  const list = (sql: string, ...args: unknown[]) =>
    db
      .prepare(sql)
      .pluck()
      .all(...args) as string[];
  const assetsOf = (userId: string) => list('SELECT id FROM asset WHERE owner_id = ?', userId);
  const albumsOf = (userId: string) =>
    list(`SELECT album_id FROM album_user WHERE user_id = ? AND role = 'owner'`, userId);
  const run = (sql: string, ...args: unknown[]) => void db.prepare(sql).run(...args);
  let names = 0;
  const upload = (ownerId: string) => {
    // Few different contents: what was deleted comes again, as a new asset with the same bytes.
    const content = `${ownerId}-${random.below(60)}`;
    const name = `IMG_${++names}.jpg`;
    changes.uploads.accept({
      id: randomUUID(),
      ownerId,
      checksum: createHash('sha1').update(content).digest('base64'),
      bytes: 1000 + random.below(1000),
      originalName: name,
      folder: 'library/test/2026',
      fileName: name,
      poolDir,
      type: 'IMAGE',
      mimeType: 'image/jpeg',
      fileCreatedAt: now() - random.below(1e9),
      fileModifiedAt: now(),
      isFavorite: random.next() < 0.1,
      visibility: 'timeline',
      durationMs: null,
      liveVideoId: null,
      hasSidecar: false,
      metadata: random.next() < 0.3 ? [{ key: 'mobile-app', value: '{"iCloudId":"x"}' }] : [],
      now: now(),
    });
  };

  return [
    [14, upload],
    [
      10,
      (userId) => {
        const id = random.pick(assetsOf(userId));
        if (!id) return;
        const change = random.pick([
          { isFavorite: random.next() < 0.5 },
          { description: `text ${random.below(99)}` },
          { rating: random.below(6) },
          { visibility: random.pick(['timeline', 'archive', 'locked', 'timeline'] as const)! },
          { place: { latitude: random.next() * 90, longitude: random.next() * 90 } },
        ])!;
        changes.assetEdits.update({ ids: [id], change, now: now() });
      },
    ],
    [
      5,
      (userId) => {
        run(
          `UPDATE asset SET thumbhash = 'AAAA', width_px = 40, height_px = 30, is_edited = ? WHERE id = ?`,
          random.below(2),
          random.pick(assetsOf(userId)) ?? '',
        );
      },
    ],
    [
      5,
      (userId) =>
        void changes.trash.put(
          assetsOf(userId).filter(() => random.next() < 0.05),
          now(),
        ),
    ],
    [
      3,
      (userId) =>
        void changes.trash.restore(
          assetsOf(userId).filter(() => random.next() < 0.1),
          now(),
        ),
    ],
    [
      6,
      (userId) => {
        const ids = assetsOf(userId).filter(() => random.next() < 0.06);
        changes.trash.deleteForGood({
          assets: ids.map((id) => ({ id, derivedPath: `derived/${id}` })),
          motionParts: [],
          onlyTrashed: random.next() < 0.5,
          now: now(),
        });
      },
    ],
    [
      4,
      (userId) => {
        if (albumsOf(userId).length > 4) return;
        changes.albums.create({
          id: randomUUID(),
          ownerId: userId,
          name: `album ${++names}`,
          description: '',
          assetIds: assetsOf(userId).filter(() => random.next() < 0.2),
          users: userIds
            .filter((id) => id !== userId && random.next() < 0.4)
            .map((id) => ({ userId: id, role: 'editor' as const })),
          now: now(),
        });
      },
    ],
    [
      6,
      (userId) => {
        const albumId = random.pick(albumsOf(userId));
        const other = random.pick(userIds.filter((id) => id !== userId))!;
        if (albumId)
          changes.albums.addUsers({
            albumId,
            users: [{ userId: other, role: random.pick(['editor', 'viewer'] as const)! }],
            now: now(),
          });
      },
    ],
    [
      4,
      (userId) => {
        const albumId = random.pick(albumsOf(userId));
        if (albumId) changes.albums.removeUser({ albumId, userId: random.pick(userIds)!, now: now() });
      },
    ],
    [
      7,
      (userId) => {
        const albumId = random.pick(list('SELECT album_id FROM album_user WHERE user_id = ?', userId));
        const shown = list(`SELECT id FROM asset WHERE owner_id = ? AND visibility <> 'locked'`, userId);
        if (albumId)
          changes.albums.addAssets({
            albumId,
            assetIds: shown.filter(() => random.next() < 0.1),
            userId,
            now: now(),
          });
      },
    ],
    [
      5,
      (userId) => {
        const albumId = random.pick(albumsOf(userId));
        if (!albumId) return;
        const linked = list('SELECT asset_id FROM album_asset WHERE album_id = ?', albumId);
        changes.albums.removeAssets({
          albumId,
          assetIds: linked.filter(() => random.next() < 0.2),
          now: now(),
        });
      },
    ],
    [
      2,
      (userId) => {
        const id = random.pick(albumsOf(userId));
        if (id) changes.albums.update({ id, change: { name: `album ${++names}` }, now: now() });
      },
    ],
    [
      2,
      (userId) => {
        const id = random.pick(albumsOf(userId));
        if (id) changes.albums.delete(id);
      },
    ],
    [
      4,
      (userId) => {
        const pair = {
          sharedById: userId,
          sharedWithId: random.pick(userIds.filter((id) => id !== userId))!,
        };
        if (queries.partners.find(pair.sharedById, pair.sharedWithId))
          if (random.next() < 0.5) changes.partners.delete(pair);
          else changes.partners.setInTimeline({ ...pair, inTimeline: random.next() < 0.5 });
        else changes.partners.create({ ...pair, now: now() });
      },
    ],
    [
      3,
      (userId) => {
        const ids = assetsOf(userId).filter(() => random.next() < 0.1);
        if (ids.length > 1)
          changes.stacks.create({ id: randomUUID(), ownerId: userId, assetIds: ids, now: now() });
      },
    ],
    [
      2,
      (userId) => {
        const id = random.pick(list('SELECT id FROM stack WHERE owner_id = ?', userId));
        if (id) changes.stacks.dissolve(id, now());
      },
    ],
    [
      3,
      (userId) => {
        const id = randomUUID();
        run(
          `INSERT INTO memory (id, owner_id, type, year, memory_at, created_at, updated_at) VALUES (?, ?, 'on_this_day', 2020, ?, ?, ?)`,
          id,
          userId,
          ++names,
          now(),
          now(),
        );
        for (const assetId of assetsOf(userId).filter(() => random.next() < 0.05))
          run('INSERT INTO memory_asset (memory_id, asset_id) VALUES (?, ?)', id, assetId);
      },
    ],
    [
      2,
      (userId) => {
        const id = random.pick(list('SELECT id FROM memory WHERE owner_id = ?', userId)) ?? '';
        if (random.next() < 0.5)
          run('UPDATE memory SET is_saved = 1 - is_saved, seen_at = ? WHERE id = ?', now(), id);
        else run('DELETE FROM memory WHERE id = ?', id);
      },
    ],
    [2, (userId) => run('DELETE FROM memory_asset WHERE asset_id = ?', random.pick(assetsOf(userId)) ?? '')],
    [
      3,
      (userId) =>
        run(
          'INSERT INTO person (id, owner_id, name, created_at, updated_at) VALUES (?, ?, ?, ?, ?)',
          randomUUID(),
          userId,
          `person ${++names}`,
          now(),
          now(),
        ),
    ],
    [
      5,
      (userId) => {
        const [assetId, personId] = [
          random.pick(assetsOf(userId)),
          random.pick(list('SELECT id FROM person WHERE owner_id = ?', userId)),
        ];
        if (!assetId) return;
        const id = randomUUID();
        run(
          `INSERT INTO face (id, asset_id, person_id, image_width_px, image_height_px, x1, y1, x2, y2, source, created_at)
           VALUES (?, ?, ?, 100, 100, 1, 2, 3, 4, 'manual', ?)`,
          id,
          assetId,
          personId ?? null,
          now(),
        );
        if (personId && random.next() < 0.5)
          run('UPDATE person SET cover_face_id = ? WHERE id = ?', id, personId);
      },
    ],
    [
      2,
      (userId) => {
        const [from, to] = list('SELECT id FROM person WHERE owner_id = ?', userId);
        if (!from || !to) return;
        run('UPDATE face SET person_id = ? WHERE person_id = ?', to, from);
        run('DELETE FROM person WHERE id = ?', from);
      },
    ],
    [2, (userId) => run('DELETE FROM face WHERE asset_id = ?', random.pick(assetsOf(userId)) ?? '')],
    [
      2,
      (userId) => {
        const assetId = random.pick(assetsOf(userId));
        if (assetId)
          run(
            `INSERT OR IGNORE INTO asset_edit (id, asset_id, action, parameters, sequence) VALUES (?, ?, 'rotate', '{"angle":90}', ?)`,
            randomUUID(),
            assetId,
            random.below(3),
          );
      },
    ],
    [1, (userId) => run('DELETE FROM asset_edit WHERE asset_id = ?', random.pick(assetsOf(userId)) ?? '')],
    [
      1,
      (userId) => run('DELETE FROM asset_metadata WHERE asset_id = ?', random.pick(assetsOf(userId)) ?? ''),
    ],
    [
      2,
      (userId) =>
        void changes.users.updatePreferences({
          id: userId,
          part: { ratings: { enabled: random.next() < 0.5 } },
          avatarColor: random.pick(['red', null]) ?? null,
          now: now(),
        }),
    ],
    [1, (userId) => run('UPDATE user SET name = ? WHERE id = ?', `name ${++names}`, userId)],
  ];
}
