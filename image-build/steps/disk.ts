import { closeSync, ftruncateSync, openSync, readSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { FRESH_ENVIRONMENT, grubEnvironment } from '../grub-environment.ts';
import {
  findPartition,
  hybridMbr,
  MIB,
  type PartitionName,
  ROCKCHIP_LOADER_OFFSET_BYTES,
  sfdiskScript,
  uuidOf,
} from '../partitions.ts';
import { writeFat } from './fat.ts';
import type { StepContext } from './step.ts';

/** The name of the image to flash, before it is compressed. */
export const DISK_IMAGE = 'disk.img';

/** Puts the partitions together to the image that is flashed: slot A filled, slot B empty, nothing remembered. */
export async function makeDisk(context: StepContext): Promise<void> {
  const { plan, commands, out, of } = context;
  const { layout } = plan;
  const bootstate = await makeBootstate(context);
  const state = await makeState(context);

  const image = join(out, DISK_IMAGE);
  const table = join(out, 'table.sfdisk');
  writeFileSync(table, sfdiskScript(layout));
  const fd = openSync(image, 'w+');
  try {
    ftruncateSync(fd, layout.bytes);
    await commands.tool('sh', ['-ec', 'sfdisk --quiet "$1" <"$2"', 'sh', image, table]);
    const mbr = hybridMbr(layout);
    writeSync(fd, mbr, 440, mbr.length - 440, 440);
    if (plan.rockchipLoader !== undefined) placeLoader(fd, plan.rockchipLoader.file);
    const contents: Partial<Record<PartitionName, string>> = {
      esp: join(of('esp'), 'esp.img'),
      bootstate,
      'boot-a': join(of('slot'), 'boot.img'),
      'root-a': join(of('root'), 'root.img'),
      'verity-a': join(of('root'), 'verity.img'),
      state,
    };
    for (const [name, file] of Object.entries(contents)) {
      const { startBytes, bytes } = findPartition(layout, name as PartitionName);
      copyInto(fd, file, startBytes, bytes);
    }
  } finally {
    closeSync(fd);
  }
}

/** Puts the owner's U-Boot where a Rockchip processor looks for it. Throws when it would reach into the partitions. */
export function placeLoader(fd: number, file: string): void {
  copyInto(fd, file, ROCKCHIP_LOADER_OFFSET_BYTES, 16 * MIB - ROCKCHIP_LOADER_OFFSET_BYTES);
}

/** The FAT that GRUB and the updater count tries on, with a spare copy for a torn write. */
async function makeBootstate(context: StepContext): Promise<string> {
  const { plan, out } = context;
  const environment = join(out, 'grubenv');
  writeFileSync(environment, grubEnvironment(FRESH_ENVIRONMENT));
  const image = join(out, 'bootstate.img');
  await writeFat(context, {
    image,
    bytes: findPartition(plan.layout, 'bootstate').bytes,
    bits: 12,
    label: 'BOOTSTATE',
    id: plan.version,
    files: { grubenv: environment, 'grubenv.bak': environment },
  });
  return image;
}

/** The empty partition of what the box remembers. Small inodes and journal suit a few files that are written rarely. */
async function makeState({ plan, commands, out }: StepContext): Promise<string> {
  const image = join(out, 'state.img');
  await commands.tool('truncate', ['-s', String(findPartition(plan.layout, 'state').bytes), image]);
  const seed = uuidOf(`${plan.version} state`).toLowerCase();
  await commands.tool('mkfs.ext4', [
    '-q',
    '-L',
    'state',
    '-U',
    seed,
    '-E',
    `hash_seed=${seed},lazy_itable_init=0,lazy_journal_init=0,root_owner=0:0`,
    '-m',
    '1',
    image,
  ]);
  return image;
}

/** Copies a file to a place of the image, leaving out blocks of zeros, so that it stays sparse. Throws if it is too big. */
function copyInto(fd: number, file: string, startBytes: number, roomBytes: number): void {
  const { size } = statSync(file);
  if (size > roomBytes) throw new Error(`${file} has ${size} bytes, its place only ${roomBytes}`);
  const source = openSync(file, 'r');
  const block = Buffer.alloc(MIB);
  const zeros = Buffer.alloc(MIB);
  try {
    for (let at = 0; at < size; ) {
      const count = readSync(source, block, 0, block.length, at);
      if (block.compare(zeros, 0, count, 0, count) !== 0) writeSync(fd, block, 0, count, startBytes + at);
      at += count;
    }
  } finally {
    closeSync(source);
  }
}
