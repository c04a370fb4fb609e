import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { listFiles, ROOT } from './structure/source-files.ts';

/**
 * What `npm test` runs: types, lint, then every *.test.ts. With arguments, only the tests whose path
 * contains one of them, and neither types nor lint: `npm test -- lib/media ui/`.
 */

/** A test that takes longer hangs; the slowest ones convert videos on a small board. */
const TEST_LIMIT_MS = 240_000;

/** All checks of a kind take a quarter of this on two cores; what still runs then never ends by itself. */
const CHECK_LIMIT_MS = 25 * 60_000;

const only = process.argv.slice(2);
const tests = listFiles()
  .filter((path) => /\.test\.tsx?$/.test(path))
  .filter((path) => only.length === 0 || only.some((part) => path.includes(part)))
  .sort();
if (tests.length === 0) {
  process.stderr.write(`no test has ${only.join(' or ')} in its path\n`);
  process.exit(1);
}

const failed: string[] = [];
if (only.length === 0) {
  await check('types', npmProgram('tsc'), []);
  await check('lint', npmProgram('biome'), ['check', '--error-on-warnings']);
}
await check('tests', process.execPath, [
  '--test',
  '--test-reporter=spec',
  `--test-timeout=${TEST_LIMIT_MS}`,
  // A test that failed half-way may have left something open, which must not keep its file from ending.
  '--test-force-exit',
  // Half of the tests wait for programs and sockets, so one more than the cores.
  `--test-concurrency=${availableParallelism() + 1}`,
  ...tests,
]);
// The tests have just said so themselves; types and lint have long scrolled away.
const above = failed.filter((name) => name !== 'tests');
if (above.length > 0) process.stdout.write(`\nfailed above: ${above.join(', ')}\n`);
process.exit(failed.length > 0 ? 1 : 0);

/** Runs one check with its output shown, and remembers it if it fails. */
async function check(name: string, program: string, args: string[]): Promise<void> {
  process.stdout.write(`# ${name}\n`);
  const env = { ...process.env, NODE_COMPILE_CACHE: join(ROOT, 'build', 'compile-cache') };
  const passed = await new Promise<boolean>((resolve, reject) => {
    // A group of its own, so that nothing it started outlives it.
    const child = spawn(program, args, {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
    });
    const killGroup = (signal: NodeJS.Signals) => {
      try {
        process.kill(-child.pid!, signal);
      } catch {} // It has ended already.
    };
    const onSignal = (signal: NodeJS.Signals) => killGroup(signal);
    process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
    const limit = setTimeout(() => {
      process.stdout.write(
        `\n${name} did not end within ${CHECK_LIMIT_MS / 60_000} minutes and was stopped\n`,
      );
      // At this one the test runner says which files it was still running.
      killGroup('SIGINT');
      setTimeout(() => killGroup('SIGKILL'), 10_000).unref();
    }, CHECK_LIMIT_MS);
    child.on('error', reject);
    child.on('close', (exitCode) => {
      clearTimeout(limit);
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
      killGroup('SIGKILL');
      resolve(exitCode === 0);
    });
  });
  if (!passed) failed.push(name);
}

function npmProgram(name: string): string {
  return join(ROOT, 'node_modules', '.bin', name);
}
