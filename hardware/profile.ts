/** What is known of a board before anything runs on it. What a running system can be asked is not in here. */
export interface BoardProfile {
  /** Of the file in boards/, and in logs. */
  id: string;
  /** As its maker writes it, for people. */
  name: string;
  /** First strings of its device tree's root `compatible`, which no other board has. */
  compatible: readonly string[];
  soc: 'bcm2837' | 'bcm2711' | 'bcm2712' | 'rk3566' | 'rk3568' | 'rk3588' | 'rk3588s' | 'virtual';
  deviceTree: DeviceTree;
  /** Who starts our loader: what the image carries, or what the owner has to have on the board. */
  boot: 'raspberry-pi-firmware' | 'owners-u-boot' | 'machine-firmware';
  /** What somebody needs besides the image and a card, in words for the table of README.md; none: nothing. */
  needs: readonly string[];
  /** Sizes it is sold with, in MiB; the service limits are made for the smallest of all boards, 1 GiB. */
  memoryMib: readonly number[];
  /** Names in /sys/class/leds, the best to look at first; none: see fallbackLed. */
  leds: readonly string[];
  /** Driver of a processor for models that this kernel can have; undefined: there is none, and the CPU does it. */
  npuDriver?: 'rocket';
  /** Codecs that this kernel decodes in hardware, through V4L2; nothing uses them before a probe has run on the board. */
  kernelDecodes: readonly ('h264' | 'hevc' | 'av1' | 'vp8' | 'mpeg2')[];
  /** Keeps the time without power, if it has its battery. */
  batteryClock: boolean;
  /** What does not work with this kernel, in words for README.md. */
  lacks: readonly string[];
  /**
   * What has been seen. `boots in QEMU`: the machine itself. `chain in QEMU`: a machine that the same files start,
   * from U-Boot on; nothing of the board's own drivers. No board of metal has been seen.
   */
  proof: 'boots in QEMU' | 'chain in QEMU';
  /** Where each fact comes from, for whoever doubts it. */
  sources: Readonly<Record<SourcedField, string>>;
}

/** Facts that somebody could get wrong. */
export type SourcedField =
  | 'compatible'
  | 'deviceTree'
  | 'boot'
  | 'memoryMib'
  | 'leds'
  | 'kernelDecodes'
  | 'batteryClock';

export interface DeviceTree {
  /** Below the kernel's dtb folder (`broadcom/…`); null: the machine makes its own. */
  file: string | null;
  /**
   * Who gives it to the kernel. `firmware`: the first partition has it for the board's firmware, which writes
   * addresses and memory into it. `kernel-image`: chosen by `compatible` from what the slot carries.
   */
  from: 'firmware' | 'kernel-image' | 'machine';
  /** Overlays of ours that the firmware applies, from the first partition. */
  overlays?: readonly string[];
}
