import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { debsOf } from '../debian/lock.ts';
import { installDevicePackages } from './device-root.ts';
import type { StepContext } from './step.ts';

/** The device's root as its packages make it: nothing of ours is in it yet. */
export async function makePackages(context: StepContext): Promise<void> {
  const { plan, lock, root, poolDir, commands, out, of } = context;
  await installDevicePackages({
    commands,
    debs: debsOf(lock, 'device'),
    hostArch: plan.hostArch,
    toolsDir: join(of('tools'), 'root'),
    poolDir,
    workDir: join(out, 'work'),
    rootDir: join(out, 'root'),
    leftOutFile: join(root, plan.leftOutFile),
  });
}

/** The one kernel in a root. Throws when there is none, or a second. */
export function kernelVersion(rootDir: string): string {
  const versions = readdirSync(join(rootDir, 'usr/lib/modules'));
  if (versions.length !== 1)
    throw new Error(`one kernel is expected in the image, not: ${versions.join(', ')}`);
  return versions[0]!;
}
