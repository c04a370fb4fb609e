import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from '#runtime/command';
import { buildImage } from './build.ts';
import { BuildError } from './commands.ts';
import { readLock, writeLock } from './debian/lock.ts';
import { makeLock } from './debian/make-lock.ts';
import { VanishedError } from './debian/pool.ts';
import { DEFAULT_MIRROR } from './debian/suites.ts';
import { checkKeys, makeDevelopmentKeys } from './keys.ts';
import { planImage } from './plan.ts';
import { findFaults, hostArchOf } from './preflight.ts';
import { arm64Image } from './profile.ts';

const USAGE = `npm run image [-- options]        makes the image; what was made before is used again
  --version VERSION    1.2.3 or 1.2.3-dev; default: that of package.json
  --out FOLDER         where the released files go; default: build/image/release
  --build FOLDER       where steps keep their results; default: build/image/steps
  --keys FOLDER        ca.pem, signer.pem, signer.key; default: build/image-keys
  --rk-firmware FILE   your u-boot-rockchip.bin, for a Rockchip board without one of its own
  --url URL            where the image will be had, for Raspberry Pi Imager
npm run image:lock                takes today's Debian packages
npm run image:keys                makes keys for development

SHOEBOX_IMAGE_CACHE      what was fetched; default: ~/.cache/shoebox-image
SHOEBOX_DEBIAN_MIRROR    default: the one that this machine's apt uses
`;

/** Something that whoever called can put right. */
class UsageError extends Error {}

const root = resolve(import.meta.dirname, '..');
const lockFile = join(root, 'os/packages/debian.lock.json');
const cacheDir = process.env.SHOEBOX_IMAGE_CACHE ?? join(homedir(), '.cache/shoebox-image');
const say = (text: string) => process.stdout.write(`image: ${text}\n`);

try {
  await main();
} catch (error) {
  // What the person at the keyboard can act on is said; all else is a bug and shows where.
  const plain = error instanceof BuildError || error instanceof VanishedError || error instanceof UsageError;
  process.stderr.write(`image: ${plain ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      version: { type: 'string' },
      out: { type: 'string' },
      build: { type: 'string' },
      keys: { type: 'string' },
      'rk-firmware': { type: 'string' },
      url: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const [command = 'build', ...rest] = positionals;
  if (values.help || rest.length > 0 || !['build', 'lock', 'keys'].includes(command)) {
    process.stdout.write(USAGE);
    if (!values.help) process.exitCode = 1;
    return;
  }
  const keysDir = resolve(values.keys ?? join(root, 'build/image-keys'));
  if (command === 'keys') {
    const keys = await makeDevelopmentKeys(keysDir).catch(asUsage);
    say(`made ${keys.keyringFile}, and what signs updates beside it`);
    return;
  }
  if (command === 'lock') {
    const epochSeconds = Math.floor(Date.now() / 1000);
    const mirror = await findMirror();
    const lock = await makeLock({ root, folder: join(cacheDir, 'apt'), mirror, epochSeconds, say });
    writeLock(lockFile, lock);
    say(`locked ${lock.debs.length} packages: ${lockFile}`);
    return;
  }

  const buildDir = resolve(values.build ?? join(root, 'build/image/steps'));
  mkdirSync(buildDir, { recursive: true });
  const faults = findFaults({
    cpu: process.arch,
    uid: process.getuid!(),
    path: process.env.PATH ?? '',
    buildDir,
  });
  if (faults.length > 0) throw new UsageError(faults.join('\nimage: '));
  const keys = ((): ReturnType<typeof checkKeys> => {
    try {
      return checkKeys(keysDir);
    } catch (error) {
      return asUsage(error);
    }
  })();
  const lock = readLock(lockFile);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const rockchip = values['rk-firmware'];
  const plan = planImage(arm64Image, {
    version: values.version ?? version,
    hostArch: hostArchOf(process.arch),
    lock,
    keyringFile: keys.keyringFile,
    keyringHash: sha256(keys.keyringFile),
    downloadUrl: values.url ?? '',
    rockchipLoader:
      rockchip === undefined ? undefined : { file: resolve(rockchip), sha256: sha256(rockchip) },
  });
  if (plan.rockchipLoader) say(`your U-Boot has the SHA-256 ${plan.rockchipLoader.sha256}`);
  const outDir = resolve(values.out ?? join(root, 'build/image/release'));
  const mirror = await findMirror();
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  const { signal } = stop;
  await buildImage({ plan, lock, keys, root, buildDir, cacheDir, mirror, outDir, say, signal });
}

/** Where this machine's own apt gets Debian from, without what follows `/debian`. */
async function findMirror(): Promise<string> {
  const chosen = process.env.SHOEBOX_DEBIAN_MIRROR;
  if (chosen) return chosen.replace(/\/+$/, '');
  const targets = await runCommand('apt-get', ['indextargets', '--format', '$(REPO_URI)'], {
    memoryBytes: 16 * 1024 ** 3,
  });
  const found = targets.toString('utf8').match(/^https?:\/\/\S+(?=\/debian\/?$)/m);
  return found?.[0] ?? DEFAULT_MIRROR;
}

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function asUsage(error: unknown): never {
  throw new UsageError((error as Error).message, { cause: error });
}
