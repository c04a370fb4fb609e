import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { openCatalog } from '#catalog/open';
import { poolLayout } from '#storage/layout';
import {
  type FormPart,
  field,
  file,
  filesBelow,
  photo,
  type RawAnswer,
  sendForm,
  sha1,
} from './send-upload.ts';
import { startGateway, type TestGateway, type TestUser } from './start-gateway.ts';

/** Where uploads lie on the drive, and what they are called there and in the apps. */

const show = (box: TestGateway, user: TestUser, answer: RawAnswer) =>
  box.ask<{ originalFileName: string; originalPath: string; problem?: { code: string } }>(
    'GET',
    `/api/assets/${String(answer.json['id'])}`,
    { as: user },
  );

async function download(box: TestGateway, user: TestUser, answer: RawAnswer): Promise<Buffer> {
  const response = await box.request('GET', `/api/assets/${String(answer.json['id'])}/original`, {
    as: user,
  });
  assert.equal(response.status, 200);
  return Buffer.from(await response.arrayBuffer());
}

test('photos of one name in one month get numbers, each its own bytes', async (t) => {
  const box = await startGateway(t);
  const ann = await box.signUp();
  // As long as a name may be: what tells the photos apart must still fit behind it.
  for (const name of ['IMG_0001.JPG', `${'x'.repeat(300)}.jpg`]) {
    const before = filesBelow(box.poolDir, 'library').length;
    const files = Array.from({ length: 30 }, () => randomBytes(1_000));
    const answers = await Promise.all(
      files.map((bytes) =>
        sendForm(box.url, ann.headers, photo(name, bytes, [file('sidecarData', 'x.xmp', '<x/>')])),
      ),
    );
    assert.deepEqual(
      answers.map(({ status }) => status),
      Array(30).fill(201),
    );
    for (const [at, bytes] of files.entries()) {
      assert.ok((await download(box, ann, answers[at]!)).equals(bytes));
      assert.equal((await show(box, ann, answers[at]!)).originalFileName, name.slice(-255));
    }
    assert.equal(filesBelow(box.poolDir, 'library').length, before + 60);
  }
  assert.ok(filesBelow(box.poolDir, 'library').includes('Ann/2024/2024-05/IMG_0001 (20).JPG'));
});

const NAMES: [sent: string, shown: string, stored: string][] = [
  ['../../../../etc/passwd.jpg', 'passwd.jpg', 'passwd.jpg'],
  ['..\\..\\windows.jpg', 'windows.jpg', 'windows.jpg'],
  ['/etc/shadow.png', 'shadow.png', 'shadow.png'],
  ['.hidden.jpg', '.hidden.jpg', 'hidden.jpg'],
  ['a: what? "b" <c>|*.jpg', 'a: what? "b" <c>|*.jpg', 'a_ what_ _b_ _c___.jpg'],
  ['tab\tand nul\0.jpg', 'taband nul.jpg', 'taband nul.jpg'],
  ['Ünïcödé 照片 👨‍👩‍👧.jpg', 'Ünïcödé 照片 👨‍👩‍👧.jpg', 'Ünïcödé 照片 👨‍👩‍👧.jpg'],
  ['e\u0301te\u0301.jpg', 'e\u0301te\u0301.jpg', 'été.jpg'],
  [`${'ö'.repeat(300)}.jpeg`, `${'ö'.repeat(250)}.jpeg`, `${'ö'.repeat(117)}.jpeg`],
  ['UPPER.HEIC', 'UPPER.HEIC', 'UPPER.HEIC'],
];

test('names from anywhere stay inside the library and are shown as they were', async (t) => {
  const box = await startGateway(t);
  const ann = await box.signUp();
  for (const [sent, shown, stored] of NAMES) {
    const parts: FormPart[] = [
      { header: ['Content-Disposition: form-data; name="filename"'], body: sent },
      ...photo('temporary', randomBytes(1_000)),
    ];
    const answer = await sendForm(box.url, ann.headers, parts);
    assert.equal(answer.status, 201, sent);
    const asset = await show(box, ann, answer);
    assert.equal(asset.originalFileName, shown);
    assert.equal(asset.originalPath, `library/Ann/2024/2024-05/${stored}`);
  }
  assert.equal(filesBelow(box.poolDir, 'library').length, NAMES.length);
});

test('a file without a name is known by its content', async (t) => {
  const box = await startGateway(t);
  const ann = await box.signUp();
  const jpeg = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), randomBytes(1_000)]);
  const answer = await sendForm(box.url, ann.headers, photo('', jpeg));
  assert.equal(answer.status, 201);
  assert.equal((await show(box, ann, answer)).originalFileName, 'unnamed');
});

