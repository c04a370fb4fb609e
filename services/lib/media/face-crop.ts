import sharp from 'sharp';
import { MediaProblem } from './media-problem.ts';
import { writeWhole } from './preview.ts';

/** Side of the picture of a person, as the clients show it. */
const SIDE_PX = 250;
/** A face with some hair and shoulders around it is easier to know than one cut at the chin. */
const AROUND = 1.5;

export interface FaceCropRequest {
  /** A preview of ours: upright. Absolute. */
  previewPath: string;
  /** The box around the face, as parts (0 to 1) of the picture's width and height. */
  box: { left: number; top: number; right: number; bottom: number };
  /** Where the JPEG goes. Absolute; its folder exists. */
  outPath: string;
}

/**
 * Writes the square picture of a face, complete or not at all; without metadata but a profile for colours beyond
 * sRGB. Returns its size in bytes. Rejects with MediaProblem when the preview cannot be read as a picture.
 */
export async function writeFaceCrop({ previewPath, box, outPath }: FaceCropRequest): Promise<number> {
  let crop: Buffer;
  try {
    const image = sharp(previewPath);
    const { width, height } = await image.metadata();
    crop = await image
      .extract(squareAround(box, { width, height }))
      .resize(SIDE_PX, SIDE_PX)
      .keepIccProfile()
      .jpeg({ quality: 80 })
      .toBuffer();
  } catch (error) {
    throw new MediaProblem('damaged', {}, error);
  }
  await writeWhole(outPath, crop);
  return crop.length;
}

/** A square around the box, moved inside the picture where it would stick out, and no larger than that. */
function squareAround(box: FaceCropRequest['box'], { width, height }: { width: number; height: number }) {
  const wanted = Math.max((box.right - box.left) * width, (box.bottom - box.top) * height) * AROUND;
  const side = Math.max(1, Math.min(Math.round(wanted), width, height));
  const place = (center: number, length: number) =>
    Math.min(Math.max(0, Math.round(center - side / 2)), length - side);
  return {
    left: place(((box.left + box.right) / 2) * width, width),
    top: place(((box.top + box.bottom) / 2) * height, height),
    width: side,
    height: side,
  };
}
