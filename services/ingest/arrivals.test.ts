import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import sharp from 'sharp';
import { faceChanges } from '#catalog/faces';
import { jobChanges } from '#catalog/jobs';
import { peopleChanges } from '#catalog/people-changes';
import { stackChanges } from '#catalog/stacks';
import { tagChanges, tagQueries } from '#catalog/tags';
import type { IngestNews } from '#contract/ingest-news';
import { createLog } from '#runtime/log';
import { listenPeer } from '#runtime/peer';
import { NOON, openTestLibrary } from '#test/fixtures/library';
import { makeDng, makeJpeg } from '#test/fixtures/media';
import { openIngest } from './ingest.ts';

/** A library with an ingest; `add` puts a file where an upload puts it, `work` runs until nothing is due. */
async function openPool(t: TestContext) {
  const library = openTestLibrary(t);
  const { db, layout, ann, addAsset } = library;
  const runDir = mkdtempSync(join(tmpdir(), 'shoebox-run-'));
  const news: IngestNews[] = [];
  const log = createLog('test', 'silent');
  const gateway = await listenPeer<IngestNews>(join(runDir, 'gateway.sock'), (said) => void news.push(said), {
    log,
  });
  t.after(async () => {
    await gateway.close();
    rmSync(runDir, { recursive: true });
  });
  const jobs = jobChanges(db);
  const ask = (assetId: string) => jobs.enqueue({ kind: 'metadata', assetId, now: 0, dueAt: 0 });
  mkdirSync(layout.resolve('library/ann'), { recursive: true });
  const add = async (name: string, make: (path: string) => Promise<unknown>): Promise<string> => {
    const path = `library/ann/${randomUUID()}-${name}`;
    await make(layout.resolve(path));
    const bytes = readFileSync(layout.resolve(path));
    const id = addAsset(ann.id, {
      path,
      original_name: name,
      original_bytes: bytes.length,
      checksum: createHash('sha1').update(bytes).digest('base64'),
    });
    ask(id);
    return id;
  };
  const work = async () => {
    const ingest = await openIngest({
      config: {
        poolDir: layout.poolDir,
        runDir,
        gazetteerFile: join(runDir, 'none.db'),
        logLevel: 'silent',
        concurrency: 2,
        decoderMemoryBytes: 768 * 1024 ** 2,
        decoderTimeMs: 60_000,
        reservedBytes: 0,
      },
      log,
      now: () => NOON,
    });
    try {
      await ingest.idle();
    } finally {
      await ingest.stop();
    }
  };
  return { ...library, news, ask, add, work };
}

test('keywords of a file are tags once it is read, and one taken off stays off when it is read again', async (t) => {
  const { db, ann, ask, add, work } = await openPool(t);
  const id = await add('a.jpg', (path) => makeJpeg(path, { exif: { 'XMP-dc:Subject': 'lake' } }));
  await work();
  const tags = () => tagQueries(db).listOfAssets(ann.id, [id]);
  assert.deepEqual(
    tags().map(({ value }) => value),
    ['lake'],
  );
  tagChanges(db).remove(tags()[0]!.id, [id]);
  ask(id);
  await work();
  assert.deepEqual(tags(), []);
});

test('the RAW and the JPEG of a shot are stacked on arrival, and not again after they were taken apart', async (t) => {
  const { db, ann, news, ask, add, work } = await openPool(t);
  const exif = { DateTimeOriginal: '2023:07:03 10:20:30', OffsetTimeOriginal: '+02:00' };
  const raw = await add('IMG_7.dng', (path) => makeDng(path, { exif }));
  const jpeg = await add('IMG_7.JPG', (path) => makeJpeg(path, { exif }));
  await work();
  const stackOf = (id: string) => db.prepare('SELECT stack_id FROM asset WHERE id = ?').pluck().get(id);
  const stack = db.prepare('SELECT id, primary_asset_id AS top FROM stack').all() as {
    id: string;
    top: string;
  }[];
  assert.deepEqual(
    stack.map(({ top }) => top),
    [jpeg],
  );
  assert.deepEqual([stackOf(raw), stackOf(jpeg)], [stack[0]!.id, stack[0]!.id]);
  assert.ok(news.some((said) => said.type === 'stacked' && said.ownerId === ann.id));
  stackChanges(db).dissolve(stack[0]!.id, NOON);
  ask(raw);
  ask(jpeg);
  await work();
  assert.deepEqual([stackOf(raw), stackOf(jpeg)], [null, null]);
});

test('the face that stands for a person becomes a picture, and the owner’s pages hear of it', async (t) => {
  const { db, ann, layout, news, add, work } = await openPool(t);
  const assetId = await add('a.jpg', (path) => makeJpeg(path, { widthPx: 600, heightPx: 400 }));
  const [personId, faceId] = [randomUUID(), randomUUID()];
  peopleChanges(db).create({ id: personId, ownerId: ann.id, change: { name: 'Mia' }, now: NOON });
  const box = { imageWidthPx: 600, imageHeightPx: 400, x1: 10, y1: 10, x2: 110, y2: 130 };
  const face = { id: faceId, assetId, personId, source: 'manual' as const, ...box };
  await work();
  faceChanges(db).add(face, NOON);
  // Another face of hers, which stands for nobody.
  faceChanges(db).add({ ...face, id: randomUUID() }, NOON);
  await work();
  const { format, width, height } = await sharp(layout.derivedFile(assetId, `face-${faceId}.jpg`)).metadata();
  assert.deepEqual([format, width, height], ['jpeg', 250, 250]);
  const shown = news.filter(({ type }) => type === 'person-shown');
  assert.deepEqual(shown, [{ type: 'person-shown', ownerId: ann.id, personId }]);
  assert.deepEqual(db.prepare('SELECT * FROM job').all(), []);
});

test('a face on a photo that has no preview waits for nobody', async (t) => {
  const { db, ann, layout, add, work } = await openPool(t);
  const assetId = await add('a.jpg', (path) => makeJpeg(path));
  await work();
  rmSync(layout.derivedFile(assetId, 'preview.jpg'));
  const [personId, id] = [randomUUID(), randomUUID()];
  peopleChanges(db).create({ id: personId, ownerId: ann.id, change: {}, now: NOON });
  const box = { imageWidthPx: 600, imageHeightPx: 400, x1: 10, y1: 10, x2: 110, y2: 130 };
  faceChanges(db).add({ id, assetId, personId, source: 'manual', ...box }, NOON);
  await work();
  assert.equal(existsSync(layout.derivedFile(assetId, `face-${id}.jpg`)), false);
  assert.deepEqual(db.prepare('SELECT * FROM job').all(), []);
});

test('memories of the day are there after a round of chores', async (t) => {
  const { db, ann, addAsset, work } = await openPool(t);
  const capturedAt = new Date(NOON).setUTCFullYear(2023);
  const id = addAsset(ann.id, { captured_at: capturedAt });
  await work();
  assert.deepEqual(db.prepare('SELECT asset_id FROM memory_asset').pluck().all(), [id]);
});
