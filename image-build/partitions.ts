import { createHash } from 'node:crypto';

export const SECTOR_BYTES = 512;
export const MIB = 1024 ** 2;

/** The partitions, in the order of their numbers; the boot loader and the updater know them by these names. */
export const PARTITION_NAMES = [
  'esp',
  'bootstate',
  'boot-a',
  'boot-b',
  'root-a',
  'verity-a',
  'root-b',
  'verity-b',
  'state',
] as const;
export type PartitionName = (typeof PARTITION_NAMES)[number];

export interface Partition {
  name: PartitionName;
  number: number;
  startBytes: number;
  bytes: number;
  /** GPT type, as a GUID. */
  type: string;
  /** The partition's own GUID, the same in every image of the same version. */
  uuid: string;
}

export interface DiskLayout {
  partitions: Partition[];
  uuid: string;
  /** Size of the whole image: the last partition and the second copy of the table. */
  bytes: number;
}

/**
 * Discoverable Partitions Specification (uapi-group.org): the EFI system partition, arm64's root and its hashes. The
 * two small FATs and the state are plain "Linux filesystem", so that no tool does anything with them by itself.
 */
const TYPES = {
  esp: 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B',
  plain: '0FC63DAF-8483-4772-8E79-3D69D8477DE4',
  root: 'B921B045-1DF0-41C3-AF44-4C6F280D3FAE',
  verity: 'DF3300CE-D69F-4C92-978C-9BFB0F38D820',
};

/**
 * Everything below is free for the loader of Rockchip boards, which their boot ROM reads from sector 64: mainline
 * U-Boot's u-boot-rockchip.bin is up to 9.5 MB.
 */
export const FIRST_PARTITION_BYTES = 16 * MIB;
export const ROCKCHIP_LOADER_OFFSET_BYTES = 64 * SECTOR_BYTES;

/**
 * GPT's own first usable sector, right after a table of 128 entries. Windows moves the table when it is higher, and
 * then the Raspberry Pi's older firmware does not find it.
 */
const FIRST_LBA = 34;

/** Sizes in MiB. boot-a and boot-b are numbers 3 and 4, so that the Raspberry Pi's own A/B could use them. */
const SIZES: Record<PartitionName, { mib: number; type: keyof typeof TYPES }> = {
  esp: { mib: 128, type: 'esp' },
  bootstate: { mib: 8, type: 'plain' },
  'boot-a': { mib: 128, type: 'plain' },
  'boot-b': { mib: 128, type: 'plain' },
  'root-a': { mib: 1536, type: 'root' },
  'verity-a': { mib: 16, type: 'verity' },
  'root-b': { mib: 1536, type: 'root' },
  'verity-b': { mib: 16, type: 'verity' },
  state: { mib: 512, type: 'plain' },
};

/** Lays out the disk of one version. */
export function layOutDisk(version: string): DiskLayout {
  let startBytes = FIRST_PARTITION_BYTES;
  const partitions = PARTITION_NAMES.map((name, index): Partition => {
    const { mib, type } = SIZES[name];
    const partition = {
      name,
      number: index + 1,
      startBytes,
      bytes: mib * MIB,
      type: TYPES[type],
      uuid: uuidOf(`${version} ${name}`),
    };
    startBytes += partition.bytes;
    return partition;
  });
  return { partitions, uuid: uuidOf(`${version} disk`), bytes: startBytes + MIB };
}

export function findPartition(layout: DiskLayout, name: PartitionName): Partition {
  return layout.partitions.find((partition) => partition.name === name)!;
}

/** A GUID that is always the same for the same words (RFC 9562, version 8). */
export function uuidOf(words: string): string {
  const bytes = createHash('sha256').update(`shoebox ${words}`).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [0, 8, 12, 16, 20]
    .map((from, index, starts) => hex.slice(from, starts[index + 1] ?? 32))
    .join('-')
    .toUpperCase();
}

/** The table as a script for sfdisk. */
export function sfdiskScript(layout: DiskLayout): string {
  const lines = layout.partitions.map(
    ({ name, startBytes, bytes, type, uuid }) =>
      `start=${startBytes / SECTOR_BYTES}, size=${bytes / SECTOR_BYTES}, type=${type}, uuid=${uuid}, name="${name}"`,
  );
  return ['label: gpt', `label-id: ${layout.uuid}`, `first-lba: ${FIRST_LBA}`, ...lines, ''].join('\n');
}

/**
 * The old table in the first sector (446 bytes of no code, four entries, signature). GPT wants one entry over all;
 * here the first is the ESP as FAT32, because Windows shows no partition of type ESP and the Raspberry Pi's firmware
 * looks here first, and the second is what keeps GPT's own sectors from being taken for free.
 */
export function hybridMbr(layout: DiskLayout): Buffer {
  const mbr = Buffer.alloc(SECTOR_BYTES);
  const write = (entry: number, type: number, firstLba: number, sectors: number) => {
    const at = 446 + 16 * entry;
    // Cylinders and heads as the standard wants them where they mean nothing.
    mbr.set([0x00, 0xfe, 0xff, 0xff, type, 0xfe, 0xff, 0xff], at);
    mbr.writeUInt32LE(firstLba, at + 8);
    mbr.writeUInt32LE(sectors, at + 12);
  };
  const esp = findPartition(layout, 'esp');
  const espLba = esp.startBytes / SECTOR_BYTES;
  write(0, 0x0c, espLba, esp.bytes / SECTOR_BYTES);
  write(1, 0xee, 1, espLba - 1);
  // Windows tells disks apart by these four bytes.
  mbr.write(layout.uuid.slice(0, 8), 440, 'hex');
  mbr.writeUInt16LE(0xaa55, 510);
  return mbr;
}
