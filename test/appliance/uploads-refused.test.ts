import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import {
  BOUNDARY,
  type FormPart,
  field,
  file,
  filesBelow,
  openUpload,
  photo,
  sendForm,
  sha1,
  writeForm,
} from './send-upload.ts';
import { startGateway, type TestGateway, type TestUser } from './start-gateway.ts';

/** What an upload is refused for, when, and that nothing of it stays. */

async function openBox(t: TestContext, reservedBytes = 0): Promise<{ box: TestGateway; ann: TestUser }> {
  const box = await startGateway(t, { config: { reservedBytes } });
  return { box, ann: await box.signUp() };
}

/** No row, no file in flight, no file in the library. */
async function assertEmpty({ poolDir, ask }: TestGateway, ann: TestUser): Promise<void> {
  assert.deepEqual(filesBelow(poolDir, '.shoebox/incoming'), []);
  assert.deepEqual(filesBelow(poolDir, 'library'), []);
  const { total } = await ask<{ total: number }>('GET', '/api/assets/statistics', { as: ann });
  assert.equal(total, 0);
}

const multipart = { 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` };

test('a client that asks first sends no body when it is refused', async (t) => {
  const { box, ann } = await openBox(t);
  const bob = await box.createUser(ann, { quotaSizeInBytes: 1_000_000 });
  const bytes = randomBytes(10_000);
  const { json } = await sendForm(box.url, ann.headers, photo('a.jpg', bytes));
  const cases: [Record<string, string>, number, string | RegExp][] = [
    [{}, 401, 'Authentication required'],
    [{ Authorization: 'Bearer wrong' }, 401, 'Invalid user token'],
    [{ 'x-api-key': 'wrong' }, 401, 'Invalid API key'],
    [(await box.createKey(ann, ['asset.read'])).headers, 403, /asset\.upload/],
    [bob.headers, 400, 'Quota has been exceeded!'],
    [{ ...ann.headers, 'x-immich-checksum': 'abc' }, 400, /^x-immich-checksum must be/],
  ];
  for (const [headers, status, message] of cases) {
    const request = await openUpload(box.url, {
      ...multipart,
      ...headers,
      'Content-Length': 5_000_000_000,
      Expect: '100-continue',
    });
    const answer = await request.answer();
    assert.equal(answer.status, status);
    if (typeof message === 'string') assert.equal(answer.json['message'], message);
    else assert.match(String(answer.json['message']), message);
    assert.equal(answer.wasContinued, false);
    request.socket.destroy();
  }
  const known = await openUpload(box.url, {
    ...multipart,
    ...ann.headers,
    'Content-Length': 5_000_000_000,
    'x-immich-checksum': sha1(bytes, 'hex'),
    Expect: '100-continue',
  });
  const answer = await known.answer();
  assert.deepEqual(
    [answer.status, answer.json, answer.wasContinued],
    [200, { id: json['id'], status: 'duplicate' }, false],
  );
  known.socket.destroy();
});

test('a client that asks first is told to go on when nothing speaks against it', async (t) => {
  const { box, ann } = await openBox(t);
  const body = writeForm(photo('a.jpg', randomBytes(100_000)));
  const request = await openUpload(box.url, {
    ...multipart,
    ...ann.headers,
    'Content-Length': body.length,
    Expect: '100-continue',
  });
  await request.continued();
  await request.write(body);
  assert.equal((await request.answer()).status, 201);
  request.socket.destroy();
});

test('an upload that does not fit on the drives is refused before its body', async (t) => {
  const { box, ann } = await openBox(t, Number.MAX_SAFE_INTEGER);
  const request = await openUpload(box.url, {
    ...multipart,
    ...ann.headers,
    'Content-Length': 1_000,
    Expect: '100-continue',
  });
  const answer = await request.answer();
  assert.equal(answer.status, 507);
  assert.match(String(answer.json['message']), /^The drives are full\./);
  assert.equal(answer.wasContinued, false);
  request.socket.destroy();
  await assertEmpty(box, ann);
});

test('bytes that are not those of the checksum are refused', async (t) => {
  const { box, ann } = await openBox(t);
  const parts = photo('a.jpg', randomBytes(700_000));
  const wrong = await sendForm(box.url, { ...ann.headers, 'x-immich-checksum': sha1('other') }, parts);
  assert.equal(wrong.status, 400);
  assert.match(String(wrong.json['message']), /checksum does not match/);
  const malformed = await sendForm(box.url, { ...ann.headers, 'x-immich-checksum': 'zz' }, parts);
  assert.equal(malformed.status, 400);
  await assertEmpty(box, ann);
});

const REFUSED: [what: string, parts: FormPart[], message: RegExp][] = [
  ['a type that is none', photo('notes.docx', 'Dear Ann'), /^Unsupported file type notes\.docx$/],
  ['a sidecar alone', photo('a.xmp', '<x/>'), /^Unsupported file type a\.xmp$/],
  [
    'a name and content that say nothing',
    photo('unknown', randomBytes(50)),
    /^Unsupported file type unknown$/,
  ],
  ['no bytes', photo('a.jpg', ''), /^The file a\.jpg is empty\.$/],
  ['no file', [field('fileCreatedAt', '2024-05-01T10:00:00Z')], /contained no file/],
  ['no parts at all', [], /contained no file|ended before/],
  [
    'two files',
    [...photo('a.jpg', randomBytes(90_000)), file('assetData', 'b.jpg', randomBytes(90_000))],
    /assetData/,
  ],
  [
    'two sidecars',
    photo('a.jpg', 'x', [file('sidecarData', 'a.xmp', '<x/>'), file('sidecarData', 'b.xmp', '<x/>')]),
    /sidecarData/,
  ],
  [
    'a sidecar of 20 MB',
    photo('a.jpg', 'x', [file('sidecarData', 'a.xmp', Buffer.alloc(20e6))]),
    /sidecarData/,
  ],
  ['a field of 2 MB', photo('a.jpg', 'x', [field('deviceAssetId', 'x'.repeat(2e6))]), /deviceAssetId/],
  ['200 parts', photo('a.jpg', 'x', Array(200).fill(field('x', 'y'))), /count/],
  ['200 parts without a header', photo('a.jpg', 'x', Array(200).fill({ header: [], body: '' })), /count/],
  ...['', 'yesterday', '2024-02-30', '2024-13-01T00:00:00Z', '2024-05-01T25:00:00Z', '1714557600'].map(
    (text): [string, FormPart[], RegExp] => [
      `the date ${text}`,
      [field('fileCreatedAt', text), file('assetData', 'a.jpg', 'x')],
      /^The field fileCreatedAt of the upload is not valid\.$/,
    ],
  ),
  [
    'a date in the year 12345',
    photo('a.jpg', 'x', [field('fileModifiedAt', '+012345-01-01T00:00:00Z')]),
    /fileModifiedAt/,
  ],
  [
    'a date before Christ',
    photo('a.jpg', 'x', [field('fileCreatedAt', '-000044-03-15T12:00:00Z')]),
    /fileCreatedAt/,
  ],
  ['a flag that is none', photo('a.jpg', 'x', [field('isFavorite', 'perhaps')]), /isFavorite/],
  ['an unknown visibility', photo('a.jpg', 'x', [field('visibility', 'public')]), /visibility/],
  ['a duration in words', photo('a.jpg', 'x', [field('duration', 'long')]), /duration/],
  ['notes that are no JSON', photo('a.jpg', 'x', [field('metadata', '{')]), /metadata/],
];

test('what makes no sense is refused with words, and nothing of it stays', async (t) => {
  const { box, ann } = await openBox(t);
  for (const [what, parts, message] of REFUSED) {
    const answer = await sendForm(box.url, ann.headers, parts);
    assert.equal(answer.status, 400, what);
    assert.match(String(answer.json['message']), message, what);
    assert.equal(answer.json['statusCode'], 400);
    assert.equal(answer.json['error'], 'Bad Request');
  }
  await assertEmpty(box, ann);
});

test('a body that is no form is refused', async (t) => {
  const { box, ann } = await openBox(t);
  const send = async (contentType: string | undefined, body: string) => {
    const request = await openUpload(box.url, {
      ...ann.headers,
      ...(contentType !== undefined && { 'Content-Type': contentType }),
      'Content-Length': Buffer.byteLength(body),
    });
    await request.write(body);
    const answer = await request.answer();
    request.socket.destroy();
    return answer;
  };
  const form = writeForm(photo('a.jpg', 'x')).toString();
  for (const [type, body] of [
    ['multipart/form-data', form],
    ['multipart/form-data; boundary=another', form],
    [multipart['Content-Type'], form.slice(0, -20)],
    [multipart['Content-Type'], 'no form at all'],
    [multipart['Content-Type'], ''],
    ['application/json', '{}'],
    ['image/jpeg', form],
    [undefined, form],
  ] as const) {
    const answer = await send(type, body);
    assert.ok(answer.status >= 400 && answer.status < 500, `${type}: ${answer.status}`);
    assert.equal(typeof answer.json['message'], 'string');
  }
  await assertEmpty(box, ann);
});

test('odd headers of parts do no harm', async (t) => {
  const { box, ann } = await openBox(t);
  const odd = [
    'Content-Disposition: form-data; name="assetData"; filename="a.jpg',
    'Content-Disposition: form-data; name="a"; name="b"; =; ;;"',
    'Content-Disposition: form-data; name=',
    "Content-Disposition: form-data; name*=UTF-8''%; filename*=x",
    'Content-Disposition:',
    'Content-Disposition: attachment; name="assetData"; filename="a.jpg"',
    `X: ${'y'.repeat(100_000)}`,
    'no colon at all',
    ': only a colon',
  ].map((header) => ({ header: [header], body: randomBytes(100) }));
  for (const part of odd) {
    const { status } = await sendForm(box.url, ann.headers, [part]);
    assert.ok(status === 400 || status === 201, part.header[0]);
  }
  assert.equal((await box.request('GET', '/api/server/ping')).status, 200);
  assert.deepEqual(filesBelow(box.poolDir, '.shoebox/incoming'), []);
});

test('a connection that breaks in the middle leaves nothing', async (t) => {
  const { box, ann } = await openBox(t);
  const body = writeForm(
    photo('a.jpg', randomBytes(3_000_000), [file('sidecarData', 'a.xmp', randomBytes(100_000))]),
  );
  const incoming = join(box.poolDir, '.shoebox/incoming');
  // Without its last 10 bytes, which belong to the final boundary, a form is not complete.
  for (const [bytes, framing] of [
    [50, 'length'],
    [body.length >> 1, 'length'],
    [body.length - 10, 'length'],
    [body.length >> 1, 'chunked'],
    [body.length - 10, 'chunked'],
  ] as const) {
    const request = await openUpload(box.url, {
      ...multipart,
      ...ann.headers,
      ...(framing === 'length' ? { 'Content-Length': body.length } : { 'Transfer-Encoding': 'chunked' }),
    });
    const write = framing === 'length' ? request.write : request.writeChunk;
    await write(body.subarray(0, bytes));
    if (bytes > 1000) while (readdirSync(incoming).length === 0) await new Promise(setImmediate);
    request.socket.destroy();
    while (readdirSync(incoming).length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await assertEmpty(box, ann);
  assert.ok(existsSync(incoming));
});

test('a client that ends its side in the middle is told that the upload was not complete', async (t) => {
  const { box, ann } = await openBox(t);
  const body = writeForm(photo('a.jpg', randomBytes(300_000)));
  const request = await openUpload(box.url, { ...multipart, ...ann.headers, 'Transfer-Encoding': 'chunked' });
  await request.writeChunk(body.subarray(0, 100_000));
  await request.write('0\r\n\r\n');
  const answer = await request.answer();
  assert.equal(answer.status, 400);
  assert.match(String(answer.json['message']), /send it again/);
  request.socket.destroy();
  await assertEmpty(box, ann);
});
