import { findCaptureDate, findModifyDate } from './capture-date.ts';
import { formatExposureTime } from './exif-tags.ts';
import { findMotionVideo, type MotionVideo } from './motion-photo.ts';
import { openFileBytes } from './read-metadata-bytes.ts';
import { type FileFacts, readFileFacts } from './read-metadata-facts.ts';
import { readSidecar } from './sidecar.ts';
import { type ContentType, findContentType, SNIFF_BYTES, sniffType } from './sniff.ts';
import type { XmpTags } from './xmp.ts';

/** A file to read, and what came with it. */
export interface MetadataRequest {
  path: string;
  /** The name it was given where it came from; `path` may have another. */
  fileName: string;
  /** The times that came with the upload, Unix milliseconds UTC; 0 for one that is not known. */
  fileCreatedAtMs: number;
  fileModifiedAtMs: number;
  /** An XMP sidecar; what it says goes before what the file says. */
  sidecarPath?: string;
}

/** What a file and its sidecar say. null: they do not tell. */
export interface FileMetadata {
  /** By content; by the name where the content does not tell. */
  kind: 'image' | 'video';
  mimeType: string;
  /** Size as it is looked at, after every turn. */
  widthPx: number | null;
  heightPx: number | null;
  /** Size of the pixels as stored. */
  storedWidthPx: number | null;
  storedHeightPx: number | null;
  /** The turn from stored to displayed pixels, 1–8 as in EXIF. */
  orientation: number;
  /**
   * Whether every decoder of this format applies that turn by itself (HEIF, AVIF, JPEG XL, raw, video), so
   * that applying `orientation` to what it gives would turn the picture twice.
   */
  turnedByDecoder: boolean;
  make: string | null;
  model: string | null;
  lensModel: string | null;
  fNumber: number | null;
  focalLengthMm: number | null;
  iso: number | null;
  /** Seconds as photographers write them: `1/250`, `0.5`, `30`. */
  exposureTime: string | null;
  description: string | null;
  /** 1–5, or -1 for rejected. */
  rating: number | null;
  /** Paths with `/` between the levels; each once. */
  tags: string[];
  /** When an editor last changed the file, by its own account; Unix milliseconds. */
  modifyDateMs: number | null;
  /** In capitals, as clients compare it: `EQUIRECTANGULAR`. */
  projectionType: string | null;
  /** The name of the colour profile: `Display P3`. */
  profileDescription: string | null;
  fps: number | null;
  /** null for stills, moving ones too. */
  durationMs: number | null;
  latitude: number | null;
  longitude: number | null;
  /** Apple: the same text in the still and the video of one live photo. */
  contentIdentifier: string | null;
  /** The same text in all pictures of a burst. */
  burstId: string | null;
  /** Where in this file the video of a motion photo lies; it begins with `ftyp` and is whole. */
  motionVideo: MotionVideo | null;
  /** The instant of capture; Unix milliseconds UTC. */
  capturedAtMs: number;
  /** The wall clock there and then, written as if UTC. Timelines go by this one. */
  localAtMs: number;
  /** IANA name or `UTC+2`; null when unknown, and then both times are the same. */
  timeZone: string | null;
  /** Which source gave the date and which the zone: `exif DateTimeOriginal, zone from OffsetTimeOriginal`. */
  captureReason: string;
  /** ffmpeg's names: `h264`, `hevc`, `aac`. */
  videoCodec: string | null;
  audioCodec: string | null;
  /** In plain words: what could not be read. */
  warnings: string[];
}

const UNKNOWN: ContentType = { kind: 'image', mimeType: 'application/octet-stream' };
const NOTHING: FileFacts = { orientation: 1, turnedByDecoder: false, exif: {}, xmp: {}, warnings: [] };

/** Types without a signature of their own, for which the name must do. */
const NAMED_ONLY = /^(video\/|application\/mxf|image\/(x-|svg|jp2|tiff|vnd))/;

/**
 * Reads what a file and its sidecar say. Damaged or hostile content gives what could be known and a warning;
 * only a file that cannot be opened or read, or a missing tool of the system, throws.
 */
