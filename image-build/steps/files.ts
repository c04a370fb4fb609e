import { join } from 'node:path';
import { debsOf } from '../debian/lock.ts';
import { poolFile } from '../debian/pool.ts';
import type { StepContext } from './step.ts';

/** Unpacks the packages that only single files are taken of, each into a folder of its name. */
export async function makeFiles({ lock, poolDir, commands, out }: StepContext): Promise<void> {
  for (const deb of debsOf(lock, 'files'))
    await commands.host('dpkg-deb', ['--extract', poolFile(poolDir, deb), join(out, deb.name)]);
}
