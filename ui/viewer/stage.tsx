import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { fullsizeUrl, pictureUrl, playbackUrl } from '../api.ts';
import type { AssetDetails } from '../calls/assets.ts';
import { thumbhashPicture } from '../components/thumbhash-picture.ts';
import { text } from '../text.ts';
import { FaceBoxes } from './face-boxes.tsx';
import { useZoom, type ZoomHands } from './use-zoom.ts';
import { VideoPlayer } from './video-player.tsx';
import { TAP_SCALE } from './zoom.ts';

export interface StageProps extends ZoomHands {
  assetId: string;
  /** Undefined until its details have come. */
  asset: AssetDetails | undefined;
  thumbhash: string | null;
  /** Width by height; 1.5 until it is known. */
  ratio: number;
  areFacesShown: boolean;
  /** The short video of a live photo plays instead. */
  isLivePlaying: boolean;
  onLiveEnd: () => void;
  /** Called with what keys may do, once it is there. */
  onReady: (hands: { toggleZoom: () => void }) => void;
  /** A video came to its end. */
  onEnd?: () => void;
}

/** The photo or the video itself: its colours first, then its preview, and the original when it is enlarged. */
export function Stage(props: StageProps) {
  const { assetId, asset, thumbhash, ratio, areFacesShown, isLivePlaying } = props;
  const stage = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const isVideo = asset?.type === 'VIDEO';
  const { isZoomed, zoomTo, zoom } = useZoom(stage, frame, !isVideo, props);
  const [broken, setBroken] = useState<string>();
  const preview = thumbhash ? pictureUrl(assetId, 'preview', thumbhash) : undefined;

  useEffect(() => {
    props.onReady({ toggleZoom: () => zoomTo(zoom.current.scale > 1 ? 1 : TAP_SCALE) });
  }, [zoomTo]);

  return (
    <div ref={stage} class={isZoomed ? 'stage picture-room stage-zoomed' : 'stage picture-room'}>
      <div ref={frame} class="stage-frame picture-fit" style={{ '--ratio': ratio }}>
        {isVideo ? (
          <VideoPlayer assetId={assetId} poster={preview} onEnd={props.onEnd} />
        ) : (
          <Photo
            assetId={assetId}
            name={asset?.originalFileName}
            thumbhash={thumbhash}
            preview={preview}
            isLarge={isZoomed}
            onBroken={setBroken}
          />
        )}
        {isLivePlaying && asset?.livePhotoVideoId ? (
          // biome-ignore lint/a11y/useMediaCaption: three seconds around a photo.
          <video
            class="stage-live"
            src={playbackUrl(asset.livePhotoVideoId)}
            autoplay
            playsInline
            onEnded={props.onLiveEnd}
            onError={props.onLiveEnd}
          />
        ) : null}
        {areFacesShown && !isVideo ? <FaceBoxes assetId={assetId} /> : null}
      </div>
      {broken !== undefined && broken === preview ? <p class="stage-words">{text.viewer.noPicture}</p> : null}
      {/* What is wrong with a file is said by the viewer's note. */}
      {asset && !preview && !isVideo && !asset.problem ? (
        <p class="stage-words">{text.viewer.preparing}</p>
      ) : null}
    </div>
  );
}

interface PhotoProps {
  assetId: string;
  name: string | undefined;
  thumbhash: string | null;
  preview: string | undefined;
  isLarge: boolean;
  onBroken: (url: string) => void;
}

function Photo({ assetId, name, thumbhash, preview, isLarge, onBroken }: PhotoProps) {
  const blur = useMemo(() => thumbhashPicture(thumbhash), [thumbhash]);
  const [shown, setShown] = useState<string>();
  const [isFullShown, setIsFullShown] = useState(false);
  return (
    <>
      {blur && shown !== preview ? <img class="stage-blur" src={blur} alt="" /> : null}
      {preview ? (
        <img
          key={preview}
          class={shown === preview ? 'stage-shown' : undefined}
          src={preview}
          alt={name ?? text.viewer.loading}
          draggable={false}
          onLoad={() => setShown(preview)}
          onError={() => onBroken(preview)}
        />
      ) : null}
      {isLarge && thumbhash ? (
        <img
          class={isFullShown ? 'stage-shown' : undefined}
          src={fullsizeUrl(assetId, thumbhash)}
          alt=""
          draggable={false}
          onLoad={() => setIsFullShown(true)}
        />
      ) : null}
    </>
  );
}
