import { CUT_SHORT, MAX_BLOCK_BYTES, type StillBlocks, withoutExifPrefix } from './read-metadata-blocks.ts';
import type { FileBytes } from './read-metadata-bytes.ts';

const XMP_PREFIX = 'http://ns.adobe.com/xap/1.0/\0';
const ICC_PREFIX = 'ICC_PROFILE\0';
const PHOTOSHOP_PREFIX = 'Photoshop 3.0\0';

/** A phone's JPEG has some twenty segments; profiles and extended XMP add some hundred. */
const MAX_SEGMENTS = 2000;

/** Markers of a frame header (ITU-T T.81, table B.1): all of C0–CF but the Huffman, JPG and arithmetic ones. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Walks a JPEG's segments up to the pixels, and reads only the blocks we understand. */
export async function readJpegBlocks(bytes: FileBytes): Promise<StillBlocks> {
  const blocks: StillBlocks = { warnings: [] };
  const profile: Buffer[] = [];
  let offset = 2;
  for (let count = 0; count < MAX_SEGMENTS; count++) {
    const start = await bytes.read(offset, 4);
    if (start.length < 4) {
      blocks.warnings.push(CUT_SHORT);
      break;
    }
    // A segment may be preceded by any number of fill bytes (T.81, B.1.1.2).
    if (start[0] !== 0xff) {
      blocks.warnings.push('The JPEG is damaged before its pixels.');
      break;
    }
    const marker = start[1] ?? 0;
    if (marker === 0xff) {
      offset += 1;
      continue;
    }
    if (marker === 0xda || marker === 0xd9) break;
    const length = start.readUInt16BE(2);
    if (length < 2) {
      blocks.warnings.push('The JPEG is damaged before its pixels.');
      break;
    }
    if (marker === 0xe1 || marker === 0xe2 || marker === 0xed || isFrame(marker)) {
      const payload = await bytes.read(offset + 4, length - 2);
      if (payload.length < length - 2) blocks.warnings.push(CUT_SHORT);
      takeSegment(marker, payload, blocks, profile);
    }
    offset += 2 + length;
  }
  if (profile.length > 0) blocks.icc = Buffer.concat(profile);
  return blocks;
}

function takeSegment(marker: number, payload: Buffer, blocks: StillBlocks, profile: Buffer[]): void {
  const startsWith = (prefix: string) => payload.toString('latin1', 0, prefix.length) === prefix;
  if (isFrame(marker)) {
    if (payload.length < 5 || blocks.widthPx) return;
    blocks.heightPx = payload.readUInt16BE(1);
    blocks.widthPx = payload.readUInt16BE(3);
  } else if (marker === 0xe1 && startsWith('Exif\0')) {
    blocks.exif ??= withoutExifPrefix(payload);
  } else if (marker === 0xe1 && startsWith(XMP_PREFIX)) {
    blocks.xmp ??= payload.subarray(XMP_PREFIX.length);
  } else if (marker === 0xe2 && startsWith(ICC_PREFIX)) {
    // A number and a count of the pieces follow the name (ICC.1, annex B.4); writers keep them in order.
    const held = profile.reduce((sum, piece) => sum + piece.length, 0);
    if (held + payload.length <= MAX_BLOCK_BYTES) profile.push(payload.subarray(ICC_PREFIX.length + 2));
  } else if (marker === 0xed && startsWith(PHOTOSHOP_PREFIX)) {
    blocks.iptc ??= payload;
  }
}
