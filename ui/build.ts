import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip as gzipCompress } from 'node:zlib';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import sharp from 'sharp';
import { buildManifest } from './manifest.ts';
import { packWorldMap } from './map-file.ts';

const UI_DIR = dirname(fileURLToPath(import.meta.url));

/** Where the gateway finds the page. */
export const BUILT_UI_DIR = join(UI_DIR, '..', 'build', 'ui');

/** Folder of the files whose names carry their content's hash, so that they may be cached for ever. */
const HASHED = 'static';

/** The first of each with popovers, which menus need; styles that are newer are written in older words. */
const BROWSERS = ['chrome114', 'firefox125', 'safari17'];

/** Sides of the icons in px, as phones ask for them; the mark takes this share of the side. */
const ICONS = [
  { sidePx: 180, share: 0.74, purpose: undefined },
  { sidePx: 192, share: 0.86, purpose: 'any' },
  { sidePx: 512, share: 0.86, purpose: 'any' },
  { sidePx: 512, share: 0.62, purpose: 'maskable' },
] as const;

type Files = Map<string, Uint8Array | string>;

/**
 * Bundles the page into `outDir`: index.html, manifest, worker, and hashed scripts, styles, font and icons, all as
 * files of their own, so that `default-src 'self'` suffices. Safe while the folder is being served: files under new
 * names come first, then index.html changes in one rename, and what only the page before used goes last.
 */
export async function buildUi(outDir: string): Promise<void> {
  const page = await bundlePage(outDir);
  const styles = await bundleStyles(outDir, page.metafile);
  const files: Files = new Map(
    [...page.outputFiles, ...styles].map(({ path, contents }) => [relative(outDir, path), contents]),
  );
  const find = (pattern: RegExp): string => {
    const name = [...files.keys()].find((candidate) => pattern.test(candidate));
    if (!name) throw new Error(`the bundle lacks ${pattern}: ${[...files.keys()]}`);
    return name;
  };
  const script = find(/\/main-\w+\.js$/);
  const style = find(/\/kit-\w{8}\.css$/);
  const font = find(/-\w+\.woff2$/);
  const icon = addHashed(files, 'icon', 'svg', readFileSync(join(UI_DIR, 'icon.svg')));
  const pngs = await Promise.all(
    ICONS.map(async ({ sidePx, share, purpose }) => ({
      path: addHashed(
        files,
        `icon-${sidePx}${purpose === 'maskable' ? '-round' : ''}`,
        'png',
        await drawIcon(sidePx, share),
      ),
      sidePx,
      purpose,
    })),
  );
  const installable = pngs.flatMap(({ purpose, ...rest }) => (purpose ? [{ ...rest, purpose }] : []));
  const questions = await bundleEarly(outDir, files);
  const index = readFileSync(join(UI_DIR, 'index.html'), 'utf8')
    .replace(
      '{first}',
      [...scriptsBelow(page.metafile, script, outDir)]
        .map((name) => `<link rel="modulepreload" href="/${name}">`)
        .join('\n    '),
    )
    .replace('{early}', `/${questions}`)
    .replace('{script}', `/${script}`)
    .replace('{style}', `/${style}`)
    .replace('{font}', `/${font}`)
    .replace('{icon}', `/${icon}`)
    .replace('{touch-icon}', `/${pngs[0]!.path}`)
    .replace(
      '{styles}',
      JSON.stringify(styleAddresses(styles.map(({ path }) => relative(outDir, path)))).replaceAll(
        '"',
        '&quot;',
      ),
    );
  const manifest = buildManifest(installable);
  const worker = await bundleWorker(outDir, [...files.keys()], index);

  for (const [name, contents] of files) {
    if (!PACKED.test(name)) continue;
    // Browsers take Brotli only over a secure connection, and gzip always.
    files.set(`${name}.br`, await brotli(contents));
    files.set(`${name}.gz`, await gzip(contents));
  }
  mkdirSync(join(outDir, HASHED), { recursive: true });
  for (const [name, contents] of files) writeBeside(join(outDir, name), contents);
  writeBeside(join(outDir, 'manifest.json'), manifest);
  writeBeside(join(outDir, 'index.html'), index);
  writeBeside(join(outDir, 'service-worker.js'), worker);
  for (const name of readdirSync(join(outDir, HASHED))) {
    if (!files.has(`${HASHED}/${name}`)) rmSync(join(outDir, HASHED, name));
  }
}

/** What gets smaller by packing; the gateway sends the packed file to browsers that read it, and never packs itself. */
const PACKED = /\.(js|css|svg)$/;

const brotli = (contents: Uint8Array | string) =>
  promisify(brotliCompress)(contents, {
    params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
  });
const gzip = (contents: Uint8Array | string) => promisify(gzipCompress)(contents, { level: 9 });

