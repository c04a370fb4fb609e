import { readdirSync } from 'node:fs';
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
  const have = new Set(readdirSync(join(modules, 'dtb/rockchip')));
  const missing = plan.deviceTrees.inSlot.filter((name) => !have.has(name));
  if (missing.length > 0) throw new Error(`Linux ${version} has no device tree ${missing.join(', ')}`);
  await commands.tool('ukify', [
    'build',
    `--linux=${join(modules, 'vmlinuz')}`,
    `--initrd=${join(of('initrd'), 'initrd.img')}`,
    `--stub=${join(of('files'), 'systemd-boot-efi/usr/lib/systemd/boot/efi/linuxaa64.efi.stub')}`,
    `--os-release=@${join(rootDir, 'usr/lib/os-release')}`,
    `--uname=${version}`,
    ...plan.deviceTrees.inSlot.map((name) => `--devicetree-auto=${join(modules, 'dtb/rockchip', name)}`),
    `--output=${join(out, 'uki.efi')}`,
  ]);
  // GRUB unpacks it while it reads: half as much to read from a slow card.
  await commands.tool('gzip', ['-9n', join(out, 'uki.efi')]);
}
