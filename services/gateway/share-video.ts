import { type FileHandle, open } from 'node:fs/promises';
import { Problem } from '#contract/problems';

/** Bytes of a file from `start` up to `end`, which is not among them. */
interface Span {
  start: number;
  end: number;
}

/** A box of an MP4 or QuickTime file (ISO/IEC 14496-12 §4.2): where it is, and where its content begins. */
interface Box extends Span {
  type: string;
  content: number;
}

/** Overwrites what guests may not have in `bytes`, which stand at `position` in the file. */
export type VideoMask = (bytes: Buffer, position: number) => void;

/** The index of a film of many hours has some 30 MB; more is no film that a phone made. */
const MOST_INDEX_BYTES = 64 * 1024 ** 2;
const MOST_BOXES = 1000;

/** Masks of so many videos are remembered: a player asks for many parts of one. */
const MOST_REMEMBERED = 16;

/** What a player needs of the index and of its tracks. Everything else may say where and by whom it was filmed. */
const MOVIE_BOXES: ReadonlySet<string> = new Set(['mvhd', 'iods']);
const TRACK_BOXES: ReadonlySet<string> = new Set(['tkhd', 'edts', 'tapt', 'load']);
const MEDIA_BOXES: ReadonlySet<string> = new Set(['mdhd', 'hdlr', 'minf', 'elng']);

/** A box of this type is skipped by every player. */
const FREE = Buffer.from('free');

class Unmaskable extends Error {}

/**
 * Masks of videos by path, made when they are first asked for. Undefined for a file that is no plain MP4 or
 * QuickTime file: what is hidden in others is not known, so guests who may not know do not get them. Throws
 * `file_missing`. A file that may change has a `version`, which changes with it.
 */
export function openVideoMasks(): (path: string, version?: string) => Promise<VideoMask | undefined> {
  const known = new Map<string, Promise<VideoMask | undefined>>();
  return (path, version = '') => {
    const key = `${version} ${path}`;
    let mask = known.get(key);
    if (!mask) {
      mask = maskOf(path);
      mask.catch(() => known.delete(key));
      known.set(key, mask);
      if (known.size > MOST_REMEMBERED) known.delete(known.keys().next().value!);
    }
    return mask;
  };
}

/**
 * A video keeps its pictures, its sound and the index to them, each byte in its place; all else becomes zeros,
 * also what no index leads to: cameras write positions there too.
 */
async function maskOf(path: string): Promise<VideoMask | undefined> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new Problem('file_missing', {}, error);
    throw error;
  });
  try {
    const { kept, freed } = await planMask(file, (await file.stat()).size);
    return (bytes, position) => overwrite(bytes, position, kept, freed);
  } catch (error) {
    if (error instanceof Unmaskable || error instanceof RangeError) return undefined;
    throw error;
  } finally {
    await file.close();
  }
}

async function planMask(file: FileHandle, size: number): Promise<{ kept: Span[]; freed: number[] }> {
  const kept: Span[] = [];
  const freed: number[] = [];
  const header = Buffer.alloc(16);
  let hasIndex = false;
  for (let at = 0, count = 0; at + 8 <= size; count++) {
    if (count > MOST_BOXES) throw new Unmaskable();
    await file.read(header, 0, 16, at);
    const box = readBox(header, 0, at, size);
    if (box.type === 'moof' || box.type === 'sidx') throw new Unmaskable();
    if (box.type === 'ftyp') kept.push({ start: box.start, end: Math.min(box.end, box.start + 4096) });
    else kept.push({ start: box.start, end: box.content });
    if (box.type === 'moov') {
      hasIndex = true;
      if (box.end - box.start > MOST_INDEX_BYTES) throw new Unmaskable();
      const index = Buffer.alloc(box.end - box.content);
      const { bytesRead } = await file.read(index, 0, index.length, box.content);
      if (bytesRead !== index.length) throw new Unmaskable();
      planIndex(index, box.content, size, kept, freed);
    } else if (!['ftyp', 'mdat', 'free', 'skip', 'wide'].includes(box.type)) freed.push(box.start + 4);
    at = box.end;
  }
  if (!hasIndex) throw new Unmaskable();
  return { kept: merge(kept), freed };
}

