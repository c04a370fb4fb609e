// Makes a fresh clone ready to run; `npm start` and `npm test` call it first. Plain JavaScript for the
// Node that happens to be installed, since the one that runs Shoebox is among the things it fetches.
// Every step looks whether it is needed, so an interrupted run is resumed by running it again.
import { spawn, spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const OLDEST_NODE = 20;
const root = fileURLToPath(new URL('..', import.meta.url));
const pinnedNode = join(root, 'node_modules', '.bin', 'node');
const startedAt = Date.now();
let steps = 0;

await main(process.argv.includes('--for-tests'));

async function main(forTests) {
  checkHostNode();
  await installDebianPackages(forTests);
  await installNpmPackages();
  await buildGazetteer();
  await buildUi();
  await warmCompileCache();
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  say(steps === 0 ? `nothing to do (${seconds} s)` : `done (${seconds} s)`);
}

function say(text) {
  process.stdout.write(`setup: ${text}\n`);
}

/** Ends with code 1 and what to do; nothing here is worth a stack. */
function fail(...lines) {
  for (const line of lines) process.stderr.write(`setup: ${line}\n`);
  process.exit(1);
}

function checkHostNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE)
    fail(
      `Node ${OLDEST_NODE} or newer is needed, this is ${process.version}. Install one from nodejs.org and run this again.`,
    );
}

// Debian packages

async function installDebianPackages(forTests) {
  const lists = readdirSync(join(root, 'os', 'packages'))
    .filter((name) => name.endsWith('.txt'))
    .map((name) => join(root, 'os', 'packages', name));
  if (forTests) lists.push(join(root, 'test', 'packages.txt'));
  const wanted = lists.flatMap(readPackageList);

  const missing = missingPrograms(wanted);
  if (missing.length === 0) return;
  const programs = missing.map(({ program }) => program.replaceAll('|', ' or ')).join(', ');
  const packages = [...new Set(missing.map(({ name }) => name))].join(' ');
  const install = `apt-get install -y --no-install-recommends ${packages}`;
  if (!isExecutable('apt-get'))
    fail(`These programs are missing: ${programs}.`, `On Debian they come with: ${packages}`);
  if (process.getuid() !== 0)
    fail(
      `These programs are missing: ${programs}. Install them, then run this again:`,
      '',
      `  sudo ${install}`,
      '',
    );

  step(`installing ${packages} (for ${programs})`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const line of ['apt-get update', install]) {
    const [file, ...args] = line.split(' ');
    const { status } = await run(file, args, { env, stdio: 'inherit' });
    if (status !== 0) fail(`This failed: ${line}`);
  }
  const still = missingPrograms(wanted).map(({ program }) => program);
  if (still.length > 0) fail(`Still missing after ${install}: ${still.join(', ')}`);
}

/** Lines of `package: program other-program a|b`; `#` starts a remark. */
function readPackageList(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [name, programs] = line.split(/:\s*/);
      if (!name || !programs) throw new Error(`${file}: not "package: programs": ${line}`);
      return { name, programs: programs.split(/\s+/) };
    });
}

function missingPrograms(wanted) {
  return wanted.flatMap(({ name, programs }) =>
    programs
      .filter((program) => !program.split('|').some(isExecutable))
      .map((program) => ({ name, program })),
  );
}

