import { stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError, runCommand } from '#runtime/command';
import { MediaProblem } from './media-problem.ts';

/** One picture out of a file that only ffmpeg opens. */
export interface Still {
  /** A PNG in the folder that the caller gave, upright, not larger than asked. */
  path: string;
  /** Size of the original as displayed: turned, and with square pixels. */
  widthPx: number;
  heightPx: number;
}

export interface StillRequest {
  /** Absolute. */
  path: string;
  /** `video` looks for a frame that is not black; `image` takes the first. */
  kind: 'video' | 'image';
  /** An empty folder of the caller's, who removes it. */
  tempDir: string;
  /** The still is scaled down until its short side is this long, never up. */
  shortSidePx: number;
  /** No side may be longer than this. */
  longSidePx: number;
  /** Pictures with more pixels than this are refused. */
  mostPixels: number;
  timeoutMs: number;
}

/**
 * Containers and picture formats that ffmpeg may take a file for. What is missing is missing on purpose:
 * playlists and scripts (hls, dash, concat, image2 …) would let a "video" name other files to open.
 */
const FORMATS = [
  ...[
    'mov',
    'mp4',
    'm4a',
    '3gp',
    '3g2',
    'mj2',
    'matroska',
    'webm',
    'avi',
    'mpeg',
    'mpegts',
    'mpegvideo',
    'flv',
  ],
  ...['asf', 'mxf', 'h264', 'hevc', 'ogg', 'dv', 'rm', 'gif', 'apng'],
  ...['bmp_pipe', 'psd_pipe', 'j2k_pipe', 'jpeg_pipe', 'png_pipe', 'tiff_pipe', 'webp_pipe', 'dpx_pipe'],
].join(',');

/** Nothing but files may be opened, and only as one of FORMATS. Goes before the input it applies to. */
export const INPUT_ONLY = ['-protocol_whitelist', 'file', '-format_whitelist', FORMATS];

/** Mean luma (8 bits, limited range, where black is 16) up to which a frame counts as black. */
const BLACK_LUMA = 22;

/** How much of a video is searched for a frame that is not black, in seconds. */
const SEARCHED_SECONDS = 10;

interface Probe {
  widthPx: number;
  heightPx: number;
  durationSeconds: number;
  /** HDR transfer curves (ITU-R BT.2100) look flat or blown out unless they are tone-mapped. */
  hdr: boolean;
  /** The YUV matrix for swscale; files that do not say follow the custom that HD is BT.709. */
  matrix: 'auto' | 'bt709' | 'smpte170m';
}

/** Takes one still. Throws MediaProblem for a file that holds no picture that could be decoded. */
export async function takeStill(request: StillRequest): Promise<Still> {
  // Under a name without an extension and without %, ffmpeg has to judge a file by its content alone.
  const link = join(request.tempDir, 'original');
  await symlink(request.path, link);
  return takeFrom({ ...request, path: link });
}

async function takeFrom(request: StillRequest): Promise<Still> {
  const probe = await probeFirstPicture(request);
  const { widthPx, heightPx } = probe;
  if (widthPx * heightPx > request.mostPixels) throw new MediaProblem('too_large', { widthPx, heightPx });
  const scale = Math.min(
    1,
    request.shortSidePx / Math.min(widthPx, heightPx),
    request.longSidePx / Math.max(widthPx, heightPx),
  );
  const size = [widthPx, heightPx].map((side) => Math.max(1, Math.round(side * scale))).join(':');
  const path = join(request.tempDir, 'still.png');

  for (const filters of filterChains(request.kind, probe, size)) {
    const seek = filters.search
      ? ['-noaccurate_seek', '-ss', String(Math.min(1, probe.durationSeconds / 10))]
      : [];
    const found = await runStill(
      request,
      path,
      [...seek, ...(filters.search ? ['-t', String(SEARCHED_SECONDS)] : [])],
      filters.chain,
    );
    if (found) return { path, widthPx, heightPx };
  }
  throw new MediaProblem('damaged');
}

interface FilterChain {
  chain: string;
  /** Whether the chain drops black frames, so that it has to see more than one. */
  search: boolean;
}

