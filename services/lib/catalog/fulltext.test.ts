import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { addUser, openTestLibrary, startTestLibrary } from '#test/fixtures/library';
import { matchOf } from './fulltext.ts';
import type { Catalog } from './open.ts';
import { searchQueries } from './search.ts';

/** Finds by text as somebody who sees all that is theirs. */
function finder(db: Catalog, userId: string) {
  const search = searchQueries(db);
  return (filters: object): string[] =>
    search
      .readPage({ viewer: { userId, isElevated: 0 }, filters, order: 'desc', size: 100, offset: 0 })
      .rows.map(({ id }) => id)
      .sort();
}

const LIKE = `SELECT id FROM asset WHERE original_name LIKE @text OR description LIKE @text ORDER BY id`;

test('the index finds every asset that reading all of them would', (t) => {
  const { ann, db, addAsset } = openTestLibrary(t);
  const letters = ['a', 'B', 'ö', 'É', '1', '_', '%', '"', ' ', 'ß', '日'];
  let state = 7;
  const pick = (most: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % most;
  };
  const words = (most: number) =>
    Array.from({ length: 1 + pick(most) }, () => letters[pick(letters.length)]).join('');
  for (let count = 0; count < 200; count++)
    addAsset(ann.id, { original_name: words(8), description: words(12) });
  for (let count = 0; count < 60; count++)
    db.prepare('UPDATE asset SET description = ? WHERE rowid = ?').run(words(12), 1 + pick(200));
  db.prepare('DELETE FROM asset WHERE rowid % 9 = 0').run();
  for (let count = 0; count < 400; count++) {
    const text = words(5);
    const match = matchOf([text]);
    if (match === undefined) continue;
    const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
    const found = new Set(
      db
        .prepare('SELECT id FROM asset_text t JOIN asset a ON a.rowid = t.rowid WHERE t.asset_text MATCH ?')
        .pluck()
        .all(match),
    );
    const all = db
      .prepare(LIKE.replaceAll('@text', `@text ESCAPE '\\'`))
      .pluck()
      .all({ text: like }) as string[];
    for (const id of all) assert.ok(found.has(id), `${text} by ${match}`);
  }
});

test('a text is found in its middle, in any case and way of writing accents, and only as it is', (t) => {
  const { ann, db, addAsset } = openTestLibrary(t);
  const find = finder(db, ann.id);
  const cafe = addAsset(ann.id, { original_name: 'Cafe\u0301 in PARIS.jpg', city: 'Paris' });
  const beach = addAsset(ann.id, { original_name: 'IMG_0001.HEIC', description: 'Große WELLE, 100 % blau' });
  assert.deepEqual(find({ originalFileName: 'café IN par' }), [cafe]);
  assert.deepEqual(find({ originalFileName: 'mg_000' }), [beach]);
  assert.deepEqual(find({ originalFileName: 'mgx000' }), []);
  assert.deepEqual(find({ description: 'ße welle' }), [beach]);
  assert.deepEqual(find({ description: '100 %' }), [beach]);
  assert.deepEqual(find({ description: 'paris' }), []);
  assert.deepEqual(find({ text: 'PARIS café' }), [cafe]);
  assert.deepEqual(find({ text: 'img blau' }), [beach]);
  assert.deepEqual(find({ text: 'paris blau' }), []);
  // Shorter than what the index knows.
  assert.deepEqual(find({ text: 'g_' }), [beach]);
  assert.deepEqual(find({ description: '%' }), [beach]);
  assert.deepEqual(find({ text: '"' }), []);
});

test('tags and names of people lead to their photos as long as they are theirs, and only for their owner', async (t) => {
  const { ann, bob, db, addAsset, ask } = await startTestLibrary(t);
  const id = addAsset(ann.id);
  const other = addAsset(ann.id);
  const text = async (text: string, who = ann, filters = {}) =>
    (await ask(who, 'POST', '/search/metadata', { text, ...filters })).json.assets.items.map(
      ({ id }: { id: string }) => id,
    );
  const [tag, person] = [randomUUID(), randomUUID()];
  db.prepare(`INSERT INTO tag VALUES (?, ?, NULL, 'Holiday/Sardinia', NULL, 0, 0)`).run(tag, ann.id);
  db.prepare('INSERT INTO tag_asset VALUES (?, ?)').run(tag, id);
  assert.deepEqual(await text('sardin'), [id]);
  db.prepare(`UPDATE tag SET value = 'Holiday/Corsica' WHERE id = ?`).run(tag);
  assert.deepEqual([await text('sardin'), await text('corsica')], [[], [id]]);

  db.prepare(`INSERT INTO person (id, owner_id, name, created_at, updated_at) VALUES (?, ?, '', 0, 0)`).run(
    person,
    ann.id,
  );
  const face = randomUUID();
  db.prepare(`INSERT INTO face (id, asset_id, person_id, image_width_px, image_height_px, x1, y1, x2, y2, source, created_at)
    VALUES (?, ?, ?, 9, 9, 0, 0, 1, 1, 'manual', 0)`).run(face, other, person);
  db.prepare(`UPDATE person SET name = 'Grandmother' WHERE id = ?`).run(person);
  assert.deepEqual(await text('grandm'), [other]);

  const album = (
    await ask(ann, 'POST', '/albums', { albumName: 'x', albumUsers: [{ userId: bob.id, role: 'viewer' }] })
  ).json.id;
  await ask(ann, 'PUT', `/albums/${album}/assets`, { ids: [id, other] });
  for (const secret of ['corsica', 'grandmother'])
    assert.deepEqual(await text(secret, bob, { albumIds: [album] }), [], secret);
  assert.deepEqual((await text('IMG_', bob, { albumIds: [album] })).length, 2);

  db.prepare('UPDATE face SET person_id = NULL WHERE id = ?').run(face);
  assert.deepEqual(await text('grandm'), []);
  db.prepare('DELETE FROM tag WHERE id = ?').run(tag);
  assert.deepEqual(await text('corsica'), []);
});

test('the locked folder is found by text only while it is open, and the trash only when asked for', async (t) => {
  const { ann, addAsset, ask } = await startTestLibrary(t);
  addAsset(ann.id, { visibility: 'locked', description: 'secret place' });
  const trashed = addAsset(ann.id, { trashed_at: 1, description: 'secret plan' });
  const find = async (filters: object) =>
    (await ask(ann, 'POST', '/search/metadata', filters)).json.assets.items.map(
      ({ id }: { id: string }) => id,
    );
  assert.deepEqual(await find({ text: 'secret' }), []);
  assert.deepEqual(await find({ description: 'secret' }), []);
  assert.deepEqual(await find({ text: 'secret', withDeleted: true }), [trashed]);
  assert.deepEqual((await ask(ann, 'POST', '/search/statistics', { text: 'secret' })).json, { total: 0 });
});

test('the index still fits after the catalog was rewritten without gaps', (t) => {
  const { ann, db, addAsset } = openTestLibrary(t);
  addUser(db, 'zoe');
  const ids = Array.from({ length: 40 }, (_, at) => addAsset(ann.id, { original_name: `name-${at}-.jpg` }));
  db.prepare('DELETE FROM asset WHERE rowid % 3 = 0').run();
  db.exec('VACUUM');
  const find = finder(db, ann.id);
  ids.forEach((id, at) => {
    assert.deepEqual(find({ originalFileName: `ame-${at}-` }), (at + 1) % 3 === 0 ? [] : [id]);
  });
});
