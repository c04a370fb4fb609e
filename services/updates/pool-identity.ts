import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The file system with the photos and the drives that it is on, so that two looks at it can be compared. */
export interface PoolIdentity {
  /** Names that a drive keeps from start to start, sorted. */
  drives: string[];
}

/** Where the kernel tells it; other places in tests. */
export interface KernelFiles {
  mountinfo: string;
  sysDir: string;
}
export const KERNEL: KernelFiles = { mountinfo: '/proc/self/mountinfo', sysDir: '/sys' };

/** What is mounted at `poolDir` itself, or undefined when nothing is. */
export function readPoolIdentity(poolDir: string, { mountinfo, sysDir }: KernelFiles = KERNEL) {
  const source = findMountSource(readFileSync(mountinfo, 'utf8'), poolDir);
  if (source === undefined) return undefined;
  const drives = listMembers(basename(source), sysDir).map((name) => identifyDrive(name, sysDir));
  return { drives: [...new Set(drives)].sort() } satisfies PoolIdentity;
}

/** Whether something is mounted at `folder`. */
export const isMounted = (folder: string, { mountinfo }: KernelFiles = KERNEL): boolean =>
  findMountSource(readFileSync(mountinfo, 'utf8'), folder) !== undefined;

/** Lines as in proc_pid_mountinfo(5). Of two in one place the later one covers the other. */
function findMountSource(mountinfo: string, folder: string): string | undefined {
  const found = mountinfo
    .split('\n')
    .map((line) => line.split(' - '))
    .filter(([head = '']) => head.split(' ')[4] === folder)
    .at(-1);
  return found?.[1]?.split(' ')[1];
}

/** btrfs lists every drive of the pool, also those that are not named by the mount. */
function listMembers(name: string, sysDir: string): string[] {
  const btrfs = join(sysDir, 'fs/btrfs');
  if (existsSync(btrfs))
    for (const id of readdirSync(btrfs)) {
      const devices = join(btrfs, id, 'devices');
      if (existsSync(join(devices, name))) return readdirSync(devices);
    }
  return [name];
}

/** What drives are known by, the best first, below the folder of the whole drive. */
const NAMES = [
  'wwid',
  'device/wwid',
  'device/cid',
  'device/serial',
  'serial',
  'dm/uuid',
  'loop/backing_file',
];

/** A name that does not depend on the order in which drives are found; the kernel's own, where a drive has none. */
function identifyDrive(name: string, sysDir: string): string {
  const link = join(sysDir, 'class/block', name);
  if (!existsSync(link)) return name;
  const folder = realpathSync(link);
  const drive = existsSync(join(folder, 'partition')) ? dirname(folder) : folder;
  const part = existsSync(join(folder, 'partition')) ? `-${read(folder, 'partition')}` : '';
  for (const file of NAMES) {
    const text = read(drive, file);
    if (text) return `${text}${part}`;
  }
  return name;
}

function read(folder: string, file: string): string {
  try {
    return readFileSync(join(folder, file), 'latin1').replace(/\s+/g, ' ').trim();
  } catch (error) {
    // Drives of one kind have no file that those of another have; many that are behind USB have it and refuse to be
    // read, each in its own words (ENXIO, EIO, EINVAL, ENODATA).
    if ((error as NodeJS.ErrnoException).errno !== undefined) return '';
    throw error;
  }
}
