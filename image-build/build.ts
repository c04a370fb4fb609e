import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildCommands } from './commands.ts';
import type { DebianLock } from './debian/lock.ts';
import { debsForHost, fillPool } from './debian/pool.ts';
import type { SigningKeys } from './keys.ts';
import type { Plan, StepId } from './plan.ts';
import { findStepKeys } from './step-keys.ts';
import { makeApp } from './steps/app.ts';
import { makeDisk } from './steps/disk.ts';
import { makeEsp } from './steps/esp.ts';
import { makeFiles } from './steps/files.ts';
import { makeInitrd } from './steps/initrd.ts';
import { makePackages } from './steps/packages.ts';
import { makeRelease } from './steps/release.ts';
import { makeRoot } from './steps/root.ts';
import { makeSlot } from './steps/slot.ts';
import type { StepContext } from './steps/step.ts';
import { makeTools } from './steps/tools.ts';
import { makeUki } from './steps/uki.ts';
import { makeUpdate } from './steps/update.ts';

const MAKERS: Record<StepId, (context: StepContext) => Promise<void>> = {
  tools: makeTools,
  files: makeFiles,
  packages: makePackages,
  initrd: makeInitrd,
  uki: makeUki,
  app: makeApp,
  root: makeRoot,
  slot: makeSlot,
  esp: makeEsp,
  disk: makeDisk,
  update: makeUpdate,
  release: makeRelease,
};

export interface BuildRequest {
  plan: Plan;
  lock: DebianLock;
  keys: SigningKeys;
  /** The repository. */
  root: string;
  /** Keeps the results of steps from build to build. */
  buildDir: string;
  /** Keeps what was fetched: `debs` and `npm`. */
  cacheDir: string;
  mirror: string;
  /** Folder that the released files are copied to. */
  outDir: string;
  say: (text: string) => void;
  signal: AbortSignal;
}

/** Where the result of each step is. */
export type StepFolders = ReadonlyMap<StepId, string>;

/**
 * Makes what is not made yet, in the order of the plan, and copies the release to `outDir`. A step's result appears
 * under its final name only when it is whole, so a build that was killed goes on where it was.
 */
export async function buildImage(request: BuildRequest): Promise<StepFolders> {
  const { plan, lock, keys, root, buildDir, cacheDir, mirror, outDir, say, signal } = request;
  const folders = findStepFolders(plan, root, buildDir);
  const commands = buildCommands({
    buildDir,
    toolsDir: join(folders.get('tools')!, 'root'),
    epoch: plan.epoch,
    signal,
  });
  const poolDir = join(cacheDir, 'debs');
  const began = Date.now();

  if (!plan.steps.every(({ id }) => existsSync(folders.get(id)!)))
    await fillPool({ poolDir, mirror, debs: debsForHost(lock, plan.hostArch), say });
  for (const [index, { id, title, needs }] of plan.steps.entries()) {
    const folder = folders.get(id)!;
    const place = `[${index + 1}/${plan.steps.length}]`;
    if (existsSync(folder)) {
      say(`${place} ${title}: made before`);
      continue;
    }
    say(`${place} ${title} …`);
    const stepBegan = Date.now();
    const part = `${folder}.part`;
    rmSync(part, { recursive: true, force: true });
    mkdirSync(part, { recursive: true });
    const of = (step: StepId): string => {
      if (!needs.includes(step)) throw new Error(`step ${id} reads ${step} without needing it`);
      return folders.get(step)!;
    };
    const appCacheDir = join(cacheDir, 'npm');
    const detail = (text: string) => say(`${place}   ${text}`);
    await MAKERS[id]({ plan, lock, root, poolDir, appCacheDir, keys, commands, out: part, of, say: detail });
    removeOlder(buildDir, id);
    renameSync(part, folder);
    say(`${place} ${title}: ${((Date.now() - stepBegan) / 1000).toFixed(0)} s`);
  }

  mkdirSync(outDir, { recursive: true });
  const release = folders.get('release')!;
  for (const name of readdirSync(release)) cpSync(join(release, name), join(outDir, name));
  say(`done in ${((Date.now() - began) / 1000).toFixed(0)} s: ${outDir}`);
  return folders;
}

/** Where the result of each step is, or will be. */
export function findStepFolders(plan: Plan, root: string, buildDir: string): StepFolders {
  const keys = findStepKeys(plan, root);
  return new Map([...keys].map(([id, key]) => [id, join(stepDir(buildDir, id), key)]));
}

const stepDir = (buildDir: string, id: StepId): string => join(buildDir, id);

/** A result takes up to 4 GB and is only good for one set of inputs, so the one before makes room. */
function removeOlder(buildDir: string, id: StepId): void {
  for (const name of readdirSync(stepDir(buildDir, id)))
    if (!name.endsWith('.part')) rmSync(join(stepDir(buildDir, id), name), { recursive: true, force: true });
}
