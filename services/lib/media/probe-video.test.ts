import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { runCommand } from '#runtime/command';
import { cutFile } from '#test/fixtures/hostile-media';
import { makeVideo } from '#test/fixtures/moving-media';
import { readLocation } from './probe-video.ts';
import { readMetadata } from './read-metadata.ts';

async function openFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'video-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

const read = (path: string) =>
  readMetadata({ path, fileName: basename(path), fileCreatedAtMs: 1, fileModifiedAtMs: 1 });

test('an iPhone video tells its codecs, its camera, its place and its own clock', async (t) => {
  const path = join(await openFolder(t), 'IMG_1.MOV');
  await makeVideo(path, {
    seconds: 1,
    createdAt: '2024-05-01T10:00:09Z',
    keys: {
      'com.apple.quicktime.creationdate': '2024-05-01T12:00:00+0200',
      'com.apple.quicktime.location.ISO6709': '+47.3500+008.5400+408.000/',
      'com.apple.quicktime.make': 'Apple',
      'com.apple.quicktime.model': 'iPhone 13',
    },
  });
  const metadata = await read(path);
  assert.deepEqual(
    [metadata.kind, metadata.mimeType, metadata.videoCodec, metadata.audioCodec, metadata.fps],
    ['video', 'video/quicktime', 'h264', 'aac', 15],
  );
  assert.deepEqual([metadata.make, metadata.model], ['Apple', 'iPhone 13']);
  assert.deepEqual([metadata.latitude, metadata.longitude], [47.35, 8.54]);
  assert.equal(metadata.capturedAtMs, Date.UTC(2024, 4, 1, 10));
  assert.equal(metadata.localAtMs, Date.UTC(2024, 4, 1, 12));
  assert.equal(metadata.timeZone, 'UTC+2');
  assert.ok(Math.abs((metadata.durationMs ?? 0) - 1000) < 100);
});

test("an Android video's UTC is read in the zone of its place", async (t) => {
  const path = join(await openFolder(t), 'video.mp4');
  await makeVideo(path, {
    seconds: 1,
    createdAt: '2024-05-01T10:00:00Z',
    keys: { location: '+27.7000+085.3000/' },
  });
  const metadata = await read(path);
  assert.equal(metadata.localAtMs, Date.UTC(2024, 4, 1, 15, 45));
  assert.equal(metadata.captureReason, 'video CreateDate, zone from the place');
});

test('the clock of a maker who writes local time is not taken for UTC', async (t) => {
  const path = join(await openFolder(t), 'DSC_0001.MOV');
  await makeVideo(path.replace('.MOV', '.mp4'), { seconds: 1, createdAt: '2024-05-01T12:00:00Z' });
  const bytes = await readFile(path.replace('.MOV', '.mp4'));
  // One of the brands that ffmpeg wrote becomes the maker's.
  bytes.write('niko', bytes.indexOf('iso2'), 'latin1');
  await writeFile(path, bytes);
  const metadata = await read(path);
  assert.equal(metadata.localAtMs, Date.UTC(2024, 4, 1, 12));
  assert.equal(metadata.captureReason, 'video CreateDate, no zone');
});

test('a playlist that calls itself a video is not followed', async (t) => {
  const folder = await openFolder(t);
  await makeVideo(join(folder, 'other.ts'), { seconds: 1, sound: false });
  const path = join(folder, 'playlist.mp4');
  for (const text of [
    '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nother.ts\n#EXT-X-ENDLIST\n',
    "ffconcat version 1.0\nfile 'other.ts'\n",
  ]) {
    await writeFile(path, text);
    const metadata = await read(path);
    assert.deepEqual([metadata.widthPx, metadata.videoCodec], [null, null]);
  }
});

test('a turned video is displayed upright', async (t) => {
  const folder = await openFolder(t);
  for (const [rotation, orientation] of [
    [0, 1],
    [90, 6],
    [180, 3],
    [270, 8],
  ] as const) {
    const path = join(folder, `${rotation}.mp4`);
    await makeVideo(path, { widthPx: 320, heightPx: 180, seconds: 1, rotation, sound: false });
    const { widthPx, heightPx, storedWidthPx, ...metadata } = await read(path);
    assert.equal(metadata.orientation, orientation);
    assert.deepEqual([widthPx, heightPx], rotation % 180 === 0 ? [320, 180] : [180, 320]);
    assert.deepEqual([storedWidthPx, metadata.audioCodec], [320, null]);
  }
});

test('pixels that are not square are stretched as a player does', async (t) => {
  const folder = await openFolder(t);
  const path = join(folder, 'dv.mkv');
  await makeVideo(join(folder, 'square.mkv'), { widthPx: 720, heightPx: 576, seconds: 1, sound: false });
  await runCommand('ffmpeg', [
    '-v',
    'error',
    '-i',
    join(folder, 'square.mkv'),
    '-c',
    'copy',
    '-aspect',
    '16:9',
    path,
  ]);
  const { widthPx, heightPx } = await read(path);
  assert.deepEqual([widthPx, heightPx], [1024, 576]);
});

test('a video whose index is cut off gives a warning and nothing else', async (t) => {
  const path = join(await openFolder(t), 'cut.mp4');
  await makeVideo(path, { seconds: 1 });
  await cutFile(path, 0.5);
  const metadata = await read(path);
  assert.deepEqual([metadata.kind, metadata.widthPx, metadata.durationMs], ['video', null, null]);
  assert.equal(metadata.warnings.length, 1);
});

test('a location is read in degrees, with or without a height, and nonsense is none', () => {
  assert.deepEqual(readLocation('+41.2203-096.0716+351.267/'), { latitude: 41.2203, longitude: -96.0716 });
  assert.deepEqual(readLocation('-33.8-070.6/'), { latitude: -33.8, longitude: -70.6 });
  assert.deepEqual(readLocation('somewhere'), {});
  assert.deepEqual(readLocation(undefined), {});
});
