import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { findMount, readMarker } from './folder-marker.ts';

/** Lines of /proc/self/mountinfo as proc(5) describes them, of a board with a USB drive, a share and a bind mount. */
const MOUNTINFO = `21 1 179:2 / / rw,relatime shared:1 - ext4 /dev/mmcblk0p2 rw
30 21 8:1 / /media/usb rw,nosuid shared:2 - vfat /dev/sda1 rw
31 21 0:40 / /media/nas\\040photos rw - nfs4 nas.local:/photos rw
32 21 8:17 /pictures /media/pictures rw - ext4 /dev/sdb1 rw
33 30 8:33 / /media/usb rw - exfat /dev/sdc1 rw
`;

test('the mount of a folder is the deepest above it, and of two on one point the later', () => {
  const of = (path: string) => {
    const { type, source, root } = findMount(MOUNTINFO, path);
    return [type, source, root];
  };
  assert.deepEqual(of('/media/usb/DCIM'), ['exfat', '/dev/sdc1', '/']);
  assert.deepEqual(of('/media/usb2'), ['ext4', '/dev/mmcblk0p2', '/']);
  assert.deepEqual(of('/media/nas photos'), ['nfs4', 'nas.local:/photos', '/']);
  assert.deepEqual(of('/media/pictures/2019'), ['ext4', '/dev/sdb1', '/pictures']);
});

test('a marker stays the same while a folder fills, and is another one for the folder that takes its place', async (t) => {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'marker-')));
  t.after(() => rm(root, { recursive: true }));
  const folder = join(root, 'photos');
  assert.equal(await readMarker(folder), undefined);
  await mkdir(folder);
  const marker = await readMarker(folder);
  assert.ok(marker);
  await writeFile(join(folder, 'a.jpg'), 'a');
  assert.deepEqual(await readMarker(folder), marker);
  await rename(folder, join(root, 'unplugged'));
  await mkdir(folder);
  assert.notDeepEqual(await readMarker(folder), marker);
  await rm(folder, { recursive: true });
  await symlink(join(root, 'unplugged'), folder);
  assert.equal(await readMarker(folder), undefined);
  await rm(folder);
  await writeFile(folder, 'a file');
  assert.equal(await readMarker(folder), undefined);
});

test('what the kernel mounts is told from the folder below it', async () => {
  const [root, proc] = [await readMarker('/'), await readMarker('/proc')];
  assert.notEqual(root?.fileSystem, proc?.fileSystem);
});
