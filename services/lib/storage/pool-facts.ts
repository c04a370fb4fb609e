import { existsSync } from 'node:fs';
import { readdir, readFile, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** What the kernel says about the file system that a pool is on. */
export interface PoolFacts {
  /** As the kernel calls it: `btrfs`, `ext4` …; empty when it says nothing. */
  fileSystem: string;
  /** It takes no changes, perhaps because the kernel has found a fault. */
  isReadOnly: boolean;
  /** It keeps checksums of its own, so that a rotten file is noticed whenever it is read. */
  hasChecksums: boolean;
  /** On how many drives each file is. With two or more a rotten copy is replaced by a good one. */
  copies: number;
}

/** File systems that keep checksums of what is in files, and not only of their own tables. */
const WITH_CHECKSUMS = ['btrfs', 'zfs', 'bcachefs'];

/** Copies on different drives by the profile's name (mkfs.btrfs(8)); `dup` keeps both on one drive. */
const MIRRORS: Readonly<Record<string, number>> = { raid1: 2, raid10: 2, raid1c3: 3, raid1c4: 4 };

/** Where the kernel tells it; other places in tests. */
export interface KernelFiles {
  mountinfo: string;
  btrfsDir: string;
}
const KERNEL: KernelFiles = { mountinfo: '/proc/self/mountinfo', btrfsDir: '/sys/fs/btrfs' };

/** Reads what there is to know of the file system below `poolDir`. Rejects with the error of a folder that is gone. */
export async function readPoolFacts(poolDir: string, kernel: KernelFiles = KERNEL): Promise<PoolFacts> {
  const folder = await realpath(poolDir);
  const mount = parseMounts(await readFile(kernel.mountinfo, 'utf8'))
    .filter(({ at }) => at === '/' || folder === at || folder.startsWith(`${at}/`))
    // The longest is the innermost; of two in one place the later one covers the other.
    .reduce<Mount | undefined>(
      (best, next) => (best && best.at.length > next.at.length ? best : next),
      undefined,
    );
  const fileSystem = mount?.fileSystem ?? '';
  return {
    fileSystem,
    isReadOnly: mount?.isReadOnly ?? false,
    hasChecksums: WITH_CHECKSUMS.includes(fileSystem),
    copies: mount && fileSystem === 'btrfs' ? await countCopies(mount.source, kernel.btrfsDir) : 1,
  };
}

interface Mount {
  at: string;
  fileSystem: string;
  source: string;
  isReadOnly: boolean;
}

/** Lines as in proc_pid_mountinfo(5): six fields, optional ones, `-`, then type, source and the options of the whole. */
function parseMounts(text: string): Mount[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [head = '', tail = ''] = line.split(' - ');
      const [, , , , at = '', options = ''] = head.split(' ');
      const [fileSystem = '', source = '', superOptions = ''] = tail.split(' ');
      const isReadOnly = [options, superOptions].some((list) => list.split(',').includes('ro'));
      return { at: plainPath(at), fileSystem, source: plainPath(source), isReadOnly };
    });
}

/** Spaces and the like are written as three octal digits. */
const plainPath = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

/** The pool's own folder below /sys/fs/btrfs is the one that names the mounted drive. 1 where it is not told. */
async function countCopies(source: string, btrfsDir: string): Promise<number> {
  if (!existsSync(btrfsDir)) return 1;
  for (const id of await readdir(btrfsDir)) {
    if (!existsSync(join(btrfsDir, id, 'devices', basename(source)))) continue;
    const profiles = await readdir(join(btrfsDir, id, 'allocation', 'data'));
    return Math.max(1, ...profiles.map((profile) => MIRRORS[profile] ?? 1));
  }
  return 1;
}
