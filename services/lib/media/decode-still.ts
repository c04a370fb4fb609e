import { readdir, readFile, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { isRawMimeType } from '#contract/media-types';
import { CommandError, runCommand } from '#runtime/command';
import { MediaProblem } from './media-problem.ts';
import { takeStill } from './video-still.ts';

export interface StillSource {
  /** Absolute. */
  originalPath: string;
  /** By content, not by name: see `findContentType`. */
  mimeType: string;
  /** A folder of the caller's for what a tool writes; the caller empties it. */
  tempDir: string;
  /** Time for one tool. */
  timeoutMs: number;
  shortSidePx: number;
  longSidePx: number;
  mostPixels: number;
}

/** A picture that sharp can open, and what it cannot know about it. */
export interface DecodedStill {
  /** The original itself where sharp reads it, otherwise what a tool made of it. */
  input: string | Buffer;
  /** How to turn it: by its own EXIF, or by this EXIF orientation (1 when a decoder has turned it already). */
  orientation: 'exif' | number;
  /** Size of the original as displayed, where the input is smaller than the original. */
  displayed?: { widthPx: number; heightPx: number };
}

/** Formats that the libvips in sharp decodes itself, straight from the file. */
const BY_SHARP = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/tiff']);

/** A drawing with more bytes than this is refused; the XML of the largest maps stays far below. */
const MOST_SVG_BYTES = 32 * 1024 ** 2;

/** A camera's own JPEG with a shorter short side than this is too coarse for a screen; the raw is developed instead. */
const SHORTEST_RAW_PREVIEW_PX = 480;

/**
 * Makes a still or a video's frame readable for sharp. Rejects with MediaProblem when the file is the reason,
 * with CommandError when a tool is not installed or hits its limits.
 */
export async function decodeStill(source: StillSource): Promise<DecodedStill> {
  const { mimeType, originalPath } = source;
  if ((await stat(originalPath)).size === 0) throw new MediaProblem('empty');
  if (BY_SHARP.has(mimeType)) return { input: originalPath, orientation: 'exif' };
  // libheif turns by the boxes of the file; its EXIF orientation is a copy of what has been done.
  if (mimeType === 'image/avif') return { input: originalPath, orientation: 1 };
  if (mimeType === 'image/svg+xml') return readSvg(source);
  if (mimeType === 'image/heic' || mimeType === 'image/heif') return decodeHeif(source);
  if (mimeType === 'image/jxl') return decodeJxl(source);
  if (isRawMimeType(mimeType)) return decodeRaw(source);
  return decodeByFfmpeg(source);
}

/** Given as bytes, a drawing has no folder to load other files from; librsvg runs no scripts in any case. */
async function readSvg({ originalPath }: StillSource): Promise<DecodedStill> {
  if ((await stat(originalPath)).size > MOST_SVG_BYTES) throw new MediaProblem('too_costly');
  return { input: await readFile(originalPath), orientation: 1 };
}

/** A tool that fails blames the file, unless it is missing or hit a limit. */
async function runDecoder(file: string, args: string[], { timeoutMs }: StillSource): Promise<Buffer> {
  try {
    return await runCommand(file, args, { timeoutMs });
  } catch (error) {
    if (error instanceof CommandError && error.reason === 'failed') {
      throw new MediaProblem('damaged', {}, error);
    }
    throw error;
  }
}

async function decodeHeif(source: StillSource): Promise<DecodedStill> {
  const output = join(source.tempDir, 'heif.jpg');
  // Quality 95 cannot be told from the original once it is scaled down, and writes ten times faster than PNG.
  const args = ['-q', '95', source.originalPath, output];
  try {
    // libheif calls its decoder heif-dec from 1.18 on (Debian 13), heif-convert before (Debian 12).
    await runDecoder('heif-dec', args, source);
  } catch (error) {
    if (!(error instanceof CommandError && error.reason === 'missing')) throw error;
    await runDecoder('heif-convert', args, source);
  }
  // A file with several pictures gives heif-1.jpg, heif-2.jpg …, in the order of the file.
  const made = (await readdir(source.tempDir)).filter((name) => /^heif(-\d+)?\.jpg$/.test(name)).sort();
  if (!made[0]) throw new MediaProblem('no_picture');
  return { input: join(source.tempDir, made[0]), orientation: 1 };
}

async function decodeJxl(source: StillSource): Promise<DecodedStill> {
  const output = join(source.tempDir, 'jxl.jpg');
  // Gives back the very JPEG that a recompressed file was made of, and otherwise writes one of the pixels.
  await runDecoder('djxl', [source.originalPath, output, '--jpeg_quality=95', '--num_threads=1'], source);
  return { input: output, orientation: 1 };
}

/** A raw is shown as the camera developed it, and only without its JPEG as a raw developer sees it. */
async function decodeRaw(source: StillSource): Promise<DecodedStill> {
  const { originalPath, tempDir } = source;
  const described = ['-j', '-n', '-Orientation', '-ImageSize', originalPath];
  // %t is the tag's name, %-c a number when a file has that tag more than once.
  const extracted = ['-q', '-a', '-b', '-W', join(tempDir, 'raw-%t%-c.jpg'), '-preview:all', originalPath];
  const json = await runDecoder('exiftool', [...described, '-execute', ...extracted], source);
  const [tags] = JSON.parse(json.toString('utf8')) as [{ Orientation?: number; ImageSize?: string }];
  const orientation = tags.Orientation ?? 1;
  const [across = 0, down = 0] = (tags.ImageSize ?? '').split(' ').map(Number);
  const sideways = orientation >= 5;
  const displayed =
    across && down ? { widthPx: sideways ? down : across, heightPx: sideways ? across : down } : undefined;

  const preview = await findLargestPicture(tempDir);
  if (preview && Math.min(preview.widthPx, preview.heightPx) >= SHORTEST_RAW_PREVIEW_PX) {
    // Sensors are wider than high: an upright preview of a raw that lies on its side has been turned already.
    const turned = sideways && preview.heightPx > preview.widthPx;
    return { input: preview.path, orientation: turned ? 1 : orientation, displayed };
  }
  const developed = await developRaw(source);
  if (developed) return { input: developed, orientation: 1, displayed };
  if (preview) return { input: preview.path, orientation, displayed };
  throw new MediaProblem('damaged');
}

async function findLargestPicture(folder: string) {
  const found: { path: string; widthPx: number; heightPx: number }[] = [];
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const size = await readSize(path);
    if (size) found.push({ path, ...size });
  }
  return found.sort((a, b) => b.widthPx * b.heightPx - a.widthPx * a.heightPx)[0];
}

