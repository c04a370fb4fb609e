import { boards } from '#hardware/registry';

/** What is the same in every version of the image: which boards it starts on, and how the root is packed. */
export interface ImageProfile {
  /** The updater refuses a bundle for anything else. */
  compatible: string;
  /** Node's and npm's name of the processor. */
  cpu: 'arm64';
  deviceTrees: {
    /** Rockchip: firmware brings none, so the slot has them all and the stub takes the one that fits. */
    inSlot: readonly string[];
    /** Raspberry Pi: the firmware reads one, corrects it for this very board, and hands it on. */
    onEsp: readonly string[];
  };
  erofsOptions: readonly string[];
}

/** Device trees that boards need from this place, below the kernel's dtb folder, sorted. */
function treesFrom(place: 'kernel-image' | 'firmware'): string[] {
  const files = boards.flatMap(({ deviceTree: { from, file } }) => (from === place && file ? [file] : []));
  return [...new Set(files)].sort();
}

export const arm64Image: ImageProfile = {
  compatible: 'shoebox-arm64',
  cpu: 'arm64',
  deviceTrees: { inSlot: treesFrom('kernel-image'), onEsp: treesFrom('firmware') },
  // 64 KiB blocks cost a small read little. Level 3 takes 27 s of a PC's time for 850 MB and gives 357 MB; sharing ends
  // of files and equal blocks saves a tenth, but takes ten times as long, since it cannot use more than one core.
  erofsOptions: ['-zzstd,level=3', '-C65536', '-Eztailpacking', '--workers=2'],
};
