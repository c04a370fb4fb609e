import type { AssetDetails } from '../calls/assets.ts';
import { countryWords } from '../country-names.ts';
import { locale } from '../locale.ts';
import { readableBytes } from '../numbers.ts';
import { text } from '../text.ts';

type Exif = AssetDetails['exifInfo'];

/** Town first, then the rest; the numbers of a map when there are only those. Empty when nothing is known. */
export function placeWords(exif: Exif): string[] {
  const { city, state, latitude, longitude } = exif ?? {};
  const country = exif?.country ? countryWords(exif.country) : undefined;
  const isKnown = typeof latitude === 'number' && typeof longitude === 'number';
  const numbers = isKnown ? `${latitude.toFixed(5)}, ${longitude.toFixed(5)}` : undefined;
  const lines = [
    city ?? state ?? country,
    [city ? state : undefined, country].filter(Boolean).join(', '),
    numbers,
  ];
  return [...new Set(lines.flatMap((line) => line || []))];
}

/** The camera, its lens, and how it was set. */
export function cameraWords(exif: Exif): string[] {
  const { make, model, lensModel, fNumber, exposureTime, iso, focalLength } = exif ?? {};
  // Many models carry the name of their maker.
  const camera = model?.startsWith(make ?? '-') ? model : [make, model].filter(Boolean).join(' ');
  const number = (value: number) => value.toLocaleString(locale, { maximumFractionDigits: 1 });
  const settings = [
    fNumber ? `ƒ/${number(fNumber)}` : undefined,
    exposureTime ? `${exposureTime} s` : undefined,
    focalLength ? `${number(focalLength)} mm` : undefined,
    iso ? `ISO ${iso}` : undefined,
  ];
  return [camera, lensModel, settings.filter(Boolean).join(' · ')].flatMap((line) => line || []);
}

/** How large it is. */
export function fileWords({ width, height, exifInfo, duration }: AssetDetails): string[] {
  const pixels = width && height ? width * height : 0;
  const million = (pixels / 1e6).toLocaleString(locale, { maximumFractionDigits: 1 });
  return [
    width && height ? `${width} × ${height}` : '',
    pixels >= 500_000 && duration === null ? text.viewer.megapixels(million) : '',
    exifInfo?.fileSizeInByte ? readableBytes(exifInfo.fileSizeInByte) : '',
  ].filter((words) => words !== '');
}
