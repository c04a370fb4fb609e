import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Metadata } from 'sharp';
import type { CropArea, EditStep } from '#contract/edits';
import type { DecodedStill } from './decode-still.ts';
import { MediaProblem } from './media-problem.ts';
import {
  isRgb,
  MOST_PIXELS,
  PREVIEW,
  type PreviewRequest,
  readHeader,
  readThrough,
  THUMBNAIL,
  targetSize,
  withScreenColours,
  withStill,
  writeWhole,
} from './preview.ts';
import { buildThumbhash } from './thumbhash.ts';

export interface EditedRequest extends PreviewRequest {
  /** In order; a crop comes first. */
  edits: readonly EditStep[];
  /** Size of the original as displayed: the pixels in which the crop is given. */
  displayedWidthPx: number;
  displayedHeightPx: number;
  /** The wall clock of the capture as EXIF writes it (`2024:05:01 10:20:30`): all that the file keeps of its metadata. */
  takenAt: string;
  /** Names in `outDir`. */
  names: { full: string; preview: string; thumbnail: string };
}

export interface EditedPictures {
  /** Standard base64. */
  thumbhash: string;
  /** Size of the full picture. */
  widthPx: number;
  heightPx: number;
  fullBytes: number;
  previewBytes: number;
  thumbnailBytes: number;
}

/** What is downloaded instead of the original; 92 cannot be told from it and has a third of the bytes of 98. */
const FULL_QUALITY = 92;

/** Every picture of a size that JPEG can hold. */
const FULL = { shortSidePx: 65_500, longSidePx: 65_500 };

/**
 * Carries out edits on an original, which stays as it is, and writes the result in full size, as preview and as
 * thumbnail. Each file appears complete or not at all. Rejects with MediaProblem when the file is the reason.
 */
export function writeEdited(request: EditedRequest): Promise<EditedPictures> {
  return withStill(request, FULL, (still) => writeAll(request, still));
}

async function writeAll(request: EditedRequest, still: DecodedStill): Promise<EditedPictures> {
  const { outDir, names } = request;
  const metadata = await readHeader(request.originalPath, still);
  const { data: full, info } = await renderFull(request, still, metadata);
  const size = { width: info.width, height: info.height };
  const preview = await sharp(full)
    .resize(targetSize(size, PREVIEW))
    .keepIccProfile()
    .jpeg({ quality: PREVIEW.quality, optimiseCoding: false })
    .toBuffer({ resolveWithObject: true });
  const thumbnail = await sharp(preview.data)
    .resize(targetSize(preview.info, THUMBNAIL))
    .keepIccProfile()
    .webp({ quality: THUMBNAIL.quality, effort: 2 })
    .toBuffer();
  const thumbhash = await buildThumbhash(thumbnail);
  await mkdir(outDir, { recursive: true });
  await Promise.all([
    writeWhole(join(outDir, names.full), full),
    writeWhole(join(outDir, names.preview), preview.data),
    writeWhole(join(outDir, names.thumbnail), thumbnail),
  ]);
  return {
    thumbhash,
    widthPx: size.width,
    heightPx: size.height,
    fullBytes: full.length,
    previewBytes: preview.data.length,
    thumbnailBytes: thumbnail.length,
  };
}

/** One way of the pixels: decoded, cropped as they are stored, turned upright and as asked in one step, encoded. */
async function renderFull(request: EditedRequest, still: DecodedStill, metadata: Metadata) {
  const orientation = still.orientation === 'exif' ? (metadata.orientation ?? 1) : still.orientation;
  const crop = request.edits.find((edit) => edit.action === 'crop')?.parameters;
  const area = crop && storedArea(crop, request, metadata, orientation);
  const upright = ORIENTATIONS[orientation] ?? IDENTITY;
  const { angle, flop } = asTurn(
    request.edits.reduce((before, edit) => times(stepOf(edit), before), upright),
  );
  const render = (failOn: 'error' | 'none') => {
    const image = sharp(still.input, {
      failOn,
      limitInputPixels: MOST_PIXELS,
      autoOrient: false,
      ignoreIcc: isRgb(metadata),
    });
    const part = area ? image.extract(area) : image;
    return withScreenColours(part.rotate(angle).flop(flop), metadata)
      .withExif({ IFD2: { DateTimeOriginal: request.takenAt } })
      .jpeg({ quality: FULL_QUALITY, optimiseCoding: false })
      .toBuffer({ resolveWithObject: true });
  };
  try {
    return await render('error');
  } catch {
    // Bytes that a drive cannot read are the drive's problem, with its own code, and not the photo's.
    await readThrough(request.originalPath);
  }
  try {
    return await render('none');
  } catch (error) {
    throw new MediaProblem('damaged', {}, error);
  }
}

