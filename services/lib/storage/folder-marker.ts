import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isNowhere, isReallyThere } from './external.ts';

/**
 * Which folder a path means. Nothing may be written into an external folder, so its marker is what is there anyway:
 * the file system that it lies on and its number there. Where a drive is not mounted, the empty folder below lies
 * on another file system; where one folder took the place of another, the number differs.
 */
export interface FolderMarker {
  /** The file system by its UUID or, of a network share, by its address; and what of it is mounted. */
  fileSystem: string;
  /** The number of the folder; null where numbers do not last from one mounting to the next. */
  inode: string | null;
}

/** File systems that make numbers up when they are mounted (FAT and its kin, most shares, everything in FUSE). */
const INVENTS_INODES = /^(?:vfat|msdos|exfat|ntfs3?|fuse(?:blk|\..*)?|cifs|smb3|9p|iso9660|udf)$/;

interface Mount {
  point: string;
  root: string;
  type: string;
  source: string;
}

/** Undefined when there is no such folder, or a link leads to it. Rejects with the drive's error. */
export async function readMarker(folder: string): Promise<FolderMarker | undefined> {
  if (!(await isReallyThere(folder))) return undefined;
  const stats = await stat(folder, { bigint: true }).catch((error: unknown) => {
    if (isNowhere(error)) return undefined;
    throw error;
  });
  if (!stats?.isDirectory()) return undefined;
  const mount = findMount(await readFile('/proc/self/mountinfo', 'utf8'), folder);
  const uuid = mount.source.startsWith('/dev/') ? await findUuid(mount.source) : undefined;
  return {
    fileSystem: [mount.type, uuid ?? mount.source, mount.root].join(' '),
    inode: INVENTS_INODES.test(mount.type) ? null : String(stats.ino),
  };
}

/** The mount that a path lies on, from the text of /proc/self/mountinfo (proc(5)). */
export function findMount(mountinfo: string, path: string): Mount {
  let found: Mount | undefined;
  for (const line of mountinfo.split('\n')) {
    const [before, after] = line.split(' - ');
    if (before === undefined || after === undefined) continue;
    const [, , , root, point] = before.split(' ').map(unescapeOctal);
    const [type, source] = after.split(' ').map(unescapeOctal);
    const isAbove = point === '/' || path === point || path.startsWith(`${point}/`);
    // Of two on one point the later one is on top.
    if (isAbove && point!.length >= (found?.point.length ?? 0))
      found = { point: point!, root: root!, type: type!, source: source ?? '' };
  }
  if (!found) throw new Error('no mount above a folder');
  return found;
}

/** Blanks and the like are written as three octal digits. */
const unescapeOctal = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

/** Where udev has noted it. A name like /dev/sdb1 is given in the order in which drives are found. */
async function findUuid(device: string): Promise<string | undefined> {
  const folder = '/dev/disk/by-uuid';
  const real = await realpath(device).catch(() => device);
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const name of names)
    if ((await realpath(join(folder, name)).catch(() => undefined)) === real) return name;
  return undefined;
}
