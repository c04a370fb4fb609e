import type { BoardProfile } from '../profile.ts';

export const raspberryPiCm4: BoardProfile = {
  id: 'raspberry-pi-cm4',
  name: 'Raspberry Pi Compute Module 4',
  compatible: ['raspberrypi,4-compute-module'],
  soc: 'bcm2711',
  deviceTree: { file: 'broadcom/bcm2711-rpi-cm4-io.dtb', from: 'firmware' },
  boot: 'raspberry-pi-firmware',
  needs: ['a carrier board wired like the official IO board'],
  memoryMib: [1024, 2 * 1024, 4 * 1024, 8 * 1024],
  leds: ['ACT', 'PWR'],
  kernelDecodes: [],
  batteryClock: false,
  lacks: ['video in hardware'],
  proof: 'chain in QEMU',
  sources: {
    compatible: 'Linux 7.3, bcm2711-rpi-cm4-io.dts',
    deviceTree: "Debian's linux-base 7.3.4",
    boot: 'raspi-firmware (start4.elf) and u-boot-rpi 2025.01 of Debian',
    memoryMib: 'raspberrypi.com, product page',
    leds: 'the same file, on the IO board: labels ACT and PWR',
    kernelDecodes:
      "the configuration of Debian's kernel 7.3.4: VIDEO_CODEC_BCM2835 and the HEVC driver are absent",
    batteryClock: 'the same file has no rtc node',
  },
};
