import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { debsOf } from '../debian/lock.ts';
import { poolFile } from '../debian/pool.ts';
import { contentLines } from '../debian/suites.ts';
import { kernelVersion } from './packages.ts';
import type { StepContext } from './step.ts';

/** dracut's parts of an initrd that opens a verified root, and no more: no network, no keyboard, no shell scripts. */
const DRACUT_MODULES = [
  'systemd-initrd',
  'systemd',
  'systemd-udevd',
  'systemd-modules-load',
  'systemd-tmpfiles',
  'systemd-journald',
  'systemd-veritysetup',
  'dm',
  'rootfs-block',
  'udev-rules',
  'base',
  'fs-lib',
  'kernel-modules',
  'shutdown',
];

/** Makes the initrd over a copy of the packages' root with dracut laid on top, so that the device has no dracut. */
export async function makeInitrd(context: StepContext): Promise<void> {
  const { plan, lock, root, poolDir, commands, out, of } = context;
  const rootDir = join(of('packages'), 'root');
  const over = join(out, 'over');
  mkdirSync(over);
  const device = new Set(debsOf(lock, 'device').map(({ name }) => name));
  for (const deb of debsOf(lock, 'initrd'))
    if (!device.has(deb.name)) await commands.host('dpkg-deb', ['--extract', poolFile(poolDir, deb), over]);

  const drivers = contentLines(readFileSync(join(root, plan.initrdDriversFile), 'utf8')).join(' ');
  const script = [
    'dracut --force --reproducible --no-hostonly --no-hostonly-cmdline --compress "zstd -9"',
    `--kver ${kernelVersion(rootDir)} --tmpdir /var/tmp --modules "${DRACUT_MODULES.join(' ')}"`,
    `--drivers "${drivers}" /initrd.img`,
  ].join(' ');
  await commands.inside({ rootDir, over, script });
  renameSync(join(over, 'initrd.img'), join(out, 'initrd.img'));
  for (const folder of [over, `${over}.root`, `${over}.work`]) rmSync(folder, { recursive: true });
}
