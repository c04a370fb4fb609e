import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentLines } from '../debian/suites.ts';
import { findPartition } from '../partitions.ts';
import { writeFat } from './fat.ts';
import type { StepContext } from './step.ts';

/** The boot partition of a slot: what to start, and the hash that its root must have. */
export async function makeSlot(context: StepContext): Promise<void> {
  const { plan, root, out, of } = context;
  const rootHash = readFileSync(join(of('root'), 'roothash'), 'utf8').trim();
  const args = contentLines(readFileSync(join(root, plan.slotArgumentsFile), 'utf8')).join(' ');
  const config = join(out, 'slot.cfg');
  writeFileSync(config, `set roothash=${rootHash}\nset version="${plan.version}"\nset args="${args}"\n`);
  await writeFat(context, {
    image: join(out, 'boot.img'),
    bytes: findPartition(plan.layout, 'boot-a').bytes,
    bits: 32,
    label: 'SHOEBOXBOOT',
    id: plan.version,
    files: { 'uki.efi': join(of('uki'), 'uki.efi.gz'), 'slot.cfg': config },
  });
}
