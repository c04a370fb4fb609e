import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** Debian's processors that Shoebox is built on or for. */
export type DebianArch = 'amd64' | 'arm64';

/**
 * Which packages belong together: the device's root; the same plus what makes its initrd; the tools that make the
 * image, per processor of the machine it is built on; and packages that are only unpacked for single files of theirs.
 */
export const PACKAGE_SETS = ['device', 'initrd', 'tools-amd64', 'tools-arm64', 'files'] as const;
export type PackageSet = (typeof PACKAGE_SETS)[number];

/** One .deb, by what it contains. Where to get it is no part of it: every Debian mirror has the same `path`. */
export interface LockedDeb {
  name: string;
  version: string;
  arch: string;
  /** trixie, trixie-security, trixie-backports or forky. */
  suite: string;
  /** Below the root of the archive: `pool/main/…`. */
  path: string;
  bytes: number;
  sha256: string;
  sets: PackageSet[];
}

export interface DebianLock {
  /** When the archive was asked, in seconds since 1970: the time of every file that comes from it. */
  epoch: number;
  debs: LockedDeb[];
}

/** Reads the lock. Throws, saying what is wrong with it, rather than build something else than what is locked. */
export function readLock(file: string): DebianLock {
  const lock = JSON.parse(readFileSync(file, 'utf8')) as DebianLock;
  if (!Number.isSafeInteger(lock.epoch) || !Array.isArray(lock.debs) || lock.debs.length === 0)
    throw new Error(`${file} is not a lock of Debian packages: run npm run image:lock`);
  for (const deb of lock.debs) {
    const whole =
      /^[a-z0-9][a-z0-9+.-]*$/.test(deb.name) &&
      /^[\w.+:~-]+$/.test(deb.version) &&
      /^pool\/[\w./+~-]+\.deb$/.test(deb.path) &&
      !deb.path.includes('..') &&
      /^[0-9a-f]{64}$/.test(deb.sha256) &&
      deb.bytes > 0;
    if (!whole) throw new Error(`${file}: this is no package: ${JSON.stringify(deb)}`);
  }
  return lock;
}

/** Writes one package a line, sorted, so that a change of it reads well. */
export function writeLock(file: string, lock: DebianLock): void {
  const lines = [...lock.debs]
    .sort((a, b) => compare(a.name, b.name) || compare(a.arch, b.arch) || compare(a.version, b.version))
    .map((deb) => `  ${JSON.stringify(deb)}`);
  const text = `{"epoch":${lock.epoch},"debs":[\n${lines.join(',\n')}\n]}\n`;
  writeFileSync(`${file}.part`, text);
  renameSync(`${file}.part`, file);
}

/** The packages of one set, sorted as they are in the lock. */
export function debsOf(lock: DebianLock, set: PackageSet): LockedDeb[] {
  return lock.debs.filter(({ sets }) => sets.includes(set));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
