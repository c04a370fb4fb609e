import sharp from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';

/** The most that the ThumbHash format takes on a side. */
const LONGEST_PX = 100;

/**
 * The ThumbHash of an encoded picture (normally its thumbnail) in standard base64: about 25 bytes from which
 * clients draw a blur. A profile is converted to sRGB first, because that is what the blur is drawn in.
 */
export async function buildThumbhash(encoded: Buffer): Promise<string> {
  const { data, info } = await sharp(encoded, { failOn: 'none' })
    .resize({ width: LONGEST_PX, height: LONGEST_PX, fit: 'inside', withoutEnlargement: true })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64');
}
