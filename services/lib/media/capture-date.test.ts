import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CaptureSources, findCaptureDate, findModifyDate } from './capture-date.ts';

const BERLIN = { latitude: 52.52, longitude: 13.4 };
const KATHMANDU = { latitude: 27.7, longitude: 85.3 };

/** Reads `sources` for a file of an unhelpful name that was uploaded in 2025, and shows dates as texts. */
function find(sources: Partial<CaptureSources>) {
  const found = findCaptureDate({
    fileName: 'DSC_0001.JPG',
    fileCreatedAtMs: Date.UTC(2025, 4, 2),
    fileModifiedAtMs: Date.UTC(2025, 4, 3),
    ...sources,
  });
  const { capturedAtMs, localAtMs, timeZone, captureReason } = found;
  const show = (ms: number) => new Date(ms).toISOString();
  return [show(capturedAtMs), show(localAtMs), timeZone, captureReason];
}

test('an offset tag settles the zone, whatever the place says', () => {
  const exif = { dateTimeOriginal: '2024:05:01 12:00:00', offsetTimeOriginal: '+05:45' };
  assert.deepEqual(find({ exif, position: BERLIN }), [
    '2024-05-01T06:15:00.000Z',
    '2024-05-01T12:00:00.000Z',
    'UTC+5:45',
    'exif DateTimeOriginal, zone from OffsetTimeOriginal',
  ]);
});

test('an offset of zero means UTC and is not corrected by the place', () => {
  const exif = { dateTimeOriginal: '2024:05:01 12:00:00', offsetTimeOriginal: '+00:00' };
  assert.deepEqual(find({ exif, position: BERLIN }).slice(0, 3), [
    '2024-05-01T12:00:00.000Z',
    '2024-05-01T12:00:00.000Z',
    'UTC',
  ]);
});

test('the general offset tag is used when the exact one is missing or blank', () => {
  const exif = {
    dateTimeOriginal: '2024:05:01 12:00:00',
    offsetTimeOriginal: '   :  ',
    offsetTime: '+02:00',
  };
  assert.equal(find({ exif })[3], 'exif DateTimeOriginal, zone from OffsetTime');
});

test('without an offset tag the place gives the zone, and before it the GPS stamp is not asked', () => {
  const exif = { dateTimeOriginal: '2024:05:01 12:00:00', gpsDateTime: '2024:05:01 08:00:00Z' };
  assert.deepEqual(find({ exif, position: KATHMANDU }), [
    '2024-05-01T06:15:00.000Z',
    '2024-05-01T12:00:00.000Z',
    'Asia/Kathmandu',
    'exif DateTimeOriginal, zone from the place',
  ]);
});

test('without a place the difference to the GPS stamp gives the zone', () => {
  const exif = { dateTimeOriginal: '2024:05:01 12:00:00', gpsDateTime: '2024:05:01 06:13:30Z' };
  assert.deepEqual(find({ exif }), [
    '2024-05-01T06:15:00.000Z',
    '2024-05-01T12:00:00.000Z',
    'UTC+5:45',
    'exif DateTimeOriginal, zone from the GPS time',
  ]);
});

test('without any zone the wall time is kept and taken for UTC', () => {
  assert.deepEqual(find({ exif: { dateTimeOriginal: '2024:05:01 12:00:00' } }), [
    '2024-05-01T12:00:00.000Z',
    '2024-05-01T12:00:00.000Z',
    null,
    'exif DateTimeOriginal, no zone',
  ]);
});

test('the fraction of a second is kept, with the zeros before it', () => {
  const exif = { dateTimeOriginal: '2024:05:01 12:00:00', subSecTimeOriginal: '05' };
  assert.equal(find({ exif })[0], '2024-05-01T12:00:00.050Z');
  assert.equal(find({ exif: { ...exif, subSecTimeOriginal: '123456' } })[0], '2024-05-01T12:00:00.123Z');
  assert.equal(find({ exif: { ...exif, subSecTimeOriginal: 'x' } })[0], '2024-05-01T12:00:00.000Z');
});

