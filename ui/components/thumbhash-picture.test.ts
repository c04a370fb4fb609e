import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rgbaToThumbHash } from 'thumbhash';
import { thumbhashPicture } from './thumbhash-picture.ts';

/** The bytes of the bitmap that stands for a picture: red on the left, blue on the right. */
function drawHalves(width: number, height: number): Buffer {
  const rgba = new Uint8Array(width * height * 4);
  for (let index = 0; index < width * height; index += 1)
    rgba.set(index % width < width / 2 ? [220, 20, 20, 255] : [20, 20, 220, 255], 4 * index);
  const url = thumbhashPicture(Buffer.from(rgbaToThumbHash(width, height, rgba)).toString('base64'));
  return Buffer.from(url!.slice('data:image/bmp;base64,'.length), 'base64');
}

test('a thumbhash becomes a bitmap of its shape, upper row first, with its colours where they were', () => {
  const bitmap = drawHalves(96, 64);
  const width = bitmap.readInt32LE(18);
  const height = -bitmap.readInt32LE(22);
  assert.ok(Math.abs(width / height - 3 / 2) < 0.2, `${width} × ${height}`);
  const rowBytes = (3 * width + 3) & ~3;
  assert.equal(bitmap.length, 54 + rowBytes * height);
  const middle = 54 + Math.floor(height / 2) * rowBytes;
  const [leftBlue, , leftRed] = bitmap.subarray(middle, middle + 3);
  const [rightBlue, , rightRed] = bitmap.subarray(middle + 3 * (width - 1), middle + 3 * width);
  assert.ok(leftRed! > 2 * leftBlue!, `${leftRed} ${leftBlue}`);
  assert.ok(rightBlue! > 2 * rightRed!, `${rightRed} ${rightBlue}`);
});

test('an asset without a thumbhash has no such picture', () => {
  assert.equal(thumbhashPicture(null), undefined);
});
