import assert from 'node:assert/strict';
import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { findPartition, layOutDisk, MIB } from '../partitions.ts';
import { placeLoader } from './disk.ts';

/** A file with `bytes` as the owner's U-Boot, and an open image whose first 17 MiB are zeros. */
function prepare(t: TestContext, bytes: Buffer) {
  const folder = mkdtempSync(join(tmpdir(), 'disk-'));
  const loader = join(folder, 'u-boot-rockchip.bin');
  writeFileSync(loader, bytes);
  const image = join(folder, 'disk.img');
  const fd = openSync(image, 'w+');
  ftruncateSync(fd, 17 * MIB);
  t.after(() => {
    closeSync(fd);
    rmSync(folder, { recursive: true });
  });
  return { loader, image, fd };
}

test("the owner's U-Boot lies at sector 64, whole, and nothing else is written", (t) => {
  const bytes = Buffer.alloc(9 * MIB + 12_345, 'RKNS');
  const { loader, image, fd } = prepare(t, bytes);
  placeLoader(fd, loader);
  const written = readFileSync(image);
  assert.ok(written.subarray(64 * 512, 64 * 512 + bytes.length).equals(bytes));
  assert.ok(written.subarray(0, 64 * 512).every((byte) => byte === 0));
  assert.ok(written.subarray(64 * 512 + bytes.length).every((byte) => byte === 0));
});

test('a U-Boot that would reach into the first partition is refused', (t) => {
  const { loader, image, fd } = prepare(t, Buffer.alloc(16 * MIB, 1));
  assert.equal(findPartition(layOutDisk('1.2.3'), 'esp').startBytes, 16 * MIB);
  assert.throws(() => placeLoader(fd, loader), /its place only/);
  assert.ok(readFileSync(image).every((byte) => byte === 0));
});