const SHARED_OPTIONS = {
  bundle: true,
  write: false,
  metafile: true,
  format: 'esm',
  minify: true,
  target: BROWSERS,
  legalComments: 'none',
  logLevel: 'warning',
} as const satisfies BuildOptions;

function bundlePage(outDir: string) {
  return build({
    ...SHARED_OPTIONS,
    entryPoints: [join(UI_DIR, 'main.tsx')],
    outdir: join(outDir, HASHED),
    splitting: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    plugins: [joinFirst(), noteStyles, addMap, addChecksumWorker],
  });
}

/**
 * What the first visit needs is one file instead of forty. A chunk is what the same entries reach, so every script
 * that is loaded later begins by importing the page, which has long run: all of the page is then reached by all.
 */
function joinFirst(): Plugin {
  const main = join(UI_DIR, 'main.tsx');
  const later = new Set<string>();
  return {
    name: 'join-first',
    setup(plugin) {
      plugin.onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
        if (kind === 'dynamic-import') later.add(join(resolveDir, path));
        return undefined;
      });
      plugin.onLoad({ filter: /\.tsx?$/ }, ({ path }) =>
        later.has(path) || isScreen(path)
          ? {
              contents: `import ${JSON.stringify(main)};\n${readFileSync(path, 'utf8')}`,
              loader: extname(path) === '.tsx' ? 'tsx' : 'ts',
              resolveDir: dirname(path),
            }
          : undefined,
      );
    },
  };
}

/** `screens/albums/albums.tsx`: each is loaded later, also the one that the page brings along. */
const isScreen = (path: string): boolean => {
  const name = basename(path, '.tsx');
  return dirname(path) === join(UI_DIR, 'screens', name);
};

/**
 * An import of a style beside its component says only that it belongs there. The styles of all components are one
 * file, in a fixed order, that every screen has; those of a screen come with it and are drawn after it.
 */
const noteStyles: Plugin = {
  name: 'note-styles',
  setup(plugin) {
    plugin.onResolve({ filter: /\.css$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path),
      namespace: 'style',
    }));
    plugin.onLoad({ filter: /.*/, namespace: 'style' }, () => ({ contents: '' }));
  },
};

/** The map is a file of its own; who imports it gets its name. */
const addMap: Plugin = {
  name: 'add-map',
  setup(plugin) {
    plugin.onResolve({ filter: /^world-map$/ }, () => ({ path: 'world-map', namespace: 'map-name' }));
    plugin.onLoad({ filter: /.*/, namespace: 'map-name' }, () => ({
      contents: `export { default as worldFile } from 'world.bin'`,
    }));
    plugin.onResolve({ filter: /^world\.bin$/ }, ({ path }) => ({ path, namespace: 'map' }));
    plugin.onLoad({ filter: /.*/, namespace: 'map' }, () => ({ contents: packWorldMap(), loader: 'file' }));
  },
};

/** The worker that reads files is a script by itself; who imports it gets its name. */
const addChecksumWorker: Plugin = {
  name: 'add-checksum-worker',
  setup(plugin) {
    plugin.onResolve({ filter: /^checksum-worker$/ }, () => ({
      path: 'checksum-worker',
      namespace: 'worker-name',
    }));
    plugin.onLoad({ filter: /.*/, namespace: 'worker-name' }, () => ({
      contents: `export { default as workerFile } from 'checksum-worker.js'`,
    }));
    plugin.onResolve({ filter: /^checksum-worker\.js$/ }, ({ path }) => ({ path, namespace: 'worker' }));
    plugin.onLoad({ filter: /.*/, namespace: 'worker' }, async () => {
      const result = await build({
        ...SHARED_OPTIONS,
        entryPoints: [join(UI_DIR, 'checksum', 'checksum-worker.ts')],
      });
      return { contents: result.outputFiles[0]!.contents, loader: 'file' };
    });
  },
};

