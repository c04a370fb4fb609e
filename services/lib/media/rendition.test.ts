import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import sharp from 'sharp';
import { runCommand } from '#runtime/command';
import { cutFile, makeNoise, makePlaylist } from '#test/fixtures/hostile-media';
import { makeVideo, type VideoOptions } from '#test/fixtures/moving-media';
import { writeRendition } from './rendition.ts';

async function openFolder(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'rendition-test-'));
  t.after(() => rm(folder, { recursive: true }));
  const tempDir = join(folder, 'temp');
  await mkdir(tempDir);
  const out = join(folder, 'derived', 'rendition.mp4');
  const make = (name: string, options: VideoOptions) => makeVideo(join(folder, name), options);
  const write = async (name: string, timeoutMs = 60_000) => {
    const made = await writeRendition({ originalPath: join(folder, name), outPath: out, tempDir, timeoutMs });
    assert.deepEqual(await readdir(tempDir), [], 'nothing unfinished stays');
    return made;
  };
  /** What ffprobe says of the first video stream of a file, and of the file. */
  const probe = async (path: string) => {
    const args = ['-v', 'error', '-of', 'json', '-show_format', '-show_streams', path];
    const { streams, format } = JSON.parse((await runCommand('ffprobe', args)).toString());
    return { video: streams[0], sound: streams[1], format };
  };
  /** The frame in the middle, as pixels of a small size. */
  const frame = async (path: string, size: string) => {
    const picture = join(folder, 'frame.png');
    await runCommand('ffmpeg', ['-v', 'error', '-y', '-ss', '0.5', '-i', path, '-frames:v', '1', picture]);
    const [width, height] = size.split('x').map(Number);
    const pixels = await readFile(picture);
    return sharp(pixels).resize(width, height, { fit: 'fill' }).removeAlpha().raw().toBuffer();
  };
  return { folder, out, make, write, probe, frame };
}

const exists = (path: string) => stat(path).then(Boolean, () => false);

test('a video that browsers cannot play becomes one that everything plays, upright, and says nothing of itself', async (t) => {
  const { folder, out, make, write, probe, frame } = await openFolder(t);
  await make('a.mov', {
    codec: 'hevc',
    widthPx: 320,
    heightPx: 240,
    rotation: 90,
    seconds: 1,
    createdAt: '2021-02-03T04:05:06Z',
    keys: { 'com.apple.quicktime.location.ISO6709': '+52.5200+013.4050/', title: 'Birthday in Berlin' },
  });
  const made = await write('a.mov');
  assert.deepEqual(made, { plays: 'phones', bytes: (await stat(out)).size, problem: null });
  const { video, sound, format } = await probe(out);
  assert.deepEqual([video.codec_name, video.pix_fmt, sound.codec_name], ['h264', 'yuv420p', 'aac']);
  assert.deepEqual([video.width, video.height, video.side_data_list], [240, 320, undefined]);
  const bytes = await readFile(out);
  assert.ok(bytes.indexOf('moov') < bytes.indexOf('mdat'), 'the index comes first');
  assert.doesNotMatch(bytes.toString('latin1'), /52\.52|Berlin|ISO6709|©xyz|quicktime/);
  const told = JSON.stringify([format.tags, video.tags, sound.tags]);
  assert.doesNotMatch(told, /2021|location|title|creation/);
  const [before, after] = [await frame(join(folder, 'a.mov'), '24x32'), await frame(out, '24x32')];
  const difference = before.reduce((sum, value, at) => sum + Math.abs(value - after[at]!), 0) / before.length;
  assert.ok(difference < 8, `pictures differ by ${difference}`);
});

