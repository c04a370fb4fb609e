import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '#contract/problems';
import { readChecksum } from './checksum.ts';
import { emptyForm, readDuration, readFileName, readInstant, setField } from './upload-form.ts';

test('a checksum is read from hex and from base64, and nothing else is taken for one', () => {
  const hex = 'DA39a3ee5e6b4b0d3255bfef95601890afd80709';
  const base64 = '2jmj7l5rSw0yVb/vlWAYkK/YBwk=';
  assert.equal(readChecksum(hex), base64);
  assert.equal(readChecksum(base64), base64);
  for (const wrong of [
    '',
    'abc',
    `${hex}00`,
    base64.slice(1),
    `${base64}=`,
    '2jmj7l5rSw0yVb/vlWAYkK/YBwl=',
    `${hex.slice(1)}g`,
  ])
    assert.equal(readChecksum(wrong), undefined, wrong);
});

test('durations are read in the dialects of 3.x, 2.7 and immich-go', () => {
  assert.equal(readDuration('1500'), 1500);
  assert.equal(readDuration('0'), 0);
  assert.equal(readDuration(''), 0);
  assert.equal(readDuration('0:00:01.500000'), 1500);
  assert.equal(readDuration('01:02:03.25'), 3_723_250);
  assert.equal(readDuration('00:00:00.000000'), 0);
  assert.equal(readDuration('1:2'), undefined);
  assert.equal(readDuration('-5'), undefined);
  assert.equal(readDuration('ten'), undefined);
});

test('instants carry microseconds or local offsets; a date without a time is no instant', () => {
  assert.equal(readInstant('2024-05-01T10:00:00.123456Z'), Date.UTC(2024, 4, 1, 10, 0, 0, 123));
  assert.equal(readInstant('2024-05-01T10:00:00+02:00'), Date.UTC(2024, 4, 1, 8));
  assert.equal(readInstant('2024-05-01'), undefined);
  assert.equal(readInstant('2024-13-01T00:00:00Z'), undefined);
  // Go's zero time.
  assert.equal(readInstant('0001-01-01T00:00:00Z'), Date.parse('0001-01-01T00:00:00Z'));
  assert.equal(readInstant('9999-12-31T23:30:00-01:00'), undefined);
  assert.equal(readInstant('+012024-01-01T00:00:00Z'), undefined);
  assert.equal(readInstant('yesterday'), undefined);
});

test('a file is shown by its own name, without folders, control characters or what no file system holds', () => {
  assert.equal(readFileName('DCIM/100APPLE/IMG_1: "a" 🌞.jpg'), 'IMG_1: "a" 🌞.jpg');
  assert.equal(readFileName('..\\..\\a.jpg'), 'a.jpg');
  assert.equal(readFileName('../..'), '..');
  assert.equal(readFileName('a\0\r\n.jpg'), 'a.jpg');
  assert.equal(readFileName(`${'🌞'.repeat(300)}.jpg`), `${'🌞'.repeat(251)}.jpg`);
  for (const nothing of ['', ' ', 'folder/', '\0']) assert.equal(readFileName(nothing), 'unnamed');
});

test('a form takes what uploaders send, ignores what it does not know, and refuses what makes no sense', () => {
  const form = emptyForm();
  setField(form, 'deviceAssetId', 'anything');
  setField(form, 'filename', 'IMG_1.HEIC');
  setField(form, 'isFavorite', 'true');
  setField(form, 'visibility', 'hidden');
  setField(form, 'duration', '0:00:02.000000');
  setField(form, 'livePhotoVideoId', 'A0000000-0000-4000-8000-00000000000A');
  setField(form, 'metadata', '[{"key":"mobile-app","value":{"iCloudId":"x"}}]');
  assert.deepEqual(form, {
    ...emptyForm(),
    fileName: 'IMG_1.HEIC',
    isFavorite: true,
    visibility: 'hidden',
    durationMs: 2000,
    liveVideoId: 'a0000000-0000-4000-8000-00000000000a',
    metadata: [{ key: 'mobile-app', value: '{"iCloudId":"x"}' }],
  });
  for (const [name, text] of [
    ['isFavorite', 'yes'],
    ['visibility', 'public'],
    ['fileCreatedAt', 'now'],
    ['livePhotoVideoId', '../../etc'],
    ['metadata', '{"key":1}'],
    ['metadata', '[{"key":"k","value":"text"}]'],
    ['metadata', '[['],
  ] as const)
    assert.throws(
      () => setField(emptyForm(), name, text),
      (error) => error instanceof Problem && error.code === 'upload_field',
      name,
    );
});