/** The names of the stylesheets: `kit` with what the first visit needs, and one for each chunk that the page loads and that has styles of its own. */
async function bundleStyles(outDir: string, { inputs, outputs }: Metafile) {
  const folder = (name: string) =>
    readdirSync(join(UI_DIR, name))
      .filter((file) => file.endsWith('.css'))
      .sort()
      .map((file) => join(UI_DIR, name, file));
  const parts = [...folder('style').reverse(), ...folder('components')];
  const kit = [
    ...new Set([...parts, ...stylesBelow(inputs, relative(process.cwd(), join(UI_DIR, 'main.tsx')))]),
  ];
  const sheets = new Map([['kit', kit]]);
  for (const { entryPoint } of Object.values(outputs)) {
    if (!entryPoint?.endsWith('.tsx')) continue;
    const own = stylesBelow(inputs, entryPoint).filter((file) => !kit.includes(file));
    if (own.length > 0) sheets.set(basename(entryPoint, '.tsx'), own);
  }
  const result = await build({
    ...SHARED_OPTIONS,
    entryPoints: Object.fromEntries([...sheets.keys()].map((name) => [name, `sheet:${name}`])),
    outdir: join(outDir, HASHED),
    publicPath: `/${HASHED}`,
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.woff2': 'file' },
    plugins: [
      {
        name: 'sheets',
        setup(plugin) {
          plugin.onResolve({ filter: /^sheet:/ }, ({ path }) => ({
            path: path.slice(6),
            namespace: 'sheet',
          }));
          plugin.onLoad({ filter: /.*/, namespace: 'sheet' }, ({ path }) => ({
            contents: (sheets.get(path) ?? []).map((file) => `@import ${JSON.stringify(file)};`).join('\n'),
            loader: 'css',
            resolveDir: UI_DIR,
          }));
        },
      },
    ],
  });
  return result.outputFiles;
}

/** The styles that a file and what it imports at once bring along, in the order of the imports. */
function stylesBelow(inputs: Metafile['inputs'], entry: string, seen = new Set<string>()): string[] {
  if (seen.has(entry)) return [];
  seen.add(entry);
  if (entry.startsWith('style:')) return [entry.slice(6)];
  return (inputs[entry]?.imports ?? [])
    .filter(({ kind }) => kind === 'import-statement')
    .flatMap(({ path }) => stylesBelow(inputs, path, seen));
}

/** What a script imports at once, and it itself, below the folder. */
function scriptsBelow(
  { outputs }: Metafile,
  name: string,
  outDir: string,
  seen = new Set<string>(),
): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  const output = Object.entries(outputs).find(([path]) => relative(outDir, path) === name)?.[1];
  for (const { path, kind } of output?.imports ?? [])
    if (kind === 'import-statement')
      scriptsBelow({ outputs, inputs: {} }, relative(outDir, path), outDir, seen);
  return seen;
}

/** By the name of the file that the page loads: the address of the style that comes with it. */
function styleAddresses(names: readonly string[]): Record<string, string> {
  const addresses: Record<string, string> = {};
  for (const name of names) {
    const [, screen] = /([\w-]+)-\w{8}\.css$/.exec(name) ?? [];
    if (screen && screen !== 'kit') addresses[screen] = `/${name}`;
  }
  return addresses;
}

/** What asks the first questions, by itself, so that it is there before everything else. Returns its name. */
async function bundleEarly(outDir: string, files: Files): Promise<string> {
  const result = await build({
    ...SHARED_OPTIONS,
    entryPoints: [join(UI_DIR, 'early', 'ask-early.ts')],
    outdir: outDir,
  });
  return addHashed(files, 'ask-early', 'js', result.outputFiles[0]!.contents);
}

/** The worker knows every file of this version, and is another one as soon as any of them is. */
async function bundleWorker(outDir: string, names: readonly string[], index: string): Promise<Uint8Array> {
  const kept = names.filter((name) => /\.(js|css|woff2|svg)$/.test(name));
  const version = createHash('sha256').update(index).update(kept.join()).digest('hex').slice(0, 12);
  const result = await build({
    ...SHARED_OPTIONS,
    entryPoints: [join(UI_DIR, 'worker', 'service-worker.ts')],
    outdir: outDir,
    format: 'iife',
    define: {
      PAGE_FILES: JSON.stringify(['/', '/manifest.json', ...kept.map((name) => `/${name}`)]),
      PAGE_VERSION: JSON.stringify(version),
    },
  });
  return result.outputFiles[0]!.contents;
}

/** The mark on paper, as phones put it among their own. */
async function drawIcon(sidePx: number, share: number): Promise<Uint8Array> {
  const markPx = Math.round(sidePx * share);
  const mark = await sharp(join(UI_DIR, 'icon.svg'), { density: (72 * markPx) / 64 })
    .resize(markPx, markPx)
    .toBuffer();
  return sharp({ create: { width: sidePx, height: sidePx, channels: 3, background: '#fbf7f1' } })
    .composite([{ input: mark, gravity: 'centre' }])
    .png({ palette: true })
    .toBuffer();
}

/** Adds a file under a name with its content's hash, and returns that name. */
function addHashed(files: Files, name: string, ending: string, contents: Uint8Array): string {
  const hash = createHash('sha256').update(contents).digest('hex').slice(0, 8).toUpperCase();
  const path = `${HASHED}/${name}-${hash}.${ending}`;
  files.set(path, contents);
  return path;
}

/** Under its name a file is there completely or not at all. */
function writeBeside(file: string, contents: Uint8Array | string): void {
  const partial = `${file}.${process.pid}.partial`;
  writeFileSync(partial, contents);
  renameSync(partial, file);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildUi(BUILT_UI_DIR);
