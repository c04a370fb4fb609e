import { CUT_SHORT, MAX_BLOCK_BYTES, type StillBlocks, withoutExifPrefix } from './read-metadata-blocks.ts';
import { type Box, listBoxes, walkBoxes } from './read-metadata-boxes.ts';
import type { FileBytes } from './read-metadata-bytes.ts';

/** A phone's picture of 48 tiles has some 60 items; 100 megapixels in tiles of 512 have 400. */
const MAX_ITEMS = 5000;
const MAX_EXTENTS = 64;

interface Item {
  id: number;
  type: string;
  mimeType: string;
}

interface Location {
  /** 0: offsets count in the file; 1: in the `idat` box. */
  method: number;
  extents: { offset: number; length: number }[];
}

/**
 * Reads HEIC, HEIF and AVIF (ISO/IEC 23008-12): the `meta` box wherever it is, the primary item's size,
 * turns and profile, and the Exif and XMP items wherever they are. The pixels are not touched.
 */
export async function readHeifBlocks(bytes: FileBytes): Promise<StillBlocks> {
  const blocks: StillBlocks = { warnings: [] };
  let metaBox: Box | undefined;
  for await (const box of walkBoxes(bytes, 0, bytes.sizeBytes)) {
    if (box.endOffset > bytes.sizeBytes) blocks.warnings.push(CUT_SHORT);
    if (box.type === 'meta') metaBox ??= box;
  }
  if (!metaBox || metaBox.endOffset - metaBox.contentOffset > MAX_BLOCK_BYTES) {
    blocks.warnings.push('The picture has no readable table of contents.');
    return blocks;
  }
  const meta = await bytes.read(metaBox.contentOffset, metaBox.endOffset - metaBox.contentOffset);
  try {
    await readMeta(meta, bytes, blocks);
  } catch (error) {
    // A number that points outside its box: Buffer's readers say so with a RangeError.
    if (!(error instanceof RangeError)) throw error;
    blocks.warnings.push('The table of contents of the picture is damaged.');
  }
  return blocks;
}

async function readMeta(meta: Buffer, bytes: FileBytes, blocks: StillBlocks): Promise<void> {
  // Version and flags come before the boxes in it.
  const boxes = new Map(listBoxes(meta, 4).map((box) => [box.type, box]));
  const contentOf = (type: string): Buffer | undefined => {
    const box = boxes.get(type);
    return box && meta.subarray(box.contentOffset, box.endOffset);
  };
  const primaryId = readPrimaryId(contentOf('pitm'));
  const properties = contentOf('iprp');
  if (properties && primaryId !== undefined) takeProperties(properties, primaryId, blocks);

  const items = readItems(contentOf('iinf'));
  const locations = readLocations(contentOf('iloc'));
  const idat = contentOf('idat');
  const load = async (item: Item | undefined): Promise<Buffer | undefined> => {
    const location = item && locations.get(item.id);
    return location && loadItem(location, idat, bytes);
  };
  const exif = await load(items.find((item) => item.type === 'Exif'));
  if (exif && exif.length > 8) {
    // The item begins with the distance from here to the TIFF header (23008-12, A.2.1).
    const skip = exif.readUInt32BE(0);
    blocks.exif = withoutExifPrefix(exif.subarray(skip < exif.length - 4 ? 4 + skip : 4));
  }
  blocks.xmp = await load(
    items.find((item) => item.type === 'mime' && item.mimeType === 'application/rdf+xml'),
  );
}

function readPrimaryId(pitm: Buffer | undefined): number | undefined {
  if (!pitm) return undefined;
  return pitm[0] === 0 ? pitm.readUInt16BE(4) : pitm.readUInt32BE(4);
}

function readItems(iinf: Buffer | undefined): Item[] {
  if (!iinf) return [];
  const entries = listBoxes(iinf, iinf[0] === 0 ? 6 : 8).slice(0, MAX_ITEMS);
  return entries.flatMap((entry) => {
    const infe = iinf.subarray(entry.contentOffset, entry.endOffset);
    const version = infe[0] ?? 0;
    if (entry.type !== 'infe' || version < 2) return [];
    const wide = version === 2 ? 0 : 2;
    const id = wide ? infe.readUInt32BE(4) : infe.readUInt16BE(4);
    // After a protection index comes the type, then texts ended by zeros: a name, and for `mime` its type.
    const type = infe.toString('latin1', 8 + wide, 12 + wide);
    const [, mimeType = ''] = infe.toString('latin1', 12 + wide).split('\0', 2);
    return [{ id, type, mimeType }];
  });
}

function readLocations(iloc: Buffer | undefined): Map<number, Location> {
  const locations = new Map<number, Location>();
  if (!iloc) return locations;
  const version = iloc[0] ?? 0;
  const sizes = iloc.readUInt16BE(4);
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexSize = version > 0 ? sizes & 15 : 0;
  let at = 6;
  const take = (size: number): number => {
    if (size === 0) return 0;
    if (size !== 2 && size !== 4 && size !== 8) throw new RangeError(`number of ${size} bytes in iloc`);
    const value = size === 8 ? Number(iloc.readBigUInt64BE(at)) : iloc.readUIntBE(at, size);
    at += size;
    return value;
  };
  const count = Math.min(take(version < 2 ? 2 : 4), MAX_ITEMS);
  for (let index = 0; index < count; index++) {
    const id = take(version < 2 ? 2 : 4);
    const method = version > 0 ? take(2) & 15 : 0;
    take(2); // data reference: always this file
    const base = take(baseSize);
    const extentCount = take(2);
    if (extentCount > MAX_EXTENTS) throw new RangeError(`${extentCount} extents in iloc`);
    const extents = Array.from({ length: extentCount }, () => {
      take(indexSize);
      return { offset: base + take(offsetSize), length: take(lengthSize) };
    });
    locations.set(id, { method, extents });
  }
  return locations;
}

