import { walkBoxes } from './read-metadata-boxes.ts';
import type { FileBytes } from './read-metadata-bytes.ts';
import type { XmpTags } from './xmp.ts';

/** Where in a motion photo its video lies. */
export interface MotionVideo {
  offsetBytes: number;
  lengthBytes: number;
}

/** Samsung's number and name for the video in its trailer. */
const SAMSUNG_MOTION_TYPE = 0x0a30;
const SAMSUNG_MOTION_NAME = 'MotionPhoto_Data';
const SAMSUNG_END = 'SEFT';
const MAX_TRAILER_ENTRIES = 100;

/** How much of a JPEG is held at a time in the search for where its picture ends. */
const SEARCH_BYTES = 256 * 1024;
/** A JPEG longer than this is not searched; the phones that hide a video make some 10 MB. */
const MAX_SEARCHED_BYTES = 256 * 1024 ** 2;

/**
 * Finds the MP4 inside a motion photo: a JPEG, HEIC or AVIF whose phone kept a few seconds of video with
 * it. `xmp` is what the picture's own XMP says. What is returned begins with `ftyp`, holds a `moov` and ends
 * where a box ends; null when there is no such video, whatever the metadata promise. A plain JPEG costs one
 * read of its last bytes.
 */
export async function findMotionVideo(
  bytes: FileBytes,
  { mimeType, xmp }: { mimeType: string; xmp: XmpTags },
): Promise<MotionVideo | null> {
  for (const offset of offsetsFromXmp(xmp, bytes.sizeBytes)) {
    const video = await measureMp4(bytes, offset);
    if (video) return video;
  }
  if (mimeType === 'image/heic' || mimeType === 'image/heif' || mimeType === 'image/avif')
    return findVideoBox(bytes);
  if (mimeType !== 'image/jpeg') return null;
  const tail = await bytes.read(Math.max(0, bytes.sizeBytes - 8), 8);
  // A JPEG that ends as a JPEG has nothing behind it.
  if (tail.length < 8 || tail.readUInt16BE(6) === 0xffd9) return null;
  // Behind Samsung's directory nothing is bare, and most of its pictures have one without a video.
  if (tail.toString('latin1', 4) === SAMSUNG_END) return (await findSamsungVideo(bytes, tail)) ?? null;
  return findBareVideo(bytes);
}

/** The places that XMP names, best first: the container directory of version 1.0, then the older offset. */
function offsetsFromXmp(xmp: XmpTags, sizeBytes: number): number[] {
  const offsets: number[] = [];
  const items = xmp.containerItems ?? [];
  const index = items.findIndex((item) => item.semantic === 'MotionPhoto');
  const item = items[index];
  if (item) {
    // Items stand one after another up to the end of the file, so the video is counted from there.
    const behind = items
      .slice(index + 1)
      .reduce((sum, { lengthBytes, paddingBytes }) => sum + lengthBytes + paddingBytes, 0);
    offsets.push(sizeBytes - behind - item.paddingBytes - item.lengthBytes);
    // Some writers put the video last but do not list it last.
    if (behind > 0) offsets.push(sizeBytes - item.lengthBytes);
  }
  if (!xmp.motionPhoto && xmp.microVideoOffsetBytes) offsets.push(sizeBytes - xmp.microVideoOffsetBytes);
  return offsets.filter((offset) => Number.isSafeInteger(offset) && offset > 0 && offset < sizeBytes);
}

/**
 * The MP4 that begins at `offset`, up to its last whole box; undefined when there is none. Bytes that are
 * no box, such as Samsung's directory, end it.
 */
async function measureMp4(
  bytes: FileBytes,
  offset: number,
  end = bytes.sizeBytes,
): Promise<MotionVideo | undefined> {
  let last = offset;
  let hasMovie = false;
  for await (const box of walkBoxes(bytes, offset, end)) {
    const isFirst = box.offsetBytes === offset;
    if (isFirst !== (box.type === 'ftyp') || box.endOffset > end) break;
    if (box.type === 'moov') hasMovie = true;
    last = box.endOffset;
  }
  return hasMovie ? { offsetBytes: offset, lengthBytes: last - offset } : undefined;
}

/** HEIC and AVIF keep the video in a box of its own at the top level. */
async function findVideoBox(bytes: FileBytes): Promise<MotionVideo | null> {
  for await (const box of walkBoxes(bytes, 0, bytes.sizeBytes)) {
    if (box.type === 'mpvd' && box.endOffset <= bytes.sizeBytes)
      return (await measureMp4(bytes, box.contentOffset, box.endOffset)) ?? null;
  }
  return null;
}

/**
 * Samsung's trailer: blocks, then a directory `SEFH` whose entries count back from it to their block, then
 * the directory's length and `SEFT`.
 */
async function findSamsungVideo(bytes: FileBytes, tail: Buffer): Promise<MotionVideo | undefined> {
  const directoryBytes = tail.readUInt32LE(0);
  const start = bytes.sizeBytes - 8 - directoryBytes;
  if (directoryBytes < 12 || start < 0) return undefined;
  const directory = await bytes.read(start, Math.min(directoryBytes, 12 + 12 * MAX_TRAILER_ENTRIES));
  if (directory.toString('latin1', 0, 4) !== 'SEFH') return undefined;
  const count = Math.min(directory.readUInt32LE(8), Math.floor((directory.length - 12) / 12));
  for (let index = 0; index < count; index++) {
    const entry = directory.subarray(12 + index * 12, 24 + index * 12);
    if (entry.readUInt16LE(2) !== SAMSUNG_MOTION_TYPE) continue;
    const block = start - entry.readUInt32LE(4);
    const lengthBytes = entry.readUInt32LE(8);
    // A block repeats its type, then the length of its name, then the name; the data follow.
    const headBytes = 8 + SAMSUNG_MOTION_NAME.length;
    if (block < 0 || lengthBytes <= headBytes) continue;
    const head = await bytes.read(block, headBytes);
    if (head.toString('latin1', 8) !== SAMSUNG_MOTION_NAME) continue;
    const video = await measureMp4(bytes, block + headBytes, Math.min(block + lengthBytes, start));
    if (video) return video;
  }
  return undefined;
}

/**
 * An MP4 that simply follows the JPEG. It must begin right after an end-of-image marker and its boxes must
 * reach the end of the file exactly, or a stray "ftyp" in the pixels would do.
 */
async function findBareVideo(bytes: FileBytes): Promise<MotionVideo | null> {
  if (bytes.sizeBytes > MAX_SEARCHED_BYTES) return null;
  const wanted = Buffer.from('ftyp', 'latin1');
  // End of image, the size of the box, its type.
  const before = 2 + 4;
  for (let offset = 0; offset < bytes.sizeBytes; offset += SEARCH_BYTES) {
    const piece = await bytes.read(offset, SEARCH_BYTES + before + wanted.length);
    for (let at = piece.indexOf(wanted); at >= 0; at = piece.indexOf(wanted, at + 1)) {
      if (at < before || piece.readUInt16BE(at - before) !== 0xffd9) continue;
      const video = await measureMp4(bytes, offset + at - 4);
      if (video && video.offsetBytes + video.lengthBytes === bytes.sizeBytes) return video;
    }
  }
  return null;
}
