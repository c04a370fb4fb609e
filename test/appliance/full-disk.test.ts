import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openCatalog } from '#catalog/open';
import { runCommand } from '#runtime/command';
import { createLog } from '#runtime/log';
import { makeJpeg } from '#test/fixtures/media';
import { readGatewayConfig } from '../../services/gateway/config.ts';
import { openIngest } from '../../services/ingest/ingest.ts';
import { needsRoot, openDrive } from './loop-drive.ts';
import {
  BOUNDARY,
  filesBelow,
  openUpload,
  photo,
  type RawAnswer,
  sendForm,
  sha1,
  writeForm,
} from './send-upload.ts';
import { startGateway, type TestGateway, type TestUser } from './start-gateway.ts';

/** What the box does on drives that are full, read-only or broken. */

const MB = 1000 ** 2;

/** Sends a photo of unknown length until the box answers, at most `bytes`. */
async function sendChunked(box: TestGateway, user: TestUser, name: string, body: Buffer): Promise<RawAnswer> {
  const request = await openUpload(box.url, {
    ...user.headers,
    'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`,
    'Transfer-Encoding': 'chunked',
  });
  const form = writeForm(photo(name, body));
  for (let at = 0; at < form.length; at += MB)
    if (!(await request.writeChunk(form.subarray(at, at + MB)))) break;
  await request.write('0\r\n\r\n');
  const answer = await request.answer();
  request.socket.destroy();
  return answer;
}

const FULL = 'The drives are full. Nothing was changed. Free some space or add a drive, then try again.';
const READ_ONLY = 'The drives can only be read at the moment. Nothing was changed. Look at the drives page.';

const FAULTY = 'A drive reported an error and the request was not carried out. Look at the drives page.';

function assertRefused(
  answer: { status: number; json: Record<string, unknown> },
  status: number,
  words: string,
) {
  assert.equal(answer.status, status, JSON.stringify(answer.json));
  assert.equal(answer.json['message'], words);
}

/** Everything that looking at photos needs. */
async function browse(box: TestGateway, user: TestUser, id: string, bytes: Buffer): Promise<void> {
  const buckets = await box.ask<{ timeBucket: string; count: number }[]>('GET', '/api/timeline/buckets', {
    as: user,
  });
  assert.ok(buckets.length > 0);
  await box.ask('GET', `/api/timeline/bucket?timeBucket=${buckets[0]!.timeBucket}`, { as: user });
  await box.ask('GET', `/api/assets/${id}`, { as: user });
  await box.ask('POST', '/api/search/metadata', { as: user, json: {} });
  const original = await box.request('GET', `/api/assets/${id}/original`, { as: user });
  assert.equal(original.status, 200);
  assert.ok(Buffer.from(await original.arrayBuffer()).equals(bytes));
  for (const size of ['thumbnail', 'preview']) {
    const picture = await box.request('GET', `/api/assets/${id}/thumbnail?size=${size}`, { as: user });
    assert.equal(picture.status, 200);
    assert.ok((await picture.arrayBuffer()).byteLength > 0);
  }
}

/** Ingest on the gateway's pool, in this process. It ends with the test, if the test did not end it. */
async function startIngest(
  t: TestContext,
  box: TestGateway,
  now: () => number = Date.now,
  reservedBytes = 0,
): Promise<{ stop(): Promise<void>; idle(): Promise<void> }> {
  const ingest = await openIngest({
    config: {
      poolDir: box.poolDir,
      runDir: box.parts.config.runDir,
      gazetteerFile: 'none',
      logLevel: 'silent',
      concurrency: 1,
      decoderMemoryBytes: 768 * 1024 ** 2,
      decoderTimeMs: 60_000,
      reservedBytes,
    },
    log: createLog('ingest', 'silent'),
    now,
  });
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= ingest.stop());
  t.after(stop);
  return { stop, idle: ingest.idle };
}

/** A photo of some kilobytes that can be shown. */
async function makePhoto(t: TestContext, seed: number): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'shoebox-photo-'));
  t.after(() => rmSync(folder, { recursive: true }));
  await makeJpeg(join(folder, 'a.jpg'), { widthPx: 640, heightPx: 480, seed });
  return readFileSync(join(folder, 'a.jpg'));
}

