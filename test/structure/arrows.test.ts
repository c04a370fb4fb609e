import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSourceFiles, readSubpaths, resolveImport, type SourceFile } from './source-files.ts';

const LIB = ['contract', 'runtime', 'catalog', 'media', 'storage', 'jobs'];

/** Which part of Shoebox may import which; the table of README.md. Each part may import itself. */
const ARROWS: Record<string, readonly string[]> = {
  hardware: [],
  models: [],
  contract: [],
  runtime: ['contract'],
  catalog: ['contract', 'runtime'],
  // Media and storage run programs, and runtime/command.ts is the one place that does.
  media: ['contract', 'runtime'],
  storage: ['contract', 'hardware', 'runtime'],
  jobs: ['catalog', 'contract'],
  gateway: [...LIB, 'hardware'],
  ingest: [...LIB, 'hardware'],
  inference: [...LIB, 'hardware', 'models'],
  transcode: [...LIB, 'hardware'],
  'disk-health': [...LIB, 'hardware'],
  discovery: [...LIB, 'hardware'],
  provision: ['contract', 'runtime', 'storage'],
  updates: ['contract', 'runtime', 'storage'],
  // services/start.ts, the supervisor of a developer's machine.
  services: ['contract', 'runtime'],
  ui: ['contract'],
  'image-build': ['hardware', 'models', 'runtime'],
};

/** The part a file belongs to. What is in test/ crosses parts and may import all. */
function partOf(path: string): string {
  const [first = '', second = '', third = ''] = path.split('/');
  if (first !== 'services') return first;
  if (second === 'lib') return third;
  return second.includes('.') ? 'services' : second;
}

const files = readSourceFiles();
const subpaths = readSubpaths();

/** The imports of `file` that mean files of ours. */
function ownImports(file: SourceFile) {
  return file.imports.flatMap(({ specifier, line, typeOnly }) => {
    const target = resolveImport(specifier, file.path, subpaths);
    return target === undefined ? [] : [{ specifier, target, typeOnly, place: `${file.path}:${line}` }];
  });
}

test('every part imports only what its arrows allow; tests may also use test/', () => {
  const faults = files.flatMap((file) => {
    const part = partOf(file.path);
    if (part === 'test') return [];
    const arrows = ARROWS[part];
    if (!arrows) return [`${file.path}: no arrows are written down for ${part}`];
    const allowed = new Set([part, ...arrows, ...(file.isTest ? ['test'] : [])]);
    return ownImports(file)
      .filter(({ target }) => !allowed.has(partOf(target)))
      .map(({ place, specifier }) => `${place}: ${part} may not import ${specifier}`);
  });
  assert.deepEqual(faults, []);
});

test('imports between parts use a subpath, where there is one, and inside a part a relative path', () => {
  const folders = [...subpaths.values()];
  const faults = files.flatMap((file) =>
    ownImports(file)
      .filter(({ specifier, target }) => {
        const inside = partOf(target) === partOf(file.path);
        if (specifier.startsWith('#')) return inside && partOf(file.path) !== 'test';
        return !inside && folders.some((folder) => target.startsWith(folder));
      })
      .map(({ place, specifier }) => `${place}: ${specifier}`),
  );
  assert.deepEqual(faults, []);
});

test('no file imports itself by way of others', () => {
  const graph = new Map(
    files.map((file) => [
      file.path,
      ownImports(file)
        .filter(({ typeOnly }) => !typeOnly)
        .map(({ target }) => target),
    ]),
  );
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: string[]) => {
    if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
    if (done.has(path) || trail.includes(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  assert.deepEqual(cycles, []);
});

/** Where programs are started. */
const STARTERS = new Set([
  'services/lib/runtime/command.ts',
  'services/lib/runtime/supervise.ts',
  // Needs a channel to the process it starts, which a command has not.
  'services/ingest/decoder-process.ts',
  // Runs before there is anything to import.
  'services/setup.mjs',
]);

test('programs are started in few places only', () => {
  const faults = files
    .filter(({ path, isTest }) => !isTest && !path.startsWith('test/') && !STARTERS.has(path))
    .filter(({ imports }) => imports.some(({ specifier }) => specifier === 'node:child_process'))
    .map(({ path }) => path);
  assert.deepEqual(faults, []);
});

test('only main.ts, start.ts, and what hands it on to a program, read the environment', () => {
  const faults = files
    .filter(({ path, isTest }) => !isTest && !path.startsWith('test/') && partOf(path) !== 'runtime')
    .filter(({ path }) => !STARTERS.has(path) && !/(^|\/)(main|start)\.ts$/.test(path))
    .filter(({ text }) => /\bprocess\.env\b/.test(text))
    .map(({ path }) => path);
  assert.deepEqual(faults, []);
});
