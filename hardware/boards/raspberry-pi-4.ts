import type { BoardProfile } from '../profile.ts';

export const raspberryPi4: BoardProfile = {
  id: 'raspberry-pi-4',
  name: 'Raspberry Pi 4 Model B',
  compatible: ['raspberrypi,4-model-b'],
  soc: 'bcm2711',
  deviceTree: { file: 'broadcom/bcm2711-rpi-4-b.dtb', from: 'firmware' },
  boot: 'raspberry-pi-firmware',
  needs: [],
  memoryMib: [1024, 2 * 1024, 4 * 1024, 8 * 1024],
  leds: ['ACT', 'PWR'],
  kernelDecodes: [],
  batteryClock: false,
  lacks: ['video in hardware'],
  proof: 'chain in QEMU',
  sources: {
    compatible: 'Linux 7.3, bcm2711-rpi-4-b.dts',
    deviceTree: "Debian's linux-base 7.3.4",
    boot: 'raspi-firmware (start4.elf) and u-boot-rpi 2025.01 of Debian',
    memoryMib: 'raspberrypi.com, product page',
    leds: 'the same file and bcm283x-rpi-led-deprecated.dtsi: labels ACT and PWR',
    kernelDecodes:
      "the configuration of Debian's kernel 7.3.4: VIDEO_CODEC_BCM2835 and the HEVC driver are absent",
    batteryClock: 'the same file has no rtc node',
  },
};
