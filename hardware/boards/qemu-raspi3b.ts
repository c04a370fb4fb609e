import type { BoardProfile } from '../profile.ts';

// For tests: the Raspberry Pi that QEMU knows best, and so the nearest to seeing the chain of a real one.
export const qemuRaspi3b: BoardProfile = {
  id: 'qemu-raspi3b',
  name: 'QEMU raspi3b',
  compatible: ['raspberrypi,3-model-b'],
  soc: 'bcm2837',
  deviceTree: { file: 'broadcom/bcm2837-rpi-3-b.dtb', from: 'firmware' },
  boot: 'raspberry-pi-firmware',
  needs: ['qemu-system-aarch64 -machine raspi3b'],
  memoryMib: [1024],
  leds: ['ACT'],
  kernelDecodes: [],
  batteryClock: false,
  lacks: ['video in hardware'],
  proof: 'chain in QEMU',
  sources: {
    compatible: 'Linux 7.3, bcm2837-rpi-3-b.dts',
    deviceTree: "Debian's linux-base 7.3.4",
    boot: 'u-boot-rpi 2025.01 of Debian, given to QEMU as its kernel',
    memoryMib: 'QEMU, hw/arm/raspi.c',
    leds: 'the same file: label ACT',
    kernelDecodes:
      "the configuration of Debian's kernel 7.3.4: VIDEO_CODEC_BCM2835 and the HEVC driver are absent",
    batteryClock: 'the same file has no rtc node',
  },
};
