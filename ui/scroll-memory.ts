import type { Router } from './router.ts';

/** How long a page may take to have the length it keeps. */
const PATIENCE_MS = 4000;

/**
 * Brings every entry of the history back to where it was scrolled to, although its photos are fetched again: the
 * position is set as soon as the page is long enough for it, and again while the page changes its length, unless
 * the reader scrolls first. New places start at the top; opening and closing the viewer moves nothing.
 */
export function rememberScroll(router: Router): void {
  history.scrollRestoration = 'manual';
  const positions = new Map<string, number>();
  let current = router.place.get();
  let stopWaiting = () => {};

  window.addEventListener('scroll', () => positions.set(current.key, window.scrollY), { passive: true });
  router.place.subscribe((place) => {
    const isSamePage = place.path === current.path;
    const fromY = positions.get(current.key) ?? window.scrollY;
    stopWaiting();
    current = place;
    if (isSamePage) {
      positions.set(place.key, fromY);
      return;
    }
    // To the day that an address names the screen goes by itself.
    if (place.by === 'go' && place.query.has('day')) return;
    const wantedY = place.by === 'back' ? (positions.get(place.key) ?? 0) : 0;
    stopWaiting = scrollWhenPossible(wantedY, () => {
      positions.set(place.key, wantedY);
    });
  });
}

/** Returns what gives up waiting. */
function scrollWhenPossible(wantedY: number, keep: () => void): () => void {
  const page = document.documentElement;
  const attempt = () => {
    window.scrollTo(0, wantedY);
    keep();
  };
  const observer = new ResizeObserver(attempt);
  const timer = setTimeout(() => stop(), PATIENCE_MS);
  const gestures = ['wheel', 'touchstart', 'keydown', 'pointerdown'] as const;
  function stop(): void {
    observer.disconnect();
    clearTimeout(timer);
    for (const gesture of gestures) window.removeEventListener(gesture, stop);
  }
  for (const gesture of gestures) window.addEventListener(gesture, stop, { passive: true });
  // The old screen is still there; the new one is measured as soon as it is drawn.
  observer.observe(page);
  observer.observe(document.body);
  return stop;
}