test('a month comes from the date that the uploader knows, however old', async (t) => {
  const box = await startGateway(t);
  const ann = await box.signUp();
  for (const [date, folder] of [
    ['0001-01-01T00:00:00Z', '0001/0001-01'],
    ['1969-12-31T23:59:59.999Z', '1969/1969-12'],
    ['2024-01-01T00:30:00+02:00', '2023/2023-12'],
    ['9999-12-31T00:00:00Z', '9999/9999-12'],
  ] as const) {
    const answer = await sendForm(box.url, ann.headers, [
      { header: ['Content-Disposition: form-data; name="fileCreatedAt"'], body: date },
      file('assetData', 'a.jpg', randomBytes(100)),
    ]);
    assert.equal(answer.status, 201, date);
    assert.equal((await show(box, ann, answer)).originalPath, `library/Ann/${folder}/a.jpg`);
  }
  const before = new Date().toISOString().slice(0, 7);
  const undated = await sendForm(box.url, ann.headers, [file('assetData', 'a.jpg', randomBytes(100))]);
  const after = new Date().toISOString().slice(0, 7);
  const month = (await show(box, ann, undated)).originalPath.split('/')[3]!;
  assert.ok(month === before || month === after, 'an upload without dates is of today');
});

test('a stranger’s file is never replaced, whatever it is', async (t) => {
  const box = await startGateway(t);
  const ann = await box.signUp();
  const month = join(box.poolDir, 'library/Ann/2024/2024-05');
  const send = (bytes: Buffer, name = 'a.jpg') =>
    sendForm(box.url, ann.headers, photo(name, bytes, [file('sidecarData', 'a.xmp', '<ours/>')]));
  // Makes the month's folder.
  assert.equal((await send(randomBytes(1_000), 'first.jpg')).status, 201);
  writeFileSync(join(month, 'a.jpg'), 'stranger');
  writeFileSync(join(month, 'a (2).jpg.xmp'), 'stranger');
  // A link to nowhere is a file of somebody, too.
  symlinkSync('/nowhere', join(month, 'a (3).jpg'));
  const bytes = randomBytes(1_000);
  const answer = await send(bytes);
  assert.equal(basename((await show(box, ann, answer)).originalPath), 'a (4).jpg');
  assert.ok((await download(box, ann, answer)).equals(bytes));
  assert.equal(readlinkSync(join(month, 'a (3).jpg')), '/nowhere');
  for (const name of ['a.jpg', 'a (2).jpg.xmp'])
    assert.equal(readFileSync(join(month, name), 'utf8'), 'stranger');
  assert.deepEqual(filesBelow(box.poolDir, '.shoebox/incoming'), []);
});

test('a place that is taken between its choice and the placing is given up, with the sidecar', async (t) => {
  const box = await startGateway(t);
  const ann = await box.signUp();
  const { uploads } = box.parts.writer;
  const month = join(box.poolDir, 'library/Ann/2024/2024-05');
  await sendForm(box.url, ann.headers, photo('first.jpg', randomBytes(1_000)));
  // The moment after the catalog has chosen a place is the stranger's.
  const accept = uploads.accept;
  box.parts.writer = new Proxy(box.parts.writer, {
    get: (writer, noun) =>
      noun !== 'uploads'
        ? Reflect.get(writer, noun)
        : new Proxy(uploads, {
            get: (target, change) =>
              change !== 'accept'
                ? Reflect.get(target, change)
                : async (...args: Parameters<typeof accept>) => {
                    const acceptance = await accept(...args);
                    if (acceptance.status === 'created')
                      writeFileSync(join(box.poolDir, acceptance.path), 'stranger');
                    return acceptance;
                  },
          }),
  });
  const bytes = randomBytes(1_000);
  const answer = await sendForm(
    box.url,
    ann.headers,
    photo('a.jpg', bytes, [file('sidecarData', 'a.xmp', '<ours/>')]),
  );
  assert.equal(answer.status, 201);
  const { originalPath } = await show(box, ann, answer);
  assert.equal(basename(originalPath), 'a (2).jpg');
  assert.ok((await download(box, ann, answer)).equals(bytes));
  assert.equal(readFileSync(join(month, 'a.jpg'), 'utf8'), 'stranger');
  assert.deepEqual(
    filesBelow(box.poolDir, 'library').map((path) => basename(path)),
    ['a (2).jpg', 'a (2).jpg.xmp', 'a.jpg', 'first.jpg'],
  );
  assert.deepEqual(filesBelow(box.poolDir, '.shoebox/incoming'), []);
});

