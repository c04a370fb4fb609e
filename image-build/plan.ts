import type { DebianArch, DebianLock, PackageSet } from './debian/lock.ts';
import { debsOf } from './debian/lock.ts';
import { type DiskLayout, layOutDisk } from './partitions.ts';
import type { ImageProfile } from './profile.ts';

/** The steps in the order in which they run. */
export const STEP_IDS = [
  'tools',
  'files',
  'packages',
  'initrd',
  'uki',
  'app',
  'root',
  'slot',
  'esp',
  'disk',
  'update',
  'release',
] as const;
export type StepId = (typeof STEP_IDS)[number];

export interface Step {
  id: StepId;
  /** What it does, for whoever waits. */
  title: string;
  /** Steps whose results it reads; all of them come earlier. */
  needs: readonly StepId[];
  /** Files and folders of the repository whose contents decide what comes out. */
  files: readonly string[];
  /** Everything else that decides what comes out, as JSON. */
  facts: unknown;
}

export interface ImageRequest {
  /** `1.2.3` or with a suffix, `1.2.3-dev`. */
  version: string;
  hostArch: DebianArch;
  lock: DebianLock;
  /** Who may sign updates: PEM, goes into the root. */
  keyringFile: string;
  /** SHA-256 of that file's contents. */
  keyringHash: string;
  /** Where the image will be had, ending in a slash; empty: beside the manifest. */
  downloadUrl: string;
  /** The owner's U-Boot for a Rockchip board, or undefined. */
  rockchipLoader: { file: string; sha256: string } | undefined;
}

export interface Plan {
  version: string;
  /** In seconds since 1970: the time of every file of the image. */
  epoch: number;
  hostArch: DebianArch;
  compatible: string;
  cpu: ImageProfile['cpu'];
  layout: DiskLayout;
  deviceTrees: ImageProfile['deviceTrees'];
  erofsOptions: readonly string[];
  keyringFile: string;
  downloadUrl: string;
  rockchipLoader: { file: string; sha256: string } | undefined;
  /** Places in the repository. */
  rootfsDir: string;
  bootDir: string;
  leftOutFile: string;
  initrdDriversFile: string;
  slotArgumentsFile: string;
  steps: readonly Step[];
}

/** Words of a version that GRUB, FAT and file names can carry. */
const VERSION = /^\d+\.\d+\.\d+(-[a-z0-9.]+)?$/;

/**
 * Decides everything about an image, and makes nothing: which steps, what each depends on, where partitions lie.
 * Throws when the version is none.
 */
export function planImage(profile: ImageProfile, request: ImageRequest): Plan {
  const { version, hostArch, lock } = request;
  if (!VERSION.test(version)) throw new Error(`a version is like 1.2.3 or 1.2.3-dev, not ${version}`);
  const layout = layOutDisk(version);
  const places = {
    rootfsDir: 'os/rootfs',
    bootDir: 'os/boot',
    leftOutFile: 'os/packages/image/left-out.txt',
    initrdDriversFile: 'os/boot/initrd-drivers.txt',
    slotArgumentsFile: 'os/boot/slot-arguments.txt',
  };
  const packages = (set: PackageSet) => debsOf(lock, set).map(({ sha256 }) => sha256);
  const { deviceTrees, erofsOptions, compatible, cpu } = profile;
  const source = (...names: string[]) => names.map((name) => `image-build/${name}.ts`);
  const installer = source('steps/package-root', 'debian/pool');

  const steps: Step[] = [
    {
      id: 'tools',
      title: 'tools that make the image',
      needs: [],
      files: [...installer, ...source('steps/tools')],
      facts: { debs: packages(`tools-${hostArch}`), epoch: lock.epoch },
    },
    {
      id: 'files',
      title: 'first stages of the boards',
      needs: [],
      files: source('steps/files'),
      facts: { debs: packages('files') },
    },
    {
      id: 'packages',
      title: "the device's packages, their scripts in emulation",
      needs: ['tools'],
      files: [
        places.leftOutFile,
        ...installer,
        ...source('steps/packages', 'steps/device-root', 'debian/base-packages'),
      ],
      facts: { debs: packages('device'), epoch: lock.epoch },
    },
    {
      id: 'initrd',
      title: 'what opens the root at the start',
      needs: ['packages'],
      files: [places.initrdDriversFile, ...source('steps/initrd')],
      facts: { debs: packages('initrd') },
    },
    {
      id: 'uki',
      title: 'kernel, initrd and device trees in one file',
      needs: ['tools', 'files', 'packages', 'initrd'],
      files: source('steps/uki'),
      facts: { trees: deviceTrees.inSlot },
    },
    {
      id: 'app',
      title: 'the app, bundled',
      needs: [],
      files: [
        'package.json',
        'package-lock.json',
        'services',
        'ui',
        'hardware',
        'models',
        ...source('steps/app', 'bundle', 'bundle-services', 'fetch-packages', 'npm-closure'),
      ],
      facts: { cpu },
    },
    {
      id: 'root',
      title: 'the read-only root and the hashes of its blocks',
      needs: ['tools', 'packages', 'app'],
      files: [places.rootfsDir, ...source('steps/root')],
      facts: { version, epoch: lock.epoch, erofsOptions, keyring: request.keyringHash },
    },
    {
      id: 'slot',
      title: 'the boot partition of a slot',
      needs: ['tools', 'uki', 'root'],
      files: [places.slotArgumentsFile, ...source('steps/slot', 'steps/fat')],
      facts: { version },
    },
    {
      id: 'esp',
      title: 'the partition that firmware reads',
      needs: ['tools', 'files', 'packages'],
      files: [places.bootDir, ...source('steps/esp', 'steps/fat')],
      facts: { version, trees: deviceTrees.onEsp },
    },
    {
      id: 'disk',
      title: 'the image to flash',
      needs: ['tools', 'esp', 'slot', 'root'],
      files: source('steps/disk', 'steps/fat', 'partitions', 'grub-environment'),
      facts: { layout, loader: request.rockchipLoader?.sha256 },
    },
    {
      id: 'update',
      title: 'the signed update',
      needs: ['tools', 'slot', 'root'],
      files: source('steps/update'),
      facts: { version, compatible, keyring: request.keyringHash },
    },
    {
      id: 'release',
      title: 'compression, checksums and lists of parts',
      needs: ['tools', 'app', 'root', 'slot', 'disk', 'update'],
      files: source('steps/release', 'parts-list'),
      facts: {
        version,
        debs: [...packages('device'), ...packages('files')],
        downloadUrl: request.downloadUrl,
      },
    },
  ];
  return {
    ...{ version, hostArch, layout, deviceTrees, erofsOptions, compatible, cpu },
    ...places,
    epoch: lock.epoch,
    keyringFile: request.keyringFile,
    downloadUrl: request.downloadUrl,
    rockchipLoader: request.rockchipLoader,
    steps,
  };
}