/** Undefined for a preview that is damaged: another one, or the raw itself, takes its place. */
async function readSize(path: string): Promise<{ widthPx: number; heightPx: number } | undefined> {
  const metadata = await sharp(path)
    .metadata()
    .catch(() => undefined);
  return metadata && { widthPx: metadata.width, heightPx: metadata.height };
}

/**
 * Develops a raw, upright, at half its size, which is plenty for a preview and four times faster. Undefined for
 * one that the developer does not know.
 */
async function developRaw(source: StillSource): Promise<string | undefined> {
  const link = join(source.tempDir, 'raw');
  await symlink(source.originalPath, link);
  const output = join(source.tempDir, 'raw.tiff');
  try {
    await runDecoder('dcraw_emu', ['-w', '-h', '-o', '1', '-T', '-Z', output, link], source);
    await stat(output);
    return output;
  } catch (error) {
    const failed = error instanceof MediaProblem || (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (failed) return undefined;
    throw error;
  }
}

/** Videos, and pictures of kinds that nothing else reads. */
async function decodeByFfmpeg(source: StillSource): Promise<DecodedStill> {
  const { originalPath, mimeType, tempDir, shortSidePx, longSidePx, mostPixels, timeoutMs } = source;
  const kind = mimeType.startsWith('video/') || mimeType === 'application/mxf' ? 'video' : 'image';
  const still = await takeStill({
    path: originalPath,
    kind,
    tempDir,
    shortSidePx,
    longSidePx,
    mostPixels,
    timeoutMs,
  });
  return {
    input: still.path,
    orientation: 1,
    displayed: { widthPx: still.widthPx, heightPx: still.heightPx },
  };
}
