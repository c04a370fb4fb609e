import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../structure/source-files.ts';

/**
 * What `npm run test:image` runs: the released file in QEMU, one machine after the other. With names, only these:
 * `npm run test:image -- boot rollback`; `npm run test:image -- boot=EDK2` runs the tests of boot with EDK2 in their name.
 * What they say, with all times and memory, is also kept in build/image/reports, a file a run.
 */

/** Files here that are no tests of the image. */
const PARTS = new Set([
  ...['main.ts', 'machine.ts', 'healthy.ts', 'released-image.ts', 'pool.ts', 'proof.ts'],
]);

/** One test may start a machine four times, each emulated. */
const TEST_LIMIT_MS = 90 * 60_000;

const folder = import.meta.dirname;
const all = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && !PARTS.has(name))
  .map((name) => name.replace(/\.ts$/, ''));
const chosen = process.argv.slice(2).map((word) => word.split('='));
const unknown = chosen.filter(([name]) => !all.includes(name!));
if (unknown.length > 0) {
  process.stderr.write(
    `no test of the image is called ${unknown.join(' or ')}; there are: ${all.join(', ')}\n`,
  );
  process.exit(1);
}

const reportDir = join(ROOT, 'build/image/reports');
mkdirSync(reportDir, { recursive: true });

let failed = false;
for (const [name, pattern] of chosen.length > 0 ? chosen : all.map((one) => [one])) {
  process.stdout.write(`# ${name}\n`);
  const words = [name, ...(pattern?.match(/\w+/g) ?? [])].join('-');
  const report = join(reportDir, `${new Date().toISOString().slice(0, 19).replaceAll(':', '')}-${words}.txt`);
  const { status } = spawnSync(
    process.execPath,
    [
      '--test',
      ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
      ...['--test-reporter=spec', `--test-reporter-destination=${report}`],
      '--test-concurrency=1',
      `--test-timeout=${TEST_LIMIT_MS}`,
      ...(pattern === undefined ? [] : [`--test-name-pattern=${pattern}`]),
      join(folder, `${name}.ts`),
    ],
    { stdio: 'inherit' },
  );
  failed ||= status !== 0;
}
process.exit(failed ? 1 : 0);
