import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findBase, readPackages } from './base-packages.ts';

test('the base is what is essential and all that it needs, by the first name that is there', () => {
  const packages = readPackages(
    [
      'bash\tyes\trequired\tlibc6 (>= 2.38), libtinfo6 (>= 6)\tbase-files (>= 2.1.12), debianutils (>= 5.6)',
      'mawk\t\trequired\tlibc6 (>= 2.34)\t',
      'base-files\tyes\trequired\tawk\t',
      'libc6\t\toptional\t\tlibgcc-s1',
      'libgcc-s1\t\toptional\t\tgcc-14-base (= 14.2.0-19), libc6 (>= 2.35)',
      'gcc-14-base\t\toptional\t\t',
      'libtinfo6\t\toptional\t\tlibc6',
      'debianutils\tyes\trequired\t\tcdebconf | debconf:any (>= 0.5) | debconf-2.0',
      'debconf\t\toptional\t\t',
      'rauc\t\toptional\t\tlibc6, dbus',
      '',
    ].join('\n'),
  );
  assert.deepEqual(findBase(packages), [
    ...['base-files', 'bash', 'debconf', 'debianutils', 'gcc-14-base'],
    ...['libc6', 'libgcc-s1', 'libtinfo6', 'mawk'],
  ]);
});
