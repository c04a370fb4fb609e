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

export const arm64Image: ImageProfile = {
  compatible: 'shoebox-arm64',
  cpu: 'arm64',
  deviceTrees: {
    inSlot: [
      'rk3566-radxa-zero-3e.dtb',
      'rk3566-radxa-zero-3w.dtb',
      'rk3566-rock-3c.dtb',
      'rk3568-rock-3a.dtb',
      'rk3568-rock-3b.dtb',
      'rk3588-orangepi-5-plus.dtb',
      'rk3588-rock-5b.dtb',
      'rk3588s-orangepi-5.dtb',
    ],
    onEsp: [
      'bcm2711-rpi-4-b.dtb',
      'bcm2711-rpi-400.dtb',
      'bcm2711-rpi-cm4-io.dtb',
      'bcm2712-rpi-5-b.dtb',
      // Not for owners: the one Raspberry Pi that QEMU can be started as with U-Boot.
      'bcm2837-rpi-3-b.dtb',
    ],
  },
  // 64 KiB blocks cost a small read little; ends of files share blocks.
  erofsOptions: ['-zzstd,level=9', '-C65536', '-Efragments,dedupe,ztailpacking'],
};