/** Chains of filters to try one after the other, the best first. */
function filterChains(kind: StillRequest['kind'], probe: Probe, size: string): FilterChain[] {
  if (kind === 'image') return [{ chain: `scale=${size}:flags=lanczos`, search: false }];
  const toRgb = (matrix: string) => `scale=in_color_matrix=${matrix},format=rgb24`;
  const plain = `scale=${size}:flags=bicubic`;
  const notBlack = `format=yuv420p,signalstats,metadata=select:key=lavfi.signalstats.YAVG:value=${BLACK_LUMA}:function=greater`;
  // Scaled first, then light is made linear, squeezed into SDR and put into BT.709.
  const toned = `zscale=${size},zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv`;
  return [
    ...(probe.hdr ? [{ chain: `${toned},${notBlack},${toRgb('bt709')}`, search: true }] : []),
    { chain: `${plain},${notBlack},${toRgb(probe.matrix)}`, search: true },
    { chain: `${plain},${toRgb(probe.matrix)}`, search: false },
  ];
}

/** Runs ffmpeg once; false when it wrote no picture, be it that all frames were black or that a filter is missing. */
async function runStill(
  request: StillRequest,
  output: string,
  inputOptions: string[],
  filters: string,
): Promise<boolean> {
  const args = [
    ...['-v', 'error', '-nostdin', '-y', '-threads', '1'],
    ...INPUT_ONLY,
    ...['-max_pixels', String(request.mostPixels)],
    ...inputOptions,
    ...['-i', `file:${request.path}`, '-map', '0:V:0', '-frames:v', '1', '-vf', filters],
    ...['-c:v', 'png', '-compression_level', '1', '-f', 'image2', '-update', '1', output],
  ];
  try {
    await runCommand('ffmpeg', args, { timeoutMs: request.timeoutMs });
    return (await stat(output)).size > 0;
  } catch (error) {
    // No frame, no file. A failed chain leaves the next one to try; what kept all of them from working is
    // told by takeStill. Not being installed and running out of time are not the file's fault.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    if (error instanceof CommandError && error.reason === 'failed') return false;
    throw error;
  }
}

/** What ffprobe prints as JSON, as far as it is asked for. */
interface ProbeOutput {
  streams?: {
    width?: number;
    height?: number;
    sample_aspect_ratio?: string;
    color_transfer?: string;
    color_space?: string;
    side_data_list?: { rotation?: number }[];
  }[];
  format?: { duration?: string };
}

async function probeFirstPicture(request: StillRequest): Promise<Probe> {
  const entries =
    'stream=width,height,sample_aspect_ratio,color_transfer,color_space:stream_side_data=rotation:format=duration';
  let output: ProbeOutput;
  try {
    const json = await runCommand(
      'ffprobe',
      [
        '-v',
        'error',
        ...INPUT_ONLY,
        '-select_streams',
        'V:0',
        '-show_entries',
        entries,
        '-of',
        'json',
        `file:${request.path}`,
      ],
      { timeoutMs: request.timeoutMs },
    );
    output = JSON.parse(json.toString('utf8')) as ProbeOutput;
  } catch (error) {
    if (error instanceof CommandError && error.reason === 'failed') {
      throw new MediaProblem(request.kind === 'video' ? 'damaged' : 'not_a_picture', {}, error);
    }
    throw error;
  }
  const stream = output.streams?.[0];
  if (!stream?.width || !stream.height) throw new MediaProblem('no_picture');

  const [across, down] = (stream.sample_aspect_ratio ?? '1:1').split(':').map(Number);
  const widthPx = across && down ? Math.round((stream.width * across) / down) : stream.width;
  const rotation = stream.side_data_list?.find((data) => data.rotation !== undefined)?.rotation ?? 0;
  const turned = Math.abs(rotation) % 180 === 90;
  const unknownMatrix = !stream.color_space || stream.color_space === 'unknown';
  return {
    widthPx: turned ? stream.height : widthPx,
    heightPx: turned ? widthPx : stream.height,
    durationSeconds: Number(output.format?.duration ?? 0) || 0,
    hdr: stream.color_transfer === 'smpte2084' || stream.color_transfer === 'arib-std-b67',
    matrix: !unknownMatrix ? 'auto' : stream.height >= 720 ? 'bt709' : 'smpte170m',
  };
}
