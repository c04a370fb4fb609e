import './map-canvas.css';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { createWorldPainter } from './draw-world.ts';
import { fitView, type MapSize, type MapView } from './mercator.ts';
import type { World } from './world.ts';

export interface MapCanvasProps {
  world: World;
  view: MapView;
  /** Of the element around it. */
  size: MapSize;
}

/** The coasts and borders of what is seen of the world, in the colours of the page. */
export function MapCanvas({ world, view, size }: MapCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const paint = useMemo(() => createWorldPainter(world), [world]);
  const theme = useTheme();
  useEffect(() => {
    const element = canvas.current;
    if (!element || size.widthPx === 0) return undefined;
    const frame = requestAnimationFrame(() => {
      const style = getComputedStyle(element);
      const colour = (name: string) => style.getPropertyValue(`--map-${name}`);
      // A view from before the size was known would show the world a thousand times.
      paint(element, fitView(view, size), size, {
        sea: colour('sea'),
        land: colour('land'),
        coast: colour('coast'),
        border: colour('border'),
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [paint, view, size, theme]);
  return <canvas ref={canvas} class="map-canvas" />;
}

/** The size of an element, from when it is on the page; zero until then. */
export function useSize(element: { current: HTMLElement | null }): MapSize {
  const [size, setSize] = useState<MapSize>({ widthPx: 0, heightPx: 0 });
  useEffect(() => {
    const { current } = element;
    if (!current) return undefined;
    const observer = new ResizeObserver(() =>
      setSize({ widthPx: current.clientWidth, heightPx: current.clientHeight }),
    );
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}

/** Changes when the page turns light or dark, so that what is painted follows. */
function useTheme(): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const note = () => setTurn((before) => before + 1);
    const query = matchMedia('(prefers-color-scheme: dark)');
    query.addEventListener('change', note);
    const observer = new MutationObserver(note);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      query.removeEventListener('change', note);
      observer.disconnect();
    };
  }, []);
  return turn;
}
