import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { CUT_SHORT, MAX_BLOCK_BYTES, type StillBlocks, withoutExifPrefix } from './read-metadata-blocks.ts';
import { type Box, walkBoxes } from './read-metadata-boxes.ts';
import type { FileBytes } from './read-metadata-bytes.ts';

const brotliDecompressAsync = promisify(brotliDecompress);

/** The header with size and orientation is under 40 bytes. */
const CODESTREAM_BYTES = 64;

/** Ratios of width to height that the size header has a number for (ISO/IEC 18181-1, SizeHeader). */
const RATIOS = [
  [0, 0],
  [1, 1],
  [12, 10],
  [4, 3],
  [3, 2],
  [16, 9],
  [5, 4],
  [2, 1],
] as const;

/** Reads JPEG XL: a bare codestream, or a container with boxes of which `brob` ones are Brotli. */
export async function readJxlBlocks(bytes: FileBytes): Promise<StillBlocks> {
  const blocks: StillBlocks = { warnings: [] };
  const start = await bytes.read(0, CODESTREAM_BYTES);
  if (start[0] === 0xff && start[1] === 0x0a) {
    takeCodestream(start, blocks);
    return blocks;
  }
  for await (const box of walkBoxes(bytes, 0, bytes.sizeBytes)) {
    if (box.endOffset > bytes.sizeBytes) blocks.warnings.push(CUT_SHORT);
    await takeBox(box, bytes, blocks);
  }
  return blocks;
}

async function takeBox(box: Box, bytes: FileBytes, blocks: StillBlocks): Promise<void> {
  const length = box.endOffset - box.contentOffset;
  if (box.type === 'jxlc') {
    takeCodestream(await bytes.read(box.contentOffset, CODESTREAM_BYTES), blocks);
  } else if (box.type === 'jxlp') {
    // A part of the codestream, after its number; only the first holds the header.
    const part = await bytes.read(box.contentOffset, CODESTREAM_BYTES + 4);
    if (part.length > 4 && (part.readUInt32BE(0) & 0x7fffffff) === 0)
      takeCodestream(part.subarray(4), blocks);
  } else if (['Exif', 'xml ', 'brob'].includes(box.type) && length <= MAX_BLOCK_BYTES) {
    let type = box.type;
    let content = await bytes.read(box.contentOffset, length);
    if (type === 'brob') {
      type = content.toString('latin1', 0, 4);
      if (type !== 'Exif' && type !== 'xml ') return;
      content = (await unpack(content.subarray(4), blocks)) ?? Buffer.alloc(0);
    }
    if (type === 'xml ') blocks.xmp ??= content;
    else if (content.length > 8) blocks.exif ??= withoutExifPrefix(content.subarray(4));
  }
}

async function unpack(data: Buffer, blocks: StillBlocks): Promise<Buffer | undefined> {
  try {
    return await brotliDecompressAsync(data, { maxOutputLength: MAX_BLOCK_BYTES });
  } catch (error) {
    // Broken or too large once unpacked: both are the file's doing, not ours.
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!/^(ERR__ERROR_|ERR_BROTLI|ERR_BUFFER_TOO_LARGE|ERR_PADDING|Z_)/.test(code)) throw error;
    blocks.warnings.push('A compressed part of the picture could not be read.');
    return undefined;
  }
}

/** SizeHeader, then as much of ImageMetadata as tells the orientation. Bits count from the lowest. */
function takeCodestream(stream: Buffer, blocks: StillBlocks): void {
  if (blocks.widthPx || stream[0] !== 0xff || stream[1] !== 0x0a) return;
  let at = 16;
  const bits = (count: number): number => {
    let value = 0;
    for (let bit = 0; bit < count; bit++, at++)
      value += (((stream[at >> 3] ?? 0) >> (at & 7)) & 1) * 2 ** bit;
    return value;
  };
  const large = () => 1 + bits([9, 13, 18, 30][bits(2)] ?? 0);
  const small = bits(1) === 1;
  const size = () => (small ? (bits(5) + 1) * 8 : large());
  const height = size();
  const [across, down] = RATIOS[bits(3)] ?? RATIOS[0];
  blocks.heightPx = height;
  blocks.widthPx = down === 0 ? size() : Math.floor((height * across) / down);
  const allDefault = bits(1) === 1;
  const extraFields = !allDefault && bits(1) === 1;
  blocks.containerOrientation = extraFields ? bits(3) + 1 : 1;
}
