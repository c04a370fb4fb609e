import type { BoardProfile } from '../profile.ts';

export const orangePi5Plus: BoardProfile = {
  id: 'orange-pi-5-plus',
  name: 'Orange Pi 5 Plus',
  compatible: ['xunlong,orangepi-5-plus'],
  soc: 'rk3588',
  deviceTree: { file: 'rockchip/rk3588-orangepi-5-plus.dtb', from: 'kernel-image' },
  boot: 'owners-u-boot',
  needs: ['U-Boot (2024.01 or newer) or EDK2 in SPI flash, or given to the image by --rk-firmware'],
  memoryMib: [4 * 1024, 8 * 1024, 16 * 1024, 32 * 1024],
  leds: ['blue:indicator-1', 'green:indicator-2'],
  npuDriver: 'rocket',
  kernelDecodes: ['h264', 'hevc', 'av1', 'vp8', 'mpeg2'],
  batteryClock: true,
  lacks: [],
  proof: 'chain in QEMU',
  sources: {
    compatible: 'Linux 7.3, rk3588-orangepi-5-plus.dts',
    deviceTree: "Debian's linux-base 7.3.4",
    boot: 'U-Boot 2025.01 has orangepi-5-plus-rk3588_defconfig; Debian has no U-Boot for it, and its DDR firmware is not free',
    memoryMib: 'orangepi.org, product page',
    leds: 'the same file: LED_FUNCTION_INDICATOR, blue 1 and green 2',
    kernelDecodes: "Debian's kernel 7.3.4: rkvdec and hantro have the aliases of rk3588",
    batteryClock: 'the same file: haoyu,hym8563, behind a connector for a battery',
  },
};
