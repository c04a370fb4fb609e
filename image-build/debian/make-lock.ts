import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DebianArch, DebianLock, LockedDeb, PackageSet } from './lock.ts';
import { type Archive, type FoundDeb, openArchive } from './solve.ts';
import { readPackageList, readProgramList, type WantedPackage } from './suites.ts';

/** Where the lists of packages are, below the repository. */
export const PACKAGE_LISTS = 'os/packages';

/** The packages of the device: the lists of the image, and of the programs that the services start. */
export function readDevicePackages(root: string): WantedPackage[] {
  const listsOf = (folder: string) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.txt'))
      .sort()
      .map((name) => join(root, folder, name));
  const programs = listsOf(PACKAGE_LISTS).flatMap((file) => readProgramList(readFileSync(file, 'utf8')));
  const own = listsOf(join(PACKAGE_LISTS, 'image'))
    .filter((file) => !file.endsWith('left-out.txt'))
    .flatMap((file) => readPackageList(readFileSync(file, 'utf8'), file));
  return [...own, ...programs];
}

/** The packages of the tools, of the initrd's maker, and those that give single files. */
export function readBuildPackages(root: string, name: 'tools' | 'initrd' | 'files'): WantedPackage[] {
  const file = join(root, PACKAGE_LISTS, 'builder', `${name}.txt`);
  return readPackageList(readFileSync(file, 'utf8'), file);
}

/** Solves every set once. `epochSeconds` becomes the time of all that is made of these packages. */
export async function makeLock(request: {
  root: string;
  /** Keeps apt's indexes. */
  folder: string;
  mirror: string;
  epochSeconds: number;
  say: (text: string) => void;
}): Promise<DebianLock> {
  const { root, folder, mirror, epochSeconds, say } = request;
  const device = readDevicePackages(root);
  const initrd = readBuildPackages(root, 'initrd');
  const tools = readBuildPackages(root, 'tools');
  const files = readBuildPackages(root, 'files');

  const open = (arch: DebianArch): Promise<Archive> => {
    say(`asking ${mirror} for its packages for ${arch}`);
    const wanted = [...device, ...initrd, ...tools, ...files];
    return openArchive({ folder: join(folder, arch), mirror, arch, wanted });
  };
  const arm64 = await open('arm64');
  const amd64 = await open('amd64');

  const debs = new Map<string, LockedDeb>();
  const add = (set: PackageSet, found: readonly FoundDeb[]) => {
    say(`${set}: ${found.length} packages`);
    for (const deb of found) {
      const key = `${deb.name} ${deb.version} ${deb.arch}`;
      const known = debs.get(key);
      if (known && known.sha256 !== deb.sha256)
        throw new Error(`the archive has two different files of ${key}`);
      if (known) known.sets.push(set);
      else debs.set(key, { ...deb, sets: [set] });
    }
  };
  add('device', await arm64.solve(device));
  add('initrd', await arm64.solve([...device, ...initrd]));
  add('tools-amd64', await amd64.solve(tools));
  add('tools-arm64', await arm64.solve(tools));
  add('files', await arm64.find(files));
  return { epoch: epochSeconds, debs: [...debs.values()] };
}
