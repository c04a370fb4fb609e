/** One entry of `packages` in package-lock.json (lockfileVersion 3), as far as it is read here. */
export interface LockedPackage {
  version: string;
  /** Hash of the package's archive, as npm checks it (Subresource Integrity). */
  integrity?: string;
  license?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  /** Where it runs; absent: everywhere. npm writes one value with or without a list around it. */
  os?: string[] | string;
  cpu?: string[] | string;
  libc?: string[] | string;
}

export interface PackageLock {
  lockfileVersion: number;
  packages: Record<string, LockedPackage>;
}

/** A processor that Shoebox is built for, in npm's and Node's word. The system is Linux with glibc. */
export type Cpu = 'arm64' | 'x64';

/**
 * What the packages `names` need to run on Linux on `cpu`: paths of entries in `lock` (`node_modules/…`), sorted.
 * Optional packages for other machines are left out; one that is neither locked nor optional is an error, since
 * then the lock does not belong to package.json.
 */
export function findClosure(lock: PackageLock, names: readonly string[], cpu: Cpu): string[] {
  const found = new Set<string>();
  const waiting = names.map((name) => ({ name, from: '', optional: false }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { name, from, optional } = next;
    const path = findLocked(lock, name, from);
    const locked = path === undefined ? undefined : lock.packages[path];
    if (path === undefined || locked === undefined) {
      if (optional) continue;
      throw new Error(
        `package-lock.json has no ${name}, which ${from || 'the image'} needs. Run npm install.`,
      );
    }
    if (!runsOn(locked, cpu)) {
      if (optional) continue;
      throw new Error(`${name} is not made for Linux on ${cpu}`);
    }
    if (found.has(path)) continue;
    found.add(path);
    for (const needed of Object.keys(locked.dependencies ?? {}))
      waiting.push({ name: needed, from: path, optional: false });
    for (const needed of Object.keys(locked.optionalDependencies ?? {}))
      waiting.push({ name: needed, from: path, optional: true });
  }
  return [...found].sort();
}

/** As Node looks for it: beside what asks, then in each folder above. */
function findLocked(lock: PackageLock, name: string, from: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (lock.packages[path]) return path;
    if (folder === '') return undefined;
  }
}

function runsOn({ os, cpu, libc }: LockedPackage, wanted: Cpu): boolean {
  const fits = (list: string[] | string | undefined, value: string) =>
    list === undefined || [list].flat().includes(value);
  return fits(os, 'linux') && fits(cpu, wanted) && fits(libc, 'glibc');
}

/**
 * A package.json and a package-lock.json that install exactly the entries `paths` of `lock`, with their hashes.
 * What an entry could also use on other machines is cut out of it, or npm would ask for it.
 */
export function cutLock(
  lock: PackageLock,
  names: readonly string[],
  paths: readonly string[],
): { manifest: object; lock: PackageLock } {
  const kept = new Set(paths.map((path) => path.slice(path.lastIndexOf('node_modules/') + 13)));
  const only = (wanted: Record<string, string> | undefined) =>
    Object.fromEntries(Object.entries(wanted ?? {}).filter(([name]) => kept.has(name)));
  const versions = (wanted: readonly string[]) =>
    Object.fromEntries(
      wanted.toSorted().map((name) => [name, lock.packages[`node_modules/${name}`]!.version]),
    );
  // npm installs for another machine only what is optional.
  const isTied = (name: string) => lock.packages[`node_modules/${name}`]!.cpu !== undefined;
  const root = {
    name: 'shoebox-packages',
    version: '0.0.0',
    dependencies: versions(names.filter((name) => !isTied(name))),
    optionalDependencies: versions(names.filter(isTied)),
  };
  const packages: Record<string, object> = { '': root };
  for (const path of paths) {
    const { version, integrity, os, cpu, libc, dependencies, optionalDependencies } = lock.packages[path]!;
    if (!integrity) throw new Error(`package-lock.json has no hash of ${path}`);
    packages[path] = {
      version,
      integrity,
      dependencies: only(dependencies),
      optionalDependencies: only(optionalDependencies),
      ...(os && { os }),
      ...(cpu && { cpu, optional: true }),
      ...(libc && { libc }),
    };
  }
  return {
    manifest: { ...root, private: true },
    lock: {
      ...{ name: root.name, version: root.version, requires: true },
      lockfileVersion: lock.lockfileVersion,
      packages: packages as Record<string, LockedPackage>,
    },
  };
}
