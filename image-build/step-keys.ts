import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan, StepId } from './plan.ts';

/** Tests change nothing in the image, and what is made or fetched is not a source. */
const NO_SOURCE = /(\.test\.tsx?|\/node_modules|\/README\.md)$/;

/**
 * A key for each step: equal keys make equal results. It is made of the step's facts, the contents of its files, and
 * the keys of the steps it needs; times, owners and the place of the repository have no part in it.
 */
export function findStepKeys(plan: Plan, root: string): Map<StepId, string> {
  const hashes = new Map<string, string>();
  const hashOf = (path: string) => {
    const known = hashes.get(path) ?? hashPath(join(root, path));
    hashes.set(path, known);
    return known;
  };
  const keys = new Map<StepId, string>();
  for (const { id, needs, files, facts } of plan.steps) {
    const needed = needs.map((need) => {
      const key = keys.get(need);
      if (key === undefined) throw new Error(`step ${id} needs ${need}, which does not come before it`);
      return [need, key];
    });
    const inputs = [id, facts, files.map((path) => [path, hashOf(path)]), needed];
    keys.set(id, createHash('sha256').update(JSON.stringify(inputs)).digest('hex').slice(0, 16));
  }
  return keys;
}

/** Hash of a file (its contents and whether it is executable), a link, or a folder with all in it. */
function hashPath(path: string): string {
  const hash = createHash('sha256');
  const visit = (file: string, name: string) => {
    if (NO_SOURCE.test(file)) return;
    const stats = lstatSync(file);
    if (stats.isDirectory())
      for (const entry of readdirSync(file).sort()) visit(join(file, entry), `${name}/${entry}`);
    else if (stats.isSymbolicLink()) hash.update(`link ${name}\0${readlinkSync(file)}\0`);
    else {
      const contents = createHash('sha256').update(readFileSync(file)).digest('hex');
      hash.update(`file ${name}\0${(stats.mode & 0o100) !== 0}\0${contents}\0`);
    }
  };
  visit(path, '');
  return hash.digest('hex');
}
