import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLog } from '#runtime/log';
import { makeEndlessSvg, makeNoise, makePixelBombPng } from '#test/fixtures/hostile-media';
import { makeJpeg } from '#test/fixtures/media';
import { type DecoderOptions, openDecoder } from './decoder-pool.ts';
import { DecoderDied } from './decoder-protocol.ts';

const MIB = 1024 ** 2;

/** A decoder with its files in a folder of its own; `good` is a photo and `write` makes its previews. */
async function openTestDecoder(t: TestContext, options: Partial<DecoderOptions> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'decoder-test-'));
  const tempDir = join(folder, 'temp');
  const decoder = openDecoder({
    concurrency: 2,
    memoryBytes: 800 * MIB,
    timeLimitMs: 60_000,
    idleMs: 60_000,
    recycleAfter: 1000,
    tempDir,
    log: createLog('test', 'silent'),
    ...options,
  });
  t.after(async () => {
    await decoder.close();
    await rm(folder, { recursive: true, force: true });
  });
  const good = join(folder, 'good.jpg');
  await makeJpeg(good, { widthPx: 640, heightPx: 480 });
  let made = 0;
  const write = (originalPath: string, mimeType: string, alone = false) =>
    decoder.previews({ originalPath, mimeType, outDir: join(folder, `out-${++made}`) }, { alone });
  return { folder, tempDir, decoder, good, write, writeGood: () => write(good, 'image/jpeg') };
}

/** The processes that this one has started and that still run. */
function listChildren(): number[] {
  const list = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'latin1').trim();
  return list === '' ? [] : list.split(' ').map(Number);
}

async function until(what: string, reached: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1000; tries++) {
    if (await reached()) return;
    await sleep(20);
  }
  assert.fail(`never came true: ${what}`);
}

const died = (reason: DecoderDied['reason'], alone: boolean) => (error: unknown) => {
  assert.ok(error instanceof DecoderDied, String(error));
  assert.deepEqual([error.reason, error.alone], [reason, alone]);
  return true;
};

test('previews and metadata come from a process that is started when it is needed', async (t) => {
  const { decoder, folder, good, writeGood } = await openTestDecoder(t);
  assert.deepEqual(listChildren(), []);
  const { widthPx, heightPx, previewBytes } = await writeGood();
  assert.deepEqual([widthPx, heightPx], [640, 480]);
  assert.equal((await stat(join(folder, 'out-1', 'preview.jpg'))).size, previewBytes);
  const request = { path: good, fileName: 'good.jpg', fileCreatedAtMs: 0, fileModifiedAtMs: 0 };
  const metadata = await decoder.metadata(request);
  assert.equal(metadata.mimeType, 'image/jpeg');
  assert.equal(listChildren().length, 1);
});

test('the process leads its own group, is the first to go when memory runs out, and sees no secrets', async (t) => {
  process.env['SHOEBOX_TEST_SECRET'] = 'secret';
  t.after(() => {
    delete process.env['SHOEBOX_TEST_SECRET'];
  });
  const { writeGood } = await openTestDecoder(t);
  await writeGood();
  const [pid] = listChildren();
  const fields = (await readFile(`/proc/${pid}/stat`, 'latin1')).split(') ')[1]!.split(' ');
  assert.equal(Number(fields[2]), pid, 'process group');
  assert.equal((await readFile(`/proc/${pid}/oom_score_adj`, 'latin1')).trim(), '800');
  const environment = await readFile(`/proc/${pid}/environ`, 'latin1');
  assert.match(environment, /MALLOC_ARENA_MAX=2/);
  assert.doesNotMatch(environment, /SECRET/);
});

test('an idle process ends and the next photo starts another', async (t) => {
  const { writeGood } = await openTestDecoder(t, { idleMs: 50 });
  await writeGood();
  await until('the process has ended', () => listChildren().length === 0);
  assert.equal((await writeGood()).widthPx, 640);
});

test('a process is replaced after its number of operations, without losing any', async (t) => {
  const { writeGood } = await openTestDecoder(t, { recycleAfter: 3 });
  const seen = new Set<number>();
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      await writeGood();
      for (const pid of listChildren()) seen.add(pid);
    }),
  );
  assert.equal(seen.size, 3);
});

test('problems of a file arrive as what they are and the process lives on', async (t) => {
  const { folder, write, writeGood } = await openTestDecoder(t);
  await makePixelBombPng(join(folder, 'bomb.png'));
  await makeNoise(join(folder, 'noise.jpg'));
  await assert.rejects(write(join(folder, 'bomb.png'), 'image/png'), {
    name: 'MediaProblem',
    code: 'too_large',
    words: 'This picture is too large to open (60,000 × 60,000 pixels).',
  });
  const [pid] = listChildren();
  await assert.rejects(write(join(folder, 'noise.jpg'), 'image/jpeg'), { code: 'not_a_picture' });
  await assert.rejects(write(join(folder, 'gone.jpg'), 'image/jpeg'), { code: 'ENOENT' });
  await writeGood();
  assert.deepEqual(listChildren(), [pid]);
});

test('a file that takes forever is killed, takes its neighbour with it, and the next photo works', async (t) => {
  const { folder, tempDir, write, writeGood } = await openTestDecoder(t, { timeLimitMs: 3000 });
  await makeEndlessSvg(join(folder, 'a.svg'));
  const first = write(join(folder, 'a.svg'), 'image/svg+xml');
  const second = write(join(folder, 'a.svg'), 'image/svg+xml');
  await Promise.all([
    assert.rejects(first, died('time', false)),
    assert.rejects(second, died('time', false)),
  ]);
  assert.deepEqual(await readdir(tempDir), []);
  assert.equal((await writeGood()).widthPx, 640);
});

