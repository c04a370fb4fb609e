import { join } from 'node:path';
import { debsOf } from '../debian/lock.ts';
import { installPackages } from './package-root.ts';
import type { StepContext } from './step.ts';

/** The programs that make the image, for the processor of this machine. */
export async function makeTools({ plan, lock, poolDir, commands, out }: StepContext): Promise<void> {
  await installPackages({
    commands,
    debs: debsOf(lock, `tools-${plan.hostArch}`),
    arch: plan.hostArch,
    poolDir,
    archiveDir: join(out, 'archive'),
    rootDir: join(out, 'root'),
  });
}
