import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Draft,
  draftOf,
  moveCorner,
  moveCrop,
  shapeCrop,
  stepsOf,
  turnBack,
  UNCHANGED,
  WHOLE,
} from './crop.ts';

const SIZE = { widthPx: 4000, heightPx: 3000 };

test('nothing changed is no step, and what was saved comes back as it was', () => {
  assert.deepEqual(stepsOf(UNCHANGED, SIZE), []);
  const draft: Draft = {
    crop: { left: 0.1, top: 0.2, width: 0.5, height: 0.6 },
    angle: 90,
    isMirrored: true,
  };
  assert.deepEqual(draftOf(stepsOf(draft, SIZE), SIZE), draft);
});

test('steps in an order of another program show the same picture', () => {
  const mirror = { action: 'mirror', parameters: { axis: 'horizontal' } } as const;
  const upsideDown = { action: 'mirror', parameters: { axis: 'vertical' } } as const;
  const rotate = { action: 'rotate', parameters: { angle: 90 } } as const;
  assert.deepEqual(draftOf([mirror, rotate], SIZE), { ...UNCHANGED, angle: 270, isMirrored: true });
  assert.deepEqual(draftOf([upsideDown], SIZE), { ...UNCHANGED, angle: 180, isMirrored: true });
  assert.deepEqual(draftOf([mirror, mirror], SIZE), UNCHANGED);
});

test('a corner stays inside the picture and the one across stays where it is', () => {
  const crop = moveCorner(WHOLE, 'nw', { x: 0.25, y: 0.5 }, SIZE);
  assert.deepEqual(crop, { left: 0.25, top: 0.5, width: 0.75, height: 0.5 });
  assert.deepEqual(moveCorner(crop, 'se', { x: 9, y: 9 }, SIZE), crop);
  const small = moveCorner(WHOLE, 'se', { x: -9, y: -9 }, SIZE);
  assert.ok(small.width > 0 && small.height > 0);
});

test('a shape is kept while a corner moves', () => {
  const square = shapeCrop(WHOLE, SIZE, 1);
  assert.deepEqual(square, { left: 0.125, top: 0, width: 0.75, height: 1 });
  const smaller = moveCorner(square, 'se', { x: -0.3, y: 0 }, SIZE, 1);
  assert.ok(Math.abs(smaller.width * SIZE.widthPx - smaller.height * SIZE.heightPx) < 1e-6);
});

test('the part that is cropped never leaves the picture', () => {
  const part = { left: 0.2, top: 0.2, width: 0.5, height: 0.5 };
  assert.deepEqual(moveCrop(part, { x: 5, y: -5 }), { ...part, left: 0.5, top: 0 });
});

test('a way on the screen is found on a picture that is turned and mirrored', () => {
  const right = { x: 1, y: 0 };
  const same = (a: { x: number; y: number }, b: { x: number; y: number }) =>
    assert.ok(Math.abs(a.x - b.x) + Math.abs(a.y - b.y) < 1e-9, JSON.stringify(a));
  same(turnBack(right, { ...UNCHANGED, angle: 90 }), { x: 0, y: -1 });
  same(turnBack(right, { ...UNCHANGED, angle: 180 }), { x: -1, y: 0 });
  same(turnBack(right, { ...UNCHANGED, isMirrored: true }), { x: -1, y: 0 });
});
