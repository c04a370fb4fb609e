import ExifReader from 'exifreader';
import { readAppleMakerNote } from './exif-tags-apple.ts';

/**
 * What EXIF and IPTC say, as they say it: texts trimmed, never empty; absent when the file does not tell.
 * Dates stay texts, because their zone may be told elsewhere. Whoever reads a format fills in this shape.
 */
export interface ExifTags {
  make?: string;
  model?: string;
  lensModel?: string;
  fNumber?: number;
  focalLengthMm?: number;
  iso?: number;
  exposureSeconds?: number;
  /** 1–8, as in TIFF's tag 274. */
  orientation?: number;
  description?: string;
  rating?: number;
  keywords?: string[];
  dateTimeOriginal?: string;
  /** Digits after the decimal point of the second: `5` is half a second, `05` a twentieth. */
  subSecTimeOriginal?: string;
  offsetTimeOriginal?: string;
  /** EXIF's DateTimeDigitized; exiftool says CreateDate. */
  createDate?: string;
  subSecTimeDigitized?: string;
  offsetTimeDigitized?: string;
  modifyDate?: string;
  subSecTime?: string;
  offsetTime?: string;
  /** IPTC's date and time of creation, with its offset when it has one. */
  dateTimeCreated?: string;
  /** Date and time of the position, UTC. */
  gpsDateTime?: string;
  dateTimeUtc?: string;
  sonyDateTime2?: string;
  sourceImageCreateTime?: string;
  /** Degrees; south and west are negative. Not checked: see `readPosition`. */
  latitude?: number;
  longitude?: number;
  /** Apple: the same text in the still and the video of a live photo. */
  contentIdentifier?: string;
  burstId?: string;
}

/**
 * An EXIF block larger than this is refused. JPEG's own limit is 64 kB; other containers have none, and
 * what cameras put there is a thumbnail and a maker note.
 */
export const MAX_EXIF_BYTES = 1024 * 1024;

/** The tags asked for; the parser leaves the rest, thumbnails above all, undecoded. */
const WANTED = {
  exif: [
    'Make',
    'Model',
    'LensModel',
    'FNumber',
    'FocalLength',
    'ISOSpeedRatings',
    'RecommendedExposureIndex',
    'ExposureTime',
    'Orientation',
    'ImageDescription',
    'Rating',
    'DateTimeOriginal',
    'SubSecTimeOriginal',
    'OffsetTimeOriginal',
    'DateTimeDigitized',
    'SubSecTimeDigitized',
    'OffsetTimeDigitized',
    'DateTime',
    'SubSecTime',
    'OffsetTime',
    'GPSLatitude',
    'GPSLatitudeRef',
    'GPSLongitude',
    'GPSLongitudeRef',
    'GPSDateStamp',
    'GPSTimeStamp',
    'MakerNote',
  ],
};

/** What the parser answers for a text that lies outside its block. */
const FAULTY = '<faulty value>';

type ParsedTag = { value?: unknown; computed?: unknown; description?: unknown } | undefined;
type ParsedTags = Record<string, ParsedTag>;

/** Reads a bare EXIF block (a TIFF header and its directories). Throws what the parser throws on garbage. */
export function readExifTags(block: Buffer): ExifTags {
  if (block.length > MAX_EXIF_BYTES) throw new RangeError(`EXIF block of ${block.length} bytes`);
  const parsed = ExifReader.load(block, { expanded: true, computed: true, includeTags: WANTED });
  const exif = (parsed.exif ?? {}) as ParsedTags;
  const iso = number(exif.ISOSpeedRatings);
  return {
    make: text(exif.Make),
    model: text(exif.Model),
    lensModel: text(exif.LensModel),
    fNumber: positive(exif.FNumber),
    focalLengthMm: positive(exif.FocalLength),
    // 65535 means "more than 16 bits can hold", and then the real value is in the newer tag.
    iso: iso === 65535 ? (number(exif.RecommendedExposureIndex) ?? iso) : iso || undefined,
    exposureSeconds: positive(exif.ExposureTime),
    orientation: number(exif.Orientation),
    description: text(exif.ImageDescription),
    rating: number(exif.Rating),
    dateTimeOriginal: text(exif.DateTimeOriginal),
    subSecTimeOriginal: text(exif.SubSecTimeOriginal),
    offsetTimeOriginal: text(exif.OffsetTimeOriginal),
    createDate: text(exif.DateTimeDigitized),
    subSecTimeDigitized: text(exif.SubSecTimeDigitized),
    offsetTimeDigitized: text(exif.OffsetTimeDigitized),
    modifyDate: text(exif.DateTime),
    subSecTime: text(exif.SubSecTime),
    offsetTime: text(exif.OffsetTime),
    gpsDateTime: gpsDateTime(exif),
    latitude: degrees(exif.GPSLatitude, exif.GPSLatitudeRef, 'S'),
    longitude: degrees(exif.GPSLongitude, exif.GPSLongitudeRef, 'W'),
    ...appleTags(exif.MakerNote),
  };
}

