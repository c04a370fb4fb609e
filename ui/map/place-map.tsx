import './place-map.css';
import { useRef } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { useLoad } from '../use-load.ts';
import { loadWorld } from './load-world.ts';
import { MapCanvas, useSize } from './map-canvas.tsx';
import { MapPin } from './map-pin.tsx';
import { fitView, xOf, yOf } from './mercator.ts';

export interface PlaceMapProps {
  latitude: number;
  longitude: number;
}

/** How wide the world is drawn around a place: about the country that it is in, so that everybody recognizes it. */
const WORLD_PX = 256 * 2 ** 5.6;

/** Where something is, to be looked at. It says nothing by itself: its words are around it. */
export function PlaceMap({ latitude, longitude }: PlaceMapProps) {
  const { api } = useApp();
  const place = useRef<HTMLSpanElement>(null);
  const size = useSize(place);
  const { state } = useLoad(() => loadWorld(api), [api]);
  const at = { x: xOf(longitude), y: yOf(latitude) };
  const view = fitView({ ...at, worldPx: WORLD_PX }, size);
  // Words are beside it; without its file the way to the large map remains.
  return (
    <span ref={place} class="place-map" aria-hidden="true">
      {state.kind === 'ready' ? <MapCanvas world={state.value} view={view} size={size} /> : null}
      {size.widthPx > 0 ? <MapPin at={at} view={view} size={size} /> : null}
    </span>
  );
}
