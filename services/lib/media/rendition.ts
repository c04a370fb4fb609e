import { mkdir, mkdtemp, open, rename, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CommandError, runCommand } from '#runtime/command';
import { type Playback, type Plays, readPlayback } from './judge-playback.ts';
import { type MediaNote, MediaProblem } from './media-problem.ts';
import { readThrough } from './preview.ts';
import { INPUT_ONLY } from './video-still.ts';

export interface RenditionRequest {
  /** Absolute. */
  originalPath: string;
  /** Where the rendition goes; the folder is made when missing. */
  outPath: string;
  /** On the same file system, for what is not finished. A folder of its own is made in it and removed. */
  tempDir: string;
  /** Wall-clock time for encoding. How much of the processor it may use follows from the length of the video. */
  timeoutMs: number;
}

/** What a video needs to be played, and what was made for that. */
export interface Rendition {
  /** Null when the file could not be read. */
  plays: Plays | null;
  /** Of the file at `outPath`; null when none is needed or none could be made. */
  bytes: number | null;
  /** Why none could be made. */
  problem: MediaNote | null;
}

/** The short side of a rendition: what a phone held in a hand can tell from more only by looking for it. */
const SHORT_SIDE_PX = 720;
/** More pixels than 8K with room to spare are no film. */
const MOST_PIXELS = 8192 * 8192;
/** Films are seen as fluent at up to this many frames a second; of more, every second or third is taken. */
const MOST_FRAMES = 31;
/** 720p of ordinary scenes takes half of it; the buffer is two seconds. */
const MOST_VIDEO_BITRATE = 2_500_000;
const SOUND_BITRATE = 96_000;
/** Key frames this far apart make a jump to any place quick. */
const KEY_FRAME_SECONDS = 2;

/**
 * Makes a video that every phone and browser plays and that weak Wi-Fi brings in time, unless the original is one.
 * It appears complete or not at all, and holds pictures and sound and nothing else: no place, date or name. What lies
 * in the file is told as `problem`. What may work another time rejects: a drive with its code (ENOSPC, EIO …), and an
 * encoder that was ended from outside with CommandError.
 */
export async function writeRendition(request: RenditionRequest): Promise<Rendition> {
  const tempDir = await mkdtemp(join(request.tempDir, 'rendition-'));
  let plays: Plays | null = null;
  try {
    // Under a name without an extension and without %, ffmpeg has to judge a file by its content alone.
    const original = join(tempDir, 'original');
    await symlink(request.originalPath, original);
    const playback = await readPlayback(original, 60_000);
    plays = playback.plays;
    if (plays === 'everywhere' && !playback.isHeavy) return { plays, bytes: null, problem: null };
    const unfinished = join(tempDir, 'rendition.mp4');
    await encode({ ...request, originalPath: original }, playback, unfinished);
    return { plays, bytes: await place(unfinished, request.outPath), problem: null };
  } catch (error) {
    if (!(error instanceof MediaProblem)) throw error;
    // Bytes that a drive cannot read are the drive's problem, with its own code, and not the video's.
    if (error.code === 'damaged') await readThrough(request.originalPath);
    return { plays, bytes: null, problem: { code: error.code, words: error.words } };
  } finally {
    await rm(tempDir, { recursive: true, force: true });
  }
}

/** Synced, then renamed: power may go at any moment, and a name that is lost with it is made again. Returns its bytes. */
async function place(unfinished: string, outPath: string): Promise<number> {
  const file = await open(unfinished, 'r+');
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
  await mkdir(dirname(outPath), { recursive: true });
  await rename(unfinished, outPath);
  return (await stat(outPath)).size;
}

async function encode(request: RenditionRequest, playback: Playback, output: string): Promise<void> {
  const { widthPx, heightPx } = playback;
  if (widthPx * heightPx > MOST_PIXELS) throw new MediaProblem('too_large', { widthPx, heightPx });
  const chains = filterChains(playback);
  for (const [at, chain] of chains.entries()) {
    const startedAt = performance.now();
    try {
      await runEncoder(request, playback, chain, output);
      await readBack(output);
      return;
    } catch (error) {
      // A chain that fails leaves the next one to try: its filter may be missing.
      if (error instanceof CommandError && error.reason === 'limit') {
        const ranMs = performance.now() - startedAt;
        if (ranMs < Math.min(request.timeoutMs, INTERRUPTED_MS)) throw error;
        throw new MediaProblem('too_costly', {}, error);
      }
      const isFile =
        error instanceof MediaProblem || (error instanceof CommandError && error.reason === 'failed');
      if (!isFile) throw error;
      if (error instanceof CommandError) throwOfDrive(error);
      if (at === chains.length - 1) throw new MediaProblem('damaged', {}, error);
    }
  }
}

