import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { pictureUrl, playbackUrl } from '../../api.ts';
import { useMember } from '../../app-context.ts';
import { hideMemory, keepMemory, leaveOut, type Memory, noteSeen } from '../../calls/memories.ts';
import { IconButton } from '../../components/icon-button.tsx';
import { Menu } from '../../components/menu.tsx';
import { Toaster } from '../../components/toaster.tsx';
import { countryWords } from '../../country-names.ts';
import { dateWords } from '../../dates.ts';
import { text } from '../../text.ts';
import { useAction } from '../../use-action.ts';

export interface PlayerProps {
  memory: Memory;
  title: string;
  /** The memory is another one now; undefined when it is not shown again. */
  onChange: (memory: Memory | undefined) => void;
  onClose: () => void;
}

/** Long enough to look at a photo, short enough not to wait for the next. */
const SHOWN_MS = 5000;

/** A finger that moves this far across goes to another photo, down closes. */
const SWIPE_PX = 50;

/** A memory on the whole screen: one photo after the other, by itself or by hand. */
export function Player({ memory, title, onChange, onClose }: PlayerProps) {
  const { api, toasts, router } = useMember();
  const { run } = useAction();
  const dialog = useRef<HTMLDialogElement>(null);
  const { assets, id, isSaved } = memory;
  const [at, setAt] = useState(0);
  const [isPlaying, setIsPlaying] = useState(() => !matchMedia('(prefers-reduced-motion: reduce)').matches);
  const index = Math.min(at, assets.length - 1);
  const asset = assets[index];
  const words = text.memories;

  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.focus();
    return () => element?.close();
  }, []);
  useEffect(() => {
    if (!memory.seenAt) void run(async () => onChange(await noteSeen(api, id)));
    // Once per memory.
  }, [api, id]);

  const go = useCallback(
    (step: number) => setAt((before) => Math.min(assets.length - 1, Math.max(0, before + step))),
    [assets.length],
  );
  const isLast = index === assets.length - 1;
  const isVideo = asset?.type === 'VIDEO';
  const goOn = useCallback(() => (isLast ? setIsPlaying(false) : go(1)), [isLast, go]);
  useEffect(() => {
    if (!isPlaying || isVideo) return undefined;
    const timer = setTimeout(goOn, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isPlaying, isVideo, index, goOn]);

  const swipe = useSwipe({ left: () => go(1), right: () => go(-1), down: onClose });
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'ArrowRight') go(1);
    else if (event.key === 'ArrowLeft') go(-1);
    else if (event.key === ' ' && event.target === dialog.current) setIsPlaying(!isPlaying);
    else return;
    event.preventDefault();
  };
  if (!asset) return null;
  const day = dateWords().day(new Date(asset.localDateTime));
  const { city, country } = asset.exifInfo ?? {};
  const place = [city, country && countryWords(country)].filter(Boolean).join(', ');

  return (
    <dialog
      ref={dialog}
      class="memory-player"
      aria-label={words.player(title)}
      tabIndex={-1}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={onKeyDown}
    >
      <div class="memory-bars" aria-hidden="true">
        {assets.map((each, position) => (
          <span
            key={each.id}
            class={
              position < index
                ? 'memory-bar memory-bar-done'
                : position === index
                  ? `memory-bar ${isPlaying && !isVideo ? 'memory-bar-runs' : 'memory-bar-done'}`
                  : 'memory-bar'
            }
          />
        ))}
      </div>
      <header class="memory-head">
        <IconButton icon="close" label={words.close} onClick={onClose} />
        <div class="memory-title">
          <strong>{title}</strong>
          <span>{[day, place].filter(Boolean).join(' · ')}</span>
        </div>
        <IconButton
          icon={isPlaying ? 'pause' : 'play'}
          label={isPlaying ? words.pause : words.play}
          onClick={() => {
            if (!isPlaying && isLast) setAt(0);
            setIsPlaying(!isPlaying);
          }}
        />
        <IconButton
          icon="heart"
          label={isSaved ? words.unkeep : words.keep}
          isPressed={isSaved}
          onClick={() =>
            void run(async () => {
              onChange(await keepMemory(api, id, !isSaved));
              if (!isSaved) toasts.show({ words: words.keptToast });
            })
          }
        />
        <Menu
          label={text.kit.more}
          items={[
            {
              words: words.openPhoto,
              icon: 'photos',
              run: () => router.go(`/photos/${asset.id}`),
            },
            {
              words: words.leaveOut,
              icon: 'close',
              run: () =>
                void run(async () => {
                  await leaveOut(api, id, [asset.id]);
                  const left = assets.filter((each) => each.id !== asset.id);
                  if (left.length === 0) onClose();
                  onChange(left.length > 0 ? { ...memory, assets: left } : undefined);
                }),
            },
            {
              words: words.hide,
              icon: 'eye',
              run: () =>
                void run(async () => {
                  await hideMemory(api, id);
                  toasts.show({ words: words.hiddenToast });
                  onClose();
                  onChange(undefined);
                }),
            },
          ]}
        />
      </header>
      <div class="memory-stage" {...swipe}>
        {isVideo ? (
          // biome-ignore lint/a11y/useMediaCaption: the family's own videos have no captions.
          <video
            key={asset.id}
            class="memory-shown"
            src={playbackUrl(asset.id)}
            poster={pictureUrl(asset.id, 'preview', asset.thumbhash ?? '')}
            controls
            playsInline
            autoplay={isPlaying}
            onEnded={() => {
              if (isPlaying) goOn();
            }}
          />
        ) : (
          <img
            key={asset.id}
            class="memory-shown"
            src={pictureUrl(asset.id, 'preview', asset.thumbhash ?? '')}
            alt={text.photos.photo(day)}
            draggable={false}
          />
        )}
        <span class="memory-before">
          <IconButton icon="left" label={words.previous} isDisabled={index === 0} onClick={() => go(-1)} />
        </span>
        <span class="memory-after">
          <IconButton icon="right" label={words.next} isDisabled={isLast} onClick={() => go(1)} />
        </span>
      </div>
      <p class="unseen" role="status">
        {isPlaying ? '' : words.position(index + 1, assets.length)}
      </p>
      {assets[index + 1] ? (
        <link
          rel="prefetch"
          as="image"
          href={pictureUrl(assets[index + 1]!.id, 'preview', assets[index + 1]!.thumbhash ?? '')}
        />
      ) : null}
      <Toaster toasts={toasts} />
    </dialog>
  );
}

/** What a finger that was put down and taken up elsewhere wants. */
function useSwipe(to: { left: () => void; right: () => void; down: () => void }) {
  const start = useRef<{ x: number; y: number } | undefined>(undefined);
  return {
    onPointerDown: (event: PointerEvent) => {
      start.current = event.pointerType === 'mouse' ? undefined : { x: event.clientX, y: event.clientY };
    },
    onPointerUp: (event: PointerEvent) => {
      if (!start.current) return;
      const right = event.clientX - start.current.x;
      const down = event.clientY - start.current.y;
      start.current = undefined;
      if (Math.abs(right) > SWIPE_PX && Math.abs(right) > Math.abs(down)) (right < 0 ? to.left : to.right)();
      else if (down > 2 * SWIPE_PX) to.down();
    },
    onPointerCancel: () => {
      start.current = undefined;
    },
  };
}
