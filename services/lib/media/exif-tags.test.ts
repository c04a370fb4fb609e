import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatExposureTime, MAX_EXIF_BYTES, readExifTags } from './exif-tags.ts';
import { readAppleMakerNote } from './exif-tags-apple.ts';

test('an exposure time is written as photographers do', () => {
  assert.deepEqual([1 / 250, 0.0011273957, 0.25, 1 / 3, 0.5, 1.3, 30].map(formatExposureTime), [
    '1/250',
    '1/887',
    '1/4',
    '0.3',
    '0.5',
    '1.3',
    '30',
  ]);
});

/** A block with one directory of ASCII tags, little-endian; EXIF readers need no more. */
function exifBlock(tags: Record<number, string>): Buffer {
  const entries = Object.entries(tags);
  const head = Buffer.alloc(8 + 2 + entries.length * 12 + 4);
  head.write('II*\0\x08\0\0\0', 0, 'latin1');
  head.writeUInt16LE(entries.length, 8);
  let offset = head.length;
  const values = entries.map(([tag, text], index) => {
    const value = Buffer.from(`${text}\0`.padEnd(5, '\0'), 'utf8');
    const at = 10 + index * 12;
    head.writeUInt16LE(Number(tag), at);
    head.writeUInt16LE(2, at + 2);
    head.writeUInt32LE(value.length, at + 4);
    head.writeUInt32LE(offset, at + 8);
    offset += value.length;
    return value;
  });
  return Buffer.concat([head, ...values]);
}

test('texts are trimmed, blank ones are absent and numbers stay text', () => {
  const tags = readExifTags(exifBlock({ 270: ' Zürich ', 271: '   ', 272: '0005' }));
  assert.deepEqual([tags.description, tags.make, tags.model], ['Zürich', undefined, '0005']);
});

test('what is no EXIF block, or far too large a one, is refused', () => {
  assert.throws(() => readExifTags(Buffer.from('nothing of the kind')));
  assert.throws(() => readExifTags(Buffer.alloc(MAX_EXIF_BYTES + 1)), RangeError);
});

test("a maker note that is cut, another maker's or pointing outside gives no identifiers", () => {
  const note = Buffer.from(
    'Apple iOS\0\0\x01MM\0\x02\0\x0b\0\x02\0\0\0\x05\0\0\0\x2c\0\x11\0\x02\0\0\0\x03ab\0\0\0\0\0\0burst\0',
    'latin1',
  );
  assert.deepEqual(readAppleMakerNote(note), { burstId: 'burst', contentIdentifier: 'ab' });
  for (let length = 0; length < note.length - 6; length++) {
    const found = readAppleMakerNote(note.subarray(0, length));
    assert.ok(found.burstId === undefined && (found.contentIdentifier ?? 'ab') === 'ab');
  }
  assert.deepEqual(readAppleMakerNote(Buffer.from('Nikon\0\x02\x10\0\0MM\0*\0\0\0\x08\0\x01', 'latin1')), {});
  note.writeUInt32BE(0xffff_ff00, 24);
  assert.equal(readAppleMakerNote(note).burstId, undefined);
});
