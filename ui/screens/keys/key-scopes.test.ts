import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SCOPES } from '#contract/scopes';
import { scopesOf } from './key-scopes.ts';

const nothing = new Set<string>();

test('every permission that a choice grants is one that the box knows', () => {
  for (const preset of ['upload', 'read', 'all'] as const)
    for (const scope of scopesOf(preset, nothing)) assert.ok(SCOPES.includes(scope), scope);
});

test('a key that only looks can neither change nor delete anything, nor read what belongs to other keys', () => {
  const scopes = scopesOf('read', nothing);
  for (const needed of ['asset.read', 'asset.view', 'asset.download', 'album.read', 'timeline.read'])
    assert.ok(scopes.includes(needed), needed);
  assert.deepEqual(
    scopes.filter((scope) =>
      /create|update|delete|upload|merge|unlink|lock|apiKey|session|admin/i.test(scope),
    ),
    [],
  );
});

test('what is picked one by one is granted and nothing else', () => {
  assert.deepEqual(scopesOf('chosen', new Set(['asset.read', 'made.up'])), ['asset.read']);
  assert.deepEqual(scopesOf('chosen', nothing), []);
});
