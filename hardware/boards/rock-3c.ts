import type { BoardProfile } from '../profile.ts';

export const rock3c: BoardProfile = {
  id: 'rock-3c',
  name: 'Radxa ROCK 3C',
  compatible: ['radxa,rock-3c'],
  soc: 'rk3566',
  deviceTree: { file: 'rockchip/rk3566-rock-3c.dtb', from: 'kernel-image' },
  boot: 'owners-u-boot',
  needs: ['U-Boot (2024.01 or newer) or EDK2 in SPI flash, or given to the image by --rk-firmware'],
  memoryMib: [1024, 2 * 1024, 4 * 1024, 8 * 1024],
  leds: ['blue:heartbeat'],
  kernelDecodes: ['h264', 'vp8', 'mpeg2'],
  batteryClock: false,
  lacks: [],
  proof: 'chain in QEMU',
  sources: {
    compatible: 'Linux 7.3, rk3566-rock-3c.dts',
    deviceTree: "Debian's linux-base 7.3.4",
    boot: 'U-Boot 2025.01 has rock-3c-rk3566_defconfig; Debian has no U-Boot for it, and its DDR firmware is not free',
    memoryMib: 'radxa.com, product page',
    leds: 'the same file: LED_FUNCTION_HEARTBEAT, blue',
    kernelDecodes: "Debian's kernel 7.3.4: hantro has the aliases of rk3568; rkvdec has none",
    batteryClock: 'the same file has no rtc node',
  },
};
