import './video-player.css';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { VideoQualities } from '#contract/appliance-video';
import { playbackUrl } from '../api.ts';
import { useApp } from '../app-context.ts';
import { readQualities } from '../calls/videos.ts';
import { Menu } from '../components/menu.tsx';
import { readableBytes } from '../numbers.ts';
import { assetProblemWords } from '../problem-words.ts';
import { text } from '../text.ts';
import { useLoad } from '../use-load.ts';
import { chooseQuality, hasChoice, keepWish, type Quality, readWish } from './video-quality.ts';

export interface VideoPlayerProps {
  assetId: string;
  poster: string | undefined;
  onEnd?: (() => void) | undefined;
}

/** How often a small version is looked for that is still being made. */
const LOOK_MS = 10_000;

/** When nothing is known, the original is played. */
const UNKNOWN: VideoQualities = {
  originalPlays: null,
  originalBytes: 0,
  small: 'none',
  smallBytes: null,
  problem: null,
};

/** A video with a quiet choice of its quality. Another quality goes on where the one before was. */
export function VideoPlayer({ assetId, poster, onEnd }: VideoPlayerProps) {
  const { api } = useApp();
  const { state, reload } = useLoad(() => readQualities(api, assetId), [api, assetId]);
  const [wish, setWish] = useState(readWish);
  /** Qualities that the browser could not play. */
  const [failed, setFailed] = useState<readonly Quality[]>([]);
  const place = useRef({ seconds: 0, isPlaying: true });
  const playsHevc = useMemo(canPlayHevc, []);
  const qualities = state.kind === 'ready' ? state.value : UNKNOWN;
  const quality = chooseQuality({ wish, qualities, playsHevc, hasFailed: failed.includes('original') });
  const isMaking = qualities.small === 'making';
  const isHopeless = failed.includes(quality);

  useEffect(() => {
    if (!isMaking) return;
    const timer = setInterval(reload, LOOK_MS);
    return () => clearInterval(timer);
  }, [isMaking]);

  /** While another quality loads, the video is at its beginning: that is no place to go on from. */
  const note = (video: HTMLVideoElement) => {
    if (video.readyState < HTMLMediaElement.HAVE_METADATA) return;
    place.current = { seconds: video.currentTime, isPlaying: !video.paused };
  };
  const name = (of: Quality) => {
    const bytes = of === 'small' ? qualities.smallBytes : qualities.originalBytes;
    return bytes === null ? text.video[of] : text.video.withSize(text.video[of], readableBytes(bytes));
  };
  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: a family's own video has no captions. */}
      <video
        // Asked for once it is known what there is: not two versions for one look.
        src={state.kind === 'loading' ? undefined : playbackUrl(assetId, quality)}
        poster={poster}
        controls
        autoplay={place.current.isPlaying}
        playsInline
        onLoadedMetadata={(event) => {
          if (place.current.seconds > 0) event.currentTarget.currentTime = place.current.seconds;
        }}
        onTimeUpdate={(event) => note(event.currentTarget)}
        onPlay={(event) => note(event.currentTarget)}
        onPause={(event) => note(event.currentTarget)}
        onEnded={onEnd}
        onError={() => setFailed([...failed, quality])}
      />
      {hasChoice(qualities) ? (
        <div class="video-quality">
          <Menu
            icon="settings"
            label={text.video.quality(text.video[quality])}
            items={(['original', 'small'] as const).map((of) => ({
              words: name(of),
              isChosen: of === (isMaking ? wish : quality),
              run: () => {
                keepWish(of);
                setWish(of);
                setFailed([]);
              },
            }))}
          />
        </div>
      ) : null}
      <p class={isHopeless ? 'video-note' : 'video-note video-note-passing'} role="status">
        {noteWords(qualities, wish, quality, failed)}
      </p>
    </>
  );
}

/** What is to be said of the choice; nothing while it plays as it was wished for. */
function noteWords(
  { small, problem }: VideoQualities,
  wish: Quality,
  quality: Quality,
  failed: readonly Quality[],
): string | undefined {
  const words = text.video;
  if (failed.includes(quality)) return small === 'making' ? words.later : words.unplayable;
  if (failed.includes('original')) return words.instead;
  if (wish !== 'small' || quality === 'small') return undefined;
  if (small === 'making') return words.making;
  return problem ? `${words.impossible} ${assetProblemWords(problem)}` : undefined;
}

/** HEVC in its main profile, as phones film; a browser that is not sure says so, and is tried. */
const canPlayHevc = (): boolean =>
  document.createElement('video').canPlayType('video/mp4; codecs="hvc1.1.6.L93.B0"') !== '';