test('a large video gets 720 lines and half of sixty frames, and a small one is not enlarged', async (t) => {
  const { folder, out, write, probe } = await openFolder(t);
  const source = ['-v', 'error', '-f', 'lavfi', '-i'];
  const fast = ['-c:v', 'mpeg4', '-q:v', '8'];
  await runCommand('ffmpeg', [...source, 'testsrc2=s=1922x1442:r=60:d=0.4', ...fast, join(folder, 'a.mp4')]);
  assert.equal((await write('a.mp4')).plays, 'nowhere');
  const large = await probe(out);
  assert.deepEqual([large.video.width, large.video.height], [960, 720]);
  assert.equal(large.video.avg_frame_rate, '30/1');
  assert.equal(large.sound, undefined);
  await runCommand('ffmpeg', [...source, 'testsrc2=s=322x242:r=15:d=0.4', ...fast, join(folder, 'b.avi')]);
  await write('b.avi');
  const small = await probe(out);
  assert.deepEqual([small.video.width, small.video.height], [322, 242]);
});

test('an HDR video keeps its colours and does not become grey', async (t) => {
  const { out, make, write, probe, frame } = await openFolder(t);
  await make('hdr.mov', { codec: 'hlg', seconds: 1 });
  await write('hdr.mov');
  const { video } = await probe(out);
  assert.deepEqual([video.pix_fmt, video.color_transfer, video.color_space], ['yuv420p', 'bt709', 'bt709']);
  const pixels = await frame(out, '32x24');
  const spread = [...Array(pixels.length / 3).keys()].map((at) => {
    const colours = pixels.subarray(at * 3, at * 3 + 3);
    return Math.max(...colours) - Math.min(...colours);
  });
  assert.ok(Math.max(...spread) > 150, `the most colourful of its pixels: ${Math.max(...spread)}`);
});

test('a video that everything plays is left alone', async (t) => {
  const { out, make, write } = await openFolder(t);
  await make('a.mp4', { seconds: 1 });
  assert.deepEqual(await write('a.mp4'), { plays: 'everywhere', bytes: null, problem: null });
  assert.equal(await exists(out), false);
});

test('noise, a cut video and a playlist end with words and leave nothing', async (t) => {
  const { folder, out, make, write } = await openFolder(t);
  await makeNoise(join(folder, 'noise.mp4'));
  await make('cut.mp4', { seconds: 1 });
  await cutFile(join(folder, 'cut.mp4'), 0.3);
  await make('secret.avi', { seconds: 1 });
  await makePlaylist(join(folder, 'list.mp4'), join(folder, 'secret.avi'));
  for (const name of ['noise.mp4', 'cut.mp4', 'list.mp4']) {
    const { plays, bytes, problem } = await write(name);
    assert.deepEqual([plays, bytes, problem?.code], [null, null, 'damaged'], name);
  }
  assert.equal(await exists(out), false);
});

test('an encoder that was ended from outside is no fault of the video', async (t) => {
  const { folder, out, write } = await openFolder(t);
  const source = ['-f', 'lavfi', '-i', 'testsrc2=s=1280x720:r=30:d=20', '-c:v', 'mpeg4'];
  await runCommand('ffmpeg', ['-v', 'error', ...source, join(folder, 'a.avi')]);
  const writing = assert.rejects(write('a.avi'), { reason: 'limit' });
  for (let isKilled = false; !isKilled; await wait(10))
    for (const pid of await readdir('/proc')) {
      const line = await readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '');
      if (!line.startsWith('ffmpeg') || !line.includes(folder)) continue;
      process.kill(Number(pid), 'SIGKILL');
      isKilled = true;
    }
  await writing;
  assert.equal(await exists(out), false);
});

test('a video that takes too long is given up, in words', async (t) => {
  const { folder, out, write } = await openFolder(t);
  const source = ['-f', 'lavfi', '-i', 'testsrc2=s=1280x720:r=30:d=5', '-c:v', 'mpeg4'];
  await runCommand('ffmpeg', ['-v', 'error', ...source, join(folder, 'a.avi')]);
  const { plays, bytes, problem } = await write('a.avi', 50);
  assert.deepEqual([plays, bytes, problem?.code], ['nowhere', null, 'too_costly']);
  assert.equal(await exists(out), false);
});