/** `index` is the content of the box `moov`, which stands at `base`. */
function planIndex(index: Buffer, base: number, fileBytes: number, kept: Span[], freed: number[]): void {
  const keepOnly = (names: ReadonlySet<string>, box: Box) => {
    if (names.has(box.type)) return kept.push({ start: box.start, end: box.end });
    freed.push(box.start + 4);
    return kept.push({ start: box.start, end: box.content });
  };
  const childrenOf = (box: Box) => listBoxes(index, base, box);
  for (const box of childrenOf({ type: 'moov', start: base, content: base, end: base + index.length })) {
    const media = box.type === 'trak' ? childrenOf(box).find(({ type }) => type === 'mdia') : undefined;
    const handler = media && childrenOf(media).find(({ type }) => type === 'hdlr');
    const kind = handler && index.toString('latin1', handler.content - base + 8, handler.content - base + 12);
    if (!media || (kind !== 'vide' && kind !== 'soun')) {
      keepOnly(MOVIE_BOXES, box);
      continue;
    }
    kept.push({ start: box.start, end: box.content }, { start: media.start, end: media.content });
    for (const child of childrenOf(box))
      if (child !== media && child.type !== 'mdia') keepOnly(TRACK_BOXES, child);
    for (const child of childrenOf(media)) keepOnly(MEDIA_BOXES, child);
    const information = childrenOf(media).find(({ type }) => type === 'minf');
    const table = information && childrenOf(information).find(({ type }) => type === 'stbl');
    if (!table) throw new Unmaskable();
    for (const span of listChunks(index, base, childrenOf(table))) {
      if (span.end > fileBytes) throw new Unmaskable();
      kept.push(span);
    }
  }
}

/** Where a track's samples are, chunk by chunk, from its tables (ISO/IEC 14496-12 §8.7). */
function listChunks(index: Buffer, base: number, tables: readonly Box[]): Span[] {
  const at = (type: string) => tables.find((table) => table.type === type)?.content;
  const [sizes, runs] = [at('stsz'), at('stsc')];
  const wide = at('co64');
  const offsets = wide ?? at('stco');
  if (sizes === undefined || runs === undefined || offsets === undefined) throw new Unmaskable();
  const read = (place: number) => index.readUInt32BE(place - base);
  const [sampleBytes, samples] = [read(sizes + 4), read(sizes + 8)];
  // QuickTime's uncompressed sound counts bytes in another table.
  if (sampleBytes === 1) throw new Unmaskable();
  const [runCount, chunkCount] = [read(runs + 4), read(offsets + 4)];
  const chunks: Span[] = [];
  let sample = 0;
  for (let chunk = 0, run = 0; chunk < chunkCount; chunk++) {
    while (run + 1 < runCount && read(runs + 8 + (run + 1) * 12) <= chunk + 1) run++;
    const count = Math.min(read(runs + 8 + run * 12 + 4), samples - sample);
    let bytes = sampleBytes * count;
    if (sampleBytes === 0)
      for (let one = 0; one < count; one++) bytes += read(sizes + 12 + (sample + one) * 4);
    sample += count;
    const start =
      wide === undefined
        ? read(offsets + 8 + chunk * 4)
        : Number(index.readBigUInt64BE(offsets + 8 + chunk * 8 - base));
    chunks.push({ start, end: start + bytes });
  }
  return chunks;
}

/** The boxes in the content of `parent`; `bytes` stand at `base`. A zero where a size should be ends a list. */
function listBoxes(bytes: Buffer, base: number, parent: Box): Box[] {
  const boxes: Box[] = [];
  for (let at = parent.content; at + 8 <= parent.end; ) {
    if (bytes.readUInt32BE(at - base) === 0) break;
    const box = readBox(bytes, at - base, at, parent.end);
    boxes.push(box);
    at = box.end;
  }
  return boxes;
}

/** `place` is where the box begins in `bytes`, `start` where it does in the file, `limit` where it must have ended. */
function readBox(bytes: Buffer, place: number, start: number, limit: number): Box {
  const size = bytes.readUInt32BE(place);
  const isWide = size === 1;
  const length = isWide ? Number(bytes.readBigUInt64BE(place + 8)) : size === 0 ? limit - start : size;
  const content = start + (isWide ? 16 : 8);
  if (start + length > limit || start + length < content) throw new Unmaskable();
  return { type: bytes.toString('latin1', place + 4, place + 8), start, content, end: start + length };
}

function merge(spans: Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans.sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else merged.push({ ...span });
  }
  return merged;
}

/** Zeros between the spans, and `free` at the offsets in `freed`. */
function overwrite(bytes: Buffer, position: number, kept: readonly Span[], freed: readonly number[]): void {
  const end = position + bytes.length;
  let at = position;
  for (const span of kept) {
    if (span.end <= at) continue;
    if (span.start >= end) break;
    if (span.start > at) bytes.fill(0, at - position, span.start - position);
    at = Math.min(span.end, end);
  }
  bytes.fill(0, at - position);
  for (const offset of freed)
    for (let letter = 0; letter < FREE.length; letter++) {
      const place = offset + letter - position;
      if (place >= 0 && place < bytes.length) bytes[place] = FREE[letter]!;
    }
}
