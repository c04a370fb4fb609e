import { useCallback, useEffect, useState } from 'preact/hooks';

/** Long enough to look at a photo, short enough not to wait for the next. */
const SHOWN_MS = 5000;

/**
 * Goes on to the next photo by itself, on the whole screen, until it is stopped or there is none. A video says itself
 * when it is over.
 */
export function useSlideshow(
  dialog: { current: HTMLElement | null },
  isVideo: boolean,
  assetId: string,
  onNext: (() => void) | undefined,
) {
  const [isOn, setIsOn] = useState(false);
  useEffect(() => {
    if (!isOn || isVideo) return undefined;
    if (!onNext) {
      setIsOn(false);
      return undefined;
    }
    const timer = setTimeout(onNext, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isOn, isVideo, assetId]);

  // Leaving the whole screen, by whatever key or gesture, ends it.
  useEffect(() => {
    const look = () => {
      if (!document.fullscreenElement) setIsOn(false);
    };
    document.addEventListener('fullscreenchange', look);
    return () => document.removeEventListener('fullscreenchange', look);
  }, []);

  const start = useCallback(() => {
    setIsOn(true);
    // Where a browser has no whole screen to give, as on some phones, it runs in the window.
    void dialog.current?.requestFullscreen?.().catch(() => {});
  }, [dialog]);
  const stop = useCallback(() => {
    setIsOn(false);
    if (document.fullscreenElement) void document.exitFullscreen();
  }, []);
  return { isOn, start, stop };
}
