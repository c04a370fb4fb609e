import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openCatalog } from '#catalog/open';
import { uploadChanges } from '#catalog/uploads';
import { findMediaType } from '#contract/media-types';
import { createLog } from '#runtime/log';
import { poolLayout } from '#storage/layout';
import { makePixelBombPng } from '#test/fixtures/hostile-media';
import { makeJpeg } from '#test/fixtures/media';
import { makeLivePhoto, makeMotionPhoto, makeVideo } from '#test/fixtures/moving-media';
import { openIngest } from './ingest.ts';

/** A pool with one user; `add` places a file as an upload does, `work` runs ingest until nothing is due. */
function openPool(t: TestContext) {
  const poolDir = mkdtempSync(join(tmpdir(), 'shoebox-ingest-'));
  const runDir = mkdtempSync(join(tmpdir(), 'shoebox-run-'));
  const layout = poolLayout(poolDir);
  const db = openCatalog(layout.catalogFile);
  t.after(() => {
    db.close();
    rmSync(poolDir, { recursive: true });
    rmSync(runDir, { recursive: true });
  });
  db.exec(`INSERT INTO user (id, email, name, password_hash, folder, profile_changed_at, created_at, updated_at)
    VALUES ('u', 'a@b.c', 'Ann', '', 'Ann', 0, 0, 0)`);
  const uploads = uploadChanges(db);
  const add = (file: string): string => {
    const id = randomUUID();
    const bytes = readFileSync(file);
    const type = findMediaType(file)!;
    const accepted = uploads.accept({
      id,
      ownerId: 'u',
      checksum: createHash('sha1').update(bytes).digest('base64'),
      bytes: bytes.length,
      originalName: basename(file),
      folder: 'library/Ann/2024/2024-05',
      fileName: basename(file),
      poolDir,
      type: type.kind === 'video' ? 'VIDEO' : 'IMAGE',
      mimeType: type.mimeType,
      fileCreatedAt: Date.UTC(2024, 4, 1),
      fileModifiedAt: Date.UTC(2024, 4, 1),
      isFavorite: false,
      visibility: 'timeline',
      durationMs: null,
      liveVideoId: null,
      hasSidecar: false,
      metadata: [],
      now: Date.now(),
    });
    assert.equal(accepted.status, 'created');
    if (accepted.status === 'created') {
      mkdirSync(dirname(join(poolDir, accepted.path)), { recursive: true });
      copyFileSync(file, join(poolDir, accepted.path));
    }
    return id;
  };
  const work = async (now = Date.now) => {
    const ingest = await openIngest({
      config: {
        poolDir,
        runDir,
        gazetteerFile: join(poolDir, 'none.db'),
        logLevel: 'silent',
        concurrency: 2,
        decoderMemoryBytes: 768 * 1024 ** 2,
        decoderTimeMs: 60_000,
        reservedBytes: 0,
      },
      log: createLog('ingest', 'silent'),
      now,
    });
    await ingest.idle();
    await ingest.stop();
  };
  const row = (id: string) =>
    db.prepare('SELECT * FROM asset WHERE id = ?').get(id) as Record<string, unknown>;
  return { poolDir, layout, db, add, work, row };
}