test('a file that takes too much memory is killed and the next photo works', async (t) => {
  const { folder, write, writeGood } = await openTestDecoder(t, { memoryBytes: 250 * MIB });
  // Every coefficient of a progressive JPEG is in memory until the last scan: 3 bytes a pixel and more.
  await makeJpeg(join(folder, 'a.jpg'), { widthPx: 9000, heightPx: 9000, progressive: true });
  await assert.rejects(write(join(folder, 'a.jpg'), 'image/jpeg', true), died('memory', true));
  assert.equal((await writeGood()).widthPx, 640);
});

test('a process that is killed from outside rejects what it was doing', async (t) => {
  const { folder, write, writeGood } = await openTestDecoder(t);
  await writeGood();
  await makeEndlessSvg(join(folder, 'a.svg'));
  const endless = assert.rejects(write(join(folder, 'a.svg'), 'image/svg+xml'), died('crash', true));
  process.kill(listChildren()[0]!, 'SIGKILL');
  await endless;
  assert.equal((await writeGood()).widthPx, 640);
});

test('an operation that asks to be alone waits for the others and lets none start', async (t) => {
  const { folder, write, writeGood } = await openTestDecoder(t, { timeLimitMs: 3000 });
  await makeEndlessSvg(join(folder, 'a.svg'));
  const done: string[] = [];
  const before = [writeGood(), writeGood()].map((written) => written.then(() => done.push('before')));
  const alone = assert
    .rejects(write(join(folder, 'a.svg'), 'image/svg+xml', true), died('time', true))
    .then(() => done.push('alone'));
  const after = writeGood().then(() => done.push('after'));
  await Promise.all([...before, alone, after]);
  assert.deepEqual(done, ['before', 'before', 'alone', 'after']);
});

/** Puts a tool that hangs, or another script, before the real one for as long as the test runs; it leaves its id in a file. */
async function hangTool(
  t: TestContext,
  folder: string,
  name: string,
  script = 'exec sleep 100',
): Promise<() => Promise<number | undefined>> {
  const pidFile = join(folder, 'tool.pid');
  await writeFile(join(folder, name), `#!/bin/sh\necho $$ > ${pidFile}\n${script}\n`);
  await chmod(join(folder, name), 0o755);
  const path = process.env['PATH'];
  process.env['PATH'] = `${folder}:${path}`;
  t.after(() => {
    process.env['PATH'] = path;
  });
  return async () => Number(await readFile(pidFile, 'latin1').catch(() => '')) || undefined;
}

const isGone = (pid: number) => async (): Promise<boolean> => {
  const line = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => undefined);
  return line === undefined || line.includes(') Z ');
};

test('the tools of a process that dies are killed after it', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'decoder-tool-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const findTool = await hangTool(t, folder, 'djxl');
  const { write, good } = await openTestDecoder(t);
  const hanging = write(good, 'image/jxl');
  const outcome = assert.rejects(hanging, died('crash', true));
  await until('the tool runs', async () => (await findTool()) !== undefined);
  // Long enough for the pool to have seen it: it looks four times a second.
  await sleep(600);
  process.kill(listChildren()[0]!, 'SIGKILL');
  await outcome;
  await until('the tool is gone', isGone((await findTool())!));
});

test('the memory of tools counts, and they are killed with the process', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'decoder-tool-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  // tail keeps the last line, which here never ends, in memory.
  const findTool = await hangTool(t, folder, 'djxl', '{ head -c 600M /dev/zero; sleep 100; } | tail -n 1');
  const { write, good, writeGood } = await openTestDecoder(t, { memoryBytes: 500 * MIB });
  await assert.rejects(write(good, 'image/jxl'), died('memory', true));
  await until('the tool is gone', isGone((await findTool())!));
  assert.equal((await writeGood()).widthPx, 640);
});

test('a tool that hangs is ended before its process is, as a problem of the file', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'decoder-tool-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const findTool = await hangTool(t, folder, 'djxl');
  const { write, good, writeGood } = await openTestDecoder(t, { timeLimitMs: 4000 });
  await writeGood();
  const [pid] = listChildren();
  await assert.rejects(write(good, 'image/jxl'), { name: 'MediaProblem', code: 'too_costly' });
  await until('the tool is gone', isGone((await findTool())!));
  assert.deepEqual(listChildren(), [pid]);
});

test('closing lets a running photo finish, refuses what waits and what comes, and leaves nothing', async (t) => {
  const { decoder, tempDir, writeGood } = await openTestDecoder(t, { concurrency: 1 });
  const running = writeGood();
  const waiting = assert.rejects(writeGood(), died('closed', false));
  await Promise.all([decoder.close(), waiting]);
  assert.equal((await running).widthPx, 640);
  await assert.rejects(writeGood(), died('closed', false));
  assert.deepEqual(listChildren(), []);
  await assert.rejects(stat(tempDir), { code: 'ENOENT' });
});

test('a drive that refuses temporary files is told as the error it is, and used again once it works', async (t) => {
  const { tempDir, writeGood } = await openTestDecoder(t);
  await rm(tempDir, { recursive: true });
  await assert.rejects(writeGood(), { code: 'ENOENT' });
  await mkdir(tempDir);
  assert.equal((await writeGood()).widthPx, 640);
});

test('what a dead box left in the temporary folder is removed at the start', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'decoder-left-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'left'), 'over');
  await openTestDecoder(t, { tempDir: folder });
  assert.deepEqual(await readdir(folder), []);
});
