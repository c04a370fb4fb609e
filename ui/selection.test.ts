import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createListSource } from './list-source.ts';
import type { GridAsset } from './photo-source.ts';
import { createSelection } from './selection.ts';
import { createTimeline } from './timeline.ts';

const asset = (id: string): GridAsset => ({
  id,
  ownerId: '',
  ratio: 1,
  isImage: true,
  isFavorite: false,
  thumbhash: null,
  fileCreatedAt: '2024-05-04T12:00:00.000Z',
  localOffsetHours: 0,
  durationMs: null,
  livePhotoVideoId: null,
  stackCount: 0,
});

test('a range goes from the one chosen last to the other, in both directions', async () => {
  const source = createListSource(['a', 'b', 'c', 'd', 'e'].map(asset));
  const selection = createSelection();
  selection.toggle('d');
  await selection.extendTo('b', source);
  assert.deepEqual([...selection.ids.get()].sort(), ['b', 'c', 'd']);
  await selection.extendTo('c', source);
  assert.deepEqual([...selection.ids.get()].sort(), ['b', 'c', 'd']);
});

test('a range over months that were never on the screen includes them', async () => {
  const months: Record<string, GridAsset[]> = {
    '2024-07-01': [asset('g')],
    '2024-06-01': [asset('e'), asset('f')],
    '2024-05-01': [asset('d')],
  };
  const timeline = createTimeline({
    months: async () =>
      Object.entries(months).map(([timeBucket, { length }]) => ({ timeBucket, count: length })),
    month: async (key) => months[key] ?? [],
  });
  await timeline.refresh(new Set());
  timeline.ensure('2024-07-01');
  timeline.ensure('2024-05-01');
  await new Promise((resolve) => setTimeout(resolve));
  const selection = createSelection();
  selection.toggle('g');
  await selection.extendTo('d', timeline);
  assert.deepEqual([...selection.ids.get()].sort(), ['d', 'e', 'f', 'g']);
});

test('a day is chosen as a whole, and let go as a whole', () => {
  const selection = createSelection();
  selection.toggle('a');
  selection.toggleAll(['a', 'b']);
  assert.deepEqual([...selection.ids.get()], ['a', 'b']);
  selection.toggleAll(['a', 'b']);
  assert.equal(selection.ids.get().size, 0);
});
