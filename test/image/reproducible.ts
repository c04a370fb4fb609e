import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../structure/source-files.ts';
import { findRelease, stepDir } from './released-image.ts';

/**
 * Only the emulated installation of the packages takes long. With SHOEBOX_TEST_SAME_PACKAGES=1 the second build takes
 * the first one's, and all that comes after it is compared; without, everything is.
 */
const samePackages = process.env.SHOEBOX_TEST_SAME_PACKAGES === '1';

test('a second build at another place, time zone, umask and host name gives the same bytes', (t) => {
  const first = findRelease();
  const folder = mkdtempSync(join(ROOT, 'build/image-again-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const buildDir = join(folder, 'steps');
  if (samePackages) {
    const packages = stepDir('packages');
    mkdirSync(join(buildDir, 'packages'), { recursive: true });
    execFileSync('cp', ['-a', packages, join(buildDir, 'packages', basename(packages))]);
  }
  // The repository is seen at another place, too.
  const script = `
    mkdir -p "$1/repository"
    mount --bind "$2" "$1/repository"
    hostname somewhere-else
    umask 077
    cd "$1/repository"
    TZ=Pacific/Auckland exec "$3" image-build/main.ts --version "$4" --build "$5" --out "$1/release" --keys "$6"`;
  const keys = join(ROOT, 'build/image-keys');
  const args = [folder, ROOT, process.execPath, first.version, buildDir, keys];
  execFileSync('unshare', ['--mount', '--uts', 'sh', '-ec', script, 'sh', ...args], { stdio: 'inherit' });

  const [name] = readdirSync(join(folder, 'release')).filter((file) => file.endsWith('.contents.json'));
  const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
  const firstContents = join(dirname(first.imageFile), name!);
  assert.deepEqual(read(join(folder, 'release', name!)), read(firstContents));
  for (const file of readdirSync(join(folder, 'release')))
    if (/\.(img\.xz|spdx\.json|rpi-imager-manifest)$/.test(file))
      execFileSync('cmp', [join(folder, 'release', file), join(dirname(first.imageFile), file)]);
});
