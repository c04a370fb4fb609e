import sharp from 'sharp';
import { MediaProblem } from './media-problem.ts';
import { writeWhole } from './preview.ts';

export interface PortraitRequest {
  /** Absolute; as somebody uploaded it. */
  uploadPath: string;
  /** Absolute; becomes a JPEG, complete or not at all. */
  outPath: string;
}

export interface Portrait {
  bytes: number;
}

/** Clients show it in circles of up to some 200 px; twice that for dense screens. */
const SIDE_PX = 400;

/** Pixels of what is uploaded: any phone's photo, and no bomb. */
const MOST_PIXELS = 100_000_000;

/** Makes the picture of an account: a small square JPEG without metadata. Rejects with MediaProblem when it is no picture. */
export async function writePortrait({ uploadPath, outPath }: PortraitRequest): Promise<Portrait> {
  let data: Buffer;
  try {
    data = await sharp(uploadPath, { limitInputPixels: MOST_PIXELS, autoOrient: true, pages: 1 })
      .resize(SIDE_PX, SIDE_PX, { fit: 'cover', withoutEnlargement: true })
      .flatten({ background: '#fff' })
      .toColourspace('srgb')
      .jpeg({ quality: 85 })
      .toBuffer();
  } catch (error) {
    throw new MediaProblem('not_a_picture', {}, error);
  }
  await writeWhole(outPath, data);
  return { bytes: data.length };
}
