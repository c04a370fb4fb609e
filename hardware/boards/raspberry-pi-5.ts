import type { BoardProfile } from '../profile.ts';

// Stepping C0, and D0 (boards with 2 and 16 GB and all of revision 1.1), which the firmware gives the overlay
// bcm2712d0. Both say the same name.
export const raspberryPi5: BoardProfile = {
  id: 'raspberry-pi-5',
  name: 'Raspberry Pi 5',
  compatible: ['raspberrypi,5-model-b'],
  soc: 'bcm2712',
  deviceTree: {
    file: 'broadcom/bcm2712-rpi-5-b.dtb',
    from: 'firmware',
    overlays: ['bcm2712d0.dtbo', 'led-pi5.dtbo'],
  },
  boot: 'raspberry-pi-firmware',
  needs: ['the system on an SD card: it cannot start from NVMe or USB'],
  memoryMib: [1024, 2 * 1024, 4 * 1024, 8 * 1024, 16 * 1024],
  leds: ['ACT'],
  kernelDecodes: [],
  batteryClock: false,
  lacks: ['fan control', 'CPU temperature', 'clock battery', 'undervoltage warning', 'video in hardware'],
  proof: 'chain in QEMU',
  sources: {
    compatible: 'Linux 7.3, bcm2712-rpi-5-b-ovl-rp1.dts',
    deviceTree: "Debian's linux-base 7.3.4; the D0 overlay is the difference to its bcm2712-d-rpi-5-b.dtb",
    boot: 'u-boot-rpi 2025.01 of Debian: rpi_arm64, with bcm2712-sdhci but neither its PCIe nor RP1',
    memoryMib: 'raspberrypi.com, product page',
    leds: "os/boot/overlays: the kernel's device tree has no light, so an overlay of ours adds ACT (2712_STAT_LED)",
    kernelDecodes:
      "the configuration of Debian's kernel 7.3.4: VIDEO_CODEC_BCM2835 and the HEVC driver are absent",
    batteryClock: "RTC_DRV_RPI is absent from Debian's kernel 7.3.4",
  },
};