/** ffmpeg also ends well when the drive was full at the very end, with a file that nothing plays. */
async function readBack(output: string): Promise<void> {
  const made = await readPlayback(output, 60_000).catch((error: unknown) => {
    throw new Error('the small version cannot be read back', { cause: error });
  });
  if (made.durationSeconds === 0) throw new MediaProblem('damaged');
}

/** What ffmpeg says of a drive becomes the error that the drive would have given us. */
function throwOfDrive(error: CommandError): void {
  const said = {
    ENOSPC: 'No space left on device',
    EDQUOT: 'Disk quota exceeded',
    EROFS: 'Read-only file system',
  };
  for (const [code, words] of Object.entries(said))
    if (error.stderr.includes(words)) throw Object.assign(new Error(words, { cause: error }), { code });
  if (error.stderr.includes('Cannot allocate memory')) throw new MediaProblem('too_costly', {}, error);
}

/** Chains of filters to try one after the other, the best first. */
function filterChains(playback: Playback): string[] {
  const { widthPx, heightPx, frameRate, isHdr, isInterlaced } = playback;
  const scale = Math.min(1, SHORT_SIDE_PX / Math.min(widthPx, heightPx));
  // Even sides, as colours are stored for two by two pixels.
  const size = [widthPx, heightPx].map((side) => Math.max(2, Math.round((side * scale) / 2) * 2)).join(':');
  const before = [
    ...(isInterlaced ? ['bwdif=mode=send_frame:deint=interlaced'] : []),
    ...(frameRate > MOST_FRAMES ? [`fps=${frameRate / Math.ceil(frameRate / MOST_FRAMES)}`] : []),
  ];
  const after = ['setsar=1', 'format=yuv420p'];
  // Scaled first, then light is made linear, squeezed into SDR and put into BT.709; as stills are (video-still.ts).
  const toned = [
    `zscale=${size}`,
    'zscale=t=linear:npl=100',
    'format=gbrpf32le',
    'zscale=p=bt709',
    'tonemap=hable:desat=0',
    'zscale=t=bt709:m=bt709:r=tv',
  ];
  const plain = [`scale=${size}:flags=bicubic:out_range=tv`];
  return [...(isHdr ? [toned] : []), plain].map((chain) => [...before, ...chain, ...after].join(','));
}

async function runEncoder(
  request: RenditionRequest,
  { durationSeconds, frameRate, sound }: Playback,
  filters: string,
  output: string,
): Promise<void> {
  const keyFrames = Math.round(KEY_FRAME_SECONDS * Math.min(MOST_FRAMES, frameRate || MOST_FRAMES));
  const args = [
    ...['-v', 'error', '-nostdin', '-y', '-threads', '1', '-filter_threads', '1'],
    ...INPUT_ONLY,
    ...['-max_pixels', String(MOST_PIXELS), '-i', `file:${request.originalPath}`],
    ...['-map', '0:V:0', ...(sound ? ['-map', `0:${sound.index}`] : []), '-sn', '-dn'],
    // Nothing of what the file says about itself, and no name of the encoder either.
    ...['-map_metadata', '-1', '-map_chapters', '-1', '-write_tmcd', '0', '-a53cc', '0'],
    ...['-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact'],
    ...['-vf', filters, '-c:v', 'libx264', '-threads', '1', '-preset', 'veryfast', '-crf', '23'],
    ...['-maxrate', String(MOST_VIDEO_BITRATE), '-bufsize', String(2 * MOST_VIDEO_BITRATE)],
    ...['-g', String(keyFrames)],
    ...(sound
      ? ['-c:a', 'aac', '-b:a', String(SOUND_BITRATE), '-ac', String(Math.min(2, sound.channels))]
      : []),
    // The index first, so that playing begins before all of it is here.
    ...['-movflags', '+faststart', '-f', 'mp4', output],
  ];
  await runCommand('ffmpeg', args, {
    timeoutMs: request.timeoutMs,
    cpuSeconds: cpuSeconds(durationSeconds),
    fileBytes: renditionBytes(durationSeconds || UNKNOWN_SECONDS) * 2,
    isBackground: true,
  });
}

/** Ended by a signal before it can have used up its time: the kernel needed memory, or somebody ended it. */
const INTERRUPTED_MS = 600_000;

/** A video that does not say how long it is gets the time and space of one of an hour. */
const UNKNOWN_SECONDS = 3600;

/**
 * A Raspberry Pi 4 needs some 20 seconds for one of 4K at 60 frames in HEVC with HDR, the costliest that phones film;
 * twice that is for slower boards.
 */
const cpuSeconds = (durationSeconds: number): number =>
  Math.ceil(600 + 40 * (durationSeconds || UNKNOWN_SECONDS));

/** The most that a rendition of this length takes on the drive. */
export const renditionBytes = (durationSeconds: number): number =>
  Math.ceil((durationSeconds * (MOST_VIDEO_BITRATE + SOUND_BITRATE) * 1.05) / 8) + 1024 ** 2;
