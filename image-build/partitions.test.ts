import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  FIRST_PARTITION_BYTES,
  findPartition,
  hybridMbr,
  layOutDisk,
  MIB,
  ROCKCHIP_LOADER_OFFSET_BYTES,
  SECTOR_BYTES,
  sfdiskScript,
  uuidOf,
} from './partitions.ts';

const layout = layOutDisk('1.2.3');

test('partitions follow each other without a gap or an overlap, on whole MiB', () => {
  let end = FIRST_PARTITION_BYTES;
  for (const { startBytes, bytes } of layout.partitions) {
    assert.equal(startBytes, end);
    assert.equal(bytes % MIB, 0);
    end += bytes;
  }
  assert.equal(layout.bytes, end + MIB);
});

test('the image fits a card sold as 8 GB, with room to spare', () => {
  assert.ok(layout.bytes < 7.2e9);
});

test('the largest loader of a Rockchip board fits before the first partition', () => {
  assert.ok(ROCKCHIP_LOADER_OFFSET_BYTES + 9.5e6 < FIRST_PARTITION_BYTES);
});

test('both slots are alike, and their boot partitions keep the numbers that the firmware could use', () => {
  for (const part of ['boot', 'root', 'verity'] as const)
    assert.equal(findPartition(layout, `${part}-a`).bytes, findPartition(layout, `${part}-b`).bytes);
  assert.equal(findPartition(layout, 'boot-a').number, 3);
  assert.equal(findPartition(layout, 'boot-b').number, 4);
});

test('GUIDs are different from each other, well formed, and the same every time', () => {
  const uuids = [layout.uuid, ...layout.partitions.map(({ uuid }) => uuid)];
  assert.equal(new Set(uuids).size, uuids.length);
  for (const uuid of uuids)
    assert.match(uuid, /^[0-9A-F]{8}-[0-9A-F]{4}-8[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/);
  assert.deepEqual(layOutDisk('1.2.3'), layout);
  assert.notEqual(uuidOf('1.2.4 disk'), layout.uuid);
});

test("sfdisk's script begins the usable sectors at 34, where Windows leaves them", () => {
  const script = sfdiskScript(layout);
  assert.match(script, /^first-lba: 34$/m);
  assert.match(script, /^start=32768, size=262144, type=C12A7328-\S+, uuid=\S+, name="esp"$/m);
  assert.equal(script.match(/^start=/gm)?.length, layout.partitions.length);
});

test('the old table shows the ESP as FAT32 and protects the new one', () => {
  const mbr = hybridMbr(layout);
  assert.equal(mbr.length, SECTOR_BYTES);
  assert.equal(mbr.readUInt16LE(510), 0xaa55);
  assert.equal(mbr[446 + 4], 0x0c);
  assert.equal(mbr.readUInt32LE(446 + 8), 32768);
  assert.equal(mbr.readUInt32LE(446 + 12), 262144);
  assert.equal(mbr[462 + 4], 0xee);
  assert.equal(mbr.readUInt32LE(462 + 8), 1);
  assert.equal(mbr.readUInt32LE(462 + 12), 32767);
  assert.ok(mbr.subarray(478, 510).every((byte) => byte === 0));
});
