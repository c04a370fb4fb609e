/** What a still's container holds, before anyone looks inside the blocks. */
export interface StillBlocks {
  /** Size of the pixels as stored, from the codestream or its header; never from EXIF. */
  widthPx?: number;
  heightPx?: number;
  /**
   * How the container itself says the pixels are turned, as an EXIF orientation. Decoders of such formats
   * (HEIF, AVIF, JPEG XL) apply it, and EXIF's own orientation then means nothing.
   */
  containerOrientation?: number;
  /** Bare EXIF: from the TIFF header on. */
  exif?: Buffer;
  /** XMP packets, the first of which is the main one. */
  xmp?: Buffer;
  icc?: Buffer;
  /** The payload of the Photoshop block that holds IPTC. */
  iptc?: Buffer;
  /** In plain words: what could not be read. */
  warnings: string[];
}

/**
 * Blocks above this are not read: colour profiles of printers reach 2 MB, XMP and EXIF have stricter limits
 * of their own.
 */
export const MAX_BLOCK_BYTES = 4 * 1024 * 1024;

export const CUT_SHORT = 'The file ends before its end: it may be a broken copy.';

/** Removes the words "Exif" and two zero bytes that most containers put before the TIFF header. */
export function withoutExifPrefix(block: Buffer): Buffer {
  return block.toString('latin1', 0, 6) === 'Exif\0\0' ? block.subarray(6) : block;
}
