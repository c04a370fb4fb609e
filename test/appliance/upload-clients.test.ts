import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { dartField, dartFile, sendAsPhone } from './send-as-phone.ts';
import {
  BOUNDARY,
  field,
  file,
  filesBelow,
  openUpload,
  photo,
  type RawAnswer,
  sendForm,
  sha1,
  writeForm,
} from './send-upload.ts';
import { startGateway, type TestGateway, type TestUser } from './start-gateway.ts';

/**
 * Uploads exactly as each client of the contract (§3.3) writes them: the phone apps of 3.x and 2.7, the web page,
 * the command line and immich-go.
 */

interface StoredAsset {
  id: string;
  type: string;
  originalFileName: string;
  checksum: string;
  fileCreatedAt: string;
  fileModifiedAt: string;
  localDateTime: string;
  duration: number | null;
  isFavorite: boolean;
  visibility: string;
  originalPath: string;
}

const read = (box: TestGateway, user: TestUser, answer: RawAnswer) =>
  box.ask<StoredAsset>('GET', `/api/assets/${String(answer.json['id'])}`, { as: user });

test('the phone app of 3.x uploads in the foreground', async (t) => {
  const box = await startGateway(t);
  const ann = await box.signUp();
  const bytes = randomBytes(300_000);
  const answer = await sendAsPhone(box, ann, 'immich-android/3.2.2', [
    dartField('deviceAssetId', 'PHOTO-1'),
    dartField('deviceId', 'b6ad8c5e'),
    dartField('fileCreatedAt', '2024-07-04T08:30:00.123456Z'),
    dartField('fileModifiedAt', '2024-07-05T08:30:00.000Z'),
    dartField('isFavorite', 'true'),
    dartField('duration', '61500'),
    dartField(
      'metadata',
      '[{"key":"mobile-app","value":{"iCloudId":"A/001","createdAt":"2024-07-04T08:30:00Z","latitude":"52.5"}}]',
    ),
    dartFile('assetData', 'Sommer in Köln 🌞.MOV', bytes),
  ]);
  assert.equal(answer.status, 201);
  assert.match(answer.headers['content-type']!, /^application\/json/);
  assert.deepEqual(Object.keys(answer.json).sort(), ['id', 'status']);
  assert.equal(answer.json['status'], 'created');
  const asset = await read(box, ann, answer);
  assert.equal(asset.originalFileName, 'Sommer in Köln 🌞.MOV');
  assert.equal(asset.type, 'VIDEO');
  assert.equal(asset.duration, 61_500);
  assert.equal(asset.isFavorite, true);
  assert.equal(asset.checksum, sha1(bytes));
  assert.equal(asset.fileCreatedAt, '2024-07-04T08:30:00.123Z');
  assert.equal(asset.localDateTime, '2024-07-04T08:30:00.123Z');
  assert.equal(asset.fileModifiedAt, '2024-07-05T08:30:00.000Z');
  const notes = await box.ask<{ key: string; value: object }[]>('GET', `/api/assets/${asset.id}/metadata`, {
    as: ann,
  });
  assert.deepEqual(
    notes.map(({ key, value }) => [key, value]),
    [['mobile-app', { iCloudId: 'A/001', createdAt: '2024-07-04T08:30:00Z', latitude: '52.5' }]],
  );
  assert.deepEqual(filesBelow(box.poolDir, 'library').length, 1);
  assert.ok(readFileSync(join(box.poolDir, asset.originalPath)).equals(bytes));
});

test('the phone app of 3.x uploads in the background: a temporary file with its name in a field', async (t) => {
  const box = await startGateway(t);
  const ann = await box.signUp();
  const answer = await sendAsPhone(box, ann, 'immich-ios/3.2.2', [
    dartField('deviceAssetId', 'PHOTO-1'),
    dartField('deviceId', 'b6ad8c5e'),
    dartField('filename', 'IMG_0815.HEIC'),
    dartField('fileCreatedAt', '2024-07-04T08:30:00.000Z'),
    dartField('fileModifiedAt', '2024-07-04T08:30:00.000Z'),
    dartField('isFavorite', 'false'),
    dartField('duration', '0'),
    dartFile('assetData', '6D3F1C0A-tmp', randomBytes(20_000)),
  ]);
  assert.equal(answer.status, 201);
  const asset = await read(box, ann, answer);
  assert.equal(asset.originalFileName, 'IMG_0815.HEIC');
  assert.equal(asset.type, 'IMAGE');
  assert.equal(asset.duration, null);
  assert.match(asset.originalPath, /\/2024\/2024-07\/IMG_0815\.HEIC$/);
});

