import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RequestProblem } from './api.ts';
import { createLoadedSource } from './loaded-source.ts';
import type { GridAsset } from './photo-source.ts';

const asset = (id: string): GridAsset => ({
  id,
  ownerId: 'ann',
  ratio: 1,
  isImage: true,
  isFavorite: false,
  thumbhash: null,
  fileCreatedAt: '2026-11-22T12:00:00.000Z',
  localOffsetHours: 0,
  durationMs: null,
  livePhotoVideoId: null,
  stackCount: 0,
});

test('a list is one group once it is here, and none when it is empty', async () => {
  let list = [asset('a'), asset('b')];
  const source = createLoadedSource(async () => list);
  assert.deepEqual(source.state.get(), {});
  await source.refresh('all');
  assert.deepEqual(
    source.state.get().groups?.map(({ count }) => count),
    [2],
  );
  list = [];
  await source.refresh('all');
  assert.deepEqual(source.state.get().groups, []);
});

test('a list that cannot be had says why and keeps what it shows', async () => {
  let isDown = false;
  const source = createLoadedSource(async () => {
    if (isDown) throw new RequestProblem(0, 'The box does not answer.');
    return [asset('a')];
  });
  await source.refresh('all');
  isDown = true;
  await source.refresh('all');
  assert.equal(source.state.get().problem, 'The box does not answer.');
  assert.equal(source.state.get().groups?.length, 1);
});

test('an answer that was overtaken is not shown', async () => {
  const answers: ((list: GridAsset[]) => void)[] = [];
  const source = createLoadedSource(() => new Promise((resolve) => answers.push(resolve)));
  const both = [source.refresh('all'), source.refresh('all')];
  answers[1]!([asset('new')]);
  answers[0]!([asset('old')]);
  await Promise.all(both);
  assert.equal(source.state.get().groups?.[0]?.assets?.[0]?.id, 'new');
});