const idOf = ({ json }: RawAnswer) => String(json['id']);

/** Of the originals, whether or not what was added to them stands beside them already. */
const libraryChecksums = (box: TestGateway): string[] =>
  filesBelow(box.poolDir, 'library')
    .filter((path) => !path.endsWith('.xmp'))
    .map((path) => sha1(readFileSync(join(box.poolDir, 'library', path))))
    .sort();

test(
  'the last 2 GB of a drive stay free: uploads are refused, everything else goes on',
  needsRoot,
  async (t) => {
    const drive = await openDrive(t, 2_300 * MB);
    const { reservedBytes } = readGatewayConfig({});
    assert.equal(reservedBytes, 2_000 * MB);
    await drive.fill(reservedBytes + 20 * MB);
    const box = await startGateway(t, { poolDir: drive.dir, config: { reservedBytes } });
    const ann = await box.signUp();
    const bytes = randomBytes(100_000);
    const first = await sendForm(box.url, ann.headers, photo('a.jpg', bytes));
    assert.equal(first.status, 201);

    const early = await openUpload(box.url, {
      ...ann.headers,
      'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`,
      'Content-Length': 21 * MB,
      Expect: '100-continue',
    });
    const refused = await early.answer();
    assertRefused(refused, 507, FULL);
    assert.equal(refused.wasContinued, false);
    early.socket.destroy();
    // Nobody knows how long this one will be; it is stopped where it would eat into the reserve.
    assertRefused(await sendChunked(box, ann, 'b.mp4', Buffer.alloc(80 * MB)), 507, FULL);
    assert.ok((await drive.freeBytes()) > reservedBytes);
    assert.deepEqual(filesBelow(box.poolDir, '.shoebox/incoming'), []);

    await drive.fill(reservedBytes - MB);
    assertRefused(await sendForm(box.url, ann.headers, photo('c.jpg', randomBytes(10))), 507, FULL);
    // A photo that is there already needs no room.
    const known = { ...ann.headers, 'x-immich-checksum': sha1(bytes) };
    assert.equal((await sendForm(box.url, known, photo('a.jpg', bytes))).status, 200);
    await box.ask('PUT', `/api/assets/${idOf(first)}`, { as: ann, json: { isFavorite: true } });
    await box.ask('DELETE', '/api/assets', { as: ann, json: { ids: [idOf(first)], force: true } });
    await drive.empty();
    assert.equal((await sendForm(box.url, ann.headers, photo('a.jpg', bytes))).status, 201);
    await box.stop();
  },
);

test(
  'a drive that fills up in the middle of an upload loses nothing and keeps showing photos',
  needsRoot,
  async (t) => {
    const drive = await openDrive(t, 128 * MB);
    const box = await startGateway(t, { poolDir: drive.dir });
    const ann = await box.signUp();
    const shown = await makePhoto(t, 1);
    const first = await sendForm(box.url, ann.headers, photo('a.jpg', shown));
    let ingest = await startIngest(t, box);
    await ingest.idle();
    await browse(box, ann, idOf(first), shown);

    await drive.fill(12 * MB);
    assertRefused(await sendChunked(box, ann, 'long.mp4', randomBytes(30 * MB)), 507, FULL);
    assert.deepEqual(filesBelow(box.poolDir, '.shoebox/incoming'), []);
    assert.deepEqual(libraryChecksums(box), [sha1(shown)]);

    const rivals = Array.from({ length: 6 }, () => randomBytes(4 * MB));
    const answers = await Promise.all(rivals.map((body, at) => sendChunked(box, ann, `${at}.mp4`, body)));
    const stored = rivals.filter((_, at) => answers[at]!.status === 201);
    for (const answer of answers) if (answer.status !== 201) assertRefused(answer, 507, FULL);
    // At most two fit. None may be in, if all six met the end of the drive at the same moment; then there is room for one.
    assert.ok(stored.length <= 2, `${stored.length} of 6 fit`);
    if (stored.length === 0) {
      const lone = await sendChunked(box, ann, 'lone.mp4', rivals[0]!);
      assert.equal(lone.status, 201);
      stored.push(rivals[0]!);
      answers.push(lone);
    }
    assert.deepEqual(libraryChecksums(box), [shown, ...stored].map((bytes) => sha1(bytes)).sort());
    assert.deepEqual(filesBelow(box.poolDir, '.shoebox/incoming'), []);

    await drive.fill(0);
    assertRefused(await sendForm(box.url, ann.headers, photo('b.jpg', randomBytes(10))), 507, FULL);
    await browse(box, ann, idOf(first), shown);
    await ingest.idle();
    await ingest.stop();
    await drive.empty();

    const ids = answers.filter(({ status }) => status === 201).map(idOf);
    await box.ask('DELETE', '/api/assets', { as: ann, json: { ids, force: true } });
    const more = await makePhoto(t, 2);
    const again = await sendForm(box.url, ann.headers, photo('b.jpg', more));
    assert.equal(again.status, 201);
    ingest = await startIngest(t, box, () => Date.now() + 3600_000);
    await ingest.idle();
    await ingest.stop();
    await browse(box, ann, idOf(again), more);
    assert.deepEqual(libraryChecksums(box), [sha1(shown), sha1(more)].sort(), 'deleted files are gone');
    await box.stop();
  },
);

