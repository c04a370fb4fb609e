import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { kernelVersion } from './packages.ts';
import type { StepContext } from './step.ts';

/**
 * One EFI program of kernel, initrd and the device trees of boards whose firmware brings none. The stub takes the
 * tree that fits the board by its `compatible`, and the arguments from GRUB, since there are none in it.
 */
export async function makeUki({ plan, commands, out, of }: StepContext): Promise<void> {
  const rootDir = join(of('packages'), 'root');
  const version = kernelVersion(rootDir);
  const modules = join(rootDir, 'usr/lib/modules', version);
  const trees = plan.deviceTrees.inSlot.map((path) => join(modules, 'dtb', path));
  const missing = trees.filter((file) => !existsSync(file));
  if (missing.length > 0) throw new Error(`Linux ${version} has no device tree ${missing.join(', ')}`);
  await commands.tool('ukify', [
    'build',
    `--linux=${join(modules, 'vmlinuz')}`,
    `--initrd=${join(of('initrd'), 'initrd.img')}`,
    `--stub=${join(of('files'), 'systemd-boot-efi/usr/lib/systemd/boot/efi/linuxaa64.efi.stub')}`,
    `--os-release=@${join(rootDir, 'usr/lib/os-release')}`,
    `--uname=${version}`,
    ...trees.map((file) => `--devicetree-auto=${file}`),
    `--output=${join(out, 'uki.efi')}`,
  ]);
  // GRUB unpacks it while it reads: half as much to read from a slow card.
  await commands.tool('gzip', ['-9n', join(out, 'uki.efi')]);
}
