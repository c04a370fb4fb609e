import type { FileBytes } from './read-metadata-bytes.ts';

/** One box of an ISO base media file (ISO/IEC 14496-12): MP4, QuickTime, HEIF, AVIF, JPEG XL, CR3. */
export interface Box {
  /** Four characters, Latin-1. */
  type: string;
  offsetBytes: number;
  /** Where its content begins. */
  contentOffset: number;
  /** Where the next box begins; past the end of the file when the file was cut. */
  endOffset: number;
}

/** Real files have some dozen boxes on one level; a fragmented recording of hours has some thousand. */
const MAX_BOXES = 20_000;

/**
 * The boxes between two offsets of a file, in order, until something there is no box. Reads 16 bytes for
 * each and nothing of their content.
 */
export async function* walkBoxes(bytes: FileBytes, start: number, end: number): AsyncGenerator<Box> {
  let offset = start;
  for (let count = 0; count < MAX_BOXES && offset + 8 <= end; count++) {
    const box = parseBoxHeader(await bytes.read(offset, 16), offset, end);
    if (!box) return;
    yield box;
    offset = box.endOffset;
  }
}

/** The boxes in a buffer; their offsets count from its beginning. */
export function listBoxes(content: Buffer, start = 0): Box[] {
  const boxes: Box[] = [];
  let offset = start;
  while (boxes.length < MAX_BOXES) {
    const box = parseBoxHeader(content.subarray(offset, offset + 16), offset, content.length);
    if (!box) break;
    boxes.push(box);
    offset = box.endOffset;
  }
  return boxes;
}

function parseBoxHeader(header: Buffer, offset: number, end: number): Box | undefined {
  if (header.length < 8) return undefined;
  const type = header.toString('latin1', 4, 8);
  if (!/^[\x20-\x7e\xa9]{4}$/.test(type)) return undefined;
  let sizeBytes = header.readUInt32BE(0);
  let headerBytes = 8;
  if (sizeBytes === 1) {
    // A size of 64 bits follows the type.
    if (header.length < 16) return undefined;
    sizeBytes = Number(header.readBigUInt64BE(8));
    headerBytes = 16;
  } else if (sizeBytes === 0) sizeBytes = end - offset;
  if (sizeBytes < headerBytes || !Number.isSafeInteger(offset + sizeBytes)) return undefined;
  return { type, offsetBytes: offset, contentOffset: offset + headerBytes, endOffset: offset + sizeBytes };
}
