import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TagResponse } from '#contract/tags';
import { buildTagTree, filterTags, type TagNode, tagsAbove } from './tag-tree.ts';

const tag = (value: string, parentId?: string): TagResponse => ({
  id: value,
  name: value.slice(value.lastIndexOf('/') + 1),
  value,
  createdAt: '2026-11-22T12:00:00.000Z',
  updatedAt: '2026-11-22T12:00:00.000Z',
  ...(parentId !== undefined && { parentId }),
});

const TAGS = [
  tag('trips'),
  tag('trips/lake', 'trips'),
  tag('trips/alps', 'trips'),
  tag('trips/lake/boat', 'trips/lake'),
  tag('family'),
];

const drawn = (nodes: readonly TagNode[]): unknown[] =>
  nodes.map(({ tag: { name }, children }) => (children.length > 0 ? [name, drawn(children)] : name));

test('tags stand inside each other, each level by name', () => {
  assert.deepEqual(drawn(buildTagTree(TAGS)), ['family', ['trips', ['alps', ['lake', ['boat']]]]]);
});

test('a tag whose parent is hidden stands at the top', () => {
  assert.deepEqual(drawn(buildTagTree([tag('a/b', 'a')])), ['b']);
});

test('looking for a name keeps the way to what is found', () => {
  assert.deepEqual(drawn(buildTagTree(filterTags(TAGS, ' LAK'))), [['trips', ['lake']]]);
  assert.equal(filterTags(TAGS, '').length, TAGS.length);
  assert.deepEqual(filterTags(TAGS, 'sea'), []);
});

test('the way to a tag begins at the top', () => {
  const byId = new Map(TAGS.map((one) => [one.id, one]));
  assert.deepEqual(
    tagsAbove(byId, TAGS[3]!).map(({ name }) => name),
    ['trips', 'lake'],
  );
});
