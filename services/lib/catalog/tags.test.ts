import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOON, openTestLibrary } from '#test/fixtures/library';
import { tagChanges, tagQueries } from './tags.ts';

test('keywords of a file become tags when they are new, and never undo what was taken off by hand', (t) => {
  const { db, ann, addAsset } = openTestLibrary(t);
  const [tags, questions] = [tagChanges(db), tagQueries(db)];
  const assetId = addAsset(ann.id);
  const read = (before: string[] | null, after: string[] | null) =>
    tags.addKeywords({
      assetId,
      ownerId: ann.id,
      before: before && JSON.stringify(before),
      after: after && JSON.stringify(after),
      now: NOON,
    });
  const onAsset = () => questions.listOfAssets(ann.id, [assetId]).map(({ value }) => value);
  read(null, ['lake', ' Places / Berlin', '', '/']);
  assert.deepEqual(onAsset(), ['Places/Berlin', 'lake']);
  const lake = questions.listOfAssets(ann.id, [assetId]).find(({ value }) => value === 'lake')!;
  tags.remove(lake.id, [assetId]);
  read(['lake', 'Places/Berlin'], ['lake', 'Places/Berlin']);
  assert.deepEqual(onAsset(), ['Places/Berlin']);
  read(['lake', 'Places/Berlin'], ['lake', 'Places/Berlin', 'boat']);
  assert.deepEqual(onAsset(), ['Places/Berlin', 'boat']);
  // A word that left the file stays as a tag: the file is not where tags are taken off.
  read(['boat'], null);
  assert.deepEqual(onAsset(), ['Places/Berlin', 'boat']);
});

test('words that are only in a child of a locked tag bring its parents back into view, and no others', (t) => {
  const { db, ann, addAsset } = openTestLibrary(t);
  const [tags, questions] = [tagChanges(db), tagQueries(db)];
  const [secret, open] = [addAsset(ann.id, { visibility: 'locked' }), addAsset(ann.id)];
  const made = tags.upsert({ ownerId: ann.id, values: ['a', 'a/b', 'a/c/d'], now: NOON });
  const [a, b, d] = made.map(({ id }) => id) as [string, string, string];
  tags.addToAll({ tagIds: [a, b], assetIds: [secret] });
  tags.add(d, [open]);
  const list = (isElevated: 0 | 1) =>
    questions.list({ userId: ann.id, isElevated }).map(({ value }) => value);
  assert.deepEqual(list(0), ['a', 'a/c', 'a/c/d']);
  assert.deepEqual(list(1), ['a', 'a/b', 'a/c', 'a/c/d']);
});
