import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findPartition } from '../partitions.ts';
import { writeFat } from './fat.ts';
import { kernelVersion } from './packages.ts';
import type { StepContext } from './step.ts';

/** What grub.cfg uses, and what GRUB needs to find and read it. */
const GRUB_MODULES = [
  ...[
    'fat',
    'part_gpt',
    'part_msdos',
    'search',
    'search_label',
    'normal',
    'configfile',
    'loadenv',
    'test',
    'echo',
  ],
  ...['reboot', 'halt', 'chain', 'gzio', 'sleep', 'regexp', 'true', 'probe'],
];

/** U-Boot's own size of its settings on the Raspberry Pi. */
const UBOOT_ENV_BYTES = '0x4000';

/** The partition that firmware reads: first stages, GRUB, and the device trees of boards whose firmware hands them on. */
export async function makeEsp(context: StepContext): Promise<void> {
  const { plan, root, commands, out, of } = context;
  const files = of('files');
  const packages = join(of('packages'), 'root');
  const boot = join(root, plan.bootDir);

  // The repository is not visible inside the tools' root, so what they read is copied first.
  const sources = join(out, 'boot');
  await commands.host('cp', ['-r', boot, sources]);
  const grub = join(out, 'BOOTAA64.EFI');
  await commands.tool('grub-mkimage', [
    '--format=arm64-efi',
    `--directory=${join(files, 'grub-efi-arm64-bin/usr/lib/grub/arm64-efi')}`,
    '--prefix=/grub',
    `--config=${join(sources, 'grub-early.cfg')}`,
    `--output=${grub}`,
    ...GRUB_MODULES,
  ]);
  const env = join(out, 'uboot.env');
  await commands.tool('mkenvimage', ['-s', UBOOT_ENV_BYTES, '-o', env, join(sources, 'uboot-env.txt')]);

  const overlays: Record<string, string> = {};
  for (const name of readdirSync(join(sources, 'overlays')).sort()) {
    const overlay = basename(name, '.dtso');
    const file = join(out, `${overlay}.dtbo`);
    await commands.tool('dtc', [
      '-@',
      '-q',
      '-I',
      'dts',
      '-O',
      'dtb',
      '-o',
      file,
      join(sources, 'overlays', name),
    ]);
    overlays[`overlays/${overlay}.dtbo`] = file;
  }
  const trees = join(packages, 'usr/lib/modules', kernelVersion(packages), 'dtb');
  const firmware = join(files, 'raspi-firmware/usr/lib/raspi-firmware');
  await writeFat(context, {
    image: join(out, 'esp.img'),
    bytes: findPartition(plan.layout, 'esp').bytes,
    bits: 32,
    label: 'SHOEBOX',
    id: plan.version,
    files: {
      'EFI/BOOT/BOOTAA64.EFI': grub,
      'grub/grub.cfg': join(sources, 'grub.cfg'),
      'config.txt': join(sources, 'config.txt'),
      'u-boot.bin': join(files, 'u-boot-rpi/usr/lib/u-boot/rpi_arm64/u-boot.bin'),
      'uboot.env': env,
      'start4.elf': join(firmware, 'start4.elf'),
      'fixup4.dat': join(firmware, 'fixup4.dat'),
      ...overlays,
      ...Object.fromEntries(plan.deviceTrees.onEsp.map((path) => [basename(path), join(trees, path)])),
    },
  });
}