test('in-file dates are taken in the agreed order', () => {
  const all: Partial<CaptureSources>[] = [
    { exif: { dateTimeOriginal: '2001:01:02 00:00:01', subSecTimeOriginal: '5' } },
    { exif: { createDate: '2002:01:02 00:00:01', subSecTimeDigitized: '5' } },
    { exif: { dateTimeOriginal: '2003:01:02 00:00:01' } },
    { video: { creationDate: '2004-01-02T00:00:01+0000' } },
    { exif: { createDate: '2005:01:02 00:00:01' } },
    { video: { createDate: '2006-01-02T00:00:01.000000Z' } },
    { video: { mediaCreateDate: '2007-01-02T00:00:01.000000Z' } },
    { exif: { dateTimeCreated: '2008-01-02 00:00:01' } },
    { exif: { gpsDateTime: '2009:01:02 00:00:01Z' } },
    { exif: { dateTimeUtc: '2010:01:02 00:00:01' } },
    { exif: { sonyDateTime2: '2011:01:02 00:00:01' } },
    { exif: { sourceImageCreateTime: '2012:01:02 00:00:01' } },
  ];
  for (const [index, first] of all.entries()) {
    // Later rows would overwrite an earlier row's tag, so those of the same tag are left out.
    const merged = all.slice(index).reduce((sum, row) => ({
      exif: { ...row.exif, ...sum.exif },
      video: { ...row.video, ...sum.video },
    }));
    assert.equal(find(merged)[0]?.slice(0, 4), String(2001 + index), JSON.stringify(first));
  }
});

test("a video's own date with an offset beats its container's UTC, which is read in the zone of the place", () => {
  const video = { creationDate: '2024-05-01T12:00:00+0200', createDate: '2024-05-01T10:00:07.000000Z' };
  assert.deepEqual(find({ video }).slice(0, 3), [
    '2024-05-01T10:00:00.000Z',
    '2024-05-01T12:00:00.000Z',
    'UTC+2',
  ]);
  assert.deepEqual(find({ video: { createDate: video.createDate }, position: KATHMANDU }), [
    '2024-05-01T10:00:07.000Z',
    '2024-05-01T15:45:07.000Z',
    'Asia/Kathmandu',
    'video CreateDate, zone from the place',
  ]);
  assert.deepEqual(find({ video: { createDate: video.createDate } }).slice(2), [
    'UTC',
    'video CreateDate, in UTC',
  ]);
});

test('a video that only knows UTC takes the zone from a name that holds the clock of the phone', () => {
  const fileName = 'VID_20240501_120000.mp4';
  // Some recorders write the time when they stop.
  const video = { createDate: '2024-05-01T10:09:30.000000Z', durationMs: 570_000 };
  assert.deepEqual(find({ fileName, video }).slice(1), [
    '2024-05-01T12:09:30.000Z',
    'UTC+2',
    'video CreateDate, zone from the file name',
  ]);
});

test('a maker who writes local time where UTC is meant is not believed to mean UTC', () => {
  const video = { createDate: '2024-05-01T12:00:00.000000Z', writesLocalTime: true };
  assert.deepEqual(find({ video, position: BERLIN }).slice(0, 3), [
    '2024-05-01T10:00:00.000Z',
    '2024-05-01T12:00:00.000Z',
    'Europe/Berlin',
  ]);
});

test('a wall time that summer time skipped is still a moment', () => {
  const exif = { dateTimeOriginal: '2024:03:31 02:30:00' };
  assert.deepEqual(find({ exif, position: BERLIN }).slice(0, 2), [
    '2024-03-31T01:30:00.000Z',
    '2024-03-31T02:30:00.000Z',
  ]);
});

test('a scan of a print from before 1970 keeps its date', () => {
  const exif = { dateTimeOriginal: '1957:08:09 10:11:12' };
  assert.equal(find({ exif, position: BERLIN })[0], '1957-08-09T09:11:12.000Z');
});

test('dates that nobody set are passed over for the next one', () => {
  for (const blank of [
    '0000:00:00 00:00:00',
    '    :  :     :  :  ',
    '0001:01:01 00:00:00',
    '1904:01:01 00:00:00',
    '1970:01:01 00:00:00',
    '1980:01:01 00:00:00',
    '2000:01:01 00:00:00',
    '2024:02:30 12:00:00',
    '2024:13:01 12:00:00',
    '2024:01:01 25:00:00',
    'yesterday',
  ]) {
    const exif = { dateTimeOriginal: blank, createDate: '2024:05:01 12:00:00' };
    assert.equal(find({ exif })[3], 'exif CreateDate, no zone', blank);
    assert.equal(find({ exif: { dateTimeOriginal: blank } })[3], 'upload, no zone', blank);
  }
});