test('the phone app of 2.7 sends a duration as a clock', async (t) => {
  const box = await startGateway(t);
  const ann = await box.signUp();
  const send = (name: string, duration: string) =>
    sendAsPhone(box, ann, 'Dart/3.8 (dart:io)', [
      dartField('deviceAssetId', name),
      dartField('deviceId', 'b6ad8c5e'),
      dartField('fileCreatedAt', '2024-07-04T08:30:00.000Z'),
      dartField('fileModifiedAt', '2024-07-04T08:30:00.000Z'),
      dartField('isFavorite', 'false'),
      dartField('duration', duration),
      dartFile('assetData', name, randomBytes(20_000)),
    ]);
  assert.equal((await read(box, ann, await send('clip.mp4', '1:02:03.250000'))).duration, 3_723_250);
  assert.equal((await read(box, ann, await send('photo.jpg', '0:00:00.000000'))).duration, null);
});

test('the web page sends the text after the file, with a checksum in hex', async (t) => {
  const box = await startGateway(t);
  const ann = await box.signUp();
  const bytes = randomBytes(150_000);
  const web = {
    Cookie: `immich_access_token=${ann.token}; immich_is_authenticated=true`,
    'Sec-Fetch-Site': 'same-origin',
    'x-immich-checksum': sha1(bytes, 'hex'),
  };
  const parts = [
    file('assetData', 'say %22cheese%22.jpg', bytes),
    field('deviceAssetId', 'web-cheese.jpg-1'),
    field('deviceId', 'WEB'),
    field('fileCreatedAt', '2024-07-04T08:30:00.000Z'),
    field('fileModifiedAt', '2024-07-04T08:30:00.000Z'),
    field('isFavorite', 'false'),
    field('duration', '0:00:00.000000'),
    field('visibility', 'archive'),
  ];
  const answer = await sendForm(box.url, web, parts);
  assert.equal(answer.status, 201);
  const asset = await read(box, ann, answer);
  assert.equal(asset.originalFileName, 'say "cheese".jpg');
  assert.equal(asset.visibility, 'archive');
  assert.deepEqual((await sendForm(box.url, web, parts)).json, { id: asset.id, status: 'duplicate' });
});

test('the command line sends a sidecar, which is kept beside its photo', async (t) => {
  const box = await startGateway(t);
  const ann = await box.signUp();
  const key = await box.createKey(ann, ['asset.upload', 'asset.read']);
  const bytes = randomBytes(150_000);
  const xmp = Buffer.from('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>');
  const answer = await sendForm(box.url, { ...key.headers, 'x-immich-checksum': sha1(bytes, 'hex') }, [
    field('deviceAssetId', 'IMG_1.CR2-123'),
    field('deviceId', 'CLI'),
    field('fileCreatedAt', '2024-07-04T08:30:00.000Z'),
    field('fileModifiedAt', '2024-07-04T08:30:00.000Z'),
    field('fileSize', String(bytes.length)),
    field('isFavorite', 'false'),
    file('assetData', 'IMG_1.CR2', bytes),
    file('sidecarData', 'IMG_1.CR2.xmp', xmp),
    field('visibility', 'timeline'),
  ]);
  assert.equal(answer.status, 201);
  const { originalPath } = await read(box, ann, answer);
  assert.ok(readFileSync(join(box.poolDir, originalPath)).equals(bytes));
  assert.ok(readFileSync(join(box.poolDir, `${originalPath}.xmp`)).equals(xmp));
  assert.deepEqual(filesBelow(box.poolDir, '.shoebox/incoming'), []);
});

/** What immich-go sends: no length, chunks of any size, Go's way of escaping names, local times. */
async function sendAsGo(box: TestGateway, headers: Record<string, string>, name: string, body: Buffer) {
  const boundary = '2f8a1c'.repeat(10);
  const form = writeForm(
    [
      field('deviceAssetId', `${name}-${body.length}`),
      field('deviceId', 'gopher'),
      field('assetType', 'IMAGE'),
      field('fileCreatedAt', '2024-07-04T10:30:00+02:00'),
      field('fileModifiedAt', '2024-07-04T10:30:00.123456789+02:00'),
      field('isFavorite', 'false'),
      field('fileExtension', '.jpg'),
      field('duration', '00:00:00.000000'),
      field('isReadOnly', 'false'),
      {
        header: [
          `Content-Disposition: form-data; name="assetData"; filename="${name.replace(/[\\"]/g, '\\$&')}"`,
          'Content-Type: application/octet-stream',
        ],
        body,
      },
    ],
    boundary,
  );
  const request = await openUpload(box.url, {
    'User-Agent': 'immich-go/0.31.0',
    'Transfer-Encoding': 'chunked',
    'Content-Type': `multipart/form-data; boundary=${boundary}`,
    Accept: 'application/json',
    'x-immich-checksum': sha1(body),
    ...headers,
  });
  for (let at = 0, bytes = 7; at < form.length; at += bytes, bytes = Math.min(bytes * 2, 32_768))
    if (!(await request.writeChunk(form.subarray(at, at + bytes)))) break;
  await request.write('0\r\n\r\n');
  const answer = await request.answer();
  request.socket.destroy();
  return answer;
}

