import './photo-tile.css';
import { Component } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import { pictureUrl, playbackUrl } from '../api.ts';
import { dateWords, lengthWords, wallClockOf } from '../dates.ts';
import type { GridAsset } from '../photo-source.ts';
import { photoPath, readPath } from '../router.ts';
import { text } from '../text.ts';
import type { Tile } from '../timeline-layout.ts';
import { Icon } from './icon.tsx';
import { thumbhashPicture } from './thumbhash-picture.ts';

/** What a tile does when it is touched; one object for all tiles. */
export interface TileHands {
  onOpen: (assetId: string) => void;
  /** Absent where nothing can be chosen. */
  onToggle?: (assetId: string) => void;
  onExtend?: (assetId: string) => void;
  /** While something is chosen, a plain click chooses instead of opening. */
  isChoosing?: () => boolean;
}

export interface PhotoTileProps {
  asset: GridAsset;
  tile: Tile;
  isChosen: boolean;
  hands: TileHands;
}

/** A finger that rests this long chooses. */
const LONG_PRESS_MS = 450;

/** A pointer that rests this long wants to see the video move. */
const HOVER_MS = 350;

/** The id of an asset's tile in the document. */
export function tileId(assetId: string): string {
  return `asset-${assetId}`;
}

/** One picture of the grid. Drawn again only when something of its own has changed: a grid has hundreds. */
export class PhotoTile extends Component<PhotoTileProps> {
  override shouldComponentUpdate(next: PhotoTileProps): boolean {
    const now = this.props;
    return (
      next.asset !== now.asset ||
      next.tile !== now.tile ||
      next.isChosen !== now.isChosen ||
      next.hands !== now.hands
    );
  }

  override render() {
    return <TilePicture {...this.props} />;
  }
}

/** Its blurred colours at once, its thumbnail when it has come, its video while the pointer rests on it. */
function TilePicture({ asset, tile, isChosen, hands }: PhotoTileProps) {
  const { id, thumbhash, isImage } = asset;
  const blur = useMemo(() => thumbhashPicture(thumbhash), [thumbhash]);
  const [shown, setShown] = useState<string>();
  const { isMoving, ...pointer } = useHover();
  const press = useLongPress(hands.onToggle && (() => hands.onToggle?.(id)));
  const name = nameOf(asset);
  const url = thumbhash ? pictureUrl(id, 'thumbnail', thumbhash) : undefined;
  const videoId = isImage ? asset.livePhotoVideoId : id;
  const length = isImage ? '' : lengthWords(asset.durationMs);

  return (
    <div
      class={isChosen ? 'tile-place tile-chosen' : 'tile-place'}
      style={{
        left: `${tile.leftPx}px`,
        top: `${tile.topPx}px`,
        width: `${tile.widthPx}px`,
        height: `${tile.heightPx}px`,
      }}
      {...pointer}
    >
      <a
        id={tileId(id)}
        class="tile"
        href={photoPath(readPath(location.pathname).path, id) + location.search}
        aria-label={name}
        aria-describedby={isChosen ? 'chosen-words' : undefined}
        draggable={false}
        style={{ backgroundImage: blur ? `url(${blur})` : 'none' }}
        {...press.handlers}
        onClick={(event) => {
          // A new tab or window is the browser's business.
          if (event.metaKey || event.ctrlKey || event.button !== 0) return;
          event.preventDefault();
          if (press.hasFired()) return;
          if (event.shiftKey && hands.onExtend) hands.onExtend(id);
          else if (hands.isChoosing?.()) hands.onToggle?.(id);
          else hands.onOpen(id);
        }}
        onKeyDown={(event) => {
          if (event.key !== ' ' || !hands.onToggle) return;
          event.preventDefault();
          if (event.shiftKey) hands.onExtend?.(id);
          else hands.onToggle(id);
        }}
      >
        {url ? (
          <img
            key={url}
            src={url}
            alt=""
            decoding="async"
            draggable={false}
            class={shown === url ? 'tile-shown' : undefined}
            onLoad={() => setShown(url)}
          />
        ) : (
          <span class="tile-bare">
            <Icon name="photos" />
          </span>
        )}
        {isMoving && videoId ? (
          <video class="tile-video" src={playbackUrl(videoId)} autoplay muted loop playsInline />
        ) : null}
        {asset.note ? <span class="tile-note">{asset.note}</span> : null}
        <TileMarks asset={asset} length={length} />
      </a>
      {hands.onToggle ? (
        <button
          type="button"
          class="tile-check"
          aria-pressed={isChosen}
          aria-label={text.kit.select(name)}
          tabIndex={-1}
          onClick={(event) => {
            if (event.shiftKey && hands.onExtend) hands.onExtend(id);
            else hands.onToggle?.(id);
          }}
        >
          <Icon name="check" size={16} />
        </button>
      ) : null}
    </div>
  );
}

