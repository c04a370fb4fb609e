import './photo-tile.css';
import { useMemo, useState } from 'preact/hooks';
import { pictureUrl, type TimelineAsset } from '../api.ts';
import { type DateWords, lengthWords, wallClockOf } from '../dates.ts';
import { photoPath } from '../route.ts';
import { text } from '../text.ts';
import type { Tile } from '../timeline-layout.ts';
import { PictureIcon, PlayIcon } from './icons.tsx';
import { thumbhashPicture } from './thumbhash-picture.ts';

export interface PhotoTileProps {
  asset: TimelineAsset;
  tile: Tile;
  dates: DateWords;
  onOpen: (assetId: string) => void;
}

/** The id of an asset's tile in the document. */
export function tileId(assetId: string): string {
  return `asset-${assetId}`;
}

/** One picture of the grid: its blurred colours at once, its thumbnail when it has come. */
export function PhotoTile({ asset, tile, dates, onOpen }: PhotoTileProps) {
  const { id, thumbhash, isImage } = asset;
  const blur = useMemo(() => thumbhashPicture(thumbhash), [thumbhash]);
  const [shown, setShown] = useState<string>();
  const date = dates.day(wallClockOf(asset.fileCreatedAt, asset.localOffsetHours));
  const length = isImage ? '' : lengthWords(asset.durationMs);
  const name = isImage ? text.library.photo(date) : text.library.video(date, length);
  const url = thumbhash ? pictureUrl(id, 'thumbnail', thumbhash) : undefined;

  return (
    <a
      id={tileId(id)}
      class="tile"
      href={photoPath(id)}
      aria-label={url ? name : `${name}, ${text.library.noPicture}`}
      style={{
        left: `${tile.leftPx}px`,
        top: `${tile.topPx}px`,
        width: `${tile.widthPx}px`,
        height: `${tile.heightPx}px`,
        backgroundImage: blur ? `url(${blur})` : 'none',
      }}
      onClick={(event) => {
        // A new tab or window is the browser's business.
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        onOpen(id);
      }}
    >
      {url ? (
        <img
          key={url}
          src={url}
          alt=""
          decoding="async"
          class={shown === url ? 'tile-shown' : undefined}
          onLoad={() => setShown(url)}
        />
      ) : (
        <span class="tile-bare">
          <PictureIcon />
        </span>
      )}
      {isImage ? null : (
        <span class="tile-length">
          {length}
          <PlayIcon />
        </span>
      )}
    </a>
  );
}
