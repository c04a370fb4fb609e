import { useMemo, useState } from 'preact/hooks';
import { pictureUrl, playbackUrl } from '../api.ts';
import type { AssetDetails } from '../calls/assets.ts';
import { thumbhashPicture } from '../components/thumbhash-picture.ts';
import { text } from '../text.ts';

export interface StageProps {
  assetId: string;
  /** Undefined until its details have come. */
  asset: AssetDetails | undefined;
  thumbhash: string | null;
}

/** The photo or the video itself: its colours first, then its preview. */
export function Stage({ assetId, asset, thumbhash }: StageProps) {
  const blur = useMemo(() => thumbhashPicture(thumbhash), [thumbhash]);
  const [shown, setShown] = useState<string>();
  const [broken, setBroken] = useState<string>();
  const preview = thumbhash ? pictureUrl(assetId, 'preview', thumbhash) : undefined;

  if (asset?.type === 'VIDEO') {
    const url = playbackUrl(assetId);
    return (
      <div class="stage">
        {/* biome-ignore lint/a11y/useMediaCaption: a family's own video has no captions. */}
        <video src={url} poster={preview} controls autoplay playsInline onError={() => setBroken(url)} />
        {broken === url ? <p class="stage-words">{text.viewer.videoUnplayable}</p> : null}
      </div>
    );
  }

  return (
    <div class="stage">
      {blur && shown !== preview ? <img class="stage-blur" src={blur} alt="" /> : null}
      {preview && broken !== preview ? (
        <img
          key={preview}
          class={shown === preview ? 'stage-shown' : undefined}
          src={preview}
          alt={asset?.originalFileName ?? text.viewer.loading}
          onLoad={() => setShown(preview)}
          onError={() => setBroken(preview)}
        />
      ) : null}
      {broken === preview && preview ? <p class="stage-words">{text.viewer.noPicture}</p> : null}
      {asset && !preview ? (
        <p class="stage-words">{asset.problem ? text.viewer.noPicture : text.viewer.preparing}</p>
      ) : null}
    </div>
  );
}
