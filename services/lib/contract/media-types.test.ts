import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findMediaType, isRawMimeType, listExtensions } from './media-types.ts';

test('a name is looked up by its last extension, whatever its case', () => {
  assert.deepEqual(findMediaType('IMG_1.HEIC'), { kind: 'image', mimeType: 'image/heic', extension: 'heic' });
  assert.equal(findMediaType('a.jpg.xmp')?.kind, 'sidecar');
  assert.equal(findMediaType('Vacaciones.2019.MTS')?.kind, 'video');
});

test('a name without a known extension has no media type', () => {
  for (const name of ['README', 'notes.txt', 'photo.', '', '.constructor', 'x.__proto__'])
    assert.equal(findMediaType(name), undefined, name);
});

test('the lists that clients are told hold every supported extension, once and with its dot', () => {
  const lists = [listExtensions('image'), listExtensions('video'), listExtensions('sidecar')];
  assert.deepEqual(
    lists.map((list) => list.length),
    [48, 20, 1],
  );
  const all = lists.flat();
  assert.equal(new Set(all).size, all.length);
  assert.ok(all.every((extension) => /^\.[a-z0-9]+$/.test(extension)));
});

test('a camera raw format is told apart from a picture any decoder reads', () => {
  assert.ok(isRawMimeType(findMediaType('a.CR3')?.mimeType ?? ''));
  assert.ok(!isRawMimeType(findMediaType('a.tif')?.mimeType ?? ''));
});
