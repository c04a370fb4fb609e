import type { BoardProfile } from '../profile.ts';

export const rock5b: BoardProfile = {
  id: 'rock-5b',
  name: 'Radxa ROCK 5B',
  compatible: ['radxa,rock-5b'],
  soc: 'rk3588',
  deviceTree: { file: 'rockchip/rk3588-rock-5b.dtb', from: 'kernel-image' },
  boot: 'owners-u-boot',
  needs: ['U-Boot (2024.01 or newer) or EDK2 in SPI flash, or given to the image by --rk-firmware'],
  memoryMib: [4 * 1024, 8 * 1024, 16 * 1024, 24 * 1024, 32 * 1024],
  leds: ['blue:status'],
  npuDriver: 'rocket',
  kernelDecodes: ['h264', 'hevc', 'av1', 'vp8', 'mpeg2'],
  batteryClock: true,
  lacks: [],
  proof: 'chain in QEMU',
  sources: {
    compatible: 'Linux 7.3, rk3588-rock-5b.dtsi',
    deviceTree: "Debian's linux-base 7.3.4",
    boot: 'U-Boot 2025.01 has rock5b-rk3588_defconfig; Debian has no U-Boot for it, and its DDR firmware is not free',
    memoryMib: 'radxa.com, product page',
    leds: 'the same file: LED_FUNCTION_STATUS, blue',
    kernelDecodes: "Debian's kernel 7.3.4: rkvdec and hantro have the aliases of rk3588",
    batteryClock: 'the same file: haoyu,hym8563, behind a connector for a battery',
  },
};
