import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawFrame, growFrame, moveFrame, pixelsOf } from './face-frame.ts';

const FRAME = { left: 0.25, top: 0.25, width: 0.5, height: 0.25 };

test('a frame is drawn from any corner to any other, and ends at the edge of the picture', () => {
  const expected = { left: 0.25, top: 0.5, width: 0.75, height: 0.5 };
  assert.deepEqual(drawFrame({ x: 0.25, y: 0.5 }, { x: 7, y: 1.2 }), expected);
  assert.deepEqual(drawFrame({ x: 7, y: 1.2 }, { x: 0.25, y: 0.5 }), expected);
  // A click is no frame.
  assert.equal(drawFrame({ x: 0.5, y: 0.5 }, { x: 0.505, y: 0.9 }), undefined);
});

test('moving and growing keep the frame in the picture', () => {
  assert.deepEqual(moveFrame(FRAME, { x: 0.125, y: -0.125 }), { ...FRAME, left: 0.375, top: 0.125 });
  assert.deepEqual(moveFrame(FRAME, { x: 9, y: -9 }), { ...FRAME, left: 0.5, top: 0 });
  assert.deepEqual(growFrame(FRAME, { x: 9, y: 9 }), { ...FRAME, width: 0.75, height: 0.75 });
  const least = growFrame(FRAME, { x: -9, y: -9 });
  assert.ok(least.width > 0 && least.height > 0 && least.left === FRAME.left);
});

test('pixels are whole and never beyond the picture', () => {
  assert.deepEqual(pixelsOf(FRAME, { width: 1000, height: 500 }), {
    ...{ imageWidth: 1000, imageHeight: 500 },
    ...{ x: 250, y: 125, width: 500, height: 125 },
  });
  for (const size of [
    { width: 333, height: 777 },
    { width: 3, height: 2 },
  ]) {
    const { x, y, width, height } = pixelsOf(
      { left: 0.995, top: 0.9949, width: 0.005, height: 0.0051 },
      size,
    );
    assert.ok(width >= 1 && x + width <= size.width, `${x} ${width}`);
    assert.ok(height >= 1 && y + height <= size.height, `${y} ${height}`);
  }
});
