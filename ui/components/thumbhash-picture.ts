import { thumbHashToRGBA } from 'thumbhash';

/** Of every so many pixels of a decoded thumbhash one is taken: it holds seven waves, and 16 pixels show them. */
const STEP = 2;

/** A bitmap of 24 bits: the file's header of 14 bytes, then BITMAPINFOHEADER. */
const HEADER_BYTES = 54;

/**
 * The few colours a thumbhash stands for, as a tiny picture to scale up; undefined when there is none. A bitmap,
 * because it needs neither packing nor sums over its bytes: a PNG took ten times as long, and hundreds are drawn.
 */
export function thumbhashPicture(thumbhash: string | null | undefined): string | undefined {
  if (!thumbhash) return undefined;
  const { w, h, rgba } = thumbHashToRGBA(
    Uint8Array.from(atob(thumbhash), (character) => character.charCodeAt(0)),
  );
  const width = Math.ceil(w / STEP);
  const height = Math.ceil(h / STEP);
  // Rows end on multiples of four bytes.
  const rowBytes = (3 * width + 3) & ~3;
  const bytes = new Uint8Array(HEADER_BYTES + rowBytes * height);
  const header = new DataView(bytes.buffer);
  header.setUint16(0, 0x4d42, true);
  header.setUint32(2, bytes.length, true);
  header.setUint32(10, HEADER_BYTES, true);
  header.setUint32(14, 40, true);
  header.setInt32(18, width, true);
  // A negative height: the upper row comes first.
  header.setInt32(22, -height, true);
  header.setUint16(26, 1, true);
  header.setUint16(28, 24, true);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = 4 * (y * STEP * w + x * STEP);
      const to = HEADER_BYTES + y * rowBytes + 3 * x;
      bytes[to] = rgba[from + 2]!;
      bytes[to + 1] = rgba[from + 1]!;
      bytes[to + 2] = rgba[from]!;
    }
  }
  return `data:image/bmp;base64,${btoa(String.fromCharCode(...bytes))}`;
}
