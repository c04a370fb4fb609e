import type { BoardProfile } from '../profile.ts';

export const raspberryPi400: BoardProfile = {
  id: 'raspberry-pi-400',
  name: 'Raspberry Pi 400',
  compatible: ['raspberrypi,400'],
  soc: 'bcm2711',
  deviceTree: { file: 'broadcom/bcm2711-rpi-400.dtb', from: 'firmware' },
  boot: 'raspberry-pi-firmware',
  needs: [],
  memoryMib: [4 * 1024],
  // It has one light only.
  leds: ['PWR'],
  kernelDecodes: [],
  batteryClock: false,
  lacks: ['video in hardware'],
  proof: 'chain in QEMU',
  sources: {
    compatible: 'Linux 7.3, bcm2711-rpi-400.dts',
    deviceTree: "Debian's linux-base 7.3.4",
    boot: 'raspi-firmware (start4.elf) and u-boot-rpi 2025.01 of Debian',
    memoryMib: 'raspberrypi.com, product page',
    leds: 'the same file: led-act is deleted, PWR is on the pin of the activity light',
    kernelDecodes:
      "the configuration of Debian's kernel 7.3.4: VIDEO_CODEC_BCM2835 and the HEVC driver are absent",
    batteryClock: 'the same file has no rtc node',
  },
};
