import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';

const LOCK = {
  packages: {
    '': {},
    'node_modules/node': { version: process.version.slice(1) },
    'node_modules/elsewhere': { version: '1.0.0', optional: true },
  },
};

/**
 * A clone in miniature with the real setup.mjs, and stand-ins for the programs that are not ours: npm
 * installs this very Node, apt-get puts an empty program in place of each package asked for. What they
 * were asked is written to `asked`.
 */
function openClone(t: TestContext) {
  const root = mkdtempSync(join(tmpdir(), 'setup-'));
  t.after(() => rmSync(root, { recursive: true }));
  const write = (path: string, text: string, mode = 0o644) => {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, mode);
  };
  mkdirSync(join(root, 'services'));
  copyFileSync(join(import.meta.dirname, 'setup.mjs'), join(root, 'services', 'setup.mjs'));
  write(
    'package.json',
    JSON.stringify({ type: 'module', imports: { '#media/*': './services/lib/media/*.ts' } }),
  );
  write('package-lock.json', JSON.stringify(LOCK));
  write('os/packages/media.txt', '# why\nviewer-tools: viewer-new|viewer-old\n');
  write('test/packages.txt', 'browser: browser\n');
  write('services/lib/contract/words.ts', '');
  write(
    'services/lib/media/places.ts',
    `import { writeFileSync } from 'node:fs';
     export async function buildGazetteer(file: string) { writeFileSync(file, 'places'); }`,
  );
  write(
    'ui/build.ts',
    `import { mkdirSync, writeFileSync } from 'node:fs';
     mkdirSync('build/ui', { recursive: true }); writeFileSync('build/ui/index.html', 'pages');`,
  );
  const record = JSON.stringify({ packages: { 'node_modules/node': LOCK.packages['node_modules/node'] } });
  write(
    'bin/npm',
    `#!/bin/sh
echo "npm $@ onnx=$ONNXRUNTIME_NODE_INSTALL" >> '${root}/asked'
echo 'npm warn about something'
[ -e '${root}/no-network' ] && { echo 'npm error network'; exit 1; }
/bin/mkdir -p '${root}/node_modules/.bin'
/bin/ln -sf '${process.execPath}' '${root}/node_modules/.bin/node'
echo '${record}' > '${root}/node_modules/.package-lock.json'
`,
    0o755,
  );
  write(
    'bin/apt-get',
    `#!/bin/sh
echo "apt-get $@" >> '${root}/asked'
[ "$1" = install ] && for package in "$@"; do
  case $package in
    viewer-tools) echo > '${root}/bin/viewer-old' ; /bin/chmod 755 '${root}/bin/viewer-old' ;;
    browser) echo > '${root}/bin/browser' ; /bin/chmod 755 '${root}/bin/browser' ;;
  esac
done
exit 0
`,
    0o755,
  );
  const setUp = (userId: number, ...args: string[]) => {
    const asUser = `data:text/javascript,process.getuid=()=>${userId}`;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', asUser, join(root, 'services', 'setup.mjs'), ...args],
      { env: { PATH: join(root, 'bin') }, encoding: 'utf8' },
    );
    return { status, stdout, stderr };
  };
  const asked = () => (existsSync(join(root, 'asked')) ? readFileSync(join(root, 'asked'), 'utf8') : '');
  return { root, write, setUp, asked };
}

test('a fresh clone is made ready by root without a question, and the second time there is nothing to do', (t) => {
  const { root, setUp, asked } = openClone(t);
  const first = setUp(0);
  assert.equal(first.status, 0, first.stderr);
  assert.equal(
    asked(),
    'apt-get update\napt-get install -y --no-install-recommends viewer-tools\nnpm ci --ignore-scripts --no-audit --no-fund onnx=skip\nnpm rebuild node onnx=skip\n',
  );
  assert.equal(first.stdout.includes('npm warn'), false);
  assert.equal(readFileSync(join(root, 'build/gazetteer.db'), 'utf8'), 'places');
  assert.equal(readFileSync(join(root, 'build/ui/index.html'), 'utf8'), 'pages');

  const second = setUp(0);
  assert.equal(second.status, 0);
  assert.match(second.stdout, /^setup: nothing to do \(\d+\.\d s\)\n$/);
});

