import { CommandError, runCommand } from '#runtime/command';
import { MediaProblem } from './media-problem.ts';
import { INPUT_ONLY } from './video-still.ts';

/**
 * Where a video plays as it is: `everywhere`; on `phones` and in some browsers (HEVC); or `nowhere` that can be relied
 * on, being of another container, codec or sound.
 */
export type Plays = 'everywhere' | 'phones' | 'nowhere';

/** What decides how a video is played and made small. */
export interface Playback {
  plays: Plays;
  /** Whether weak Wi-Fi brings it too slowly, or its pictures are larger than phones and screens show. */
  isHeavy: boolean;
  /** As displayed: turned, with square pixels. */
  widthPx: number;
  heightPx: number;
  /** 0 when the file does not say. */
  durationSeconds: number;
  /** Frames a second on average; 0 when the file does not say. */
  frameRate: number;
  /** Lights beyond what screens show (ITU-R BT.2100); see video-still.ts. */
  isHdr: boolean;
  isInterlaced: boolean;
  /** The first sound that can be decoded, among the streams of the file. Undefined without sound. */
  sound: { index: number; channels: number } | undefined;
}

/** What weak Wi-Fi still brings in time, in bits a second. */
const MOST_BITRATE = 8_000_000;
/** What is this small arrives soon at any rate: the seconds around a live photo. */
const SMALL_BYTES = 5_000_000;
/** 1080p, with the lines that encoders add to fill their blocks. */
const MOST_PIXELS = 1920 * 1088;

/** What ffprobe prints as JSON, as far as it is asked for. */
interface ProbeOutput {
  streams?: ProbedStream[];
  format?: { format_name?: string; duration?: string; size?: string; bit_rate?: string };
}

export interface ProbedStream {
  index: number;
  codec_type?: string;
  codec_name?: string;
  pix_fmt?: string;
  width?: number;
  height?: number;
  sample_aspect_ratio?: string;
  avg_frame_rate?: string;
  field_order?: string;
  color_transfer?: string;
  channels?: number;
  disposition?: { attached_pic?: number };
  side_data_list?: { rotation?: number }[];
}

const SHOWN = [
  'format=format_name,duration,size,bit_rate',
  'stream=index,codec_type,codec_name,pix_fmt,width,height,sample_aspect_ratio,avg_frame_rate,field_order',
  'stream=color_transfer,channels',
  'stream_disposition=attached_pic',
  'stream_side_data=rotation',
].join(':');

/** Reads how a video at `path` plays. Throws MediaProblem for a file that holds no video that could be read. */
export async function readPlayback(path: string, timeoutMs: number): Promise<Playback> {
  let output: ProbeOutput;
  try {
    const args = ['-v', 'error', ...INPUT_ONLY, '-show_entries', SHOWN, '-of', 'json', `file:${path}`];
    output = JSON.parse((await runCommand('ffprobe', args, { timeoutMs })).toString('utf8')) as ProbeOutput;
  } catch (error) {
    if (!(error instanceof CommandError) || error.reason === 'missing') throw error;
    throw new MediaProblem(error.reason === 'limit' ? 'too_costly' : 'damaged', {}, error);
  }
  return judgePlayback(output);
}

/** The judgement by what ffprobe says. Throws MediaProblem `no_picture`. */
export function judgePlayback({ streams = [], format = {} }: ProbeOutput): Playback {
  const video = streams.find((stream) => stream.codec_type === 'video' && !stream.disposition?.attached_pic);
  if (!video?.width || !video.height) throw new MediaProblem('no_picture');
  const firstSound = streams.find(({ codec_type }) => codec_type === 'audio');
  // Phones add a second, spatial sound that only they know how to play.
  const sound = streams.find(
    ({ codec_type, codec_name, channels }) =>
      codec_type === 'audio' && codec_name !== undefined && codec_name !== 'unknown' && channels,
  );
  const durationSeconds = Number(format.duration ?? 0) || 0;
  const bytes = Number(format.size ?? 0) || 0;
  const bitrate = Number(format.bit_rate) || (durationSeconds > 0 ? (bytes * 8) / durationSeconds : 0);
  const plays = judgeCodecs(format.format_name ?? '', video, firstSound);
  return {
    plays,
    isHeavy: video.width * video.height > MOST_PIXELS || (bitrate > MOST_BITRATE && bytes > SMALL_BYTES),
    ...displayedSize(video),
    durationSeconds,
    frameRate: readRate(video.avg_frame_rate),
    isHdr: video.color_transfer === 'smpte2084' || video.color_transfer === 'arib-std-b67',
    isInterlaced: ['tt', 'bb', 'tb', 'bt'].includes(video.field_order ?? ''),
    sound: sound && { index: sound.index, channels: sound.channels! },
  };
}

function judgeCodecs(container: string, video: ProbedStream, sound: ProbedStream | undefined): Plays {
  if (!container.split(',').includes('mp4')) return 'nowhere';
  if (sound && sound.codec_name !== 'aac' && sound.codec_name !== 'mp3') return 'nowhere';
  if (video.codec_name === 'hevc') return 'phones';
  const isPlain = video.pix_fmt === 'yuv420p' || video.pix_fmt === 'yuvj420p';
  return video.codec_name === 'h264' && isPlain ? 'everywhere' : 'nowhere';
}

function displayedSize(video: ProbedStream): { widthPx: number; heightPx: number } {
  const [width, height] = [video.width!, video.height!];
  const [across, down] = (video.sample_aspect_ratio ?? '').split(':').map(Number);
  const aspect = across && down ? across / down : 1;
  // Beyond this the number is a mistake, and no player follows it.
  const stretched = aspect > 0.1 && aspect < 10 ? Math.round(width * aspect) : width;
  const rotation = video.side_data_list?.find((data) => data.rotation !== undefined)?.rotation ?? 0;
  const isTurned = Math.abs(rotation) % 180 === 90;
  return isTurned ? { widthPx: height, heightPx: stretched } : { widthPx: stretched, heightPx: height };
}

function readRate(text = ''): number {
  const [frames = 0, seconds = 0] = text.split('/').map(Number);
  const rate = frames / seconds;
  return Number.isFinite(rate) && rate > 0 ? rate : 0;
}
