import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Commands } from '../commands.ts';
import type { DebianArch, LockedDeb } from '../debian/lock.ts';
import { writeLocalArchive } from '../debian/pool.ts';
import { contentLines } from '../debian/suites.ts';

/** Hooks of packages that would make something for this machine, or different every time. */
const NEVER_INSIDE = [
  'etc/nvme/hostid',
  'etc/nvme/hostnqn',
  'etc/ssh/ssh_host_*',
  'etc/hostname',
  'etc/resolv.conf',
  'etc/.pwd.lock',
  'etc/*-',
  'var/lib/dbus/machine-id',
  'var/lib/systemd/random-seed',
  'var/lib/systemd/catalog/database',
  'var/log/*',
  'var/cache/*',
  'var/lib/apt/*',
  'run/*',
  'tmp/*',
  'boot/*',
];

/** Installs the packages `debs`, for this machine's processor, and nothing else, into a root of their own at `rootDir`. */
export async function installPackages(request: {
  commands: Commands;
  debs: readonly LockedDeb[];
  arch: DebianArch;
  poolDir: string;
  /** Replaced by the archive that apt reads while it installs; removed afterwards. */
  archiveDir: string;
  rootDir: string;
}): Promise<void> {
  const { commands, debs, arch, poolDir, archiveDir, rootDir } = request;
  await writeLocalArchive({ poolDir, folder: archiveDir, debs });
  rmSync(rootDir, { recursive: true, force: true });
  // In a mount namespace of its own: killed, it leaves nothing mounted that the next try would delete through.
  await commands.host('unshare', [
    '--mount',
    'mmdebstrap',
    '--mode=root',
    '--variant=essential',
    '--format=directory',
    `--architectures=${arch}`,
    '--aptopt=APT::Install-Recommends "false"',
    '--aptopt=APT::Sandbox::User "root"',
    '--dpkgopt=force-unsafe-io',
    `--include=${debs.map(({ name }) => name).join(',')}`,
    'trixie',
    rootDir,
    `deb [trusted=yes] copy:${archiveDir} ./`,
  ]);
  rmSync(archiveDir, { recursive: true, force: true });
  await cleanRoot(commands, rootDir);
}

/** A list of paths not to unpack, in dpkg's words: each line is one of its options, without the `--`. */
export function readLeftOut(file: string): string[] {
  return contentLines(readFileSync(file, 'utf8')).map((line) =>
    line.startsWith('+') ? `path-include=${line.slice(1)}` : `path-exclude=${line}`,
  );
}

/** Removes what is of this machine or different every time. Throws when a package is not wholly installed. */
export async function cleanRoot(commands: Commands, rootDir: string): Promise<void> {
  for (const pattern of NEVER_INSIDE)
    await commands.host('sh', ['-c', `rm -rf "$1"/${pattern}`, 'sh', rootDir]);
  const status = join(rootDir, 'var/lib/dpkg/status');
  if (!existsSync(status)) throw new Error(`there are no packages in ${rootDir}`);
  const half = readFileSync(status, 'utf8').match(/^Status: (?!install ok installed).*$/gm) ?? [];
  if (half.length > 0) throw new Error(`${half.length} packages in ${rootDir} are not installed: ${half[0]}`);
}
