import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { bundleServices } from './bundle-services.ts';
import { type Cpu, findClosure, type LockedPackage, type PackageLock } from './npm-closure.ts';

/** What makes the same app for the device and, for a test, for the machine at hand. */
export interface BundleRequest {
  /** The repository. `build/ui` and `build/gazetteer.db` are taken as they are there. */
  root: string;
  lock: PackageLock;
  cpu: Cpu;
  /** A node_modules with the packages that are not bundled, for `cpu`: of fetchPackages, or the repository's. */
  modules: string;
  /** Node's program for `cpu`. */
  node: string;
  /** Replaced: what is copied to /usr/lib/shoebox. */
  appDir: string;
  /** Replaced: the source maps, which stay out of the image. */
  mapsDir: string;
}

/** One npm package that is in the app, bundled or as it is. */
export interface AppPackage {
  name: string;
  version: string;
  /** SPDX expression of its package.json; undefined where it says none. */
  license: string | undefined;
  integrity: string | undefined;
}

export interface App {
  /** Every npm package in it, Node included, by name: what a list of parts has to say of it. */
  packages: AppPackage[];
  bytes: number;
}

/** Of a package that is copied, only what runs on the device; everything else is documentation and sources. */
const KEPT: Record<string, (path: string, cpu: Cpu) => boolean> = {
  'better-sqlite3': (path, cpu) => /^lib\//.test(path) || path === `prebuilds/linux-${cpu}.node`,
  'onnxruntime-node': (path, cpu) =>
    /^dist\//.test(path) || (path.startsWith('bin/') && path.includes(`/linux/${cpu}/`)),
  // Headers for compiling, and nothing else.
  'node-addon-api': () => false,
};

/** Nothing of these is read by a running program. */
const NEVER_READ = /(\.(md|markdown|map|ts|mts|cts|h|hpp|cc|gyp)|\/src\/.*)$/i;

/** Of package.json's dependencies: only used where the image is built, or in the app only when a service asks for it. */
const NOT_BUNDLED = ['esbuild', 'node', 'onnxruntime-node'];

/**
 * Writes the app as it is on the device: bundled services, the packages that cannot be bundled, Node, the pages and
 * the names of places. The same inputs give the same bytes and modes, whatever the folder, umask and time.
 */
export async function bundleApp(request: BundleRequest): Promise<App> {
  const { root, lock, cpu, modules, node, appDir, mapsDir } = request;
  const ui = join(root, 'build/ui');
  const gazetteer = join(root, 'build/gazetteer.db');
  for (const input of [join(ui, 'index.html'), gazetteer, node])
    if (!existsSync(input)) throw new Error(`${input} is missing: run node services/setup.mjs first`);

  const services = await bundleServices(root);
  rmSync(appDir, { recursive: true, force: true });
  rmSync(mapsDir, { recursive: true, force: true });
  const write = (path: string, contents: Uint8Array | string) => writePlain(join(appDir, path), contents);

  for (const [path, contents] of services.files) write(path, contents);
  for (const [path, contents] of services.maps) writePlain(join(mapsDir, path), contents);
  // The bundles are modules, and so said to Node; a closer package.json says otherwise for what is copied.
  write('package.json', '{"type":"module"}\n');
  for (const path of listFiles(ui)) copyPlain(join(ui, path), join(appDir, 'build/ui', path));
  copyPlain(gazetteer, join(appDir, 'build/gazetteer.db'));
  copyPlain(node, join(appDir, 'bin/node'), 0o755);

  const copied = findClosure(lock, services.packages, cpu);
  for (const path of copied) {
    const name = nameOf(path);
    const keep = KEPT[name] ?? (() => true);
    const from = join(modules, relative('node_modules', path));
    // Packages inside a package are entries of their own.
    const files = listFiles(from).filter((file) => !/(^|\/)node_modules\//.test(file));
    const wanted = files.filter((file) => !NEVER_READ.test(`/${file}`) && keep(file, cpu));
    if (wanted.length === 0) continue;
    for (const file of new Set([...wanted, 'package.json']))
      copyPlain(join(from, file), join(appDir, path, file));
  }

  const direct = Object.keys(lock.packages['']?.dependencies ?? {});
  const bundled = direct.filter((name) => !NOT_BUNDLED.includes(name));
  const ownNode = lock.packages[`node_modules/${nodePackage(cpu)}`] ? [nodePackage(cpu)] : [];
  const contained = findClosure(lock, [...bundled, ...services.packages, ...ownNode], cpu);
  write('licences.txt', licences(contained, lock, [modules, join(root, 'node_modules')]));
  return {
    packages: contained.map((path) => describe(path, lock.packages[path]!)),
    bytes: listFiles(appDir).reduce((sum, path) => sum + readFileSync(join(appDir, path)).length, 0),
  };
}

/** The packages that have to be fetched for the device: those that the services import as they are, and Node. */
export async function findAppPackages(root: string, cpu: Cpu): Promise<string[]> {
  const { packages } = await bundleServices(root);
  return [...packages, nodePackage(cpu)];
}

/** Node's binary comes with this package; the package `node` installs it by a script, which nothing here runs. */
export const nodePackage = (cpu: Cpu): string => `node-linux-${cpu}`;

/** Files below `folder`, by path, in an order that does not depend on the file system. */
function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

function writePlain(file: string, contents: Uint8Array | string): void {
  makeFolder(dirname(file));
  writeFileSync(file, contents);
  chmodSync(file, 0o644);
}

function copyPlain(from: string, to: string, mode = 0o644): void {
  makeFolder(dirname(to));
  copyFileSync(from, to);
  chmodSync(to, mode);
}

/** Readable for all, whatever the umask. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
  chmodSync(folder, 0o755);
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 13);

function describe(path: string, { version, license, integrity }: LockedPackage): AppPackage {
  return { name: nameOf(path), version, license, integrity };
}

/** The licences of everything of others that is in the app, as most of them ask for. */
function licences(paths: readonly string[], lock: PackageLock, folders: readonly string[]): string {
  const parts = paths.map((path) => {
    const { version, license } = lock.packages[path]!;
    const folder = folders.map((modules) => join(modules, relative('node_modules', path))).find(existsSync);
    const texts = folder
      ? readdirSync(folder)
          .filter((name) => /^(licen[cs]e|notice|copying)/i.test(name))
          .sort()
          .map((name) => readFileSync(join(folder, name), 'utf8').trim())
      : [];
    return [`${nameOf(path)} ${version}: ${license ?? 'see below'}`, ...texts].join('\n\n');
  });
  return `${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}
