import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { type FileFacts, scanFile } from './scan-imports.ts';

export const ROOT = join(import.meta.dirname, '..', '..');

/** Folders that hold what is made or fetched, or belong to other tools. */
const NOT_OURS = new Set(['node_modules', 'build', 'data', '.git']);

export interface SourceFile extends FileFacts {
  /** Relative to the repository, with slashes. */
  path: string;
  text: string;
  /** Lines, without the empty one after the last newline. */
  lineCount: number;
  isTest: boolean;
}

/** Every file of the repository, by its path relative to it. */
export function listFiles(folder = ''): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : listFiles(path);
    return entry.isFile() ? [path] : [];
  });
}

/** Every TypeScript file with what it imports. */
export function readSourceFiles(): SourceFile[] {
  return listFiles()
    .filter((path) => /\.(ts|tsx|mjs)$/.test(path))
    .map((path) => {
      const text = readFileSync(join(ROOT, path), 'utf8');
      return {
        path,
        text,
        lineCount: text.trimEnd().split('\n').length,
        isTest: /\.test\.tsx?$/.test(path),
        ...scanFile(text),
      };
    });
}

/** The subpaths of package.json: `#media/` → `services/lib/media/`. */
export function readSubpaths(): Map<string, string> {
  const { imports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    imports: Record<string, string>;
  };
  return new Map(
    Object.entries(imports).map(([name, target]) => {
      const [, from] = /^(#[a-z-]+\/)\*$/.exec(name) ?? [];
      const [, to] = /^\.\/(.+\/)\*\.ts$/.exec(target) ?? [];
      if (!from || !to) throw new Error(`package.json: a subpath of another form: ${name}`);
      return [from, to];
    }),
  );
}

/**
 * The file of ours that `specifier` means in the file `from`, or undefined for built-ins and npm packages.
 * Throws when it means a file that is not there.
 */
export function resolveImport(
  specifier: string,
  from: string,
  subpaths: Map<string, string>,
): string | undefined {
  let path: string;
  if (specifier.startsWith('.')) path = posix.join(dirname(from), specifier);
  else if (specifier.startsWith('#')) {
    const cut = specifier.indexOf('/') + 1;
    const folder = subpaths.get(specifier.slice(0, cut));
    if (!folder) throw new Error(`${from}: no such subpath: ${specifier}`);
    path = `${folder}${specifier.slice(cut)}.ts`;
  } else return undefined;
  if (!existsSync(join(ROOT, path))) throw new Error(`${from}: no such file: ${specifier}`);
  return path;
}
