import type { BoardProfile } from '../profile.ts';

export const orangePi5: BoardProfile = {
  id: 'orange-pi-5',
  name: 'Orange Pi 5',
  compatible: ['xunlong,orangepi-5'],
  soc: 'rk3588s',
  deviceTree: { file: 'rockchip/rk3588s-orangepi-5.dtb', from: 'kernel-image' },
  boot: 'owners-u-boot',
  needs: ['U-Boot (2024.01 or newer) or EDK2 in SPI flash, or given to the image by --rk-firmware'],
  memoryMib: [4 * 1024, 8 * 1024, 16 * 1024, 32 * 1024],
  leds: ['green:status'],
  npuDriver: 'rocket',
  kernelDecodes: ['h264', 'hevc', 'av1', 'vp8', 'mpeg2'],
  batteryClock: true,
  lacks: [],
  proof: 'chain in QEMU',
  sources: {
    compatible: 'Linux 7.3, rk3588s-orangepi-5.dtsi',
    deviceTree: "Debian's linux-base 7.3.4",
    boot: 'U-Boot 2025.01 has orangepi-5-rk3588s_defconfig; Debian has no U-Boot for it, and its DDR firmware is not free',
    memoryMib: 'orangepi.org, product page',
    leds: 'the same file: pwm-leds, LED_FUNCTION_STATUS, green',
    kernelDecodes: "Debian's kernel 7.3.4: rkvdec and hantro have the aliases of rk3588",
    batteryClock: 'the same file: haoyu,hym8563, behind a connector for a battery',
  },
};
