import type { BoardProfile } from '../profile.ts';

export const qemuVirt: BoardProfile = {
  id: 'qemu-virt',
  name: 'QEMU virt',
  compatible: ['linux,dummy-virt'],
  soc: 'virtual',
  deviceTree: { file: null, from: 'machine' },
  boot: 'machine-firmware',
  needs: ['qemu-system-aarch64 -machine virt'],
  memoryMib: [1024, 2 * 1024, 4 * 1024],
  leds: [],
  kernelDecodes: [],
  batteryClock: true,
  lacks: [],
  proof: 'boots in QEMU',
  sources: {
    compatible: 'QEMU, hw/arm/virt.c',
    deviceTree: 'QEMU makes it',
    boot: "Debian's u-boot-qemu or qemu-efi-aarch64",
    memoryMib: 'as one starts it; the tests give 1 GiB',
    leds: 'it has none',
    kernelDecodes: 'it has none',
    batteryClock: "QEMU's pl031 keeps the host's time",
  },
};