test(
  'a full drive is not filled further with previews, and they come when there is room',
  needsRoot,
  async (t) => {
    const drive = await openDrive(t, 96 * MB);
    const box = await startGateway(t, { poolDir: drive.dir });
    const ann = await box.signUp();
    const bytes = await makePhoto(t, 4);
    const answer = await sendForm(box.url, ann.headers, photo('a.jpg', bytes));
    await drive.fill(MB);
    let at = Date.now();
    const ingest = await startIngest(t, box, () => at, 2 * MB);
    await ingest.idle();
    const hidden = await box.request('GET', `/api/assets/${idOf(answer)}/thumbnail`, { as: ann });
    assert.equal(hidden.status, 404);
    // Not one byte is left: nothing can be noted, and nobody falls over it.
    await drive.fill(0);
    at += 60_000;
    await ingest.idle();
    await drive.empty();
    at += 60_000;
    await ingest.idle();
    await browse(box, ann, idOf(answer), bytes);
    await ingest.stop();
    await box.stop();
  },
);

test(
  'a drive that can only be read shows its photos, says so, and takes uploads again when it is well',
  needsRoot,
  async (t) => {
    const drive = await openDrive(t, 96 * MB);
    let box = await startGateway(t, { poolDir: drive.dir });
    let ann = await box.signUp();
    const shown = await makePhoto(t, 3);
    const first = await sendForm(box.url, ann.headers, photo('a.jpg', shown));
    const ingest = await startIngest(t, box);
    await ingest.idle();
    await drive.turnReadOnly();
    assertRefused(await sendForm(box.url, ann.headers, photo('b.jpg', randomBytes(10_000))), 503, READ_ONLY);
    assertRefused(await sendChunked(box, ann, 'b.mp4', randomBytes(3 * MB)), 503, READ_ONLY);
    await browse(box, ann, idOf(first), shown);
    for (const [method, path, json] of [
      ['PUT', `/api/assets/${idOf(first)}`, { isFavorite: true }],
      ['DELETE', '/api/assets', { ids: [idOf(first)] }],
      ['POST', '/api/albums', { albumName: 'x' }],
    ] as const) {
      const response = await box.request(method, path, { as: ann, json });
      const { message } = (await response.json()) as { message: string };
      // SQLite says of such a drive that it could not write, and not why.
      assert.equal(response.status, 503);
      assert.ok(message === READ_ONLY || message === FAULTY, message);
    }
    const known = { ...ann.headers, 'x-immich-checksum': sha1(shown) };
    assert.equal(
      (await sendForm(box.url, known, photo('a.jpg', shown))).status,
      200,
      'what is there is there',
    );
    await ingest.stop();
    await box.stop();

    await drive.replug();
    box = await startGateway(t, { poolDir: drive.dir });
    ann = await box.login(ann);
    const again = await startIngest(t, box);
    // Previews are not flushed like originals: what the drive lost is made again as soon as somebody looks.
    await (await box.request('GET', `/api/assets/${idOf(first)}/thumbnail`, { as: ann })).arrayBuffer();
    await again.idle();
    await browse(box, ann, idOf(first), shown);
    assert.equal((await sendForm(box.url, ann.headers, photo('b.jpg', randomBytes(10_000)))).status, 201);
    await again.stop();
    await box.stop();
  },
);

