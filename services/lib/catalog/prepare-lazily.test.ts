import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import Sqlite from 'better-sqlite3';
import { prepareLazily } from './prepare-lazily.ts';

function openNumbers(t: TestContext): Sqlite.Database {
  const db = new Sqlite(':memory:');
  t.after(() => db.close());
  prepareLazily(db);
  return db;
}

test('a statement is compiled when it is run, and then stays compiled', (t) => {
  const db = openNumbers(t);
  const add = db.prepare('INSERT INTO number VALUES (?)');
  assert.throws(() => add.run(1), /no such table: number/);
  db.exec('CREATE TABLE number (value INTEGER)');
  assert.equal(add.run(1).changes, 1);
  assert.equal(add.run(2).changes, 1);
  const list = db.prepare('SELECT value FROM number ORDER BY value');
  assert.deepEqual(list.all(), [{ value: 1 }, { value: 2 }]);
  assert.deepEqual([...list.iterate()], [{ value: 1 }, { value: 2 }]);
  assert.deepEqual(list.get(), { value: 1 });
  assert.deepEqual(
    list.columns().map(({ name }) => name),
    ['value'],
  );
});

test('what a statement was told of its rows before it was compiled holds', (t) => {
  const db = openNumbers(t);
  const plucked = db.prepare('SELECT 7 AS value').pluck();
  assert.equal(plucked.get(), 7);
  const raw = db.prepare('SELECT 7 AS value, 8 AS other').raw();
  assert.deepEqual(raw.all(), [[7, 8]]);
});