/** Reads IPTC from the payload of a JPEG's APP13 segment. Throws what the parser throws on garbage. */
export function readIptcTags(payload: Buffer): ExifTags {
  // The parser takes IPTC only inside a JPEG, so it is given one that holds nothing else.
  const segment = Buffer.from([0xff, 0xd8, 0xff, 0xed, 0, 0]);
  segment.writeUInt16BE(payload.length + 2, 4);
  const jpeg = Buffer.concat([segment, payload, Buffer.from([0xff, 0xd9])]);
  const { iptc = {} } = ExifReader.load(jpeg, { expanded: true, includeTags: { iptc: true } });
  const tags = iptc as Record<string, ParsedTag | ParsedTag[]>;
  const keywords = [tags.Keywords ?? []]
    .flat()
    .map((tag) => iptcText(tag))
    .filter((keyword) => keyword !== undefined);
  const day = iptcText(tags['Date Created']);
  const time = iptcText(tags['Time Created']) ?? '00:00:00';
  return {
    description: iptcText(tags['Caption/Abstract']),
    keywords: keywords.length > 0 ? keywords : undefined,
    dateTimeCreated: day && `${day} ${time}`,
  };
}

/** The text of an exposure time as photographers write it: `1/250` below a quarter second, else `0.5`, `30`. */
export function formatExposureTime(seconds: number): string {
  // exiftool draws the line at the same place, so both ways of reading a file give the same text.
  if (seconds < 0.25001) return `1/${Math.round(1 / seconds)}`;
  return String(Number(seconds.toFixed(1)));
}

function appleTags(note: ParsedTag): Pick<ExifTags, 'contentIdentifier' | 'burstId'> {
  if (!Array.isArray(note?.value)) return {};
  return readAppleMakerNote(Buffer.from(note.value as number[]));
}

function text(tag: ParsedTag): string | undefined {
  const value = tag?.computed ?? tag?.description;
  const first = Array.isArray(value) ? value[0] : value;
  if (typeof first !== 'string') return undefined;
  if (first === FAULTY) return undefined;
  const end = first.indexOf('\0');
  return (end < 0 ? first : first.slice(0, end)).trim() || undefined;
}

function iptcText(tag: ParsedTag | ParsedTag[]): string | undefined {
  const { description } = [tag].flat()[0] ?? {};
  return typeof description === 'string' ? description.trim() || undefined : undefined;
}

function number(tag: ParsedTag): number | undefined {
  const value = tag?.computed ?? tag?.value;
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'number' && Number.isFinite(first) ? first : undefined;
}

function positive(tag: ParsedTag): number | undefined {
  const value = number(tag);
  return value !== undefined && value > 0 ? value : undefined;
}

function degrees(tag: ParsedTag, reference: ParsedTag, negative: string): number | undefined {
  if (!Array.isArray(tag?.computed)) return undefined;
  const [whole, minutes = 0, seconds = 0] = tag.computed as unknown[];
  if (![whole, minutes, seconds].every((part) => typeof part === 'number' && Number.isFinite(part)))
    return undefined;
  const size = (whole as number) + (minutes as number) / 60 + (seconds as number) / 3600;
  return text(reference)?.toUpperCase().startsWith(negative) ? -size : size;
}

function gpsDateTime(exif: ParsedTags): string | undefined {
  const day = text(exif.GPSDateStamp);
  const time = exif.GPSTimeStamp?.computed;
  if (!day || !Array.isArray(time)) return undefined;
  const [hour, minute, second] = time as unknown[];
  if (![hour, minute, second].every((part) => typeof part === 'number' && part >= 0 && part < 61))
    return undefined;
  const two = (value: unknown) => String(Math.trunc(value as number)).padStart(2, '0');
  return `${day} ${two(hour)}:${two(minute)}:${(second as number).toFixed(3).padStart(6, '0')}Z`;
}