test('folders that can only be read for a while need no restart', needsRoot, async (t) => {
  const drive = await openDrive(t, 96 * MB);
  const box = await startGateway(t, { poolDir: drive.dir });
  const ann = await box.signUp();
  for (const folder of ['.shoebox/incoming', 'library']) {
    const dir = join(drive.dir, folder);
    await runCommand('mount', ['--bind', dir, dir]);
    await runCommand('mount', ['-o', 'remount,bind,ro', dir]);
    const bytes = randomBytes(100_000);
    const refused = await sendForm(box.url, ann.headers, photo('a.jpg', bytes));
    await runCommand('umount', [dir]);
    assertRefused(refused, 503, READ_ONLY);
    const { total } = await box.ask<{ total: number }>('GET', '/api/assets/statistics', { as: ann });
    assert.equal(total, folder === 'library' ? 1 : 0, 'a photo without a place is in no list');
    assert.deepEqual(filesBelow(drive.dir, '.shoebox/incoming'), []);
    assert.equal((await sendForm(box.url, ann.headers, photo('a.jpg', bytes))).status, 201);
  }
  await box.stop();
});

test(
  'a drive that breaks in the middle of uploads keeps every photo that was acknowledged',
  needsRoot,
  async (t) => {
    const drive = await openDrive(t, 192 * MB);
    let box = await startGateway(t, { poolDir: drive.dir });
    let ann = await box.signUp();
    const acknowledged = new Map<string, Buffer>();
    let isBroken = false;
    const refusals: RawAnswer[] = [];
    const uploadUntilRefused = async (connection: number) => {
      for (let number = 0; ; number++) {
        const bytes = randomBytes(300_000);
        const answer = await sendForm(box.url, ann.headers, photo(`${connection}-${number}.jpg`, bytes));
        if (answer.status === 201) acknowledged.set(idOf(answer), bytes);
        else return void refusals.push(answer);
        if (acknowledged.size === 20 && !isBroken) {
          isBroken = true;
          void drive.breakDown();
        }
      }
    };
    await Promise.all([0, 1, 2].map(uploadUntilRefused));
    for (const { status, json } of refusals) {
      assert.equal(status, 503, JSON.stringify(json));
      assert.match(String(json['message']), /drive/);
    }
    // Not every question can be answered now, but each gets an answer, and none is a bug of ours.
    const browse = async () => {
      for (const path of ['/api/timeline/buckets', '/api/albums', '/api/users/me', '/api/server/storage']) {
        const response = await box.request('GET', path, { as: ann });
        assert.ok(response.status === 200 || response.status === 503, `${path}: ${response.status}`);
        await response.text();
      }
      const page = await box.request('GET', '/', { as: ann });
      assert.equal(page.status, 200);
      assert.match(await page.text(), /<title>Shoebox/);
    };
    await browse();
    for (const name of ['catalog.db', 'catalog.db-wal']) await drive.forget(join('.shoebox/catalog', name));
    await browse();
    await box.stop();

    await drive.replug();
    const catalog = openCatalog(join(drive.dir, '.shoebox/catalog/catalog.db'));
    assert.equal(catalog.pragma('integrity_check', { simple: true }), 'ok');
    catalog.close();
    box = await startGateway(t, { poolDir: drive.dir });
    ann = await box.login(ann);
    for (const [id, bytes] of acknowledged) {
      const original = await box.request('GET', `/api/assets/${id}/original`, { as: ann });
      assert.equal(original.status, 200);
      assert.ok(Buffer.from(await original.arrayBuffer()).equals(bytes));
    }
    assert.deepEqual(filesBelow(drive.dir, '.shoebox/incoming'), []);
    const { total } = await box.ask<{ total: number }>('GET', '/api/assets/statistics', { as: ann });
    assert.equal(total, filesBelow(drive.dir, 'library').length, 'as many files as assets');
    await box.stop();
  },
);