export async function readMetadata(request: MetadataRequest): Promise<FileMetadata> {
  const bytes = await openFileBytes(request.path);
  try {
    const head = await bytes.read(0, SNIFF_BYTES);
    const type = findContentType(head, request.fileName) ?? UNKNOWN;
    const facts: FileFacts = { ...NOTHING, warnings: [] };
    if (bytes.sizeBytes === 0) facts.warnings.push('The file is empty.');
    else if (!sniffType(head) && !NAMED_ONLY.test(type.mimeType))
      facts.warnings.push(
        'The content of the file is not what its name says, and not any format known here.',
      );
    else Object.assign(facts, await readFileFacts(request.path, bytes, type));

    const motionVideo =
      type.kind === 'image'
        ? await findMotionVideo(bytes, { mimeType: type.mimeType, xmp: facts.xmp })
        : null;
    const sidecar = request.sidecarPath ? await readSidecar(request.sidecarPath) : undefined;
    if (sidecar) facts.warnings.push(...sidecar.warnings);
    return combine(request, type, facts, sidecar?.tags ?? {}, motionVideo);
  } finally {
    await bytes.close();
  }
}

function combine(
  request: MetadataRequest,
  type: ContentType,
  facts: FileFacts,
  sidecar: XmpTags,
  motionVideo: MotionVideo | null,
): FileMetadata {
  const { exif, xmp, video, orientation } = facts;
  const position = readPosition(sidecar) ?? readPosition(exif) ?? readPosition(xmp);
  const capture = findCaptureDate({
    ...request,
    sidecar,
    exif,
    xmp,
    position,
    video: video?.dates,
  });
  const storedWidthPx = facts.widthPx || null;
  const storedHeightPx = facts.heightPx || null;
  const isSideways = orientation >= 5;
  return {
    ...type,
    widthPx: isSideways ? storedHeightPx : storedWidthPx,
    heightPx: isSideways ? storedWidthPx : storedHeightPx,
    storedWidthPx,
    storedHeightPx,
    orientation,
    turnedByDecoder: facts.turnedByDecoder,
    make: exif.make ?? xmp.make ?? null,
    model: exif.model ?? xmp.model ?? null,
    lensModel: exif.lensModel ?? xmp.lensModel ?? null,
    fNumber: exif.fNumber ?? null,
    focalLengthMm: exif.focalLengthMm ?? null,
    iso: exif.iso ?? null,
    exposureTime: exif.exposureSeconds === undefined ? null : formatExposureTime(exif.exposureSeconds),
    description: sidecar.description ?? exif.description ?? xmp.description ?? null,
    rating: readRating(sidecar.rating) ?? readRating(xmp.rating) ?? readRating(exif.rating),
    tags: sidecar.tags ?? xmp.tags ?? [...new Set(exif.keywords)],
    modifyDateMs: findModifyDate(exif, xmp, capture.timeZone),
    projectionType: (xmp.projectionType ?? video?.projectionType)?.toUpperCase() ?? null,
    profileDescription: facts.profileDescription ?? null,
    fps: video?.fps ?? null,
    durationMs: video?.durationMs ?? null,
    latitude: position?.latitude ?? null,
    longitude: position?.longitude ?? null,
    contentIdentifier: exif.contentIdentifier ?? null,
    burstId: exif.burstId ?? xmp.burstId ?? null,
    motionVideo,
    ...capture,
    videoCodec: video?.videoCodec ?? null,
    audioCodec: video?.audioCodec ?? null,
    warnings: [...new Set(facts.warnings)],
  };
}

/** A place, or undefined for coordinates that are none and for (0, 0), which phones write for "unknown". */
function readPosition({ latitude, longitude }: { latitude?: number; longitude?: number }) {
  if (latitude === undefined || longitude === undefined) return undefined;
  if (latitude === 0 && longitude === 0) return undefined;
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return undefined;
  return { latitude, longitude };
}

/** Stars, rounded; 0 means unrated, and numbers outside the scale mean nothing. */
function readRating(rating: number | undefined): number | null {
  const stars = Math.round(rating ?? 0);
  return stars >= -1 && stars <= 5 && stars !== 0 ? stars : null;
}
