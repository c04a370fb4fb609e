import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openBundleStore } from './bundle-store.ts';

const OPTIONS = { reservedBytes: 0 };

function makeFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-store-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return join(folder, 'store');
}

async function* chunks(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

/** As a connection that is lost. */
async function* brokenAfter(...texts: string[]): AsyncGenerator<Buffer> {
  yield* chunks(...texts);
  throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
}

test('a file that breaks off goes on where it was, also in another process, and ends up whole', async (t) => {
  const dir = makeFolder(t);
  const store = await openBundleStore(dir, OPTIONS);
  assert.equal(await store.find(), undefined);
  const part = { fileId: 'f', total: 9 };
  const first = await store.add({ ...part, offset: 0 }, brokenAfter('abc', 'd'));
  assert.deepEqual(first, { fileId: 'f', totalBytes: 9, receivedBytes: 4 });

  const again = await openBundleStore(dir, OPTIONS);
  assert.deepEqual(await again.find(), first);
  const second = await again.add({ ...part, offset: 4 }, chunks('efg'));
  assert.equal(second.receivedBytes, 7);
  const whole = await again.add({ ...part, offset: 7 }, chunks('hi'));
  assert.equal(whole.receivedBytes, 9);
  assert.equal(readFileSync(again.file, 'utf8'), 'abcdefghi');
  assert.equal(statSync(again.file).mode & 0o777, 0o600);
  await again.clear();
  assert.equal(await again.find(), undefined);
});

test('a part that does not fit what is there is refused with where to go on, and nothing is lost', async (t) => {
  const store = await openBundleStore(makeFolder(t), OPTIONS);
  const part = { fileId: 'f', total: 9 };
  await store.add({ ...part, offset: 0 }, chunks('abcd'));
  for (const [wrong, offset] of [
    [{ ...part, offset: 3 }, 4],
    [{ ...part, offset: 5 }, 4],
    [{ fileId: 'another', total: 9, offset: 4 }, 0],
    [{ fileId: 'f', total: 10, offset: 4 }, 0],
  ] as const)
    await assert.rejects(store.add(wrong, chunks('x')), { code: 'update_offset', details: { offset } });
  assert.equal((await store.find())?.receivedBytes, 4);
  await assert.rejects(store.add({ ...part, offset: 4 }, chunks('efghi', 'j')), { code: 'body_too_large' });
  // Begun anew, the other file takes its place.
  await store.add({ fileId: 'another', total: 2, offset: 0 }, chunks('xy'));
  assert.equal(readFileSync(store.file, 'utf8'), 'xy');
});

test('a phone that comes back is not kept waiting by its old connection', async (t) => {
  const store = await openBundleStore(makeFolder(t), OPTIONS);
  const { promise: nothingMore, resolve: letGo } = Promise.withResolvers<void>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  async function* silent(): AsyncGenerator<Buffer> {
    yield Buffer.from('ab');
    begin();
    await nothingMore;
    yield Buffer.from('late');
  }
  const first = store.add({ fileId: 'f', total: 9, offset: 0 }, silent());
  await begun;
  const second = store.add({ fileId: 'f', total: 9, offset: 2 }, chunks('cdefghi'));
  letGo();
  await first;
  assert.equal((await second).receivedBytes, 9);
  assert.equal(readFileSync(store.file, 'utf8'), 'abcdefghi');
});

test('without room nothing is begun', async (t) => {
  const store = await openBundleStore(makeFolder(t), { reservedBytes: Number.MAX_SAFE_INTEGER });
  await assert.rejects(store.add({ fileId: 'f', total: 9, offset: 0 }, chunks('a')), {
    code: 'update_no_room',
  });
});

test('what a power cut left half is either gone on with or begun anew', async (t) => {
  const dir = makeFolder(t);
  const store = await openBundleStore(dir, OPTIONS);
  await store.add({ fileId: 'f', total: 9, offset: 0 }, chunks('abcdef'));
  truncateSync(store.file, 2);
  assert.equal((await store.find())?.receivedBytes, 2);
  for (const damage of ['', '{"fileId"']) {
    writeFileSync(join(dir, 'update.json'), damage);
    assert.equal(await (await openBundleStore(dir, OPTIONS)).find(), undefined);
  }
  await assert.rejects(store.add({ fileId: 'f', total: 9, offset: 2 }, chunks('c')), {
    details: { offset: 0 },
  });
  await store.add({ fileId: 'f', total: 9, offset: 0 }, chunks('123456789'));
  assert.equal(readFileSync(store.file, 'utf8'), '123456789');
});

test('what nobody has gone on with for a day is forgotten', async (t) => {
  const dir = makeFolder(t);
  const store = await openBundleStore(dir, OPTIONS);
  await store.add({ fileId: 'f', total: 9, offset: 0 }, chunks('abc'));
  const hours = (count: number) => ({ ...OPTIONS, now: Date.now() + count * 3_600_000 });
  assert.equal((await (await openBundleStore(dir, hours(23))).find())?.receivedBytes, 3);
  assert.equal(await (await openBundleStore(dir, hours(25))).find(), undefined);
});
