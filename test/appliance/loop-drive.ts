import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, statfs, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';

/** Drives that are files with a file system in them: they can be full, become read-only and break. */

/** Mounting needs root; says so where a test is left out. */
export const needsRoot = {
  skip: process.getuid?.() === 0 ? false : 'mounts file systems of its own, which only root may do',
};

export interface Drive {
  /** Where it is mounted. */
  dir: string;
  /** What anybody may still write, in bytes. */
  freeBytes(): Promise<number>;
  /** Takes all space but so many bytes, with one file beside the pool. */
  fill(leaveBytes: number): Promise<void>;
  /** Gives back what `fill` took. */
  empty(): Promise<void>;
  /** The file system finds an error in itself and takes no more writes, as ext4 does on a failing drive. */
  turnReadOnly(): Promise<void>;
  /** The drive answers every request with an error from now on; what was not flushed is lost. */
  breakDown(): Promise<void>;
  /** Nothing of this file is in memory any more, and the next who reads it asks the drive. */
  forget(path: string): Promise<void>;
  /** Unplugs it and plugs it in again, whole. Nobody may have a file open. */
  replug(): Promise<void>;
}

/** Without the limits that the product's own tools have: a drive is a larger file than any of them may write. */
const run = promisify(execFile);

/** `EXT4_IOC_SHUTDOWN` with `EXT4_GOING_FLAGS_NOLOGFLUSH` (Linux, fs/ext4/ext4.h): no byte more is written. */
const SHUTDOWN = 'my $how = pack("L", 2); sysopen(F, $ARGV[0], 0) && ioctl(F, 0x8004587d, $how) or die $!';

/** How much one write of the last bytes takes. */
const PIECE = Buffer.alloc(4096, 1);

/** An empty ext4 of `bytes`, without a share that only root may use. Unmounted and removed with the test. */
export async function openDrive(t: TestContext, bytes: number): Promise<Drive> {
  const scratch = await mkdtemp(join(tmpdir(), 'shoebox-drive-'));
  // The drive's file lies on a file system of its own, so that it can be taken away under it.
  const [shelfImage, shelf] = [join(scratch, 'shelf.img'), join(scratch, 'shelf')];
  const [image, dir] = [join(shelf, 'drive.img'), join(scratch, 'drive')];
  const mount = (file: string, at: string) => run('mount', ['-o', 'loop', file, at]);
  const unmount = (at: string) => run('umount', [at]);
  const makeImage = async (file: string, size: number) => {
    await writeFile(file, '');
    await truncate(file, size);
    // Little is written for a large drive: tables and journal are set up when they are needed.
    const lazy = ['-E', 'lazy_itable_init=1,lazy_journal_init=1'];
    await run('mkfs.ext4', ['-q', '-F', '-m', '0', ...lazy, file]);
  };
  await mkdir(shelf);
  await mkdir(dir);
  await makeImage(shelfImage, bytes + bytes / 8 + 64 * 1024 ** 2);
  await mount(shelfImage, shelf);
  await makeImage(image, bytes);
  await mount(image, dir);
  t.after(async () => {
    // Whoever still works on the drive keeps it until he ends.
    for (const at of [dir, shelf]) await run('umount', ['--lazy', at]);
    await rm(scratch, { recursive: true });
  });

  const freeBytes = async () => {
    const { bavail, bsize } = await statfs(dir);
    return bavail * bsize;
  };
  const filler = join(dir, 'filler');
  return {
    dir,
    freeBytes,
    async fill(leaveBytes) {
      await rm(filler, { force: true });
      // Blocks that list the file's own blocks come on top; what is left then is written piece by piece.
      const most = (await freeBytes()) - leaveBytes - 64 * 1024;
      if (most > 0) await run('fallocate', ['--length', String(most), filler]);
      try {
        while ((await freeBytes()) > leaveBytes) await writeFile(filler, PIECE, { flag: 'a', flush: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    },
    empty: () => rm(filler, { force: true }),
    turnReadOnly: async () => void (await run('mount', ['-o', 'remount,abort', dir])),
    breakDown: async () => void (await run('perl', ['-e', SHUTDOWN, shelf])),
    // `count=0` reads nothing: dd only tells the system that it needs nothing of the file (its manual, nocache).
    forget: async (path) =>
      void (await run('dd', [`if=${join(dir, path)}`, 'iflag=nocache', 'count=0', 'status=none'])),
    async replug() {
      await unmount(dir);
      await unmount(shelf);
      await mount(shelfImage, shelf);
      await mount(image, dir);
    },
  };
}
