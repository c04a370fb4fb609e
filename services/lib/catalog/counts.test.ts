import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOON, openTestLibrary } from '#test/fixtures/library';

test('kept counts of months, places and cameras stay equal to counting, whatever happens to assets', (t) => {
  const { db, ann, addAsset } = openTestLibrary(t);
  const pick = <Value>(values: readonly Value[], at: number): Value => values[at % values.length]!;
  const columns = (at: number) => ({
    local_at: Date.UTC(2000 + (at % 3), at % 12, 31, 23),
    type: pick(['IMAGE', 'VIDEO'], at),
    visibility: pick(['timeline', 'archive', 'hidden', 'locked'], at * 7),
    trashed_at: pick([null, null, NOON], at),
    is_favorite: at % 2,
    is_stack_member: pick([0, 0, 1], at * 5),
    country: pick([null, 'Germany', 'Japan'], at),
    city: pick([null, 'Kyoto', 'Berlin', ''], at * 3),
    make: pick(['Canon', null], at),
    lens_model: pick([null, 'RF'], at * 11),
  });
  const ids = Array.from({ length: 60 }, (_, at) => addAsset(ann.id, columns(at)));
  for (const [at, id] of ids.entries()) {
    const change = columns(at * 13 + 5);
    const sets = Object.keys(change).map((name) => `${name} = @${name}`);
    db.prepare(`UPDATE asset SET ${sets.join(', ')} WHERE id = @id`).run({ ...change, id });
    if (at % 9 === 0) db.prepare('DELETE FROM asset WHERE id = ?').run(id);
  }
  const same = (kept: string, counted: string) =>
    assert.deepEqual(db.prepare(kept).raw().all(), db.prepare(counted).raw().all());
  const facts = 'type, visibility, trashed_at IS NOT NULL, is_favorite, is_stack_member';
  same(
    `SELECT month, type, visibility, is_trashed, is_favorite, is_stack_member, count FROM month_count
     WHERE basis = 'taken' AND count > 0 ORDER BY 1, 2, 3, 4, 5, 6`,
    `SELECT strftime('%Y-%m-01', local_at / 1000.0, 'unixepoch'), ${facts}, count(*) FROM asset
     GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6`,
  );
  const offered = `trashed_at IS NULL AND visibility IN ('timeline', 'archive')`;
  same(
    'SELECT country, state, city, count FROM place_count WHERE count > 0 ORDER BY 1, 2, 3',
    `SELECT coalesce(country, ''), coalesce(state, ''), coalesce(city, ''), count(*) FROM asset
     WHERE ${offered} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  );
  same(
    'SELECT make, model, lens_model, count FROM camera_count WHERE count > 0 ORDER BY 1, 2, 3',
    `SELECT coalesce(make, ''), coalesce(model, ''), coalesce(lens_model, ''), count(*) FROM asset
     WHERE ${offered} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  );
});

test('how many photos each person is on stays equal to counting, whatever happens to people, faces and assets', (t) => {
  const { db, ann, addAsset } = openTestLibrary(t);
  // A generator of even numbers with a fixed seed (Park and Miller's): a failure comes again.
  let state = 7;
  const roll = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const idsOf = (table: string) =>
    db.prepare(`SELECT id FROM ${table} ORDER BY id`).pluck().all() as string[];
  const some = (table: string) => {
    const ids = idsOf(table);
    return ids[roll(ids.length)]!;
  };
  const pick = <Value>(values: readonly Value[]): Value => values[roll(values.length)]!;
  let number = 0;
  const addPerson = () =>
    db
      .prepare('INSERT INTO person (id, owner_id, created_at, updated_at) VALUES (?, ?, 0, 0)')
      .run(`person-${number++}`, ann.id);
  const addFace = () =>
    db
      .prepare(
        `INSERT INTO face (id, asset_id, person_id, image_width_px, image_height_px, x1, y1, x2, y2, source,
           is_visible, deleted_at, created_at)
         VALUES (?, ?, ?, 9, 9, 1, 1, 2, 2, ?, ?, ?, 0)`,
      )
      .run(
        `face-${number++}`,
        some('asset'),
        pick([null, some('person'), some('person')]),
        pick(['manual', 'machine-learning']),
        pick([0, 1, 1, 1]),
        pick([null, null, null, NOON]),
      );
  const change = (table: string, column: string, value: unknown) =>
    db.prepare(`UPDATE ${table} SET ${column} = ? WHERE id = ?`).run(value, some(table));
  const remove = (table: string) => db.prepare(`DELETE FROM ${table} WHERE id = ?`).run(some(table));
  const steps = [
    addPerson,
    addFace,
    addFace,
    addFace,
    () => addAsset(ann.id, { visibility: pick(['timeline', 'archive', 'locked', 'hidden']) }),
    () => change('face', 'person_id', pick([null, some('person')])),
    () => change('face', 'asset_id', some('asset')),
    () => change('face', 'is_visible', roll(2)),
    () => change('face', 'deleted_at', pick([null, NOON])),
    () => change('face', 'source', pick(['manual', 'machine-learning'])),
    () => change('asset', 'visibility', pick(['timeline', 'archive', 'locked', 'hidden'])),
    () => change('asset', 'trashed_at', pick([null, NOON])),
    () => db.prepare('UPDATE face SET person_id = ? WHERE person_id = ?').run(some('person'), some('person')),
    () => remove('face'),
    () => roll(4) === 0 && idsOf('asset').length > 5 && remove('asset'),
    () => roll(4) === 0 && idsOf('person').length > 3 && remove('person'),
  ];
  for (let at = 0; at < 6; at++) addAsset(ann.id);
  for (let at = 0; at < 4; at++) addPerson();
  for (let at = 0; at < 20; at++) addFace();
  const kept = db.prepare('SELECT person_id, faces, by_hand, assets FROM person_count ORDER BY 1').raw();
  const counted = db
    .prepare(
      `SELECT p.id, count(f.id), total(f.source = 'manual'), count(DISTINCT iif(f.is_visible = 1 AND
         f.deleted_at IS NULL AND a.trashed_at IS NULL AND a.visibility IN ('timeline', 'archive'), a.id, NULL))
       FROM person p LEFT JOIN face f ON f.person_id = p.id LEFT JOIN asset a ON a.id = f.asset_id
       GROUP BY p.id ORDER BY 1`,
    )
    .raw();
  for (let at = 0; at < 1500; at++) {
    const step = pick(steps);
    step();
    assert.deepEqual(kept.all(), counted.all(), `after ${at} steps, the last one ${step}`);
  }
});
