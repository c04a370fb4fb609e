import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';

/**
 * Packages that bring binaries and look for them beside themselves. They are copied as they are, as far as a
 * service uses them; all others become part of the bundle.
 */
const KEPT_PACKAGES = ['better-sqlite3', 'onnxruntime-node', 'sharp'];

export interface ServicesBundle {
  /** Path below the app's folder (`services/…`) and contents. */
  files: Map<string, Uint8Array>;
  /** Source maps of the same names with `.map`; for whoever reads a stack of the device, not for the image. */
  maps: Map<string, Uint8Array>;
  /** Packages that the code still imports by name. */
  packages: string[];
}

/**
 * Bundles every process of `services/` and every thread and child of theirs. Everything that starts on its own is
 * at `services/<folder>/<name>.js` and what they share at `services/chunks/`, all two folders deep: so a path like
 * `../../build/ui` means the same in a bundle as in the source, and one file finds another by `../<folder>/`.
 */
export async function bundleServices(root: string): Promise<ServicesBundle> {
  const services = join(root, 'services');
  const sources = listSources(services);
  const entries = findEntries(services, sources);
  const result = await build({
    absWorkingDir: root,
    entryPoints: [...entries].map(([file, out]) => ({ in: file, out })),
    outdir: join(root, 'services'),
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    sourcemap: 'external',
    sourcesContent: false,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // Names stay, so that a stack in the log of a device can be read.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    // V8 keeps a source with any other character at two bytes for each.
    charset: 'ascii',
    chunkNames: 'chunks/[name]-[hash]',
    external: KEPT_PACKAGES,
    // Packages in the older form ask for others by `require`, which a module does not have by itself.
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
    plugins: [pointToBundles(services, entries)],
    logLevel: 'warning',
  });

  const files = new Map<string, Uint8Array>();
  const maps = new Map<string, Uint8Array>();
  for (const { path, contents } of result.outputFiles)
    (path.endsWith('.map') ? maps : files).set(relative(root, path), contents);
  const imported = new Set(
    Object.values(result.metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path)),
  );
  return { files, maps, packages: KEPT_PACKAGES.filter((name) => imported.has(name)) };
}

/** Our own code below `folder`, without tests. */
function listSources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(?<!\.test|\.d)\.ts$/.test(path))
    .map((path) => join(folder, path))
    .sort();
}

/** The one form in which our code names a file of its own that is to run as a thread or a process. */
const OWN_FILE = /new URL\('(\.\/[\w-]+\.ts)', import\.meta\.url\)/g;

/** Source file to the name of its bundle, without its ending. */
function findEntries(services: string, sources: readonly string[]): Map<string, string> {
  const started = sources.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(OWN_FILE)].map(([, name]) => resolve(dirname(file), name!)),
  );
  const mains = sources.filter((file) => /^[^/]+\/([^/]+\/)?main\.ts$/.test(relative(services, file)));
  const entries = new Map<string, string>();
  for (const file of [...mains, ...started]) entries.set(file, bundleName(relative(services, file)));
  if (new Set(entries.values()).size < entries.size)
    throw new Error(`two bundles would have the same name: ${[...entries.values()].sort().join(' ')}`);
  return entries;
}

/** `gateway/main`, `ingest/rebuild` for ingest/rebuild/main.ts, `catalog/reader-thread` for lib/catalog/reader-thread.ts. */
function bundleName(path: string): string {
  const parts = path.replace(/\.ts$/, '').split('/');
  if (parts[0] === 'lib') parts.shift();
  if (parts.length === 3 && parts[2] === 'main') parts.pop();
  if (parts.length !== 2) throw new Error(`${path} runs on its own, so it has to be in a service's folder`);
  return parts.join('/');
}

/** Lets our code find in the bundle what it starts, and refuses paths that would lead elsewhere than in the source. */
function pointToBundles(services: string, entries: ReadonlyMap<string, string>): Plugin {
  return {
    name: 'point-to-bundles',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (!path.startsWith(`${services}/`)) return undefined;
        const contents = readFileSync(path, 'utf8').replaceAll(
          OWN_FILE,
          (_, name: string) =>
            `new URL('../${entries.get(resolve(dirname(path), name))}.js', import.meta.url)`,
        );
        const isTwoDeep = /^[^/]+\/[^/]+$/.test(relative(services, path));
        if (/\bimport\.meta\.(dirname|filename)\b/.test(contents) && !isTwoDeep)
          throw new Error(
            `${path}: a bundle is at services/<folder>/, so import.meta.dirname means something else there`,
          );
        return { contents, loader: 'ts' };
      });
    },
  };
}
