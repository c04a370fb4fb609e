import { CommandError, runCommand } from '#runtime/command';
import type { VideoDates } from './capture-date.ts';
import { readJson, readNumber, readText } from './read-metadata-text.ts';

/** What ffprobe read of a video. */
export interface VideoMetadata {
  /** Size of the frames as stored, with square pixels. */
  storedWidthPx?: number;
  storedHeightPx?: number;
  /** How a player turns them, as an EXIF orientation. */
  orientation: number;
  durationMs?: number;
  fps?: number;
  /** ffmpeg's names, such as `h264`, `hevc`, `aac`. */
  videoCodec?: string;
  audioCodec?: string;
  dates: VideoDates;
  latitude?: number;
  longitude?: number;
  make?: string;
  model?: string;
  description?: string;
  contentIdentifier?: string;
  projectionType?: string;
  warnings: string[];
}

/** ffprobe reads the index and the first frames; the limits are for files made to hurt. */
const LIMITS = { timeoutMs: 60_000, cpuSeconds: 30, memoryBytes: 1024 ** 3, outputBytes: 4 * 1024 ** 2 };

/**
 * The containers of the videos we take, by ffmpeg's names. Above all no playlist, whose entries could name
 * other files of this machine.
 */
const FORMATS = 'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,flv,mpegts,mpeg,mpegvideo,mxf,asf';

const SHOWN = [
  'format=duration:format_tags',
  'stream=codec_type,codec_name,width,height,sample_aspect_ratio,avg_frame_rate,r_frame_rate,duration',
  'stream_tags=rotate,creation_time',
  'stream_disposition=attached_pic',
  'stream_side_data=side_data_type,rotation,displaymatrix,projection',
].join(':');

/**
 * Makers whose videos hold local time where QuickTime means UTC, by a brand in their `ftyp`: Nikon's
 * cameras, as their owners report.
 */
const LOCAL_TIME_BRANDS = ['niko'];

/**
 * The EXIF orientations of clockwise turns by 0, 90, 180 and 270 degrees. Of a mirrored frame ffprobe takes
 * the angle from the matrix's first column, which is 180 for left and right exchanged.
 */
const TURNS = [1, 6, 3, 8] as const;
const MIRRORED_TURNS = [4, 5, 2, 7] as const;

type Json = Record<string, unknown>;

/** Reads a video with ffprobe. A file that it cannot read gives nothing and a warning; ffprobe missing throws. */
export async function probeVideo(path: string): Promise<VideoMetadata> {
  let output: Buffer;
  try {
    const limits = ['-protocol_whitelist', 'file', '-format_whitelist', FORMATS];
    const options = ['-v', 'error', ...limits, '-of', 'json', '-show_entries', SHOWN];
    // `file:` keeps a name with a colon in it from being taken for a protocol.
    output = await runCommand('ffprobe', [...options, `file:${path}`], LIMITS);
  } catch (error) {
    if (!(error instanceof CommandError) || error.reason === 'missing') throw error;
    return { orientation: 1, dates: {}, warnings: ['The video could not be read: it may be a broken copy.'] };
  }
  const { streams = [], format = {} } = (readJson(output) ?? {}) as { streams?: Json[]; format?: Json };
  const video = streams.find((stream) => stream.codec_type === 'video' && !isCover(stream));
  const audio = streams.find((stream) => stream.codec_type === 'audio');
  const tags = lowerCaseKeys((format.tags ?? {}) as Json);
  const text = (...names: string[]) =>
    names.map((name) => readText(tags[name])).find((it) => it !== undefined);
  const durationMs = toMs(format.duration) ?? toMs(video?.duration);
  const warnings = video ? [] : ['The file holds no video that can be read.'];

  return {
    ...(video && readFrame(video)),
    orientation: video ? readOrientation(video) : 1,
    durationMs,
    fps: readRate(video?.avg_frame_rate) ?? readRate(video?.r_frame_rate),
    videoCodec: readText(video?.codec_name),
    audioCodec: readText(audio?.codec_name),
    dates: {
      creationDate: text('com.apple.quicktime.creationdate'),
      createDate: text('creation_time'),
      mediaCreateDate: readText((video?.tags as Json | undefined)?.creation_time),
      writesLocalTime: LOCAL_TIME_BRANDS.some((brand) => text('compatible_brands')?.includes(brand)),
      durationMs,
    },
    ...readLocation(text('com.apple.quicktime.location.iso6709', 'location', 'location-eng')),
    make: text('com.apple.quicktime.make', 'com.android.manufacturer', 'make'),
    model: text('com.apple.quicktime.model', 'com.android.model', 'model'),
    description: text('com.apple.quicktime.description', 'description'),
    contentIdentifier: text('com.apple.quicktime.content.identifier'),
    projectionType: sideData(video)
      .map((data) => readText(data.projection))
      .find((it) => it !== undefined),
    warnings,
  };
}

