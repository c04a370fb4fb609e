import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { startTestLibrary } from '#test/fixtures/library';
import { openDevice, readBatches, type SyncLine, TYPES_V3 } from './sync-device.ts';

/** Phones on a bad network: the stream over a socket that is read slowly, or that breaks. */

/** About 13 MB of lines: far more than both ends of a local connection hold. */
const PHOTOS = 10_000;
/** What may wait in the box for one phone: a page of lines and what the socket holds on top. */
const MOST_WAITING_BYTES = 512 * 1024;

async function startPhotos(t: TestContext) {
  const library = await startTestLibrary(t);
  const { db, ann, addAsset, parts } = library;
  // From its beginning a transaction that writes: the gateway writes too, and what only reads cannot turn into one then.
  const ids = db.transaction(() => Array.from({ length: PHOTOS }, () => addAsset(ann.id))).immediate();
  const pages = { count: 0 };
  const { page } = parts.queries.sync;
  parts.queries.sync.page = (request) => {
    pages.count++;
    return page(request);
  };
  return { ...library, ids, pages };
}
type Photos = Awaited<ReturnType<typeof startPhotos>>;

/** A phone's request for the stream on a socket of its own, and the box's end of that socket. */
async function askForStream(t: TestContext, { url, ann, app }: Photos) {
  const accepted = once(app.server, 'connection') as Promise<[Socket]>;
  const socket = createConnection(Number(new URL(url).port), '127.0.0.1');
  t.after(() => void socket.destroy());
  const body = JSON.stringify({ types: TYPES_V3 });
  socket.pause();
  socket.write(
    `POST /api/sync/stream HTTP/1.1\r\nHost: box\r\nAuthorization: ${ann.authorization}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  const [boxEnd] = await accepted;
  return { socket, boxEnd };
}

/** The lines that arrive, without HTTP's chunks around them, until the last one. */
async function* linesFrom(socket: Socket): AsyncGenerator<string> {
  let bytes = Buffer.alloc(0);
  let isHead = true;
  for await (const some of socket as AsyncIterable<Buffer>) {
    bytes = Buffer.concat([bytes, some]);
    for (;;) {
      const end = bytes.indexOf(isHead ? '\r\n\r\n' : '\r\n');
      if (end === -1) break;
      if (isHead) {
        assert.match(bytes.toString('latin1', 0, end), /^HTTP\/1.1 200/);
        isHead = false;
        bytes = bytes.subarray(end + 4);
        continue;
      }
      const length = Number.parseInt(bytes.toString('latin1', 0, end), 16);
      if (length === 0) return;
      if (bytes.length < end + 2 + length + 2) break;
      yield bytes.toString('utf8', end + 2, end + 2 + length);
      bytes = bytes.subarray(end + 2 + length + 2);
    }
  }
}

/** Waits until the box has read no page for a while, since nothing more goes out. */
async function untilStalled(boxEnd: Socket, pages: { count: number }): Promise<void> {
  for (let before = -1, calm = 0; calm < 10; ) {
    calm = boxEnd.writableLength > 0 && pages.count === before ? calm + 1 : 0;
    before = pages.count;
    await sleep(10);
  }
}

test('a phone that does not read holds up nobody, and gets what changed meanwhile', async (t) => {
  const photos = await startPhotos(t);
  const { ann, ask, db, ids, pages } = photos;
  const { socket, boxEnd } = await askForStream(t, photos);
  await untilStalled(boxEnd, pages);
  assert.ok(boxEnd.writableLength < MOST_WAITING_BYTES, `${boxEnd.writableLength} bytes wait`);
  const stalledAt = pages.count;
  // Changes and acknowledgements go on, and the log of changes can be emptied: nobody reads an old state of it.
  const changed = ids.at(-1)!;
  assert.equal((await ask(ann, 'PUT', '/assets', { ids: [changed], isFavorite: true })).status, 204);
  assert.equal((await ask(ann, 'POST', '/sync/ack', { acks: ['UserV1|1'] })).status, 204);
  assert.deepEqual(db.pragma('wal_checkpoint(TRUNCATE)'), [{ busy: 0, log: 0, checkpointed: 0 }]);

  let waiting = 0;
  const lines: SyncLine[] = [];
  for await (const batch of readBatches(linesFrom(socket), 500)) {
    waiting = Math.max(waiting, boxEnd.writableLength);
    lines.push(...batch);
  }
  assert.ok(waiting < MOST_WAITING_BYTES, `${waiting} bytes wait`);
  assert.equal(lines.at(-1)!.type, 'SyncCompleteV1');
  assert.ok(stalledAt < pages.count * 0.8, `${stalledAt} of ${pages.count} pages were read ahead`);
  const device = openDevice();
  t.after(device.close);
  device.takeBatch(lines);
  const held = device.dump()['asset']!;
  assert.equal(held.length, PHOTOS);
  assert.equal(held.find(({ id }) => id === changed)!['isFavorite'], true);
});

test('a phone that breaks off in mid-stream leaves nothing behind, and goes on where it was', async (t) => {
  const photos = await startPhotos(t);
  const { ann, ask, call, app, pages, ids } = photos;
  const device = openDevice();
  t.after(device.close);
  const types = new Map<string, number>();
  for (let round = 0; round < 3; round++) {
    const { socket, boxEnd } = await askForStream(t, photos);
    const closed = new Promise((resolve) => boxEnd.once('close', resolve));
    let taken = 0;
    for await (const batch of readBatches(linesFrom(socket), 700)) {
      const acks = device.takeBatch(batch);
      assert.equal((await ask(ann, 'POST', '/sync/ack', { acks })).status, 204);
      for (const { type } of batch) types.set(type, (types.get(type) ?? 0) + 1);
      taken += batch.length;
      if (taken >= 1400) break;
    }
    socket.resetAndDestroy();
    await closed;
    // The page that was on its way is the last: no other is read for somebody who is gone.
    for (let turn = 0; turn < 10; turn++) await nextTurn();
    const { count } = pages;
    for (let turn = 0; turn < 100; turn++) await nextTurn();
    assert.equal(pages.count, count);
  }
  const open = await new Promise<number>((resolve, reject) =>
    app.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );
  assert.ok(open <= 2, `${open} connections are open`);
  const rest = await call(ann, 'POST', '/sync/stream', { types: TYPES_V3 });
  for await (const batch of readBatches(rest.body!)) {
    device.takeBatch(batch);
    for (const { type } of batch) types.set(type, (types.get(type) ?? 0) + 1);
  }
  const held = device.dump();
  assert.deepEqual(
    held['asset']!.map(({ id }) => id),
    [...ids].sort(),
  );
  assert.equal(held['exif']!.length, PHOTOS);
  // What was acknowledged came once.
  assert.equal(types.get('AssetV2'), PHOTOS);
  assert.equal(types.get('AssetExifV1'), PHOTOS);
});
