import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { CUT_SHORT, MAX_BLOCK_BYTES, type StillBlocks, withoutExifPrefix } from './read-metadata-blocks.ts';
import type { FileBytes } from './read-metadata-bytes.ts';

const inflateAsync = promisify(inflate);

/** A PNG of 100 megapixels in chunks of 8 kB, as libpng writes them, has some 20,000. */
const MAX_CHUNKS = 50_000;

const XMP_KEYWORD = 'XML:com.adobe.xmp';
/** ImageMagick's way from before `eXIf`: the block as lines of hex digits, after a name and a length. */
const HEX_PROFILE = /^Raw profile type (exif|APP1|xmp)$/;

/** Reads a PNG's chunks, also those after the pixels. */
export async function readPngBlocks(bytes: FileBytes): Promise<StillBlocks> {
  const blocks: StillBlocks = { warnings: [] };
  let offset = 8;
  for (let count = 0; count < MAX_CHUNKS; count++) {
    const start = await bytes.read(offset, 8);
    if (start.length < 8) {
      blocks.warnings.push(CUT_SHORT);
      break;
    }
    const length = start.readUInt32BE(0);
    const type = start.toString('latin1', 4, 8);
    if (type === 'IEND') break;
    if (['IHDR', 'eXIf', 'iCCP', 'iTXt', 'tEXt', 'zTXt'].includes(type) && length <= MAX_BLOCK_BYTES)
      await takePngChunk(type, await bytes.read(offset + 8, length), blocks);
    offset += 12 + length;
  }
  return blocks;
}

async function takePngChunk(type: string, data: Buffer, blocks: StillBlocks): Promise<void> {
  if (type === 'IHDR' && data.length >= 8) {
    blocks.widthPx = data.readUInt32BE(0);
    blocks.heightPx = data.readUInt32BE(4);
    return;
  }
  if (type === 'eXIf') {
    blocks.exif ??= withoutExifPrefix(data);
    return;
  }
  const end = data.indexOf(0);
  if (end < 0) return;
  const keyword = data.toString('latin1', 0, end);
  const rest = data.subarray(end + 1);
  if (type === 'iCCP') {
    blocks.icc ??= await inflateBlock(rest.subarray(1), blocks);
  } else if (type === 'iTXt' && keyword === XMP_KEYWORD) {
    // A flag and a method of compression, then a language and a translated keyword, each ended by a zero.
    const language = rest.indexOf(0, 2);
    const text = language < 0 ? -1 : rest.indexOf(0, language + 1);
    if (text < 0) return;
    const body = rest.subarray(text + 1);
    blocks.xmp ??= rest[0] === 1 ? await inflateBlock(body, blocks) : body;
  } else if (type !== 'iTXt') {
    const profile = HEX_PROFILE.exec(keyword)?.[1];
    if (!profile) return;
    const text = type === 'zTXt' ? await inflateBlock(rest.subarray(1), blocks) : rest;
    const block = text && readHexProfile(text);
    if (!block) return;
    if (profile === 'xmp' || block.toString('latin1', 0, 5) === 'http:') {
      const packet = block.indexOf('<');
      if (packet >= 0) blocks.xmp ??= block.subarray(packet);
    } else blocks.exif ??= withoutExifPrefix(block);
  }
}

function readHexProfile(text: Buffer): Buffer | undefined {
  const hex = /^\s*\w+\s+\d+\s+([0-9a-fA-F\s]+)$/.exec(text.toString('latin1'))?.[1];
  return hex === undefined ? undefined : Buffer.from(hex.replace(/\s+/g, ''), 'hex');
}

async function inflateBlock(data: Buffer, blocks: StillBlocks): Promise<Buffer | undefined> {
  try {
    return await inflateAsync(data, { maxOutputLength: MAX_BLOCK_BYTES });
  } catch (error) {
    // Broken or too large once inflated: both are the file's doing, not ours.
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!code.startsWith('Z_') && code !== 'ERR_BUFFER_TOO_LARGE') throw error;
    blocks.warnings.push('A compressed part of the PNG could not be read.');
    return undefined;
  }
}

/** Reads a WebP's chunks (RIFF container, Google's WebP specification). */
export async function readWebpBlocks(bytes: FileBytes): Promise<StillBlocks> {
  const blocks: StillBlocks = { warnings: [] };
  let offset = 12;
  for (let count = 0; count < MAX_CHUNKS && offset + 8 <= bytes.sizeBytes; count++) {
    const start = await bytes.read(offset, 8);
    if (start.length < 8) break;
    const type = start.toString('latin1', 0, 4);
    const length = start.readUInt32LE(4);
    if (['VP8X', 'VP8 ', 'VP8L'].includes(type)) {
      takeWebpSize(type, await bytes.read(offset + 8, 10), blocks);
    } else if (['EXIF', 'XMP ', 'ICCP'].includes(type) && length <= MAX_BLOCK_BYTES) {
      const data = await bytes.read(offset + 8, length);
      if (type === 'EXIF') blocks.exif ??= withoutExifPrefix(data);
      else if (type === 'XMP ') blocks.xmp ??= data;
      else blocks.icc ??= data;
    }
    offset += 8 + length + (length % 2);
  }
  if (offset > bytes.sizeBytes + 1) blocks.warnings.push(CUT_SHORT);
  return blocks;
}

function takeWebpSize(type: string, data: Buffer, blocks: StillBlocks): void {
  // The canvas comes first and stands; frames of an animation may be smaller.
  if (blocks.widthPx || data.length < 10) return;
  if (type === 'VP8X') {
    blocks.widthPx = data.readUIntLE(4, 3) + 1;
    blocks.heightPx = data.readUIntLE(7, 3) + 1;
  } else if (type === 'VP8 ') {
    // After a frame tag and a start code; two bits above each size are a scale.
    blocks.widthPx = data.readUInt16LE(6) & 0x3fff;
    blocks.heightPx = data.readUInt16LE(8) & 0x3fff;
  } else {
    const bits = data.readUInt32LE(1);
    blocks.widthPx = (bits & 0x3fff) + 1;
    blocks.heightPx = ((bits >>> 14) & 0x3fff) + 1;
  }
}

/** The size in a GIF's logical screen descriptor; GIFs hold nothing else for us. */
export async function readGifBlocks(bytes: FileBytes): Promise<StillBlocks> {
  const header = await bytes.read(0, 10);
  if (header.length < 10) return { warnings: [CUT_SHORT] };
  return { widthPx: header.readUInt16LE(6), heightPx: header.readUInt16LE(8), warnings: [] };
}

/** The size in a BMP's header; a negative height means rows from the top. */
export async function readBmpBlocks(bytes: FileBytes): Promise<StillBlocks> {
  const header = await bytes.read(0, 26);
  if (header.length < 26) return { warnings: [CUT_SHORT] };
  // The oldest header, of 12 bytes, has sizes of 16 bits.
  if (header.readUInt32LE(14) === 12)
    return { widthPx: header.readUInt16LE(18), heightPx: header.readUInt16LE(20), warnings: [] };
  return {
    widthPx: Math.abs(header.readInt32LE(18)),
    heightPx: Math.abs(header.readInt32LE(22)),
    warnings: [],
  };
}
