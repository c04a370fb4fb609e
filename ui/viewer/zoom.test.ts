import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clampZoom, FITTING, MAX_SCALE, type ZoomRoom, zoomAt } from './zoom.ts';

const ROOM: ZoomRoom = { widthPx: 1000, heightPx: 600, fitWidthPx: 800, fitHeightPx: 600 };

test('the point below the finger stays below it', () => {
  const at = { x: 100, y: -50 };
  const before = zoomAt(FITTING, 2, { x: 0, y: 0 }, ROOM);
  const after = zoomAt(before, 4, at, ROOM);
  const pointOf = (zoom: typeof before) => [(at.x - zoom.x) / zoom.scale, (at.y - zoom.y) / zoom.scale];
  assert.deepEqual(pointOf(after), pointOf(before));
});

test('an edge of the picture never leaves the edge of the room, and what fits stays in the middle', () => {
  assert.deepEqual(clampZoom({ scale: 2, x: 9999, y: -9999 }, ROOM), { scale: 2, x: 300, y: -300 });
  assert.deepEqual(clampZoom({ scale: 1, x: 50, y: 50 }, ROOM), FITTING);
});

test('it gets no smaller than fitting and no larger than sensible', () => {
  assert.equal(zoomAt(FITTING, 0.2, { x: 0, y: 0 }, ROOM).scale, 1);
  assert.equal(zoomAt(FITTING, 99, { x: 0, y: 0 }, ROOM).scale, MAX_SCALE);
});
