import { dirname } from 'node:path';
import { uuidOf } from '../partitions.ts';
import type { StepContext } from './step.ts';

/**
 * Makes a FAT file system with `files` (path in it → file of the host) that is the same every time: files in the
 * order given, all of them as old as the packages.
 */
export async function writeFat(
  { commands }: StepContext,
  fat: {
    image: string;
    bytes: number;
    bits: 12 | 32;
    /** At most 11 capital letters. */
    label: string;
    /** Words that its serial number is made of. */
    id: string;
    files: Readonly<Record<string, string>>;
  },
): Promise<void> {
  const serial = uuidOf(`${fat.id} ${fat.label}`).slice(0, 8);
  await commands.tool('mkfs.vfat', [
    '--invariant',
    '-F',
    String(fat.bits),
    '-i',
    serial,
    '-n',
    fat.label,
    '-C',
    fat.image,
    String(fat.bytes / 1024),
  ]);
  const made = new Set<string>(['.']);
  for (const [path, file] of Object.entries(fat.files)) {
    for (const folder of foldersOf(path).filter((name) => !made.has(name))) {
      await commands.tool('mmd', ['-i', fat.image, `::/${folder}`]);
      made.add(folder);
    }
    await commands.tool('mcopy', ['-i', fat.image, file, `::/${path}`]);
  }
}

/** `a/b/c.txt` → `a`, `a/b`. */
function foldersOf(path: string): string[] {
  const parent = dirname(path);
  return parent === '.' ? [] : [...foldersOf(parent), parent];
}
