import type { BoardProfile } from '../profile.ts';

export const zero3e: BoardProfile = {
  id: 'zero-3e',
  name: 'Radxa ZERO 3E',
  compatible: ['radxa,zero-3e'],
  soc: 'rk3566',
  deviceTree: { file: 'rockchip/rk3566-radxa-zero-3e.dtb', from: 'kernel-image' },
  boot: 'owners-u-boot',
  needs: ['U-Boot (2024.01 or newer) or EDK2 in SPI flash, or given to the image by --rk-firmware'],
  memoryMib: [1024, 2 * 1024, 4 * 1024, 8 * 1024],
  leds: ['green:heartbeat'],
  kernelDecodes: ['h264', 'vp8', 'mpeg2'],
  batteryClock: false,
  lacks: [],
  proof: 'chain in QEMU',
  sources: {
    compatible: 'Linux 7.3, rk3566-radxa-zero-3e.dts',
    deviceTree: "Debian's linux-base 7.3.4",
    boot: 'U-Boot 2025.01 has radxa-zero-3-rk3566_defconfig; Debian has no U-Boot for it, and its DDR firmware is not free',
    memoryMib: 'radxa.com, product page',
    leds: 'rk3566-radxa-zero-3.dtsi: LED_FUNCTION_HEARTBEAT, green',
    kernelDecodes: "Debian's kernel 7.3.4: hantro has the aliases of rk3568; rkvdec has none",
    batteryClock: 'rk3566-radxa-zero-3.dtsi has no clock but that of the power chip, which has no battery',
  },
};