function isExecutable(program) {
  // Programs for administrators are not on everybody's PATH.
  const folders = [...(process.env.PATH || '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

// npm packages

async function installNpmPackages() {
  const lock = readJson(join(root, 'package-lock.json'));
  const pinned = `v${lock.packages['node_modules/node'].version}`;
  if (isInstalled(lock) && pinnedNodeVersion() === pinned) return;

  step('installing npm packages (npm ci), a minute or two');
  // Packages run no scripts of theirs: one would compile SQLite although its binary is there, and need a compiler for
  // it; another would fetch 300 MB of GPU libraries. Only `node` has to, since its script brings the pinned Node.
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' };
  for (const args of [
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund'],
    ['rebuild', 'node'],
  ]) {
    const { status, output } = await run('npm', args, { env, cwd: root });
    if (status === 0) continue;
    process.stderr.write(output);
    fail(`npm ${args[0]} failed; its words are above. Run this again once the cause is gone.`);
  }
  const found = pinnedNodeVersion();
  if (found !== pinned)
    fail(
      `Node ${pinned} was installed for Shoebox, but ${pinnedNode} says ${found || 'nothing'}. Delete node_modules and run this again.`,
    );
}

/**
 * Whether node_modules holds what package-lock.json asks for, by the record that npm writes there as the
 * last act of an install. Packages for other processors and systems are optional and absent.
 */
function isInstalled(lock) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = readJson(record).packages;
  const asked = Object.entries(lock.packages).filter(([path]) => path !== '');
  return (
    asked.every(([path, { version, optional }]) =>
      installed[path] ? installed[path].version === version : optional,
    ) && Object.keys(installed).every((path) => lock.packages[path])
  );
}

function pinnedNodeVersion() {
  if (!existsSync(pinnedNode)) return undefined;
  const { stdout } = spawnSync(pinnedNode, ['--version'], { encoding: 'utf8' });
  return stdout ? stdout.trim() : undefined;
}

// What is built once from what is in the repository

async function buildGazetteer() {
  const file = join(root, 'build', 'gazetteer.db');
  const inputs = [join(root, 'services', 'lib', 'media', 'places.ts'), join(root, 'package-lock.json')];
  if (changedAt([file]) > changedAt(inputs)) return;
  step('building the gazetteer, the names of places');
  mkdirSync(join(root, 'build'), { recursive: true });
  const part = `${file}.part`;
  rmSync(part, { force: true });
  const script = `import { buildGazetteer } from '#media/places'; await buildGazetteer(${JSON.stringify(part)});`;
  await runPinned(['--input-type=module-typescript', '--eval', script]);
  renameSync(part, file);
}

async function buildUi() {
  // Made after a complete build, so that half of one never counts, and dated when the build began, so
  // that what was edited meanwhile does.
  const stamp = join(root, 'build', 'ui.built');
  const inputs = [
    join(root, 'ui'),
    join(root, 'services', 'lib', 'contract'),
    join(root, 'package-lock.json'),
  ];
  if (existsSync(join(root, 'build', 'ui')) && changedAt([stamp]) > changedAt(inputs)) return;
  step("building the owner's pages");
  const began = new Date();
  await runPinned([join('ui', 'build.ts')]);
  writeFileSync(stamp, '');
  utimesSync(stamp, began, began);
}

/**
 * Puts the services' code, with its types stripped, into the cache that start.ts points them to. A process
 * that has to strip types itself keeps 23 MB for it (measured: ingest 18 instead of 41 MB private).
 */
async function warmCompileCache() {
  const stamp = join(root, 'build', 'compile-cache.built');
  const inputs = [join(root, 'services'), join(root, 'package-lock.json')];
  if (changedAt([stamp]) > changedAt(inputs)) return;
  step('preparing the code of the services');
  const began = new Date();
  const files = listFiles(join(root, 'services')).filter((file) => /(?<!\.test|\.d)\.ts$/.test(file));
  // All of a module's imports are loaded before the first of them runs, and the first one here ends it all.
  const script = ['data:text/javascript,process.exit()', ...files.map((file) => pathToFileURL(file).href)]
    .map((specifier) => `import ${JSON.stringify(specifier)};`)
    .join('\n');
  const env = { ...process.env, NODE_COMPILE_CACHE: join(root, 'build', 'compile-cache') };
  const { status, output } = await run(pinnedNode, ['--input-type=module', '--eval', script], {
    cwd: root,
    env,
  });
  // Only a saving is lost; whoever needs the broken file will say more.
  if (status !== 0)
    return process.stderr.write(`${output}setup: some code could not be loaded, see above; going on\n`);
  writeFileSync(stamp, '');
  utimesSync(stamp, began, began);
}

function listFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? listFiles(path) : [path];
  });
}

/** Latest change of the files and folders (all below them included), in ms since 1970; 0 if one is absent. */
function changedAt(paths) {
  const times = paths.map((path) => {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) return 0;
    if (!stats.isDirectory()) return stats.mtimeMs;
    const below = readdirSync(path).filter((name) => name !== 'node_modules');
    return Math.max(stats.mtimeMs, changedAt(below.map((name) => join(path, name))));
  });
  return Math.max(0, ...times);
}

// Running and reading

function step(text) {
  steps++;
  say(text);
}

async function runPinned(args) {
  const { status, output } = await run(pinnedNode, args, { cwd: root });
  if (status === 0) return;
  process.stderr.write(output);
  fail('This step failed; its words are above.');
}

/** Runs a program to its end; its output is kept, for the case that it fails, unless `stdio` says otherwise. */
function run(file, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      if (stream) stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, output }));
  });
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