test('an original that is gone from the drive comes back with the next upload of its bytes', async (t) => {
  const box = await startGateway(t);
  const ann = await box.signUp();
  const bytes = randomBytes(50_000);
  const first = await sendForm(box.url, ann.headers, photo('a.jpg', bytes));
  const { originalPath } = await show(box, ann, first);
  const path = join(box.poolDir, originalPath);
  const known = { ...ann.headers, 'x-immich-checksum': sha1(bytes) };
  for (const headers of [ann.headers, known]) {
    rmSync(path);
    const again = await Promise.all(
      Array.from({ length: 5 }, () => sendForm(box.url, headers, photo('b.jpg', bytes))),
    );
    for (const answer of again)
      assert.deepEqual([answer.status, answer.json], [200, { id: first.json['id'], status: 'duplicate' }]);
    assert.ok(readFileSync(path).equals(bytes));
    assert.deepEqual(filesBelow(box.poolDir, 'library'), [originalPath.slice('library/'.length)]);
    assert.deepEqual(filesBelow(box.poolDir, '.shoebox/incoming'), []);
  }
  // What was said of it is looked at again.
  const { metadataExtraction } = await box.ask<Record<string, { jobCounts: { waiting: number } }>>(
    'GET',
    '/api/jobs',
    { as: ann },
  );
  assert.equal(metadataExtraction!.jobCounts.waiting, 1);
});

test('a stranger’s file where a month or a year has its folder stays, and photos go into another one', async (t) => {
  const box = await startGateway(t);
  const ann = await box.signUp();
  const library = join(box.poolDir, 'library/Ann');
  mkdirSync(join(library, '2024'), { recursive: true });
  writeFileSync(join(library, '2024/2024-05'), 'stranger');
  symlinkSync('/nowhere', join(library, '2024/2024-05 (2)'));
  writeFileSync(join(library, '2023'), 'stranger');
  const year = [2024, 2024, 2023] as const;
  const answers: RawAnswer[] = [];
  for (const [at, of] of year.entries())
    answers.push(
      await sendForm(box.url, ann.headers, [
        field('fileCreatedAt', `${of}-05-01T12:00:00.000Z`),
        file('assetData', 'a.jpg', Buffer.from(`photo ${at}`)),
      ]),
    );
  const places = await Promise.all(
    answers.map(async (answer) => (await show(box, ann, answer)).originalPath),
  );
  assert.deepEqual(places, [
    'library/Ann/2024/2024-05 (3)/a.jpg',
    'library/Ann/2024/2024-05 (3)/a (2).jpg',
    'library/Ann/2023 (2)/2023-05/a.jpg',
  ]);
  for (const [at, answer] of answers.entries())
    assert.equal(String(await download(box, ann, answer)), `photo ${at}`);
  for (const path of ['2024/2024-05', '2023'])
    assert.equal(readFileSync(join(library, path), 'utf8'), 'stranger');
});

test('an original that the drive has damaged comes back with the next upload of its bytes, and the damaged file stays', async (t) => {
  const box = await startGateway(t);
  const ann = await box.signUp();
  const bytes = randomBytes(50_000);
  const first = await sendForm(box.url, ann.headers, photo('a.jpg', bytes));
  const id = String(first.json['id']);
  const { originalPath } = await show(box, ann, first);
  const path = join(box.poolDir, originalPath);
  const db = openCatalog(poolLayout(box.poolDir).catalogFile);
  t.after(() => db.close());
  const known = { ...ann.headers, 'x-immich-checksum': sha1(bytes) };
  const check = () =>
    box.ask<{ results: { action: string }[] }>('POST', '/api/assets/bulk-upload-check', {
      as: ann,
      json: { assets: [{ id: 'a.jpg', checksum: sha1(bytes) }] },
    });
  let kept = 1;
  for (const headers of [ann.headers, known]) {
    writeFileSync(path, `damaged ${kept}`);
    // As ingest notes it when it re-reads the original.
    db.prepare(`UPDATE asset SET problem_code = 'original_damaged' WHERE id = ?`).run(id);
    assert.equal((await check()).results[0]!.action, 'accept');
    const again = await Promise.all(
      Array.from({ length: 5 }, () => sendForm(box.url, headers, photo('b.jpg', bytes))),
    );
    for (const answer of again)
      assert.deepEqual([answer.status, answer.json], [200, { id, status: 'duplicate' }]);
    assert.ok(readFileSync(path).equals(bytes));
    assert.equal(filesBelow(box.poolDir, 'library').length, 1 + kept++);
    assert.equal((await show(box, ann, first)).problem, undefined);
    assert.equal((await check()).results[0]!.action, 'reject');
    assert.deepEqual(filesBelow(box.poolDir, '.shoebox/incoming'), []);
  }
  const names = filesBelow(box.poolDir, 'library').map((name) => basename(name));
  assert.ok(names.includes('a (damaged).jpg'));
  const texts = names
    .filter((name) => name !== 'a.jpg')
    .map((name) => readFileSync(join(path, '..', name), 'utf8'));
  assert.deepEqual(texts.sort(), ['damaged 1', 'damaged 2']);
});
