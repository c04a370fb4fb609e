import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { thumbHashToApproximateAspectRatio, thumbHashToAverageRGBA } from 'thumbhash';
import { buildThumbhash } from './thumbhash.ts';

async function hashOf(background: string, width: number, height: number): Promise<Uint8Array> {
  const image = sharp({ create: { width, height, channels: 3, background } });
  return Buffer.from(await buildThumbhash(await image.webp().toBuffer()), 'base64');
}

test('a thumbhash carries the average colour and the shape of the picture', async () => {
  const hash = await hashOf('#c04020', 400, 200);
  const { r, g, b, a } = thumbHashToAverageRGBA(hash);
  for (const [actual, expected] of [
    [r, 0xc0],
    [g, 0x40],
    [b, 0x20],
    [a, 0xff],
  ] as const) {
    assert.ok(Math.abs(actual * 255 - expected) < 8, `${actual * 255} is near ${expected}`);
  }
  assert.ok(thumbHashToApproximateAspectRatio(hash) > 1.5);
  assert.ok(thumbHashToApproximateAspectRatio(await hashOf('#c04020', 200, 400)) < 0.67);
});

test('another picture has another thumbhash and the same picture the same one', async () => {
  assert.deepEqual(await hashOf('#204060', 90, 60), await hashOf('#204060', 90, 60));
  assert.notDeepEqual(await hashOf('#204060', 90, 60), await hashOf('#604020', 90, 60));
});
