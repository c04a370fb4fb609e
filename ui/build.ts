import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const UI_DIR = dirname(fileURLToPath(import.meta.url));

/** Where the gateway finds the page. */
export const BUILT_UI_DIR = join(UI_DIR, '..', 'build', 'ui');

/** Folder of the files whose names carry their content's hash, so that they may be cached for ever. */
const HASHED = 'static';

/** The first of each with popovers, which the account menu needs; styles that are newer are written in older words. */
const BROWSERS = ['chrome114', 'firefox125', 'safari17'];

/**
 * Bundles the page into `outDir`: index.html, the icon, and hashed scripts and styles, all as files of
 * their own, so that `default-src 'self'` suffices. Safe while the folder is being served: files under new
 * names come first, then index.html changes in one rename, and what only the page before used goes last.
 */
export async function buildUi(outDir: string): Promise<void> {
  const result = await build({
    entryPoints: [join(UI_DIR, 'main.tsx')],
    outdir: join(outDir, HASHED),
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    format: 'esm',
    minify: true,
    target: BROWSERS,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    legalComments: 'none',
    logLevel: 'warning',
  });

  const files = new Map(result.outputFiles.map(({ path, contents }) => [relative(outDir, path), contents]));
  const icon = readFileSync(join(UI_DIR, 'icon.svg'));
  const iconName = `${HASHED}/icon-${createHash('sha256').update(icon).digest('hex').slice(0, 8).toUpperCase()}.svg`;
  files.set(iconName, icon);

  const script = [...files.keys()].find((name) => /\/main-\w+\.js$/.test(name));
  const style = [...files.keys()].find((name) => /\/main-\w+\.css$/.test(name));
  if (!script || !style) throw new Error(`the bundle lacks its script or style: ${[...files.keys()]}`);
  const index = readFileSync(join(UI_DIR, 'index.html'), 'utf8')
    .replace('{script}', `/${script}`)
    .replace('{style}', `/${style}`)
    .replace('{icon}', `/${iconName}`);

  mkdirSync(join(outDir, HASHED), { recursive: true });
  for (const [name, contents] of files) writeBeside(join(outDir, name), contents);
  writeBeside(join(outDir, 'index.html'), index);
  for (const name of readdirSync(join(outDir, HASHED))) {
    if (!files.has(`${HASHED}/${name}`)) rmSync(join(outDir, HASHED, name));
  }
}

/** Under its name a file is there completely or not at all. */
function writeBeside(file: string, contents: Uint8Array | string): void {
  const partial = `${file}.${process.pid}.partial`;
  writeFileSync(partial, contents);
  renameSync(partial, file);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildUi(BUILT_UI_DIR);
