import { CommandError, runCommand } from '#runtime/command';
import type { ExifTags } from './exif-tags.ts';
import { readJson, readNumber, readText } from './read-metadata-text.ts';

/** What exiftool read of a file that we do not read ourselves. */
export interface RawMetadata {
  /** Size of the picture that a decoder makes, unturned: of the sensor's pixels, not of a preview. */
  widthPx?: number;
  heightPx?: number;
  exif: ExifTags;
  /** The XMP packet as it stands in the file. */
  xmp?: string;
  profileDescription?: string;
  warnings: string[];
}

/**
 * exiftool reads directories, not pixels: half a second and some 60 MB for the largest raw files. The
 * limits are far above that and there for files made to hurt.
 */
const LIMITS = {
  timeoutMs: 30_000,
  cpuSeconds: 20,
  memoryBytes: 768 * 1024 ** 2,
  outputBytes: 8 * 1024 ** 2,
};

/**
 * The tags asked for, by exiftool's names; `#` asks for the bare number. Composite ones join what makers
 * spread over several.
 */
const TAGS = [
  'ImageSize#',
  'Orientation#',
  'Make',
  'Model',
  'LensModel',
  'LensID',
  'Lens',
  'FNumber#',
  'FocalLength#',
  'ISO#',
  'ExposureTime#',
  'ImageDescription',
  'Caption-Abstract',
  'Rating#',
  'Keywords',
  'DateTimeOriginal',
  'SubSecTimeOriginal',
  'OffsetTimeOriginal',
  'CreateDate',
  'SubSecTimeDigitized',
  'OffsetTimeDigitized',
  'ModifyDate',
  'SubSecTime',
  'OffsetTime',
  'Composite:DateTimeCreated',
  'GPSDateTime',
  'DateTimeUTC',
  'SonyDateTime2',
  'SourceImageCreateTime',
  'GPSLatitude#',
  'GPSLongitude#',
  'ProfileDescription',
  // 12.57 still says MediaGroupUUID; newer ones say ContentIdentifier.
  'MediaGroupUUID',
  'ContentIdentifier',
  'BurstUUID',
  'XMP',
];

/**
 * Reads raw pictures, TIFF, PSD, JPEG 2000 and SVG with exiftool. A file that it cannot read gives no tags
 * and a warning; exiftool missing throws, as then the device is broken and not the file.
 */
export async function readRawMetadata(path: string): Promise<RawMetadata> {
  // Without groups, exiftool answers a tag that stands in several places with the one it trusts most.
  // -b makes it answer with the XMP packet itself.
  const options = ['-json', '-b', '-fast', '-api', 'largefilesupport=1'];
  let output: Buffer;
  try {
    output = await runCommand('exiftool', [...options, ...TAGS.map((tag) => `-${tag}`), '--', path], LIMITS);
  } catch (error) {
    if (!(error instanceof CommandError) || error.reason === 'missing') throw error;
    return { exif: {}, warnings: ['The metadata of this file could not be read.'] };
  }
  const [tags = {}] = (readJson(output) ?? []) as Record<string, unknown>[];
  const text = (name: string) => readText(tags[name]);
  const number = (name: string) => readNumber(tags[name]);
  const positive = (name: string) => ((number(name) ?? 0) > 0 ? number(name) : undefined);
  const [widthPx, heightPx] = (text('ImageSize') ?? '').split(/[ x]/).map(Number);
  const keywords = [tags.Keywords ?? []]
    .flat()
    .map(readText)
    .filter((it) => it !== undefined);

  return {
    widthPx: widthPx || undefined,
    heightPx: heightPx || undefined,
    exif: {
      make: text('Make'),
      model: text('Model'),
      lensModel: text('LensModel') ?? knownLens(text('LensID')) ?? text('Lens'),
      fNumber: positive('FNumber'),
      focalLengthMm: positive('FocalLength'),
      iso: positive('ISO'),
      exposureSeconds: positive('ExposureTime'),
      orientation: number('Orientation'),
      description: text('ImageDescription') ?? text('Caption-Abstract'),
      rating: number('Rating'),
      keywords: keywords.length > 0 ? keywords : undefined,
      dateTimeOriginal: text('DateTimeOriginal'),
      subSecTimeOriginal: text('SubSecTimeOriginal'),
      offsetTimeOriginal: text('OffsetTimeOriginal'),
      createDate: text('CreateDate'),
      subSecTimeDigitized: text('SubSecTimeDigitized'),
      offsetTimeDigitized: text('OffsetTimeDigitized'),
      modifyDate: text('ModifyDate'),
      subSecTime: text('SubSecTime'),
      offsetTime: text('OffsetTime'),
      dateTimeCreated: text('DateTimeCreated'),
      gpsDateTime: text('GPSDateTime'),
      dateTimeUtc: text('DateTimeUTC'),
      sonyDateTime2: text('SonyDateTime2'),
      sourceImageCreateTime: text('SourceImageCreateTime'),
      latitude: number('GPSLatitude'),
      longitude: number('GPSLongitude'),
      contentIdentifier: text('ContentIdentifier') ?? text('MediaGroupUUID'),
      burstId: text('BurstUUID'),
    },
    xmp: text('XMP'),
    profileDescription: text('ProfileDescription'),
    warnings:
      widthPx && heightPx ? [] : ['The size of the picture could not be read: it may be a broken copy.'],
  };
}

/** exiftool looks lenses up by the maker's number, and answers `Unknown (31)` for one it does not know. */
function knownLens(name: string | undefined): string | undefined {
  return name?.startsWith('Unknown') ? undefined : name;
}
