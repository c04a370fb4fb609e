import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rgbaToThumbHash, thumbHashToRGBA } from 'thumbhash';
import { readColours } from './thumbhash-colours.ts';

/** A picture with a different colour in each corner, somewhat see-through when `alpha` is less than 255. */
function drawCorners(width: number, height: number, alpha = 255): Uint8Array {
  const rgba = new Uint8Array(4 * width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      rgba.set([(255 * x) / width, (255 * y) / height, x > y ? 40 : 190, alpha], 4 * (y * width + x));
  return rgba;
}

for (const [width, height, alpha] of [
  [100, 75, 255],
  [60, 100, 255],
  [80, 80, 255],
  [100, 20, 255],
  [90, 60, 120],
] as const)
  test(`a picture of ${width} × ${height}, opacity ${alpha}, has the colours that the format's own reader finds`, () => {
    const hash = rgbaToThumbHash(width, height, drawCorners(width, height, alpha));
    const ours = readColours(hash);
    const theirs = thumbHashToRGBA(hash);
    assert.ok(Math.abs(ours.width - theirs.w / 2) <= 0.5 && Math.abs(ours.height - theirs.h / 2) <= 0.5);
    let largest = 0;
    for (let y = 0; y < ours.height; y += 1)
      for (let x = 0; x < ours.width; x += 1) {
        // Between the pixels around the same place, theirs being twice as fine.
        const column = Math.floor(((x + 0.5) / ours.width) * theirs.w);
        const row = Math.floor(((y + 0.5) / ours.height) * theirs.h);
        for (const channel of [0, 1, 2]) {
          const near = [-1, 0, 1].flatMap((dy) =>
            [-1, 0, 1].map((dx) => {
              const at = Math.min(theirs.w - 1, Math.max(0, column + dx));
              const below = Math.min(theirs.h - 1, Math.max(0, row + dy));
              return theirs.rgba[4 * (below * theirs.w + at) + channel]!;
            }),
          );
          const value = ours.rgb[3 * (y * ours.width + x) + channel]!;
          largest = Math.max(largest, Math.min(...near) - value, value - Math.max(...near));
        }
      }
    assert.ok(largest <= 6, `a channel is ${largest} beside what is near it`);
  });

test('a hash that is cut off has colours too', () => {
  const { width, height, rgb } = readColours(new Uint8Array([1, 2, 3]));
  assert.equal(rgb.length, 3 * width * height);
});
