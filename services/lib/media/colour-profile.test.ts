import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { buildIccProfile } from '#test/fixtures/icc-profile';
import { readColourSpace } from './colour-profile.ts';

/** A profile that libvips carries, read back from a picture it was put into. */
async function builtIn(name: 'srgb' | 'p3' | 'cmyk'): Promise<Buffer | undefined> {
  const pixel = sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } });
  const image = name === 'cmyk' ? pixel.toColourspace('cmyk') : pixel;
  const tiff = await image.withIccProfile(name).tiff().toBuffer();
  return (await sharp(tiff).metadata()).icc;
}

test('a picture without a profile is sRGB', () => {
  assert.equal(readColourSpace(undefined), 'srgb');
});

test('well-known spaces are told apart by their primaries and curves', () => {
  assert.equal(readColourSpace(buildIccProfile('srgb')), 'srgb');
  assert.equal(readColourSpace(buildIccProfile('p3')), 'display-p3');
  assert.equal(readColourSpace(buildIccProfile('adobe')), 'other-rgb');
  assert.equal(readColourSpace(buildIccProfile('prophoto')), 'other-rgb');
});

test('the compact profiles of libvips are recognised too', async () => {
  assert.equal(readColourSpace(await builtIn('srgb')), 'srgb');
  assert.equal(readColourSpace(await builtIn('p3')), 'display-p3');
});

test('a CMYK profile is not RGB', async () => {
  assert.equal(readColourSpace(await builtIn('cmyk')), 'not-rgb');
});

test('sRGB primaries with the curve of another space are not sRGB', () => {
  const profile = buildIccProfile('srgb');
  const other = buildIccProfile('prophoto');
  // The tables of both list the same tags in the same order; the three curves come last.
  const firstCurve = (icc: Buffer) => icc.readUInt32BE(132 + 12 * 6 + 4);
  const mixed = Buffer.concat([profile.subarray(0, firstCurve(profile)), other.subarray(firstCurve(other))]);
  for (let index = 6; index < 9; index++) {
    mixed.writeUInt32BE(firstCurve(profile) + (index - 6) * 16, 132 + 12 * index + 4);
    mixed.writeUInt32BE(16, 132 + 12 * index + 8);
  }
  assert.equal(readColourSpace(mixed), 'other-rgb');
});

test('a sampled tone curve is compared by its values', () => {
  const profile = buildIccProfile('srgb');
  const samples = 1024;
  const curve = Buffer.alloc(12 + 2 * samples);
  curve.write('curv', 0, 'latin1');
  curve.writeUInt32BE(samples, 8);
  for (let index = 0; index < samples; index++) {
    const x = index / (samples - 1);
    const y = x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
    curve.writeUInt16BE(Math.round(y * 65535), 12 + 2 * index);
  }
  const withSamples = Buffer.concat([profile, curve]);
  for (let index = 6; index < 9; index++) {
    withSamples.writeUInt32BE(profile.length, 132 + 12 * index + 4);
    withSamples.writeUInt32BE(curve.length, 132 + 12 * index + 8);
  }
  assert.equal(readColourSpace(withSamples), 'srgb');
});

test('a profile that was cut or promises too much is unreadable and nothing is read beyond its end', () => {
  const profile = buildIccProfile('p3');
  for (let bytes = 0; bytes < profile.length; bytes++) {
    assert.equal(readColourSpace(profile.subarray(0, bytes)), 'unreadable', `cut after ${bytes}`);
  }
  const manyTags = Buffer.from(profile);
  manyTags.writeUInt32BE(0xffffffff, 128);
  assert.equal(readColourSpace(manyTags), 'unreadable');
  const farTag = Buffer.from(profile);
  farTag.writeUInt32BE(0xfffffff0, 132 + 4);
  assert.equal(readColourSpace(farTag), 'unreadable');
});