function TileMarks({ asset, length }: { asset: GridAsset; length: string }) {
  const { isImage, isFavorite, stackCount, livePhotoVideoId } = asset;
  return (
    <>
      {isFavorite ? (
        <span class="tile-mark tile-favourite">
          <Icon name="heart" size={16} isFilled />
        </span>
      ) : null}
      {isImage && stackCount < 2 && !livePhotoVideoId ? null : (
        <span class="tile-mark tile-kind">
          {isImage ? null : (
            <>
              <Figure words={length} />
              <Icon name="play" size={14} />
            </>
          )}
          {livePhotoVideoId ? <Icon name="live" size={16} /> : null}
          {stackCount > 1 ? (
            <>
              <Figure words={String(stackCount)} />
              <Icon name="stack" size={16} />
            </>
          ) : null}
        </span>
      )}
    </>
  );
}

/** Drawn, but no words of the page: the tile's name says the same as a sentence, and is all that is to be spoken. */
function Figure({ words }: { words: string }) {
  return <span class="tile-figure" data-words={words} />;
}

/** What a screen reader says for the tile. */
function nameOf(asset: GridAsset): string {
  const date = dateWords().day(wallClockOf(asset.fileCreatedAt, asset.localOffsetHours));
  const kind = asset.isImage
    ? asset.livePhotoVideoId
      ? text.photos.live(date)
      : text.photos.photo(date)
    : text.photos.video(date, lengthWords(asset.durationMs));
  return [
    kind,
    asset.isFavorite ? text.photos.favourite : '',
    asset.stackCount > 1 ? text.photos.stack(asset.stackCount) : '',
    asset.thumbhash ? '' : text.photos.noPicture,
    asset.note ?? '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** Whether a mouse has rested on it for a moment. */
function useHover() {
  const [isMoving, setIsMoving] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  return {
    isMoving,
    onPointerEnter: (event: PointerEvent) => {
      if (event.pointerType === 'mouse') timer.current = setTimeout(() => setIsMoving(true), HOVER_MS);
    },
    onPointerLeave: () => {
      clearTimeout(timer.current);
      setIsMoving(false);
    },
  };
}

/** Calls `onPress` when a finger rests; the click that follows is to be ignored. */
function useLongPress(onPress: (() => void) | undefined) {
  const state = useRef<{ timer?: ReturnType<typeof setTimeout> | undefined; hasFired: boolean }>({
    hasFired: false,
  });
  const cancel = () => clearTimeout(state.current.timer);
  return {
    hasFired: () => state.current.hasFired,
    handlers: onPress
      ? {
          onPointerDown: (event: PointerEvent) => {
            state.current.hasFired = false;
            if (event.pointerType === 'mouse') return;
            state.current.timer = setTimeout(() => {
              state.current.hasFired = true;
              navigator.vibrate?.(10);
              onPress();
            }, LONG_PRESS_MS);
          },
          onPointerUp: cancel,
          onPointerCancel: cancel,
          onPointerLeave: cancel,
          // The browser's own menu for links and pictures, which a resting finger opens.
          onContextMenu: (event: MouseEvent) => {
            if (state.current.hasFired) event.preventDefault();
          },
        }
      : {},
  };
}
