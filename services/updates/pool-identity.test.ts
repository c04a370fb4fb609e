import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { isMounted, readPoolIdentity } from './pool-identity.ts';

/** Files as the kernel has them, with drives that have a name of their own. */
function makeKernel(t: TestContext, mounts: string[], drives: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'kernel-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  put('mountinfo', mounts.map((line) => `${line}\n`).join(''));
  mkdirSync(join(folder, 'class/block'), { recursive: true });
  for (const [name, wwid] of Object.entries(drives)) {
    put(`devices/${name}/device/wwid`, `${wwid}  \n`);
    put(`devices/${name}/${name}1/partition`, '1\n');
    symlinkSync(join(folder, 'devices', name), join(folder, 'class/block', name));
    symlinkSync(join(folder, 'devices', name, `${name}1`), join(folder, 'class/block', `${name}1`));
  }
  return { put, files: { mountinfo: join(folder, 'mountinfo'), sysDir: folder } };
}

const mount = (at: string, type: string, source: string) =>
  `36 35 0:32 / ${at} rw,noatime shared:1 - ${type} ${source} rw`;

test('a pool is known by the names of its drives and not by the order in which they were found', (t) => {
  const { put, files } = makeKernel(t, [mount('/data', 'btrfs', '/dev/sdb')], {
    sda: 'naa.500a',
    sdb: 'naa.500b',
    sdc: 'naa.500c',
  });
  for (const name of ['sdb', 'sdc']) put(`fs/btrfs/0f2c/devices/${name}`, '');
  assert.deepEqual(readPoolIdentity('/data', files), { drives: ['naa.500b', 'naa.500c'] });
  assert.equal(isMounted('/data', files), true);
});

test('a partition is a part of its drive, and a drive without a name has the kernel’s', (t) => {
  const { files } = makeKernel(
    t,
    [
      mount('/', 'erofs', '/dev/dm-0'),
      mount('/data', 'ext4', '/dev/sda1'),
      mount('/other', 'ext4', '/dev/sdz'),
    ],
    { sda: 'naa.500a' },
  );
  assert.deepEqual(readPoolIdentity('/data', files), { drives: ['naa.500a-1'] });
  assert.deepEqual(readPoolIdentity('/other', files), { drives: ['sdz'] });
});

test('a drive whose name refuses to be read has its next one, or the kernel’s', (t) => {
  const { put, files } = makeKernel(
    t,
    [mount('/data', 'ext4', '/dev/sda1'), mount('/other', 'ext4', '/dev/sdb1')],
    { sda: '', sdb: '' },
  );
  for (const name of ['sda', 'sdb']) {
    rmSync(join(files.sysDir, 'devices', name, 'wwid'), { force: true });
    // As good as what USB sticks answer: no name at all, but an error.
    mkdirSync(join(files.sysDir, 'devices', name, 'wwid'));
  }
  put('devices/sda/device/serial', 'S3R1AL');
  assert.deepEqual(readPoolIdentity('/data', files), { drives: ['S3R1AL-1'] });
  assert.deepEqual(readPoolIdentity('/other', files), { drives: ['sdb1'] });
});

test('a folder that nothing is mounted on is no pool', (t) => {
  const { files } = makeKernel(
    t,
    [mount('/', 'erofs', '/dev/dm-0'), mount('/data/x', 'ext4', '/dev/sda1')],
    {},
  );
  assert.equal(readPoolIdentity('/data', files), undefined);
  assert.equal(isMounted('/data', files), false);
});
