import assert from 'node:assert/strict';
import { test } from 'node:test';
import Value from 'typebox/value';
import { DEFAULT_PREFERENCES, mergePreferences, readPreferences } from './preference-values.ts';
import { Preferences } from './preferences.ts';

test('an account that chose nothing has the defaults, and they fit the schema', () => {
  assert.deepEqual(readPreferences('{}'), DEFAULT_PREFERENCES);
  assert.ok(Value.Check(Preferences, readPreferences('{}')));
});

test('a part of the tree changes only that part and what was chosen before stays', () => {
  const first = mergePreferences('{}', { memories: { duration: 9 } });
  const second = mergePreferences(first, { memories: { enabled: false }, ratings: { enabled: true } });
  assert.deepEqual(JSON.parse(second), {
    memories: { enabled: false, duration: 9 },
    ratings: { enabled: true },
  });
  assert.deepEqual(readPreferences(second).memories, { enabled: false, sidebarWeb: true, duration: 9 });
});

test('only what differs from the defaults is kept, and nothing that we do not know', () => {
  const stored = mergePreferences('{"tags":{"enabled":true}}', {
    tags: { enabled: false, colour: 'red' },
    surprise: { a: 1 },
  } as object);
  assert.equal(stored, '{}');
});
