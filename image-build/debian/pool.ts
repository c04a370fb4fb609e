import { createHash } from 'node:crypto';
import {
  copyFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CommandError, runCommand } from '#runtime/command';
import type { DebianLock, LockedDeb } from './lock.ts';

/** Packages that one call of apt's downloader fetches. */
const BATCH = 40;
const BATCH_MS = 30 * 60_000;
const APT_BYTES = 4 * 1024 ** 3;

/** A locked package that is neither in the pool nor to be had any more. */
export class VanishedError extends Error {}

/** Where a package of the lock is in the pool. Its hash is in the name, so a changed archive never overwrites. */
export function poolFile(poolDir: string, deb: LockedDeb): string {
  return join(poolDir, `${deb.sha256.slice(0, 12)}-${basename(deb.path)}`);
}

/**
 * Makes the pool hold exactly the packages `debs`, each compared with its locked SHA-256. What is missing or damaged
 * is fetched from `mirror` by apt's own downloader. Throws VanishedError naming what the archive has no more.
 */
export async function fillPool(request: {
  poolDir: string;
  mirror: string;
  debs: readonly LockedDeb[];
  say: (text: string) => void;
}): Promise<void> {
  const { poolDir, mirror, debs, say } = request;
  mkdirSync(poolDir, { recursive: true });
  const missing: LockedDeb[] = [];
  for (const deb of debs) if (!(await isWhole(poolFile(poolDir, deb), deb))) missing.push(deb);
  if (missing.length === 0) return;

  const bytes = missing.reduce((sum, deb) => sum + deb.bytes, 0);
  say(`fetching ${missing.length} packages, ${Math.ceil(bytes / 1e6)} MB`);
  const vanished: LockedDeb[] = [];
  let cause: unknown;
  for (let from = 0; from < missing.length; from += BATCH) {
    const batch = missing.slice(from, from + BATCH);
    try {
      await download(poolDir, mirror, batch);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      cause = error;
    }
    for (const deb of batch) if (!(await isWhole(poolFile(poolDir, deb), deb))) vanished.push(deb);
  }
  if (vanished.length > 0) throw new VanishedError(vanishedMessage(vanished, mirror, poolDir), { cause });
}

async function download(poolDir: string, mirror: string, debs: readonly LockedDeb[]): Promise<void> {
  const wanted = debs.flatMap((deb) => {
    const file = poolFile(poolDir, deb);
    rmSync(file, { force: true });
    return [uriOf(mirror, deb), file, `SHA256:${deb.sha256}`];
  });
  const options = ['-o', 'Acquire::Retries=3', '-o', 'APT::Sandbox::User=root'];
  await runCommand('/usr/lib/apt/apt-helper', [...options, 'download-file', ...wanted], {
    timeoutMs: BATCH_MS,
    memoryBytes: APT_BYTES,
  });
}

function uriOf(mirror: string, deb: LockedDeb): string {
  const archive = deb.suite.endsWith('-security') ? 'debian-security' : 'debian';
  // A plus sign in the path of an address means itself, but some mirrors' stores take it for a space.
  return `${mirror}/${archive}/${deb.path.split('/').map(encodeURIComponent).join('/')}`;
}

/** What to say, and the ways out, when packages of the lock cannot be had. */
export function vanishedMessage(debs: readonly LockedDeb[], mirror: string, poolDir: string): string {
  return [
    `${mirror} does not have these locked packages (any more):`,
    ...debs.map(({ name, version, arch, suite }) => `  ${name} ${version} (${arch}, ${suite})`),
    'Debian keeps only the newest version of a package. There are three ways out:',
    '  - run npm run image:lock: takes the versions of today, which gives a new image;',
    `  - put the files of the release's debs.tar into ${poolDir}: gives the very same image;`,
    '  - set SHOEBOX_DEBIAN_MIRROR to an archive that still has them.',
  ].join('\n');
}

/** Whether `file` is there and is the locked package. */
async function isWhole(file: string, deb: LockedDeb): Promise<boolean> {
  if (!existsSync(file) || statSync(file).size !== deb.bytes) return false;
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex') === deb.sha256;
}

/** All packages of the lock that a machine of `arch` builds with. */
export function debsForHost(lock: DebianLock, arch: 'amd64' | 'arm64'): LockedDeb[] {
  const sets = new Set(['device', 'initrd', 'files', `tools-${arch}`]);
  return lock.debs.filter((deb) => deb.sets.some((set) => sets.has(set)));
}

/** Writes an archive of `debs` for apt into `folder`. */
export async function writeLocalArchive(request: {
  poolDir: string;
  folder: string;
  debs: readonly LockedDeb[];
}): Promise<void> {
  const { poolDir, folder, debs } = request;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const paragraphs: string[] = [];
  for (const deb of debs) {
    const from = poolFile(poolDir, deb);
    const name = `${deb.name}_${deb.arch}.deb`;
    const to = join(folder, name);
    copyFileSync(from, to);
    const fields = (await runCommand('dpkg-deb', ['--field', from])).toString('utf8').trimEnd();
    paragraphs.push(`${fields}\nFilename: ./${name}\nSize: ${deb.bytes}\nSHA256: ${deb.sha256}\n`);
  }
  const index = `${paragraphs.join('\n')}\n`;
  const indexHash = createHash('sha256').update(index).digest('hex');
  writeFileSync(join(folder, 'Packages'), index);
  // mmdebstrap asks apt for the essential packages of a suite by this name.
  const release = [
    'Suite: trixie',
    'Codename: trixie',
    'SHA256:',
    ` ${indexHash} ${Buffer.byteLength(index)} Packages`,
  ];
  writeFileSync(join(folder, 'Release'), `${release.join('\n')}\n`);
}