/** A folder for the files of a test, outside the pool. */
function openFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'shoebox-media-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('a photo and a video get their dates, sizes, previews and no job is left', async (t) => {
  const { add, work, row, db, layout } = openPool(t);
  const folder = openFolder(t);
  await makeJpeg(join(folder, 'a.jpg'), {
    widthPx: 2000,
    heightPx: 1500,
    seed: 1,
    exif: { DateTimeOriginal: '2021:07:03 10:20:30', OffsetTimeOriginal: '+02:00', Make: 'Maker' },
  });
  await makeVideo(join(folder, 'b.mp4'), { seed: 2 });
  const photo = add(join(folder, 'a.jpg'));
  const video = add(join(folder, 'b.mp4'));
  await work();
  assert.deepEqual(db.prepare('SELECT * FROM job').all(), []);
  const { captured_at, local_at, make, width_px, height_px, thumbhash, preview_bytes, problem_code } =
    row(photo);
  assert.deepEqual(
    { captured_at, local_at, make, width_px, height_px, problem_code },
    {
      captured_at: Date.UTC(2021, 6, 3, 8, 20, 30),
      local_at: Date.UTC(2021, 6, 3, 10, 20, 30),
      make: 'Maker',
      width_px: 2000,
      height_px: 1500,
      problem_code: null,
    },
  );
  assert.match(String(thumbhash), /^[A-Za-z0-9+/]{20,}=*$/);
  assert.equal(statSync(layout.derivedFile(photo, 'preview.jpg')).size, preview_bytes);
  assert.equal(row(video)['type'], 'VIDEO');
  assert.ok(Number(row(video)['duration_ms']) > 0);
  assert.ok(existsSync(layout.derivedFile(video, 'thumbnail.webp')));
  const months = db
    .prepare(
      `SELECT month, sum(count) AS count FROM month_count WHERE basis = 'taken' AND count > 0 AND type = 'IMAGE' GROUP BY month`,
    )
    .all();
  assert.deepEqual(months, [{ month: '2021-07-01', count: 1 }]);
});

test('the still and the video of a live photo become one, whichever arrives first', async (t) => {
  const { add, work, row } = openPool(t);
  const folder = openFolder(t);
  const file = (name: string) => join(folder, name);
  await makeLivePhoto(file('1.jpg'), file('1.mov'), '11111111-AAAA-4AAA-8AAA-AAAAAAAAAAAA', { seed: 3 });
  await makeLivePhoto(file('2.jpg'), file('2.mov'), '22222222-AAAA-4AAA-8AAA-AAAAAAAAAAAA', { seed: 4 });
  const still1 = add(file('1.jpg'));
  await work();
  const video1 = add(file('1.mov'));
  const video2 = add(file('2.mov'));
  await work();
  const still2 = add(file('2.jpg'));
  await work();
  for (const [still, video] of [
    [still1, video1],
    [still2, video2],
  ] as const) {
    assert.equal(row(still)['live_video_id'], video);
    assert.equal(row(video)['visibility'], 'hidden');
    assert.equal(row(still)['visibility'], 'timeline');
  }
});

test('the video of a motion photo becomes a hidden asset beside its whole original', async (t) => {
  const { add, work, row, db, poolDir } = openPool(t);
  const folder = openFolder(t);
  await makeMotionPhoto(join(folder, 'PXL_1.MP.jpg'), 'google', { seed: 5 });
  const bytes = readFileSync(join(folder, 'PXL_1.MP.jpg'));
  const still = add(join(folder, 'PXL_1.MP.jpg'));
  const before = db.prepare('SELECT used_bytes FROM user').pluck().get();
  await work();
  const videoId = String(row(still)['live_video_id']);
  const video = row(videoId);
  assert.equal(video['visibility'], 'hidden');
  assert.equal(video['is_extracted'], 1);
  const copy = readFileSync(join(poolDir, String(video['path'])));
  assert.equal(createHash('sha1').update(copy).digest('base64'), video['checksum']);
  assert.equal(copy.subarray(4, 8).toString(), 'ftyp');
  assert.ok(readFileSync(join(poolDir, String(row(still)['path']))).equals(bytes));
  assert.equal(db.prepare('SELECT used_bytes FROM user').pluck().get(), before);
});

