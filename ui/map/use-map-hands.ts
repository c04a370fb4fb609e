import { useEffect, useRef } from 'preact/hooks';
import { type MapSize, type MapView, moveBy, zoomAt } from './mercator.ts';

/** How far an arrow key moves, in px. */
const KEY_PX = 80;

/** How much a click on a button, a key or a double click changes the size. */
export const STEP = 1.7;

/**
 * Moves a map by mouse, fingers, wheel and keys. `change` gets what makes a new view of the one that is shown.
 */
export function useMapHands(
  place: { current: HTMLElement | null },
  change: (next: (view: MapView, size: MapSize) => MapView) => void,
): { onKeyDown: (event: KeyboardEvent) => void } {
  const changing = useRef(change);
  changing.current = change;

  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const fingers = new Map<number, { x: number; y: number }>();
    const middle = () => {
      const all = [...fingers.values()];
      const x = all.reduce((sum, finger) => sum + finger.x, 0) / all.length;
      const y = all.reduce((sum, finger) => sum + finger.y, 0) / all.length;
      const [a, b] = all;
      return { x, y, apart: a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0 };
    };
    const inPlace = (event: { clientX: number; clientY: number }) => {
      const box = element.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };
    const onDown = (event: PointerEvent) => {
      if (event.button !== 0) return;
      fingers.set(event.pointerId, inPlace(event));
    };
    const onMove = (event: PointerEvent) => {
      const before = fingers.get(event.pointerId);
      if (!before) return;
      const at = inPlace(event);
      // A finger that trembles on a button still presses it.
      if (fingers.size === 1 && !element.hasPointerCapture(event.pointerId)) {
        if (Math.hypot(at.x - before.x, at.y - before.y) < 5) return;
        element.setPointerCapture(event.pointerId);
      }
      const was = middle();
      fingers.set(event.pointerId, at);
      const is = middle();
      changing.current((view, size) => {
        const moved = moveBy(view, size, was.x - is.x, was.y - is.y);
        return was.apart > 0 && is.apart > 0 ? zoomAt(moved, size, is.apart / was.apart, is.x, is.y) : moved;
      });
    };
    const onUp = (event: PointerEvent) => fingers.delete(event.pointerId);
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const { x, y } = inPlace(event);
      // Lines of a wheel, pixels of a touchpad.
      const turned = event.deltaMode === 1 ? event.deltaY * 33 : event.deltaY;
      const factor = 2 ** Math.max(-1, Math.min(1, -turned / 240));
      changing.current((view, size) => zoomAt(view, size, factor, x, y));
    };
    const onDouble = (event: MouseEvent) => {
      if (event.target instanceof Element && event.target.closest('button')) return;
      const { x, y } = inPlace(event);
      changing.current((view, size) => zoomAt(view, size, STEP, x, y));
    };
    element.addEventListener('pointerdown', onDown);
    element.addEventListener('pointermove', onMove);
    element.addEventListener('pointerup', onUp);
    element.addEventListener('pointercancel', onUp);
    element.addEventListener('wheel', onWheel, { passive: false });
    element.addEventListener('dblclick', onDouble);
    return () => {
      element.removeEventListener('pointerdown', onDown);
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('pointerup', onUp);
      element.removeEventListener('pointercancel', onUp);
      element.removeEventListener('wheel', onWheel);
      element.removeEventListener('dblclick', onDouble);
    };
  }, [place]);

  return {
    onKeyDown: (event) => {
      const [right, down] = {
        ArrowLeft: [-KEY_PX, 0],
        ArrowRight: [KEY_PX, 0],
        ArrowUp: [0, -KEY_PX],
        ArrowDown: [0, KEY_PX],
      }[event.key] ?? [0, 0];
      const factor = { '+': STEP, '=': STEP, '-': 1 / STEP }[event.key];
      if ((right === 0 && down === 0 && !factor) || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      changing.current((view, size) =>
        factor ? zoomAt(view, size, factor) : moveBy(view, size, right!, down!),
      );
    },
  };
}