/** ISO 6709 as QuickTime writes it: `+41.2203-096.0716+351.267/`, in degrees with decimals. */
export function readLocation(text: string | undefined): { latitude?: number; longitude?: number } {
  const parts = /^([+-]\d{1,2}(?:\.\d+)?)([+-]\d{1,3}(?:\.\d+)?)/.exec(text ?? '');
  return parts ? { latitude: Number(parts[1]), longitude: Number(parts[2]) } : {};
}

/** A cover picture, as music and some downloads carry, is a stream that claims to be a video. */
const isCover = (stream: Json): boolean => (stream.disposition as Json | undefined)?.attached_pic === 1;

const sideData = (stream: Json | undefined): Json[] =>
  Array.isArray(stream?.side_data_list) ? (stream.side_data_list as Json[]) : [];

/** Old camcorders store pixels that are not square; a player stretches the width. */
function readFrame(stream: Json): { storedWidthPx?: number; storedHeightPx?: number } {
  const width = readNumber(stream.width);
  const height = readNumber(stream.height);
  if (!width || !height) return {};
  const [across, down] = (readText(stream.sample_aspect_ratio) ?? '').split(':').map(Number);
  const aspect = across && down ? across / down : 1;
  // Beyond this the number is a mistake, and no player follows it.
  const stretched = aspect > 0.1 && aspect < 10 ? Math.round(width * aspect) : width;
  return { storedWidthPx: stretched, storedHeightPx: height };
}

/** ffprobe tells the turn anticlockwise, and a mirrored frame only by the sign of its matrix. */
function readOrientation(stream: Json): number {
  const data = sideData(stream).find((entry) => readNumber(entry.rotation) !== undefined);
  // `rotate` was the way of files and versions of ffmpeg before 5, and is clockwise.
  const tag = readNumber((stream.tags as Json | undefined)?.rotate);
  const clockwise = data ? -(readNumber(data.rotation) ?? 0) : (tag ?? 0);
  const quarters = (((Math.round(clockwise / 90) % 4) + 4) % 4) as 0 | 1 | 2 | 3;
  return isMirrored(readText(data?.displaymatrix)) ? MIRRORED_TURNS[quarters] : TURNS[quarters];
}

/** The matrix is three lines of an address and three numbers; it mirrors when a·d − b·c is negative. */
function isMirrored(matrix: string | undefined): boolean {
  const rows = (matrix ?? '')
    .split('\n')
    .map((line) => (line.split(':')[1] ?? '').trim().split(/\s+/).map(Number));
  const [[a = 0, b = 0] = [], [c = 0, d = 0] = []] = rows.filter((row) => row.length === 3);
  return a * d - b * c < 0;
}

function readRate(value: unknown): number | undefined {
  const [frames = 0, seconds = 0] = (readText(value) ?? '').split('/').map(Number);
  const rate = frames / seconds;
  return Number.isFinite(rate) && rate > 0 ? Math.round(rate * 1000) / 1000 : undefined;
}

function toMs(seconds: unknown): number | undefined {
  const number = readNumber(seconds);
  return number !== undefined && number > 0 ? Math.round(number * 1000) : undefined;
}

const lowerCaseKeys = (tags: Json): Json =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [key.toLowerCase(), value]));
