import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { readPoolFacts } from './pool-facts.ts';

/** A pool, and the kernel's files about it, laid out as proc_pid_mountinfo(5) and a real /sys/fs/btrfs are. */
async function layOut(t: TestContext, mount: (poolDir: string) => string[], profile?: string) {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'facts-')));
  t.after(() => rm(folder, { recursive: true }));
  const poolDir = join(folder, 'my pool');
  await mkdir(poolDir);
  const mountinfo = join(folder, 'mountinfo');
  await writeFile(mountinfo, `${mount(poolDir).join('\n')}\n`);
  const btrfsDir = join(folder, 'btrfs');
  if (profile !== undefined) {
    await mkdir(join(btrfsDir, 'features'), { recursive: true });
    await mkdir(join(btrfsDir, 'a-uuid', 'devices', 'sda1'), { recursive: true });
    await mkdir(join(btrfsDir, 'a-uuid', 'allocation', 'data', profile), { recursive: true });
  }
  return readPoolFacts(poolDir, { mountinfo, btrfsDir });
}

const root = '22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/root rw';
const btrfs = (poolDir: string, options = 'rw', wholeOptions = 'rw,space_cache=v2') =>
  `40 22 0:36 / ${poolDir.replaceAll(' ', '\\040')} ${options} - btrfs /dev/sda1 ${wholeOptions}`;

test('the innermost mount tells what a pool is on', async (t) => {
  const expected = { fileSystem: 'btrfs', isReadOnly: false, hasChecksums: true, copies: 1 };
  assert.deepEqual(await layOut(t, (pool) => [root, btrfs(pool)], 'single'), expected);
  assert.deepEqual(await layOut(t, (pool) => [btrfs(pool), root]), expected);
  assert.deepEqual(await layOut(t, () => [root]), {
    fileSystem: 'ext4',
    isReadOnly: false,
    hasChecksums: false,
    copies: 1,
  });
});

test('a mirrored pool has a copy on each of its drives', async (t) => {
  assert.equal((await layOut(t, (pool) => [root, btrfs(pool)], 'raid1')).copies, 2);
  assert.equal((await layOut(t, (pool) => [root, btrfs(pool)], 'raid1c3')).copies, 3);
  assert.equal((await layOut(t, (pool) => [root, btrfs(pool)], 'dup')).copies, 1);
});

test('a file system that takes no changes is noticed, whoever made it so', async (t) => {
  assert.ok((await layOut(t, (pool) => [root, btrfs(pool, 'ro')])).isReadOnly);
  // What the kernel does when it finds a fault: the mount still says rw.
  assert.ok((await layOut(t, (pool) => [root, btrfs(pool, 'rw', 'ro,space_cache=v2')])).isReadOnly);
});

test('the kernel this runs on tells of a folder of its own', async () => {
  assert.notEqual((await readPoolFacts(tmpdir())).fileSystem, '');
});
