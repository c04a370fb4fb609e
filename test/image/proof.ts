import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readLock } from '../../image-build/debian/lock.ts';
import { planImage } from '../../image-build/plan.ts';
import { findFaults } from '../../image-build/preflight.ts';
import { arm64Image } from '../../image-build/profile.ts';
import { findStepKeys } from '../../image-build/step-keys.ts';
import { ROOT } from '../structure/source-files.ts';

/**
 * The short proof of the image for every change that lands: builds it once, starts it once, and sends it a photo.
 *
 *   node test/image/proof.ts [--minutes 33] [--record]
 *
 * It is left out, saying so, when nothing that goes into the image has changed since the last proof (`proven.json`,
 * which --record writes, has the hash of all of it), on a machine that cannot build or emulate, and when it could not
 * end within `minutes`. What is slow is never taken for broken: with the time over it is stopped, and nothing is said
 * about the image.
 */

/**
 * So much time has to be left, or the proof would only be stopped. All of the build takes twelve minutes of a processor's
 * time, of which the packages are seven and the initrd two; fetching 600 packages a few more, and the start with the
 * photo four to five.
 */
const FROM_NOTHING_MINUTES = 25;
const PACKAGES_MADE_MINUTES = 12;

const record = join(import.meta.dirname, 'proven.json');
const buildDir = join(ROOT, 'build/image/steps');
const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '60' }, record: { type: 'boolean', default: false } },
});
const minutes = Number(values.minutes);
const until = Date.now() + minutes * 60_000;
const say = (text: string) => process.stdout.write(`proof of the image: ${text}\n`);

const plan = planImage(arm64Image, {
  version: '0.0.0',
  hostArch: 'amd64',
  lock: readLock(join(ROOT, 'os/packages/debian.lock.json')),
  keyringFile: '',
  keyringHash: '',
  downloadUrl: '',
  rockchipLoader: undefined,
});
const keys = findStepKeys(plan, ROOT);
/** The same for the same contents, whoever builds: keys and the builder's processor have no part in it. */
const contentHash = createHash('sha256')
  .update(JSON.stringify([...keys]))
  .digest('hex');

const reason = whyLeftOut();
if (reason !== undefined) {
  say(`left out: ${reason}`);
  process.exit(0);
}
if (!existsSync(join(ROOT, 'build/image-keys'))) await run('npm', ['run', 'image:keys']);
await run('npm', ['run', 'image']);
await run('npm', ['run', 'test:image', '--', 'upload']);
if (values.record) writeFileSync(record, `${JSON.stringify({ contentHash }, undefined, 2)}\n`);
say('passed');

/** Why there is nothing to prove, or no way to; undefined when the proof can be made. */
function whyLeftOut(): string | undefined {
  const proven = existsSync(record)
    ? (JSON.parse(readFileSync(record, 'utf8')) as { contentHash: string }).contentHash
    : undefined;
  if (proven === contentHash) return 'nothing that goes into the image has changed since the last one';
  mkdirSync(buildDir, { recursive: true });
  const path = process.env.PATH ?? '';
  const faults = findFaults({ cpu: process.arch, uid: process.getuid!(), path, buildDir });
  if (faults.length > 0) return faults.join('; ');
  for (const [program, args, what] of [
    ['qemu-system-aarch64', ['--version'], 'apt-get install -y --no-install-recommends qemu-system-arm'],
    ['mcopy', ['--version'], 'apt-get install -y --no-install-recommends mtools'],
    ['unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], 'this machine lets nobody mount'],
  ] as const)
    if (spawnSync(program, args).status !== 0) return `${program} is missing or refused: ${what}`;
  const packages = join(buildDir, 'packages');
  const isMade = existsSync(packages) && readdirSync(packages).includes(keys.get('packages')!);
  const needed = isMade ? PACKAGES_MADE_MINUTES : FROM_NOTHING_MINUTES;
  if (minutes < needed)
    return `${Math.max(0, minutes)} minutes are left and it takes up to ${needed}; \`node test/image/proof.ts\` makes it`;
  return undefined;
}

/** Runs one part to its end, or to the end of the time. Ends the process unless the part succeeded. */
async function run(program: string, args: readonly string[]): Promise<void> {
  const line = [program, ...args].join(' ');
  // A group of its own, so that emulators end with it.
  const child = spawn(program, args, {
    cwd: ROOT,
    stdio: 'inherit',
    detached: true,
    env: { ...process.env, SHOEBOX_TEST_PATIENCE_MINUTES: '60' },
  });
  const stop = (signal: NodeJS.Signals) => {
    try {
      process.kill(-child.pid!, signal);
    } catch {} // It has ended already.
  };
  let isLate = false;
  const end = () => {
    isLate = true;
    stop('SIGTERM');
    setTimeout(() => stop('SIGKILL'), 20_000).unref();
  };
  const limit = setTimeout(end, Math.max(0, until - Date.now()));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(signal));
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearTimeout(limit);
  if (isLate) {
    stop('SIGKILL');
    say(`stopped after ${minutes} minutes, during ${line}: too slow here to say anything`);
    process.exit(0);
  }
  if (status === 0) return;
  say(`this failed: ${line}`);
  process.exit(1);
}
