import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { VideoQualities } from '#contract/appliance-video';
import { runCommand } from '#runtime/command';
import { poolLayout } from '#storage/layout';
import { makeJpeg } from '#test/fixtures/media';
import { makeVideo } from '#test/fixtures/moving-media';
import { ask, claim, queuesEnded, upload } from './own-appliance.ts';
import { startAppliance } from './start-appliance.ts';

async function startVideoBox(t: TestContext) {
  const scratch = await mkdtemp(join(tmpdir(), 'shoebox-videos-'));
  t.after(() => rm(scratch, { recursive: true }));
  const appliance = await startAppliance(t);
  const owner = await claim(appliance.url);
  const layout = poolLayout(appliance.poolDir);
  const add = async (name: string) => {
    const { status, id } = await upload(owner, name, await readFile(join(scratch, name)));
    assert.equal(status, 201);
    return id;
  };
  const qualities = (id: string) => ask<VideoQualities>(owner, 'GET', `/appliance/assets/${id}/video`);
  const play = async (id: string, query = '') =>
    Buffer.from(await (await owner.get(`/assets/${id}/video/playback${query}`)).arrayBuffer());
  /** What lies below a folder of the pool, by name. */
  const list = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  return { ...appliance, scratch, owner, layout, add, qualities, play, list };
}

/** Lines of running programs that name this folder. */
const programsIn = (folder: string): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ');
      } catch {
        // It has ended since the folder was listed.
        return '';
      }
    })
    .filter((line) => line.includes(folder) && line.includes('ffmpeg'));

async function until(what: string, reached: () => boolean): Promise<void> {
  for (let tries = 0; tries < 3000; tries++) {
    if (reached()) return;
    await wait(10);
  }
  assert.fail(`never came true: ${what}`);
}

test('videos that browsers cannot play get a small version, which goes with them', async (t) => {
  const { scratch, owner, layout, add, qualities, play, list } = await startVideoBox(t);
  await makeVideo(join(scratch, 'old.avi'), { seconds: 1 });
  await makeVideo(join(scratch, 'plain.mp4'), { seconds: 1, seed: 2 });
  await writeFile(join(scratch, 'broken.avi'), Buffer.alloc(40_000, 'RIFF no film '));
  await ask(owner, 'PUT', '/jobs/videoConversion', { command: 'pause' });
  const [old, plain, broken] = [await add('old.avi'), await add('plain.mp4'), await add('broken.avi')];
  const queue = async () =>
    (await ask<Record<string, { jobCounts: Record<string, number> }>>(owner, 'GET', '/jobs'))[
      'videoConversion'
    ]!.jobCounts;
  // The pictures of all of them are not kept waiting by a pause, nor is the pause by them.
  while ((await queue())['paused'] !== 2) await wait(50);
  assert.equal((await qualities(old)).small, 'making');
  assert.deepEqual(await play(old), await readFile(join(scratch, 'old.avi')));
  await ask(owner, 'PUT', '/jobs/videoConversion', { command: 'resume' });
  await queuesEnded(owner);

  const known = await qualities(old);
  assert.deepEqual([known.originalPlays, known.small], ['nowhere', 'ready']);
  const small = await play(old);
  assert.equal(small.length, known.smallBytes);
  await writeFile(join(scratch, 'small.mp4'), small);
  const codecs = ['-v', 'error', '-show_entries', 'stream=codec_name', '-of', 'csv=p=0'];
  const shown = await runCommand('ffprobe', [...codecs, join(scratch, 'small.mp4')]);
  assert.deepEqual(shown.toString().trim().split('\n'), ['h264', 'aac']);
  assert.deepEqual(await play(old, '?quality=original'), await readFile(join(scratch, 'old.avi')));
  assert.deepEqual((await qualities(plain)).small, 'needless');
  assert.deepEqual((await qualities(broken)).small, 'none');

  const folder = layout.resolve(layout.derivedPath(old));
  assert.deepEqual(list(folder), ['preview.jpg', 'rendition.mp4', 'thumbnail.webp']);
  await ask(owner, 'DELETE', '/assets', { ids: [old], force: true });
  await until('the folder is gone', () => !existsSync(folder));
  assert.deepEqual(list(layout.derivedDir), ['preview.jpg', 'thumbnail.webp']);
});

test('a box that is killed in the middle of a video leaves nothing half, and makes it afterwards', async (t) => {
  const { scratch, owner, layout, add, qualities, list, kill, start } = await startVideoBox(t);
  const film = ['-f', 'lavfi', '-i', 'testsrc2=s=1280x720:r=30:d=20', '-c:v', 'mpeg4', '-q:v', '6'];
  await runCommand('ffmpeg', ['-v', 'error', '-threads', '1', ...film, join(scratch, 'long.avi')]);
  await makeJpeg(join(scratch, 'a.jpg'));
  const id = await add('long.avi');
  const unfinished = join(layout.scratchDir, 'renditions');
  await until('it is being made', () => list(unfinished).includes('rendition.mp4'));
  // Photos do not wait until it is done.
  const photo = await add('a.jpg');
  while (!(await ask<{ thumbhash: string | null }>(owner, 'GET', `/assets/${photo}`)).thumbhash)
    await wait(20);
  assert.equal((await qualities(id)).small, 'making');

  await kill('ingest', 'SIGKILL');
  await until('the encoder has gone with it', () => programsIn(unfinished).length === 0);
  assert.ok(!list(layout.derivedDir).includes('rendition.mp4'));
  assert.equal((await owner.get(`/assets/${id}/video/playback?quality=small`)).status, 404);
  await start('ingest');
  await queuesEnded(owner);
  assert.equal((await qualities(id)).small, 'ready');
  assert.deepEqual(list(layout.resolve(layout.derivedPath(id))), [
    'preview.jpg',
    'rendition.mp4',
    'thumbnail.webp',
  ]);
  assert.ok(!list(layout.scratchDir).includes('rendition.mp4'));

  // An orderly stop does not wait for a video either, and its job is as if it had not been tried.
  await ask(owner, 'POST', '/assets/jobs', { assetIds: [id], name: 'transcode-video' });
  await until('it is made again', () => list(unfinished).includes('rendition.mp4'));
  await kill('ingest', 'SIGTERM');
  await until('the encoder has been told as well', () => programsIn(unfinished).length === 0);
  const queues = await ask<Record<string, { jobCounts: Record<string, number> }>>(owner, 'GET', '/jobs');
  const { waiting, failed, delayed } = queues['videoConversion']!.jobCounts;
  assert.deepEqual({ waiting, failed, delayed }, { waiting: 1, failed: 0, delayed: 0 });
  // The one that was there is there until it is replaced.
  assert.equal((await qualities(id)).small, 'ready');
});
