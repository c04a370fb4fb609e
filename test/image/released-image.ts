import { execFileSync } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { findPartition, layOutDisk, type PartitionName } from '../../image-build/partitions.ts';
import { ROOT } from '../structure/source-files.ts';

/** What `npm run image` has made. SHOEBOX_TEST_IMAGE names another folder of a release. */
const BUILD_DIR = join(ROOT, 'build/image');
const releaseDir = process.env.SHOEBOX_TEST_IMAGE ?? join(BUILD_DIR, 'release');

export interface Release {
  version: string;
  /** The file that people flash. */
  imageFile: string;
  updateFile: string;
  rootHash: string;
}

/** The release that is tested, or the one in `folder`. Throws, naming the command, when there is none. */
export function findRelease(folder = releaseDir): Release {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const found = names.filter((name) => name.endsWith('.contents.json'));
  if (found.length !== 1) throw new Error(`one release is expected in ${folder}: run npm run image`);
  const base = join(folder, found[0]!.replace(/\.contents\.json$/, ''));
  const { version, rootHash } = JSON.parse(readFileSync(`${base}.contents.json`, 'utf8')) as Release;
  return { version, rootHash, imageFile: `${base}.img.xz`, updateFile: `${base}.raucb` };
}

/** The only result of a step of the build. */
export function stepDir(step: string): string {
  const folder = join(BUILD_DIR, 'steps', step);
  const results = existsSync(folder) ? readdirSync(folder).filter((name) => !name.endsWith('.part')) : [];
  if (results.length !== 1) throw new Error(`${folder} has no result of one build: run npm run image`);
  return join(folder, results[0]!);
}

/** Where the firmware of the test machines is unpacked; the Raspberry Pi's device tree is put beside it. */
export function firmwareDir(): string {
  const folder = stepDir('files');
  const tree = join(folder, 'bcm2837-rpi-3-b.dtb');
  if (!existsSync(tree)) {
    const modules = join(stepDir('packages'), 'root/usr/lib/modules');
    copyFileSync(join(modules, readdirSync(modules)[0]!, 'dtb/broadcom/bcm2837-rpi-3-b.dtb'), tree);
  }
  return folder;
}

/** A card of its own for a test, flashed with the released file: `disk` is it, unpacked, sparse. */
export function flashCard(t: TestContext): string {
  const unpacked = unpackRelease();
  const folder = mkdtempSync(join(tmpdir(), 'shoebox-card-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const disk = join(folder, 'card.img');
  execFileSync('cp', ['--sparse=always', '--reflink=auto', unpacked, disk]);
  // QEMU's card of the Raspberry Pi has to be of a size that is a power of two; an owner's is larger than the image too.
  execFileSync('truncate', ['-s', '4G', disk]);
  return disk;
}

/** The released file unpacked, once for all tests of it. */
function unpackRelease(): string {
  const { imageFile } = findRelease();
  const folder = join(BUILD_DIR, 'test');
  mkdirSync(folder, { recursive: true });
  const target = join(folder, `${statSync(imageFile).mtimeMs}-${statSync(imageFile).size}.img`);
  if (existsSync(target)) return target;
  // An older release's; what ends otherwise is being unpacked by another run.
  for (const name of readdirSync(folder)) if (name.endsWith('.img')) rmSync(join(folder, name));
  execFileSync('sh', [
    '-ec',
    'xz -dc -T2 "$1" | cp --sparse=always /dev/stdin "$2.$$.part"; mv "$2.$$.part" "$2"',
    'sh',
    imageFile,
    target,
  ]);
  return target;
}

/** Reads `bytes` of a partition of a card, from `offset`. */
export function readPartition(disk: string, name: PartitionName, offset: number, bytes: number): Buffer {
  const { startBytes } = findPartition(layOutDisk(findRelease().version), name);
  const block = Buffer.alloc(bytes);
  const fd = openSync(disk, 'r');
  try {
    readSync(fd, block, 0, bytes, startBytes + offset);
  } finally {
    closeSync(fd);
  }
  return block;
}

/** Overwrites a part of a partition of a card. */
export function writePartition(disk: string, name: PartitionName, offset: number, data: Uint8Array): void {
  const { startBytes } = findPartition(layOutDisk(findRelease().version), name);
  const fd = openSync(disk, 'r+');
  try {
    writeSync(fd, data, 0, data.length, startBytes + offset);
  } finally {
    closeSync(fd);
  }
}

/** Size of a partition. */
export function partitionBytes(name: PartitionName): number {
  return findPartition(layOutDisk(findRelease().version), name).bytes;
}

/** Puts a file into a FAT partition of a card, with mtools of the tools' root. */
export function writeFatFile(disk: string, name: PartitionName, path: string, file: string): void {
  const { startBytes } = findPartition(layOutDisk(findRelease().version), name);
  execFileSync('mcopy', ['-o', '-i', `${disk}@@${startBytes}`, file, `::/${path}`]);
}

/** Takes a file out of a FAT partition of a card. */
export function readFatFile(disk: string, name: PartitionName, path: string): Buffer {
  const { startBytes } = findPartition(layOutDisk(findRelease().version), name);
  return execFileSync('mcopy', ['-i', `${disk}@@${startBytes}`, `::/${path}`, '-']);
}

/** Makes slot B of a card a copy of slot A. */
export function copySlotToB(disk: string): void {
  const layout = layOutDisk(findRelease().version);
  for (const part of ['boot', 'root', 'verity'] as const) {
    const from = findPartition(layout, `${part}-a`);
    const to = findPartition(layout, `${part}-b`);
    const blocks = 1024 ** 2;
    execFileSync('dd', [
      ...[`if=${disk}`, `of=${disk}`, `bs=${blocks}`, `count=${from.bytes / blocks}`],
      ...[
        `skip=${from.startBytes / blocks}`,
        `seek=${to.startBytes / blocks}`,
        'conv=notrunc,sparse',
        'status=none',
      ],
    ]);
  }
}

/** Runs a program of the tools' root, which sees `folder` under the same path. */
export function runTool(folder: string, file: string, args: readonly string[]): void {
  const tools = join(stepDir('tools'), 'root');
  const script = `
    tools="$1"; folder="$2"; shift 2
    mount -t tmpfs tmpfs "$tools/tmp"
    mkdir -p "$tools$folder"
    mount --bind "$folder" "$tools$folder"
    mount -t proc proc "$tools/proc"
    exec chroot "$tools" "$@"`;
  execFileSync('unshare', ['--mount', 'sh', '-ec', script, 'sh', tools, folder, file, ...args]);
}
