import type { BoardProfile } from '../profile.ts';

export const rock3a: BoardProfile = {
  id: 'rock-3a',
  name: 'Radxa ROCK 3A',
  compatible: ['radxa,rock3a'],
  soc: 'rk3568',
  deviceTree: { file: 'rockchip/rk3568-rock-3a.dtb', from: 'kernel-image' },
  boot: 'owners-u-boot',
  needs: ['U-Boot (2024.01 or newer) or EDK2 in SPI flash, or given to the image by --rk-firmware'],
  memoryMib: [2 * 1024, 4 * 1024, 8 * 1024],
  leds: ['blue:heartbeat'],
  kernelDecodes: ['h264', 'vp8', 'mpeg2'],
  batteryClock: true,
  lacks: [],
  proof: 'chain in QEMU',
  sources: {
    compatible: 'Linux 7.3, rk3568-rock-3a.dts',
    deviceTree: "Debian's linux-base 7.3.4",
    boot: 'U-Boot 2025.01 has rock-3a-rk3568_defconfig; Debian has no U-Boot for it, and its DDR firmware is not free',
    memoryMib: 'radxa.com, product page',
    leds: 'the same file: LED_FUNCTION_HEARTBEAT, blue',
    kernelDecodes: "Debian's kernel 7.3.4: hantro has the aliases of rk3568; rkvdec has none",
    batteryClock: 'the same file: haoyu,hym8563, behind a connector for a battery',
  },
};