/** Columns of a turn or mirror about the centre, x to the right and y down: (x, y) goes to (ax + by, cx + dy). */
type Turn = readonly [a: number, b: number, c: number, d: number];

const IDENTITY: Turn = [1, 0, 0, 1];
const FLOP: Turn = [-1, 0, 0, 1];
const FLIP: Turn = [1, 0, 0, -1];
const ROTATIONS: Record<0 | 90 | 180 | 270, Turn> = {
  0: IDENTITY,
  90: [0, -1, 1, 0],
  180: [-1, 0, 0, -1],
  270: [0, 1, -1, 0],
};

/** What makes stored pixels upright, by EXIF orientation (CIPA DC-008, tag Orientation). */
const ORIENTATIONS: Record<number, Turn> = {
  1: IDENTITY,
  2: FLOP,
  3: ROTATIONS[180],
  4: FLIP,
  5: [0, 1, 1, 0],
  6: ROTATIONS[90],
  7: [0, -1, -1, 0],
  8: ROTATIONS[270],
};

/** `first`, and then `then`. */
const times = (then: Turn, first: Turn): Turn => [
  then[0] * first[0] + then[1] * first[2],
  then[0] * first[1] + then[1] * first[3],
  then[2] * first[0] + then[3] * first[2],
  then[2] * first[1] + then[3] * first[3],
];

/** A crop turns nothing. */
function stepOf(edit: EditStep): Turn {
  if (edit.action === 'rotate') return ROTATIONS[edit.parameters.angle];
  if (edit.action === 'mirror') return edit.parameters.axis === 'horizontal' ? FLOP : FLIP;
  return IDENTITY;
}

/** As sharp carries it out: left and right swapped, perhaps, and then a rotation. */
function asTurn(turn: Turn): { angle: number; flop: boolean } {
  for (const [angle, rotation] of Object.entries(ROTATIONS))
    for (const flop of [false, true]) {
      const made = flop ? times(rotation, FLOP) : rotation;
      // -0 is 0 here.
      if (made.every((value, at) => value === turn[at])) return { angle: Number(angle), flop };
    }
  throw new Error(`no turn is ${turn.join(' ')}`);
}

/**
 * The part of the stored pixels that is this part of the upright picture. Where a raw is shown by the smaller
 * picture in it, the part is smaller by as much.
 */
function storedArea(
  crop: CropArea,
  request: Pick<EditedRequest, 'displayedWidthPx' | 'displayedHeightPx'>,
  stored: { width: number; height: number },
  orientation: number,
): { left: number; top: number; width: number; height: number } {
  const isSideways = orientation >= 5;
  const across = isSideways ? stored.height : stored.width;
  const down = isSideways ? stored.width : stored.height;
  const scaleX = across / request.displayedWidthPx;
  const scaleY = down / request.displayedHeightPx;
  const [a, b, c, d] = ORIENTATIONS[orientation] ?? IDENTITY;
  // The inverse of such a turn is its transpose.
  const toStored = (x: number, y: number) => {
    const [fromCentreX, fromCentreY] = [x * scaleX - across / 2, y * scaleY - down / 2];
    return {
      x: a * fromCentreX + c * fromCentreY + stored.width / 2,
      y: b * fromCentreX + d * fromCentreY + stored.height / 2,
    };
  };
  const one = toStored(crop.x, crop.y);
  const other = toStored(crop.x + crop.width, crop.y + crop.height);
  const clamp = (value: number, most: number) => Math.max(0, Math.min(most, Math.round(value)));
  const left = Math.min(clamp(Math.min(one.x, other.x), stored.width), stored.width - 1);
  const top = Math.min(clamp(Math.min(one.y, other.y), stored.height), stored.height - 1);
  const right = clamp(Math.max(one.x, other.x), stored.width);
  const bottom = clamp(Math.max(one.y, other.y), stored.height);
  return { left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}
