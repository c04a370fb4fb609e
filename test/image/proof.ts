import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLock } from '../../image-build/debian/lock.ts';
import { planImage } from '../../image-build/plan.ts';
import { arm64Image } from '../../image-build/profile.ts';
import { findStepKeys } from '../../image-build/step-keys.ts';
import { ROOT } from '../structure/source-files.ts';

/**
 * The short proof of the image for every change that lands: builds it once and starts it once. It is left out, saying
 * so, when nothing that goes into the image has changed since the last proof: test/image/proven.json then has the
 * hash of all of it. `node test/image/proof.ts --record` writes that file after a proof.
 */

const record = join(import.meta.dirname, 'proven.json');
const say = (text: string) => process.stdout.write(`proof of the image: ${text}\n`);

const contentHash = hashOfImage();
const proven = existsSync(record)
  ? (JSON.parse(readFileSync(record, 'utf8')) as { contentHash: string })
  : undefined;
if (proven?.contentHash === contentHash) {
  say('left out, since nothing that goes into the image has changed');
  process.exit(0);
}
say(proven ? 'the image has changed' : 'nothing is proven yet');
if (!existsSync(join(ROOT, 'build/image-keys'))) run('npm', ['run', 'image:keys']);
run('npm', ['run', 'image']);
run('npm', ['run', 'test:image', '--', 'boot=U-Boot']);
if (process.argv.includes('--record'))
  writeFileSync(record, `${JSON.stringify({ contentHash }, undefined, 2)}\n`);
say('passed');

/** The same for the same contents, whoever builds: keys and the builder's processor have no part in it. */
function hashOfImage(): string {
  const plan = planImage(arm64Image, {
    version: '0.0.0',
    hostArch: 'amd64',
    lock: readLock(join(ROOT, 'os/packages/debian.lock.json')),
    keyringFile: '',
    keyringHash: '',
    downloadUrl: '',
    rockchipLoader: undefined,
  });
  return createHash('sha256')
    .update(JSON.stringify([...findStepKeys(plan, ROOT)]))
    .digest('hex');
}

function run(program: string, args: readonly string[]): void {
  const { status } = spawnSync(program, args, { cwd: ROOT, stdio: 'inherit' });
  if (status === 0) return;
  say(`this failed: ${program} ${args.join(' ')}`);
  process.exit(1);
}