test("a sidecar's date replaces every date in the file and brings its own zone", () => {
  const exif = {
    dateTimeOriginal: '2024:05:01 12:00:00',
    offsetTimeOriginal: '+02:00',
    subSecTimeOriginal: '1',
  };
  assert.deepEqual(find({ exif, sidecar: { createDate: '1999-12-31T23:59:59.500-03:30' } }), [
    '2000-01-01T03:29:59.500Z',
    '1999-12-31T23:59:59.500Z',
    'UTC-3:30',
    'sidecar CreateDate, zone of the date',
  ]);
  assert.deepEqual(find({ exif, sidecar: { dateTimeOriginal: '1999-12-31T23:59:59' } }).slice(2), [
    null,
    'sidecar DateTimeOriginal, no zone',
  ]);
});

test("a sidecar that repeats the file's clock without its zone does not lose the zone", () => {
  const exif = {
    dateTimeOriginal: '2024:05:01 12:00:00',
    offsetTimeOriginal: '+02:00',
    subSecTimeOriginal: '25',
  };
  assert.deepEqual(find({ exif, sidecar: { dateTimeOriginal: '2024-05-01T12:00:00' } }), [
    '2024-05-01T10:00:00.250Z',
    '2024-05-01T12:00:00.250Z',
    'UTC+2',
    'sidecar DateTimeOriginal; exif DateTimeOriginal, zone from OffsetTimeOriginal',
  ]);
});

test('a sidecar may know only the year', () => {
  assert.equal(find({ sidecar: { dateCreated: '1957' } })[1], '1957-01-01T00:00:00.000Z');
  assert.equal(find({ sidecar: { dateCreated: '1957-08' } })[1], '1957-08-01T00:00:00.000Z');
});

test('the name is asked below EXIF and above the upload', () => {
  const fileName = 'IMG_20240131_153000.jpg';
  assert.equal(
    find({ fileName, exif: { dateTimeOriginal: '2024:05:01 12:00:00' } })[3],
    'exif DateTimeOriginal, no zone',
  );
  assert.deepEqual(find({ fileName }), [
    '2024-01-31T15:30:00.000Z',
    '2024-01-31T15:30:00.000Z',
    null,
    'file name, no zone',
  ]);
  assert.equal(find({ fileName, position: BERLIN })[0], '2024-01-31T14:30:00.000Z');
});

test('a name that gives only the day takes the time of an upload on that day, else noon', () => {
  const fileName = 'IMG-20240131-WA0001.jpg';
  assert.equal(find({ fileName })[1], '2024-01-31T12:00:00.000Z');
  assert.deepEqual(find({ fileName, fileCreatedAtMs: Date.UTC(2024, 0, 31, 8, 1) }).slice(1), [
    '2024-01-31T08:01:00.000Z',
    null,
    'file name, time of the upload',
  ]);
});

test('without any date the earliest time of the upload counts, and an unknown one does not', () => {
  assert.equal(find({})[0], '2025-05-02T00:00:00.000Z');
  assert.equal(find({ fileModifiedAtMs: Date.UTC(2020, 0, 1) })[0], '2020-01-01T00:00:00.000Z');
  assert.equal(find({ fileCreatedAtMs: 0 })[0], '2025-05-03T00:00:00.000Z');
  assert.equal(find({ position: KATHMANDU })[1], '2025-05-02T05:45:00.000Z');
});

test('the date of the last change is read in its own zone, else in that of the capture', () => {
  const exif = { modifyDate: '2024:05:01 12:00:00' };
  assert.equal(findModifyDate(exif, {}, 'Asia/Kathmandu'), Date.UTC(2024, 4, 1, 6, 15));
  assert.equal(findModifyDate({ ...exif, offsetTime: '-03:00' }, {}, 'UTC'), Date.UTC(2024, 4, 1, 15));
  assert.equal(findModifyDate({}, { modifyDate: '2024-05-01T12:00:00Z' }, 'UTC+2'), Date.UTC(2024, 4, 1, 12));
  assert.equal(findModifyDate({ modifyDate: '0000:00:00 00:00:00' }, {}, null), null);
});
