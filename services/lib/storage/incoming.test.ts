import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { discardIncoming, listIncoming, openIncoming, PlaceTaken, placeIncoming } from './incoming.ts';
import { type PoolLayout, poolLayout } from './layout.ts';

async function openLayout(t: TestContext): Promise<PoolLayout> {
  const dir = mkdtempSync(join(tmpdir(), 'shoebox-pool-'));
  t.after(() => rmSync(dir, { recursive: true }));
  const layout = poolLayout(dir);
  await listIncoming(layout);
  return layout;
}

const ID = 'a0000000-0000-4000-8000-00000000000a';
const PLACE = 'library/Ann/2024/2024-05/a.jpg';

test('what arrives in pieces of any size is hashed and whole, and gets one name in the end', async (t) => {
  const layout = await openLayout(t);
  const bytes = randomBytes(3_500_001);
  const file = await openIncoming(layout, ID);
  for (let at = 0, size = 1; at < bytes.length; at += size, size = size * 3 + 1)
    await file.write(bytes.subarray(at, at + size));
  assert.deepEqual(await file.finish(), {
    bytes: bytes.length,
    checksum: createHash('sha1').update(bytes).digest('base64'),
  });
  await placeIncoming(layout, ID, [{ part: 'original', path: PLACE }]);
  await file.discard();
  assert.ok(readFileSync(layout.resolve(PLACE)).equals(bytes));
  assert.deepEqual(readdirSync(layout.incomingDir), []);
});

test('placing again after a crash between the new name and the old ends in the same state', async (t) => {
  const layout = await openLayout(t);
  const file = await openIncoming(layout, ID);
  await file.write(Buffer.from('photo'));
  await file.finish();
  mkdirSync(dirname(layout.resolve(PLACE)), { recursive: true });
  linkSync(join(layout.incomingDir, ID), layout.resolve(PLACE));
  assert.deepEqual(await listIncoming(layout), [{ assetId: ID, part: 'original' }]);
  await placeIncoming(layout, ID, [{ part: 'original', path: PLACE }]);
  await discardIncoming(layout, { assetId: ID, part: 'original' });
  assert.equal(readFileSync(layout.resolve(PLACE), 'utf8'), 'photo');
  assert.deepEqual(readdirSync(layout.incomingDir), []);
});

test('a file that is there already is never replaced', async (t) => {
  const layout = await openLayout(t);
  mkdirSync(dirname(layout.resolve(PLACE)), { recursive: true });
  writeFileSync(layout.resolve(PLACE), 'older');
  const file = await openIncoming(layout, ID);
  await file.write(Buffer.from('newer'));
  await file.finish();
  const sidecar = await openIncoming(layout, ID, 'sidecar');
  await sidecar.write(Buffer.from('about the newer'));
  await sidecar.finish();
  await assert.rejects(
    placeIncoming(layout, ID, [
      { part: 'sidecar', path: `${PLACE}.xmp` },
      { part: 'original', path: PLACE },
    ]),
    PlaceTaken,
  );
  assert.equal(readFileSync(layout.resolve(PLACE), 'utf8'), 'older');
  assert.equal(readFileSync(join(layout.incomingDir, ID), 'utf8'), 'newer');
  assert.ok(!existsSync(layout.resolve(`${PLACE}.xmp`)), 'both get their places, or none');
  assert.equal(readFileSync(join(layout.incomingDir, `${ID}.xmp`), 'utf8'), 'about the newer');
});

test('a discarded upload leaves nothing, at any moment and also twice', async (t) => {
  const layout = await openLayout(t);
  const file = await openIncoming(layout, ID);
  await file.write(randomBytes(2_000_000));
  await file.discard();
  await file.discard();
  const sidecar = await openIncoming(layout, ID, 'sidecar');
  await sidecar.finish();
  assert.deepEqual(await listIncoming(layout), [{ assetId: ID, part: 'sidecar' }]);
  await discardIncoming(layout, { assetId: ID, part: 'sidecar' });
  assert.ok(!existsSync(join(layout.incomingDir, `${ID}.xmp`)));
});
