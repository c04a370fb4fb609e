import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { io } from 'socket.io-client';
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

/** What an upload is told about bytes that are there already, about the quota and about live photos. */

const idOf = (answer: RawAnswer): string => String(answer.json['id']);

const show = (box: TestGateway, user: TestUser, id: string) =>
  box.ask<{
    isTrashed: boolean;
    visibility: string;
    livePhotoVideoId: string | null;
    type: string;
    isFavorite: boolean;
  }>('GET', `/api/assets/${id}`, { as: user });

/** The events that a client of this user hears, by name and argument, in their order. */
async function hear(t: TestContext, box: TestGateway, user: TestUser) {
  const socket = io(box.url, {
    path: '/api/socket.io',
    transports: ['websocket'],
    extraHeaders: user.headers,
  });
  t.after(() => socket.close());
  const heard: [string, unknown][] = [];
  const welcomed = new Promise<void>((resolve) => {
    socket.onAny((name: string, argument: unknown) => {
      if (name === 'on_server_version') resolve();
      else heard.push([name, argument]);
    });
  });
  await once(socket as never, 'connect');
  await welcomed;
  return heard;
}

/** Waits until something is so; the test's own time limit ends it. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('ten uploads of the same bytes at once make one asset and nine duplicates', async (t) => {
  const box = await startGateway(t);
  const ann = await box.signUp();
  for (let round = 0; round < 5; round++) {
    const bytes = randomBytes(200_000);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) => sendForm(box.url, ann.headers, photo(`copy-${at}.jpg`, bytes))),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [...Array(9).fill(200), 201]);
    for (const { status, json } of answers)
      assert.equal(json['status'], status === 201 ? 'created' : 'duplicate');
    assert.equal(new Set(answers.map(idOf)).size, 1);
    assert.equal(filesBelow(box.poolDir, 'library').length, round + 1, 'one file for each photo');
    assert.deepEqual(filesBelow(box.poolDir, '.shoebox/incoming'), []);
    const original = await box.request('GET', `/api/assets/${idOf(answers[0]!)}/original`, { as: ann });
    assert.ok(Buffer.from(await original.arrayBuffer()).equals(bytes));
  }
});

test('an upload that waits for another one of the same bytes takes its place when that one fails', async (t) => {
  const box = await startGateway(t);
  const ann = await box.signUp();
  // A link out of the pool where the folder of June would be: what lies in the pool cannot be given a name there.
  await mkdir(join(box.poolDir, 'library/Ann/2024'), { recursive: true });
  await symlink('/proc', join(box.poolDir, 'library/Ann/2024/2024-06'));
  const dated = (date: string, bytes: Buffer) => [
    field('fileCreatedAt', date),
    field('fileModifiedAt', date),
    file('assetData', 'a.jpg', bytes),
  ];
  let takenOver = 0;
  for (let round = 0; round < 10; round++) {
    const bytes = randomBytes(100_000);
    const [june, may] = await Promise.all([
      sendForm(box.url, ann.headers, dated('2024-06-01T10:00:00Z', bytes)),
      sendForm(box.url, ann.headers, dated('2024-05-01T10:00:00Z', bytes)),
    ]);
    // Whichever was first: what was answered with an id is there.
    assert.equal(may.status, 201);
    assert.ok(june.status === 500 || june.status === 200, String(june.status));
    if (june.status === 500) takenOver++;
    else assert.equal(idOf(june), idOf(may));
    const original = await box.request('GET', `/api/assets/${idOf(may)}/original`, { as: ann });
    assert.ok(Buffer.from(await original.arrayBuffer()).equals(bytes));
  }
  assert.ok(takenOver > 0, 'June came first at least once');
  assert.deepEqual(filesBelow(box.poolDir, '.shoebox/incoming'), []);
});

test('the same bytes belong to each person separately', async (t) => {
  const box = await startGateway(t);
  const ann = await box.signUp();
  const bob = await box.createUser(ann);
  const bytes = randomBytes(10_000);
  const [first, second] = await Promise.all([
    sendForm(box.url, ann.headers, photo('a.jpg', bytes)),
    sendForm(box.url, bob.headers, photo('a.jpg', bytes)),
  ]);
  assert.deepEqual([first.status, second.status], [201, 201]);
  assert.notEqual(idOf(first), idOf(second));
});

test('a photo in the trash comes back when it is uploaded again, by its checksum alone or with its bytes', async (t) => {
  const box = await startGateway(t);
  const ann = await box.signUp();
  const heard = await hear(t, box, ann);
  const bytes = randomBytes(10_000);
  const id = idOf(await sendForm(box.url, ann.headers, photo('a.jpg', bytes)));
  const ways: Record<string, string>[] = [{ 'x-immich-checksum': sha1(bytes) }, {}];
  for (const headers of ways) {
    await box.ask('DELETE', '/api/assets', { as: ann, json: { ids: [id] } });
    assert.equal((await show(box, ann, id)).isTrashed, true);
    heard.length = 0;
    const again = await sendForm(box.url, { ...ann.headers, ...headers }, photo('a.jpg', bytes));
    assert.deepEqual([again.status, again.json], [200, { id, status: 'duplicate' }]);
    assert.equal((await show(box, ann, id)).isTrashed, false);
    await until(() => heard.some(([name]) => name === 'on_asset_restore'));
    assert.deepEqual(heard.find(([name]) => name === 'on_asset_restore')?.[1], [id]);
  }
});

test('a photo deleted for good can be uploaded again and is then new', async (t) => {
  const box = await startGateway(t);
  const ann = await box.signUp();
  const bytes = randomBytes(10_000);
  const first = idOf(await sendForm(box.url, ann.headers, photo('a.jpg', bytes)));
  await box.ask('DELETE', '/api/assets', { as: ann, json: { ids: [first], force: true } });
  const again = await sendForm(box.url, ann.headers, photo('a.jpg', bytes));
  assert.equal(again.status, 201);
  assert.notEqual(idOf(again), first);
  // The old file may still wait for its removal: the new one must not take its place.
  const original = await box.request('GET', `/api/assets/${idOf(again)}/original`, { as: ann });
  assert.ok(Buffer.from(await original.arrayBuffer()).equals(bytes));
  const waiting = box.parts.queries.uploads.findPlace(idOf(again));
  assert.ok(waiting?.path.endsWith('a (2).jpg'));
});

const QUOTA_BYTES = 3 * 1024 ** 2;

test('a quota is refused with the words the phone knows: early when the length is known, late when not', async (t) => {
  const box = await startGateway(t);
  const ann = await box.signUp();
  const bob = await box.createUser(ann, { quotaSizeInBytes: QUOTA_BYTES });
  const head = { ...bob.headers, 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` };

  const early = await openUpload(box.url, { ...head, 'Content-Length': 5_000_000_000 });
  const refused = await early.answer();
  assert.equal(refused.status, 400);
  assert.equal(refused.json['message'], 'Quota has been exceeded!');
  early.socket.destroy();

  const late = await openUpload(box.url, { ...head, 'Transfer-Encoding': 'chunked' });
  await late.writeChunk(writeForm(photo('a.jpg', randomBytes(QUOTA_BYTES + 1))));
  await late.write('0\r\n\r\n');
  const answer = await late.answer();
  assert.equal(answer.status, 400);
  assert.equal(answer.json['message'], 'Quota has been exceeded!');
  late.socket.destroy();
  assert.deepEqual(filesBelow(box.poolDir, 'library'), []);
  assert.deepEqual(filesBelow(box.poolDir, '.shoebox/incoming'), []);

  assert.equal(
    (await sendForm(box.url, bob.headers, photo('b.jpg', randomBytes(QUOTA_BYTES - 10)))).status,
    201,
  );
  assert.equal((await sendForm(box.url, bob.headers, photo('c.jpg', randomBytes(11)))).status, 400);
  assert.equal((await sendForm(box.url, bob.headers, photo('d.jpg', randomBytes(10)))).status, 201);
});

test('a quota holds when many uploads arrive at once', async (t) => {
  const box = await startGateway(t);
  const ann = await box.signUp();
  const bob = await box.createUser(ann, { quotaSizeInBytes: 500_000 });
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      sendForm(box.url, bob.headers, photo(`${at}.jpg`, randomBytes(120_000))),
    ),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 201, 201, 201, 400, 400, 400, 400]);
  assert.equal(filesBelow(box.poolDir, 'library').length, 4);
});

test('a live photo arrives as the phone sends it: the hidden video, then the still that names it', async (t) => {
  const box = await startGateway(t);
  const ann = await box.signUp();
  const heard = await hear(t, box, ann);
  const video = await sendForm(
    box.url,
    ann.headers,
    photo('IMG_1.MOV', randomBytes(30_000), [field('visibility', 'hidden')]),
  );
  const still = await sendForm(
    box.url,
    ann.headers,
    photo('IMG_1.HEIC', randomBytes(20_000), [field('livePhotoVideoId', idOf(video))]),
  );
  assert.deepEqual([video.status, still.status], [201, 201]);
  assert.equal((await show(box, ann, idOf(still))).livePhotoVideoId, idOf(video));
  assert.equal((await show(box, ann, idOf(video))).visibility, 'hidden');
  const { images, videos } = await box.ask<{ images: number; videos: number }>(
    'GET',
    '/api/assets/statistics?visibility=timeline',
    { as: ann },
  );
  assert.deepEqual([images, videos], [1, 0]);
  // It never was visible, so nobody hears that it went.
  assert.ok(!heard.some(([name]) => name === 'on_asset_hidden'));
});

test('a video that was visible is hidden by the still that names it, and clients are told', async (t) => {
  const box = await startGateway(t);
  const ann = await box.signUp();
  const heard = await hear(t, box, ann);
  const bytes = randomBytes(30_000);
  const visible = idOf(await sendForm(box.url, ann.headers, photo('IMG_1.MOV', bytes)));
  const again = await sendForm(
    box.url,
    ann.headers,
    photo('IMG_1.MOV', bytes, [field('visibility', 'hidden')]),
  );
  assert.deepEqual(again.json, { id: visible, status: 'duplicate' });
  const parts = (seed: Buffer) => photo('IMG_1.HEIC', seed, [field('livePhotoVideoId', visible)]);
  const still = await sendForm(box.url, ann.headers, parts(randomBytes(20_000)));
  assert.equal(still.status, 201);
  assert.equal((await show(box, ann, visible)).visibility, 'hidden');
  await until(() => heard.some(([name]) => name === 'on_asset_hidden'));
  assert.deepEqual(
    heard.filter(([name]) => name === 'on_asset_hidden'),
    [['on_asset_hidden', visible]],
  );
  // Two stills may share one video.
  const other = await sendForm(box.url, ann.headers, parts(randomBytes(20_000)));
  assert.equal((await show(box, ann, idOf(other))).livePhotoVideoId, visible);
});

test('a live photo whose video is unknown, somebody else’s or no video is refused and leaves nothing', async (t) => {
  const box = await startGateway(t);
  const ann = await box.signUp();
  const bob = await box.createUser(ann);
  const foreign = idOf(await sendForm(box.url, bob.headers, photo('b.mov', randomBytes(3_000))));
  const picture = idOf(await sendForm(box.url, ann.headers, photo('a.jpg', randomBytes(3_000))));
  const own = idOf(await sendForm(box.url, ann.headers, photo('a.mov', randomBytes(3_000))));
  const before = filesBelow(box.poolDir, 'library');
  const send = (name: string, videoId: string) =>
    sendForm(box.url, ann.headers, photo(name, randomBytes(5_000), [field('livePhotoVideoId', videoId)]));
  for (const videoId of [foreign, picture, '00000000-0000-4000-8000-000000000000', 'not-an-id']) {
    const answer = await send('still.heic', videoId);
    assert.equal(answer.status, 400, videoId);
    assert.match(String(answer.json['message']), /\.$/);
  }
  assert.equal((await send('second.mov', own)).status, 400, 'a video has no video');
  assert.equal((await send('still.heic', '')).status, 201, 'an empty field is none');
  assert.equal((await show(box, bob, foreign)).visibility, 'timeline');
  assert.equal(filesBelow(box.poolDir, 'library').length, before.length + 1);
  assert.deepEqual(filesBelow(box.poolDir, '.shoebox/incoming'), []);
});