async function loadItem(location: Location, idat: Buffer | undefined, bytes: FileBytes) {
  const total = location.extents.reduce((sum, extent) => sum + extent.length, 0);
  if (location.method > 1 || total > MAX_BLOCK_BYTES) return undefined;
  const parts: Buffer[] = [];
  for (const { offset, length } of location.extents) {
    if (location.method === 0) parts.push(await bytes.read(offset, length));
    else if (idat) parts.push(idat.subarray(offset, offset + length));
  }
  return parts.length > 0 ? Buffer.concat(parts) : undefined;
}

/** Sizes and turns of the primary item, in the order in which a decoder applies them, and the profile. */
function takeProperties(iprp: Buffer, primaryId: number, blocks: StillBlocks): void {
  const boxes = listBoxes(iprp);
  const ipco = boxes.find((box) => box.type === 'ipco');
  if (!ipco) return;
  const all = listBoxes(iprp.subarray(0, ipco.endOffset), ipco.contentOffset);
  let orientation = 1;
  for (const ipma of boxes.filter((box) => box.type === 'ipma')) {
    const associations = readAssociations(iprp.subarray(ipma.contentOffset, ipma.endOffset), primaryId);
    for (const index of associations) {
      const box = all[index - 1];
      if (!box) continue;
      const content = iprp.subarray(box.contentOffset, box.endOffset);
      if (box.type === 'ispe') {
        blocks.widthPx = content.readUInt32BE(4);
        blocks.heightPx = content.readUInt32BE(8);
      } else if (box.type === 'clap') {
        takeCrop(content, blocks);
      } else if (box.type === 'irot') {
        orientation = turnLeft(orientation, content.readUInt8(0) & 3);
      } else if (box.type === 'imir') {
        orientation = mirror(orientation, content.readUInt8(0) & 1);
      }
    }
  }
  blocks.containerOrientation = orientation;
  // The profile belongs to the primary item or, as iPhones write it, to the tiles that it is made of.
  const profile = all
    .filter((box) => box.type === 'colr')
    .map((box) => iprp.subarray(box.contentOffset, box.endOffset))
    .find((content) => ['prof', 'rICC'].includes(content.toString('latin1', 0, 4)));
  if (profile) blocks.icc = profile.subarray(4);
}

function readAssociations(ipma: Buffer, itemId: number): number[] {
  const wideId = (ipma[0] ?? 0) > 0;
  const wideIndex = ((ipma[3] ?? 0) & 1) === 1;
  const count = Math.min(ipma.readUInt32BE(4), MAX_ITEMS);
  let at = 8;
  for (let entry = 0; entry < count; entry++) {
    const id = wideId ? ipma.readUInt32BE(at) : ipma.readUInt16BE(at);
    at += wideId ? 4 : 2;
    const length = ipma.readUInt8(at++);
    const step = wideIndex ? 2 : 1;
    if (id === itemId) {
      // The top bit says whether a reader must understand the property.
      return Array.from({ length }, (_, index) =>
        wideIndex ? ipma.readUInt16BE(at + index * 2) & 0x7fff : ipma.readUInt8(at + index) & 0x7f,
      );
    }
    at += length * step;
  }
  return [];
}

/** A clean aperture cuts the picture; encoders use it for sizes that their blocks do not divide. */
function takeCrop(clap: Buffer, blocks: StillBlocks): void {
  const width = Math.round(clap.readUInt32BE(0) / clap.readUInt32BE(4));
  const height = Math.round(clap.readUInt32BE(8) / clap.readUInt32BE(12));
  if (width > 0 && width <= (blocks.widthPx ?? 0)) blocks.widthPx = width;
  if (height > 0 && height <= (blocks.heightPx ?? 0)) blocks.heightPx = height;
}

/** The EXIF orientations that a quarter turn to the left makes of each other, from 1 and from 2. */
const LEFT_TURNS = [
  [1, 8, 3, 6],
  [2, 7, 4, 5],
];
/** What each orientation becomes when its top and bottom are then exchanged. */
const UPSIDE_DOWN = [0, 4, 3, 2, 1, 8, 7, 6, 5];

function turnLeft(orientation: number, quarters: number): number {
  const cycle = LEFT_TURNS.find((turns) => turns.includes(orientation)) ?? [orientation];
  return cycle[(cycle.indexOf(orientation) + quarters) % cycle.length] ?? orientation;
}

/** `imir`, as decoders read it: 0 exchanges top and bottom, 1 exchanges left and right. */
function mirror(orientation: number, axis: number): number {
  const flipped = UPSIDE_DOWN[orientation] ?? orientation;
  return axis === 0 ? flipped : turnLeft(flipped, 2);
}
