import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readNameDate } from './name-date.ts';

const at = Date.UTC(2024, 0, 31, 15, 30, 0);

test('the names that phones and apps give hold the time on the clock', () => {
  for (const name of [
    'IMG_20240131_153000.jpg',
    'VID_20240131_153000.mp4',
    'MVIMG_20240131_153000.jpg',
    'PANO_20240131_153000.vr.jpg',
    '20240131_153000.jpg',
    '20240131_153000(0).jpg',
    '00001IMG_00001_BURST20240131_153000_COVER.jpg',
    'Screenshot_20240131-153000.png',
    'Screenshot_20240131_153000_Chrome.jpg',
    'Screenshot_2024-01-31-15-30-00.png',
    'signal-2024-01-31-15-30-00.jpg',
    'signal-2024-01-31-153000.jpeg',
    'photo_2024-01-31_15-30-00.jpg',
    '2024-01-31 15.30.00.jpg',
    'WhatsApp Image 2024-01-31 at 15.30.00.jpeg',
    'Screenshot 2024-01-31 at 3.30.00 PM.png',
    'Screenshot 2024-01-31 at 3.30.00\u202fPM.png',
  ])
    assert.deepEqual(readNameDate(name), { localMs: at, clock: 'local' }, name);
});

test('milliseconds in a name are kept', () => {
  assert.equal(readNameDate('IMG_20240131_153000123.jpg')?.localMs, at + 123);
  assert.equal(readNameDate('Screenshot_2024-01-31-15-30-00-123_com.app.jpg')?.localMs, at + 123);
});

test('the camera app that names by UTC and names that are epoch milliseconds give an instant', () => {
  assert.deepEqual(readNameDate('PXL_20240131_153000123.MP.jpg'), { localMs: at + 123, clock: 'utc' });
  assert.deepEqual(readNameDate(`FB_IMG_${at}.jpg`), { localMs: at, clock: 'utc' });
  assert.deepEqual(readNameDate(`mmexport${at}.jpg`), { localMs: at, clock: 'utc' });
});

test('a name with only a day says so and means its noon', () => {
  const noon = Date.UTC(2024, 0, 31, 12);
  assert.deepEqual(readNameDate('IMG-20240131-WA0001.jpg'), { localMs: noon, clock: 'day' });
  assert.deepEqual(readNameDate('Birthday 2024-01-31.jpg'), { localMs: noon, clock: 'day' });
});

test('twelve at night and twelve noon are told apart', () => {
  assert.equal(
    readNameDate('Screenshot 2024-01-31 at 12.05.00 AM.png')?.localMs,
    Date.UTC(2024, 0, 31, 0, 5),
  );
  assert.equal(
    readNameDate('Screenshot 2024-01-31 at 12.05.00 PM.png')?.localMs,
    Date.UTC(2024, 0, 31, 12, 5),
  );
});

test('digits that make no date are not taken for one', () => {
  for (const name of [
    'DSC_0001.jpg',
    'IMG_20240231_153000.jpg',
    'IMG_20241331_153000.jpg',
    'IMG_20240131_256000.jpg',
    'IMG_01234567_153000.jpg',
    '123456789012345678901234567890.jpg',
    '20240131.jpg',
    '5f2d2024013115300012ab.jpg',
    '',
  ])
    assert.equal(readNameDate(name), undefined, name);
});