test('immich-go sends chunks of unknown length, local times and escaped names', async (t) => {
  const box = await startGateway(t);
  const ann = await box.signUp();
  const key = await box.createKey(ann, ['asset.upload']);
  const bytes = randomBytes(500_000);
  const answer = await sendAsGo(box, key.headers, 'the "best".jpg', bytes);
  assert.equal(answer.status, 201);
  const asset = await read(box, ann, answer);
  assert.equal(asset.originalFileName, 'the "best".jpg');
  assert.equal(asset.fileCreatedAt, '2024-07-04T08:30:00.000Z');
  assert.equal(asset.fileModifiedAt, '2024-07-04T08:30:00.123Z');
  assert.equal(asset.duration, null);
  assert.equal(asset.checksum, sha1(bytes));
});

test('immich-go hears of a duplicate before it has sent the photo', async (t) => {
  const box = await startGateway(t);
  const ann = await box.signUp();
  const key = await box.createKey(ann, ['asset.upload']);
  const bytes = randomBytes(500_000);
  const first = await sendAsGo(box, key.headers, 'photo.jpg', bytes);
  const request = await openUpload(box.url, {
    'Transfer-Encoding': 'chunked',
    'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`,
    'x-immich-checksum': sha1(bytes),
    ...key.headers,
  });
  // Nothing of the body is on its way yet.
  assert.deepEqual((await request.answer()).json, { id: first.json['id'], status: 'duplicate' });
  // What is sent all the same is thrown away, and at some point the connection may break; the box does not mind.
  const chunk = Buffer.alloc(1024 ** 2);
  for (let sent = 0; sent < 64; sent++) if (!(await request.writeChunk(chunk))) break;
  request.socket.destroy();
  assert.equal((await sendAsGo(box, key.headers, 'photo.jpg', bytes)).status, 200);
  assert.equal(filesBelow(box.poolDir, 'library').length, 1);
  assert.deepEqual(filesBelow(box.poolDir, '.shoebox/incoming'), []);
});

test('a small duplicate is read to its end, so that the connection serves the next request', async (t) => {
  const box = await startGateway(t);
  const ann = await box.signUp();
  const body = writeForm(photo('a.jpg', randomBytes(900_000)));
  const checksum = sha1(body);
  const head = {
    ...ann.headers,
    'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`,
    'Content-Length': body.length,
  };
  const request = await openUpload(box.url, head);
  await request.write(body);
  const first = await request.answer();
  const { checksum: stored } = await read(box, ann, first);
  assert.notEqual(stored, checksum);
  const lines = Object.entries({ Host: 'box', ...head, 'x-immich-checksum': stored });
  await request.write(
    `POST /api/assets HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  );
  assert.deepEqual((await request.answer()).json, { id: first.json['id'], status: 'duplicate' });
  await request.write(body);
  await request.write(`GET /api/server/ping HTTP/1.1\r\nHost: box\r\n\r\n`);
  assert.deepEqual((await request.answer()).json, { res: 'pong' });
  request.socket.destroy();
});

test('parts may come in any order, unknown ones too, and the name in filename* counts', async (t) => {
  const box = await startGateway(t);
  const ann = await box.signUp();
  const answer = await sendForm(box.url, ann.headers, [
    field('somethingNew', 'x'.repeat(100_000)),
    file('thumbnail', 'small.jpg', randomBytes(50_000)),
    field('fileModifiedAt', '2024-07-04T08:30:00.000Z'),
    {
      header: [
        `Content-Disposition: form-data; name="assetData"; filename="Fete.jpg"; filename*=UTF-8''F%C3%AAte.jpg`,
        'Content-Type: image/jpeg',
      ],
      body: randomBytes(70_000),
    },
    { header: ['X-Odd: part without a disposition'], body: randomBytes(3_000) },
    field('isFavorite', 'true'),
    field('fileCreatedAt', '2024-07-03T08:30:00.000Z'),
  ]);
  assert.equal(answer.status, 201);
  const asset = await read(box, ann, answer);
  assert.equal(asset.originalFileName, 'Fête.jpg');
  assert.equal(asset.fileCreatedAt, '2024-07-03T08:30:00.000Z');
  assert.equal(asset.isFavorite, true);
});
