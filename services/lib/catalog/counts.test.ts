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
