import { readFile } from 'node:fs/promises';
import type { Installed } from './memory.ts';
import { isVersion } from './version.ts';

/** Where the image says what it is; other places in tests. */
export interface SystemFiles {
  osRelease: string;
  /** The kernel's arguments. */
  commandLine: string;
  bootId: string;
}

export const SYSTEM_FILES: SystemFiles = {
  osRelease: '/usr/lib/os-release',
  commandLine: '/proc/cmdline',
  bootId: '/proc/sys/kernel/random/boot_id',
};

/** The system that runs, and the kernel's name for this run of it. */
export interface Running extends Installed {
  bootId: string;
}

/** Throws when this is not the image: it has no version, or was not started from a slot. */
export async function readRunning(files: SystemFiles = SYSTEM_FILES): Promise<Running> {
  const [osRelease, commandLine, bootId] = await Promise.all(
    [files.osRelease, files.commandLine, files.bootId].map((file) => readFile(file, 'utf8')),
  );
  const version = /^IMAGE_VERSION="?([^"\n]+)"?$/m.exec(osRelease!)?.[1];
  const slot = /(?:^|\s)rauc\.slot=([AB])(?:\s|$)/.exec(commandLine!)?.[1];
  if (version === undefined || !isVersion(version)) throw new Error(`${files.osRelease} names no version`);
  if (slot === undefined) throw new Error(`${files.commandLine} names no slot`);
  return { version, slot, bootId: bootId!.trim() };
}
