import { findMediaType, isRawMimeType } from '#contract/media-types';

export interface ContentType {
  kind: 'image' | 'video';
  mimeType: string;
}

/** Enough of a file's start to recognise every format below. */
export const SNIFF_BYTES = 4096;

const image = (subtype: string): ContentType => ({ kind: 'image', mimeType: `image/${subtype}` });
const video = (subtype: string): ContentType => ({ kind: 'video', mimeType: `video/${subtype}` });

/** Fixed bytes at a fixed place; the first row that fits wins. Bytes are written as Latin-1. */
const MAGIC: readonly (readonly [offset: number, bytes: string, type: ContentType])[] = [
  [0, '\xff\xd8\xff', image('jpeg')],
  [0, '\x89PNG\r\n\x1a\n', image('png')],
  [0, 'GIF87a', image('gif')],
  [0, 'GIF89a', image('gif')],
  [0, '8BPS', image('vnd.adobe.photoshop')],
  [0, '\xff\x0a', image('jxl')],
  [0, '\0\0\0\x0cJXL \r\n\x87\n', image('jxl')],
  [0, '\0\0\0\x0cjP  \r\n\x87\n', image('jp2')],
  [0, '\xff\x4f\xff\x51', image('jp2')],
  // Raw formats with a signature of their own, before the TIFF that some of them resemble.
  [8, 'CR\x02', image('x-canon-cr2')],
  [6, 'HEAPCCDR', image('x-canon-crw')],
  [0, 'FUJIFILMCCD-RAW', image('x-fuji-raf')],
  [0, '\0MRM', image('x-minolta-mrw')],
  [0, 'FOVb', image('x-sigma-x3f')],
  [0, 'IIU\0', image('x-panasonic-rw2')],
  [0, 'IIRO', image('x-olympus-orf')],
  [0, 'IIRS', image('x-olympus-orf')],
  [0, 'MMOR', image('x-olympus-orf')],
  [0, 'ARRI', image('x-arriflex-ari')],
  [0, 'II*\0', image('tiff')],
  [0, 'MM\0*', image('tiff')],
  [0, 'II+\0', image('tiff')],
  [0, 'MM\0+', image('tiff')],
  [8, 'WEBP', image('webp')],
  [8, 'AVI ', video('x-msvideo')],
  [0, 'FLV\x01', video('x-flv')],
  [0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11', video('x-ms-wmv')],
  [0, '\0\0\x01\xba', video('mpeg')],
  [0, '\0\0\x01\xb3', video('mpeg')],
  [0, '\x06\x0e\x2b\x34\x02\x05\x01\x01', { kind: 'video', mimeType: 'application/mxf' }],
];

/** Image brands of ISO-BMFF files (MP4 Registration Authority); any other brand is a video. */
const IMAGE_BRANDS: Readonly<Record<string, string>> = {
  avif: 'avif',
  avis: 'avif',
  heic: 'heic',
  heix: 'heic',
  heim: 'heic',
  heis: 'heic',
  hevc: 'heic',
  hevx: 'heic',
  mif1: 'heif',
  mif2: 'heif',
  msf1: 'heif',
  'crx ': 'x-canon-cr3',
};

/** The first box of QuickTime files from before `ftyp`, in the QuickTime File Format. */
const QUICKTIME_BOXES = new Set(['moov', 'mdat', 'wide', 'free', 'skip', 'pnot']);

/**
 * What the first bytes of a file say it is, or undefined when they say nothing. SNIFF_BYTES are enough,
 * fewer may do. A TIFF is `image/tiff` even when a camera wrote raw pixels in it: see `findContentType`.
 */
export function sniffType(head: Buffer): ContentType | undefined {
  const text = head.subarray(0, SNIFF_BYTES).toString('latin1');
  for (const [offset, bytes, type] of MAGIC) {
    if (!text.startsWith(bytes, offset)) continue;
    // The RIFF formats share their first four bytes and the CR2 mark lies inside a TIFF header.
    if (offset === 8 && !/^(RIFF|II\*\0)/.test(text)) continue;
    return type;
  }
  if (text.startsWith('ftyp', 4)) return sniffBrands(text, head.readUInt32BE(0));
  if (text.startsWith('\x1a\x45\xdf\xa3')) return text.includes('webm') ? video('webm') : video('x-matroska');
  if (QUICKTIME_BOXES.has(text.slice(4, 8))) return video('quicktime');
  if (isBitmap(head)) return image('bmp');
  // Packets of 188 bytes start with 0x47; Blu-ray and AVCHD put a 4-byte time before each.
  if (isPacketStream(head, 0, 188) || isPacketStream(head, 4, 192)) return video('mp2t');
  if (/^(\xef\xbb\xbf)?\s*<(\?xml|!--|!DOCTYPE svg|svg)/.test(text) && /<svg[\s>]/.test(text))
    return image('svg+xml');
  return undefined;
}

/**
 * The type of a file by its content and name. The content wins over a name that lies (a `.jpg` that is
 * HEIC); the name settles what the content leaves open: which raw format a TIFF is, and formats without
 * a signature. Undefined when neither tells.
 */
export function findContentType(head: Buffer, fileName: string): ContentType | undefined {
  const sniffed = sniffType(head);
  const named = findMediaType(fileName);
  if (!named || named.kind === 'sidecar') return sniffed;
  const promised: ContentType = { kind: named.kind, mimeType: named.mimeType };
  if (!sniffed) return promised;
  const rawContainer = sniffed.mimeType === 'image/tiff' || isRawMimeType(sniffed.mimeType);
  if (rawContainer && isRawMimeType(promised.mimeType)) return promised;
  return sniffed;
}

function sniffBrands(text: string, boxBytes: number): ContentType {
  const major = text.slice(8, 12);
  const brands = [major];
  const end = Math.min(boxBytes, text.length);
  for (let at = 16; at + 4 <= end; at += 4) brands.push(text.slice(at, at + 4));

  const known = IMAGE_BRANDS[major];
  // `mif1` only says "some image"; the brands after it name the codec.
  if (known === 'heif') {
    const codec = brands.map((brand) => IMAGE_BRANDS[brand]).find((type) => type && type !== 'heif');
    return image(codec ?? 'heif');
  }
  if (known) return image(known);
  if (major === 'jp2 ') return image('jp2');
  if (major === 'jxl ') return image('jxl');
  if (major === 'qt  ') return video('quicktime');
  if (/^3g/.test(major)) return video('3gpp');
  if (/^M4V/.test(major)) return video('x-m4v');
  return video('mp4');
}

/** "BM" alone is two letters of any text; the size of the header that follows is one of a few numbers. */
function isBitmap(head: Buffer): boolean {
  if (head.length < 26 || head.toString('latin1', 0, 2) !== 'BM') return false;
  return [12, 40, 52, 56, 64, 108, 124].includes(head.readUInt32LE(14));
}

function isPacketStream(head: Buffer, first: number, packetBytes: number): boolean {
  if (head.length < first + 2 * packetBytes + 1) return false;
  for (let at = first; at < Math.min(head.length, first + 5 * packetBytes); at += packetBytes)
    if (head[at] !== 0x47) return false;
  return true;
}