test('hostile and broken files end with words and never block the good ones', async (t) => {
  const { add, work, row, db } = openPool(t);
  const folder = openFolder(t);
  writeFileSync(join(folder, 'noise.jpg'), Buffer.alloc(50_000, 'not a picture '));
  await makePixelBombPng(join(folder, 'bomb.png'));
  await makeJpeg(join(folder, 'good.jpg'), { widthPx: 800, heightPx: 600, seed: 6 });
  const noise = add(join(folder, 'noise.jpg'));
  const bomb = add(join(folder, 'bomb.png'));
  const good = add(join(folder, 'good.jpg'));
  await work();
  assert.deepEqual(db.prepare('SELECT * FROM job').all(), []);
  for (const id of [noise, bomb]) {
    assert.equal(row(id)['preview_bytes'], null);
    assert.match(String(row(id)['problem_message']), /^[A-Z].*\.$/);
  }
  assert.equal(row(good)['problem_code'], null);
  assert.ok(Number(row(good)['preview_bytes']) > 0);
});

test('photos that are just being placed are waited for and never called missing', async (t) => {
  const { add, work, row, poolDir, layout } = openPool(t);
  const folder = openFolder(t);
  mkdirSync(layout.incomingDir, { recursive: true });
  const ids: string[] = [];
  for (let seed = 0; seed < 60; seed++) {
    writeFileSync(join(folder, `${seed}.jpg`), `no picture ${seed}`);
    ids.push(add(join(folder, `${seed}.jpg`)));
  }
  // Back to where the gateway has them between the row and the place.
  const moves = ids.map(
    (id) => [join(layout.incomingDir, id), join(poolDir, String(row(id)['path']))] as const,
  );
  for (const [from, to] of moves) renameSync(to, from);
  const placing = (async () => {
    for (const [from, to] of moves) {
      linkSync(from, to);
      unlinkSync(from);
      // Several looks of ingest lie between two files.
      for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    }
  })();
  await work();
  await placing;
  for (const id of ids) assert.equal(row(id)['problem_code'], 'not_a_picture');
});

test('an original that rots is found when it is re-read, and one that is fine is noted as checked', async (t) => {
  const { add, work, row, poolDir } = openPool(t);
  const folder = openFolder(t);
  await makeJpeg(join(folder, 'fine.jpg'), { widthPx: 400, heightPx: 300, seed: 7 });
  await makeJpeg(join(folder, 'rotten.jpg'), { widthPx: 400, heightPx: 300, seed: 8 });
  const fine = add(join(folder, 'fine.jpg'));
  const rotten = add(join(folder, 'rotten.jpg'));
  await work();
  assert.equal(row(fine)['verified_at'], null);
  const path = join(poolDir, String(row(rotten)['path']));
  const bytes = readFileSync(path);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(path, bytes);
  const tomorrow = Date.now() + 24 * 3600_000;
  await work(() => tomorrow);
  assert.equal(row(fine)['verified_at'], tomorrow);
  assert.equal(row(rotten)['verified_at'], null);
  assert.equal(row(rotten)['problem_code'], 'original_damaged');
  assert.ok(readFileSync(path).equals(bytes), 'the file is left as it is');
});

test('files of deleted assets are removed, and nothing outside the library ever is', async (t) => {
  const { work, db, poolDir } = openPool(t);
  const original = join(poolDir, 'library/Ann/2024/2024-05/a.jpg');
  const derived = join(poolDir, '.shoebox/derived/ab/abc');
  mkdirSync(dirname(original), { recursive: true });
  mkdirSync(derived, { recursive: true });
  writeFileSync(original, 'x');
  writeFileSync(join(derived, 'preview.jpg'), 'x');
  writeFileSync(join(poolDir, 'READ-ME.txt'), 'x');
  const doom = db.prepare('INSERT INTO file_removal VALUES (?, ?)');
  doom.run('library/Ann/2024/2024-05/a.jpg', 1);
  doom.run('.shoebox/derived/ab/abc', 2);
  doom.run('library/../READ-ME.txt', 3);
  await work();
  assert.ok(!existsSync(original) && !existsSync(derived));
  assert.ok(existsSync(join(poolDir, 'READ-ME.txt')));
  assert.deepEqual(db.prepare('SELECT path FROM file_removal').pluck().all(), ['library/../READ-ME.txt']);
});