test('somebody who is not root is told the one line to run, and nothing else happens', (t) => {
  const { root, setUp, asked } = openClone(t);
  const { status, stderr } = setUp(1000, '--for-tests');
  assert.equal(status, 1);
  assert.match(stderr, /viewer-new or viewer-old, browser/);
  assert.match(stderr, /^setup: {3}sudo apt-get install -y --no-install-recommends viewer-tools browser$/m);
  assert.equal(asked(), '');
  assert.equal(existsSync(join(root, 'node_modules')), false);
});

test('an install that failed shows what npm said and is done again by the next run', (t) => {
  const { root, write, setUp } = openClone(t);
  write('no-network', '');
  const failed = setUp(0);
  assert.equal(failed.status, 1);
  assert.match(failed.stderr, /npm error network/);
  rmSync(join(root, 'no-network'));
  assert.equal(setUp(0).status, 0);
});

test('packages are installed anew when the lock asks for another version or the record of an install is gone', (t) => {
  const { root, write, setUp, asked } = openClone(t);
  setUp(0);
  rmSync(join(root, 'node_modules/.package-lock.json'));
  setUp(0);
  assert.equal(asked().match(/npm ci/g)?.length, 2);
  write(
    'package-lock.json',
    JSON.stringify({ packages: { ...LOCK.packages, 'node_modules/more': { version: '2.0.0' } } }),
  );
  assert.match(setUp(0).stdout, /npm ci/);
});

test('a Node other than the pinned one is noticed', (t) => {
  const { write, setUp } = openClone(t);
  write('package-lock.json', JSON.stringify({ packages: { 'node_modules/node': { version: '1.2.3' } } }));
  const { status, stderr } = setUp(0);
  assert.equal(status, 1);
  assert.match(stderr, /Node v1\.2\.3 was installed for Shoebox, but .* says v/);
});

test('the pages are built again after a change below ui or the contract, and not counted when the build fails', (t) => {
  const { root, write, setUp } = openClone(t);
  setUp(0);
  const later = new Date(Date.now() + 60_000);
  utimesSync(join(root, 'services/lib/contract/words.ts'), later, later);
  assert.match(setUp(0).stdout, /building the owner's pages/);

  const earlier = new Date(Date.now() - 60_000);
  utimesSync(join(root, 'services/lib/contract/words.ts'), earlier, earlier);
  const good = readFileSync(join(root, 'ui/build.ts'), 'utf8');
  write('ui/build.ts', `throw new Error('a slip')`);
  const failed = setUp(0);
  assert.equal(failed.status, 1);
  assert.match(failed.stderr, /a slip/);
  assert.equal(setUp(0).status, 1);
  write('ui/build.ts', good);
  assert.equal(setUp(0).status, 0);
});

test('the services are loaded into the compile cache without being run, and code that cannot be is no obstacle', (t) => {
  const { root, write, setUp } = openClone(t);
  write(
    'services/gateway/main.ts',
    `import { writeFileSync } from 'node:fs';\nwriteFileSync('ran' as string, '');`,
  );
  assert.equal(setUp(0).status, 0);
  assert.equal(existsSync(join(root, 'ran')), false);
  assert.ok(readdirSync(join(root, 'build/compile-cache')).length > 0);

  write('services/gateway/broken.ts', `import './absent.ts';`);
  const { status, stderr } = setUp(0);
  assert.equal(status, 0);
  assert.match(stderr, /absent\.ts[\s\S]*could not be loaded/);
});

test('a gazetteer that could not be finished is not there', (t) => {
  const { root, write, setUp } = openClone(t);
  write(
    'services/lib/media/places.ts',
    `import { writeFileSync } from 'node:fs';
     export async function buildGazetteer(file: string) { writeFileSync(file, 'half'); throw new Error('power'); }`,
  );
  assert.equal(setUp(0).status, 1);
  assert.equal(existsSync(join(root, 'build/gazetteer.db')), false);
});
