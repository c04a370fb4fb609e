/**
 * How high the element of a grid gets. Browsers stop at about 17 million px (Firefox) and 33 million (Chromium and
 * Safari), which a million photos on a phone exceed.
 */
export const MAX_PAGE_PX = 12_000_000;

/** How near the reader may come to an end of the element before it is moved along. */
const MARGIN_PX = 1_500_000;

/**
 * How much of all photos is above the element. It moves only when the reader comes near one of its ends, so that in
 * ordinary scrolling, and in libraries that fit, nothing moves at all.
 */
export function shiftWindow(basePx: number, screenTopPx: number, totalPx: number): number {
  const mostPx = Math.max(0, totalPx - MAX_PAGE_PX);
  const insidePx = screenTopPx - basePx;
  const isNearEnd =
    (insidePx < MARGIN_PX && basePx > 0) || (insidePx > MAX_PAGE_PX - MARGIN_PX && basePx < mostPx);
  const wantedPx = isNearEnd ? Math.round(screenTopPx - MAX_PAGE_PX / 2) : basePx;
  return Math.min(mostPx, Math.max(0, wantedPx));
}
