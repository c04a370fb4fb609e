import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { TestContext } from 'node:test';
import { claim } from './own-appliance.ts';
import { BOUNDARY, field, openUpload } from './send-upload.ts';
import { startAppliance } from './start-appliance.ts';

/**
 * How much memory the gateway may take for one upload of any length. Some 40 to 60 MB are usual: V8 lets about
 * 64 MB of buffers from sockets wait for its next collection.
 */
const MOST_GROWTH_BYTES = 100 * 1024 ** 2;

/** As the gateway's unit starts it. */
const FLAGS = { NODE_OPTIONS: '--max-semi-space-size=2' };

/** After the last byte the phone waits so long for an answer (contract §3.3.2). */
const LONGEST_ANSWER_MS = 60_000;

const CHUNK_BYTES = 1024 ** 2;

export interface LargeUpload {
  seconds: number;
  /** From the last byte to the answer. */
  answerMs: number;
  /** The most that the gateway's memory was above what it was before. */
  growthBytes: number;
}

/** The most memory that a process ever had, and has now (proc(5)). */
function residentBytes(pid: number, of: 'VmHWM' | 'VmRSS'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${of}:\\s+(\\d+) kB`, 'm').exec(status)![1]) * 1024;
}

/**
 * Uploads a video of `bytes` in chunks that are made on the way, to the real gateway, and reads its end again.
 * Fails when anything differs, when memory grows with the length, or when the answer takes longer than a phone waits.
 */
export async function sendLargeUpload(t: TestContext, bytes: number): Promise<LargeUpload> {
  const box = await startAppliance(t, { env: FLAGS });
  const owner = await claim(box.url);
  const hash = createHash('sha1');
  const chunk = randomBytes(CHUNK_BYTES);
  const request = await openUpload(box.url, {
    ...owner.headers,
    'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`,
    'Transfer-Encoding': 'chunked',
  });
  const date = field('fileCreatedAt', '2024-05-01T10:00:00.000Z');
  await request.writeChunk(
    `--${BOUNDARY}\r\n${date.header.join('\r\n')}\r\n\r\n${String(date.body)}\r\n` +
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="assetData"; filename="long.mp4"\r\n\r\n`,
  );
  const before = residentBytes(box.pids.gateway, 'VmRSS');
  const started = performance.now();
  for (let at = 0; at < bytes; at += CHUNK_BYTES) {
    // Each piece differs, so that one that is lost or doubled is noticed.
    chunk.writeDoubleBE(at);
    hash.update(chunk);
    if (!(await request.writeChunk(chunk))) throw new Error(`the connection ended at ${at}`);
  }
  const sent = performance.now();
  await request.writeChunk(`\r\n--${BOUNDARY}--\r\n`);
  await request.write('0\r\n\r\n');
  const answer = await request.answer();
  const answered = performance.now();
  request.socket.destroy();
  assert.equal(answer.status, 201, JSON.stringify(answer.json));
  const growthBytes = residentBytes(box.pids.gateway, 'VmHWM') - before;
  assert.ok(growthBytes < MOST_GROWTH_BYTES, `${growthBytes} bytes more memory`);
  assert.ok(answered - sent < LONGEST_ANSWER_MS, `${answered - sent} ms for the answer`);

  const asset = (await (await owner.get(`/assets/${String(answer.json['id'])}`)).json()) as {
    checksum: string;
    exifInfo: { fileSizeInByte: number };
  };
  assert.equal(asset.checksum, hash.digest('base64'));
  assert.equal(asset.exifInfo.fileSizeInByte, bytes);
  const end = await fetch(`${box.url}/api/assets/${String(answer.json['id'])}/original`, {
    headers: { ...owner.headers, range: `bytes=${bytes - CHUNK_BYTES}-` },
  });
  assert.equal(end.status, 206);
  assert.equal(end.headers.get('content-range'), `bytes ${bytes - CHUNK_BYTES}-${bytes - 1}/${bytes}`);
  assert.ok(Buffer.from(await end.arrayBuffer()).equals(chunk));
  return { seconds: (answered - started) / 1000, answerMs: answered - sent, growthBytes };
}
