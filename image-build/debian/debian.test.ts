import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type LockedDeb, readLock, writeLock } from './lock.ts';
import { readBuildPackages, readDevicePackages } from './make-lock.ts';
import { fillPool, VanishedError } from './pool.ts';
import { records, suitesByVersion } from './solve.ts';
import { preferencesOf, readPackageList } from './suites.ts';

const root = join(import.meta.dirname, '../..');
const lockFile = join(root, 'os/packages/debian.lock.json');

const deb: LockedDeb = {
  name: 'nothing',
  version: '1.0-1',
  arch: 'arm64',
  suite: 'trixie',
  path: 'pool/main/n/nothing/nothing_1.0-1_arm64.deb',
  bytes: 1000,
  sha256: 'a'.repeat(64),
  sets: ['device'],
};

test('the lock has every package that the lists ask for, and says where nothing is to be had', () => {
  const lock = readLock(lockFile);
  const locked = new Set(lock.debs.map(({ name }) => name));
  const wanted = [
    ...readDevicePackages(root),
    ...(['tools', 'initrd', 'files'] as const).flatMap((name) => readBuildPackages(root, name)),
  ];
  assert.deepEqual(
    wanted.map(({ name }) => name).filter((name) => !locked.has(name)),
    [],
  );
  for (const { name, suite } of wanted)
    if (suite)
      assert.ok(
        lock.debs.some((one) => one.name === name && one.suite === suite),
        name,
      );
  assert.doesNotMatch(readFileSync(lockFile, 'utf8'), /:\/\//);
});

test('a lock is the same after it was read and written', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'lock-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeLock(join(folder, 'lock.json'), readLock(lockFile));
  assert.equal(readFileSync(join(folder, 'lock.json'), 'utf8'), readFileSync(lockFile, 'utf8'));
});

test('a lock with a path that leaves the pool, or without a hash, is refused', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'lock-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'lock.json');
  for (const bad of [
    { ...deb, path: 'pool/../../etc/x.deb' },
    { ...deb, sha256: '' },
    { ...deb, name: '--purge' },
  ]) {
    writeFileSync(file, JSON.stringify({ epoch: 1, debs: [bad] }));
    assert.throws(() => readLock(file), /this is no package/);
  }
});

test('a package that the archive has no more is named, with the ways out', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'pool-'));
  t.after(() => rmSync(folder, { recursive: true }));
  // A folder is an archive too, for apt; this one is empty.
  const filling = fillPool({
    poolDir: join(folder, 'pool'),
    mirror: `file://${folder}`,
    debs: [deb],
    say: () => {},
  });
  await assert.rejects(filling, (error: unknown) => {
    assert.ok(error instanceof VanishedError);
    assert.match(error.message, /nothing 1\.0-1 \(arm64, trixie\)/);
    assert.match(error.message, /npm run image:lock/);
    return true;
  });
});

test('a list names a suite only if there is one, and pins the package to it', () => {
  const list = readPackageList('# why\nrauc/forky\nkmod\n', 'a.txt');
  assert.deepEqual(list, [
    { name: 'rauc', suite: 'forky' },
    { name: 'kmod', suite: undefined },
  ]);
  assert.match(preferencesOf(list), /Package: rauc\nPin: release n=forky\nPin-Priority: 990/);
  assert.throws(() => readPackageList('rauc/sid', 'a.txt'), /no such suite: rauc\/sid/);
  assert.throws(() => readPackageList('two words', 'a.txt'), /a\.txt: not a package/);
});

test("what apt prints is read: paragraphs, and the suite of a version, trixie's own before its fixes", () => {
  assert.deepEqual(records('Package: a\nVersion: 1\nDescription: x\n more\n\nPackage: b\n')[1], {
    Package: 'b',
  });
  const suites = suitesByVersion(
    [
      'gcc-14-base |  14.2.0-19 | http://deb.debian.org/debian-security trixie-security/main arm64 Packages',
      'gcc-14-base |  14.2.0-19 | http://deb.debian.org/debian trixie/main arm64 Packages',
      '       rauc |   1.15.2-1 | http://deb.debian.org/debian forky/main arm64 Packages',
    ].join('\n'),
  );
  assert.equal(suites.get('gcc-14-base 14.2.0-19'), 'trixie');
  assert.equal(suites.get('rauc 1.15.2-1'), 'forky');
});
