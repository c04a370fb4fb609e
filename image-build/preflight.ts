import { accessSync, constants, existsSync, mkdirSync, readFileSync, statfsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { DebianArch } from './debian/lock.ts';

/** What the machine that builds needs, beyond what every Debian has. */
const PROGRAMS: readonly { program: string; packages: string }[] = [
  { program: 'mmdebstrap', packages: 'mmdebstrap' },
  { program: 'dpkg-deb', packages: 'dpkg' },
  { program: 'unshare', packages: 'util-linux' },
  { program: 'openssl', packages: 'openssl' },
  { program: 'npm', packages: 'npm' },
];

/** Measured: results of 3.6 GB, the release of 0.8 GB, 0.8 GB fetched, and 2.2 GB more for a while; and some to spare. */
export const NEEDED_BYTES = 8e9;

/** Debian's and Node's words for a processor. */
const ARCHES: Record<string, DebianArch> = { x64: 'amd64', arm64: 'arm64' };

export interface Machine {
  /** Node's name of the processor. */
  cpu: string;
  uid: number;
  path: string;
  buildDir: string;
}

/** What keeps a machine from building, each fault with what to do; empty when nothing does. */
export function findFaults(machine: Machine): string[] {
  const { cpu, uid, path, buildDir } = machine;
  const faults: string[] = [];
  if (uid !== 0)
    faults.push('The image has files of several users, so it is built as root: sudo npm run image');
  if (!ARCHES[cpu]) faults.push(`Images are built on x86-64 and arm64, not on ${cpu}`);

  const missing = PROGRAMS.filter(({ program }) => !isProgram(program, path)).map(({ packages }) => packages);
  if (cpu !== 'arm64' && !isEmulated()) missing.push('qemu-user-static', 'binfmt-support');
  if (missing.length > 0)
    faults.push(
      `These are missing: apt-get install -y --no-install-recommends ${[...new Set(missing)].join(' ')}`,
    );
  if (!existsSync('/usr/share/keyrings/debian-archive-keyring.gpg'))
    faults.push("Debian's keys are missing: apt-get install -y debian-archive-keyring");

  mkdirSync(buildDir, { recursive: true });
  const { bavail, bsize } = statfsSync(buildDir);
  const free = bavail * bsize;
  if (free < NEEDED_BYTES && !existsSync(join(buildDir, 'release')))
    faults.push(
      `${buildDir} has ${(free / 1e9).toFixed(1)} GB free, and a first build takes ${NEEDED_BYTES / 1e9} GB`,
    );
  return faults;
}

/** Debian's name of this machine's processor. */
export function hostArchOf(cpu: string): DebianArch {
  const arch = ARCHES[cpu];
  if (!arch) throw new Error(`no Debian processor for ${cpu}`);
  return arch;
}

function isProgram(name: string, path: string): boolean {
  return [...path.split(delimiter), '/usr/sbin', '/sbin'].some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * Whether the kernel starts programs for arm64 by an emulator that it has opened beforehand (flag F), so that it
 * works in another root too.
 */
function isEmulated(): boolean {
  const entry = '/proc/sys/fs/binfmt_misc/qemu-aarch64';
  return existsSync(entry) && /^enabled$[\s\S]*^flags: .*F/m.test(readFileSync(entry, 'utf8'));
}
