import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgePlayback, type ProbedStream } from './judge-playback.ts';

const VIDEO: ProbedStream = {
  index: 0,
  codec_type: 'video',
  codec_name: 'h264',
  pix_fmt: 'yuv420p',
  width: 1920,
  height: 1080,
  avg_frame_rate: '30000/1001',
};
const SOUND: ProbedStream = { index: 1, codec_type: 'audio', codec_name: 'aac', channels: 2 };
const FORMAT = {
  format_name: 'mov,mp4,m4a,3gp,3g2,mj2',
  duration: '60.0',
  size: '45000000',
  bit_rate: '6000000',
};

const judge = (video: Partial<ProbedStream> = {}, sound: Partial<ProbedStream> = {}, format = {}) =>
  judgePlayback({
    streams: [
      { ...VIDEO, ...video },
      { ...SOUND, ...sound },
    ],
    format: { ...FORMAT, ...format },
  });

test('what a phone films by default plays everywhere and is not heavy', () => {
  const { plays, isHeavy, widthPx, heightPx, sound } = judge();
  assert.deepEqual([plays, isHeavy, widthPx, heightPx], ['everywhere', false, 1920, 1080]);
  assert.deepEqual(sound, { index: 1, channels: 2 });
});

test('a video is heavy by its rate or its size in pixels, and never when it is short', () => {
  assert.equal(judge({}, {}, { bit_rate: '17000000', size: '127000000' }).isHeavy, true);
  assert.equal(judge({ width: 3840, height: 2160 }).isHeavy, true);
  assert.equal(judge({ width: 1080, height: 1920 }).isHeavy, false);
  assert.equal(judge({}, {}, { bit_rate: '12000000', size: '4500000', duration: '3' }).isHeavy, false);
  // A file that does not say its rate has one all the same.
  assert.equal(judge({}, {}, { bit_rate: undefined, size: '127000000' }).isHeavy, true);
});

test('where a video plays follows from its container, its pictures and its sound', () => {
  assert.equal(judge({ codec_name: 'hevc', pix_fmt: 'yuv420p10le' }).plays, 'phones');
  assert.equal(judge({ pix_fmt: 'yuv420p10le' }).plays, 'nowhere');
  assert.equal(judge({ codec_name: 'mpeg4' }).plays, 'nowhere');
  assert.equal(judge({}, { codec_name: 'mp3' }).plays, 'everywhere');
  assert.equal(judge({}, { codec_name: 'pcm_s16le' }).plays, 'nowhere');
  assert.equal(judge({}, {}, { format_name: 'matroska,webm' }).plays, 'nowhere');
  assert.equal(judge({}, {}, { format_name: 'avi' }).plays, 'nowhere');
});

test('a turned video and one with oblong pixels have the size in which they are shown', () => {
  const turned = judge({ side_data_list: [{ rotation: -90 }] });
  assert.deepEqual([turned.widthPx, turned.heightPx], [1080, 1920]);
  const oblong = judge({ width: 720, height: 576, sample_aspect_ratio: '64:45' });
  assert.deepEqual([oblong.widthPx, oblong.heightPx], [1024, 576]);
});

test('a cover is no video, and a sound that only one phone knows is left to it', () => {
  const cover = { ...VIDEO, disposition: { attached_pic: 1 } };
  assert.throws(() => judgePlayback({ streams: [cover, SOUND], format: FORMAT }), { code: 'no_picture' });
  const { sound } = judgePlayback({
    streams: [
      VIDEO,
      { index: 1, codec_type: 'audio', codec_name: 'unknown' },
      { ...SOUND, index: 2, channels: 6 },
    ],
    format: FORMAT,
  });
  assert.deepEqual(sound, { index: 2, channels: 6 });
});
