import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { clampZoom, FITTING, TAP_SCALE, type Zoom, type ZoomRoom, zoomAt } from './zoom.ts';

export interface ZoomHands {
  /** A finger went to the side (-1 to what is left of it, 1 to what is right). */
  onSwipe: (direction: -1 | 1) => void;
  /** A finger went down. */
  onPullDown: () => void;
  /** A finger or the mouse rests on the photo, and then lets it go. Absent: that means nothing. */
  onHold?: ((isHeld: boolean) => void) | undefined;
}

/** A finger that goes this far means it. */
const SWIPE_PX = 60;
const PULL_PX = 110;

/** Who rests this long on one place does not tap. */
const HOLD_MS = 400;

/** A finger that rests moves by less. */
const REST_PX = 8;

/** Two taps within this time and distance are one double tap. */
const DOUBLE_TAP_MS = 300;
const DOUBLE_TAP_PX = 30;

/**
 * Enlarging and moving what is in `frame` inside of `stage`: two fingers, double tap, wheel, or by keys through
 * `zoomTo`. The picture is moved by its style alone, without drawing anything again.
 */
export function useZoom(
  stage: { current: HTMLElement | null },
  frame: { current: HTMLElement | null },
  isAllowed: boolean,
  given: ZoomHands,
) {
  const zoom = useRef<Zoom>(FITTING);
  const [isZoomed, setIsZoomed] = useState(false);
  const hands = useRef(given);
  hands.current = given;

  const apply = useCallback(
    (next: Zoom, drag = { x: 0, y: 0 }) => {
      zoom.current = next;
      if (frame.current) {
        const { scale, x, y } = next;
        frame.current.style.transform = `translate(${x + drag.x}px, ${y + drag.y}px) scale(${scale})`;
      }
      setIsZoomed(next.scale > 1);
    },
    [frame],
  );

  const readRoom = useCallback((): ZoomRoom | undefined => {
    const { current: outer } = stage;
    const { current: inner } = frame;
    if (!outer || !inner) return undefined;
    return {
      widthPx: outer.clientWidth,
      heightPx: outer.clientHeight,
      fitWidthPx: inner.offsetWidth,
      fitHeightPx: inner.offsetHeight,
    };
  }, [stage, frame]);

  const zoomTo = useCallback(
    (scale: number, at = { x: 0, y: 0 }) => {
      const room = readRoom();
      if (room) apply(zoomAt(zoom.current, scale, at, room));
    },
    [apply, readRoom],
  );

  useEffect(() => {
    const element = stage.current;
    if (!element || !isAllowed) return undefined;
    const pointers = new Map<number, { x: number; y: number }>();
    let start: { x: number; y: number; zoom: Zoom; gapPx: number } | undefined;
    let lastTap = { at: 0, x: 0, y: 0 };
    let resting: ReturnType<typeof setTimeout> | undefined;
    let isHeld = false;

    const letGo = () => {
      clearTimeout(resting);
      resting = undefined;
      if (isHeld) hands.current.onHold?.(false);
      isHeld = false;
    };
    const rest = () => {
      letGo();
      if (pointers.size !== 1 || !hands.current.onHold) return;
      resting = setTimeout(() => {
        isHeld = true;
        hands.current.onHold?.(true);
      }, HOLD_MS);
    };
    // A resting finger would otherwise open what the browser offers for a picture.
    const offer = (event: Event) => {
      if (isHeld || (resting !== undefined && hands.current.onHold)) event.preventDefault();
    };

    const fromMiddle = ({ x, y }: { x: number; y: number }) => {
      const box = element.getBoundingClientRect();
      return { x: x - box.left - box.width / 2, y: y - box.top - box.height / 2 };
    };
    const middle = () => {
      const all = [...pointers.values()];
      const sum = all.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }), { x: 0, y: 0 });
      return { x: sum.x / all.length, y: sum.y / all.length };
    };
    const gap = () => {
      const [a, b] = [...pointers.values()];
      return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
    };
    const begin = () => {
      start = pointers.size > 0 ? { ...middle(), zoom: zoom.current, gapPx: gap() } : undefined;
    };
    const down = (event: PointerEvent) => {
      if (event.button !== 0 || (event.target as Element).closest('button, a')) return;
      pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      begin();
      rest();
    };
    const move = (event: PointerEvent) => {
      const room = readRoom();
      if (!pointers.has(event.pointerId) || !start || !room) return;
      pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      const now = middle();
      const by = { x: now.x - start.x, y: now.y - start.y };
      if (isHeld) return;
      if (Math.hypot(by.x, by.y) >= REST_PX) letGo();
      if (pointers.size > 1) {
        const scaled = zoomAt(start.zoom, start.zoom.scale * (gap() / start.gapPx), fromMiddle(start), room);
        apply(clampZoom({ ...scaled, x: scaled.x + by.x, y: scaled.y + by.y }, room));
      } else if (start.zoom.scale > 1) {
        apply(clampZoom({ ...start.zoom, x: start.zoom.x + by.x, y: start.zoom.y + by.y }, room));
      } else if (event.pointerType !== 'mouse') {
        // Not enlarged: the photo follows the finger until it is clear what the finger wants.
        const isSide = Math.abs(by.x) > Math.abs(by.y);
        apply(FITTING, isSide ? { x: by.x, y: 0 } : { x: 0, y: Math.max(0, by.y) });
      }
    };
    const up = (event: PointerEvent) => {
      if (!pointers.delete(event.pointerId) || !start) return;
      const wasHeld = isHeld;
      letGo();
      if (wasHeld) {
        if (zoom.current.scale === 1) apply(FITTING);
        begin();
        return;
      }
      const by = { x: event.clientX - start.x, y: event.clientY - start.y };
      const wasOne = pointers.size === 0 && start.gapPx === 0;
      if (wasOne && start.zoom.scale === 1 && event.pointerType !== 'mouse') {
        apply(FITTING);
        const isSide = Math.abs(by.x) > Math.abs(by.y);
        if (isSide && Math.abs(by.x) > SWIPE_PX) hands.current.onSwipe(by.x > 0 ? -1 : 1);
        else if (!isSide && by.y > PULL_PX) hands.current.onPullDown();
      }
      if (wasOne && Math.hypot(by.x, by.y) < REST_PX) tap(event);
      begin();
    };
    const tap = (event: PointerEvent) => {
      const isSecond =
        event.timeStamp - lastTap.at < DOUBLE_TAP_MS &&
        Math.hypot(event.clientX - lastTap.x, event.clientY - lastTap.y) < DOUBLE_TAP_PX;
      lastTap = { at: isSecond ? 0 : event.timeStamp, x: event.clientX, y: event.clientY };
      if (isSecond)
        zoomTo(zoom.current.scale > 1 ? 1 : TAP_SCALE, fromMiddle({ x: event.clientX, y: event.clientY }));
    };
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const at = fromMiddle({ x: event.clientX, y: event.clientY });
      zoomTo(zoom.current.scale * Math.exp(-event.deltaY / (event.ctrlKey ? 100 : 400)), at);
    };
    element.addEventListener('pointerdown', down);
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', up);
    window.addEventListener('pointercancel', up);
    element.addEventListener('wheel', wheel, { passive: false });
    element.addEventListener('contextmenu', offer);
    return () => {
      letGo();
      element.removeEventListener('contextmenu', offer);
      element.removeEventListener('pointerdown', down);
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', up);
      window.removeEventListener('pointercancel', up);
      element.removeEventListener('wheel', wheel);
    };
  }, [stage, isAllowed, apply, readRoom, zoomTo]);

  return { isZoomed, zoomTo, zoom };
}
