import './pin-map.css';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { IconButton } from '../components/icon-button.tsx';
import { text } from '../text.ts';
import { useLoad } from '../use-load.ts';
import { loadWorld } from './load-world.ts';
import { MapCanvas, useSize } from './map-canvas.tsx';
import { MapPin } from './map-pin.tsx';
import {
  fitView,
  latitudeOf,
  longitudeOf,
  type MapSize,
  type MapView,
  xOf,
  yOf,
  zoomAt,
} from './mercator.ts';
import { STEP, useMapHands } from './use-map-hands.ts';

export interface Coordinates {
  latitude: number;
  longitude: number;
}

export interface PinMapProps {
  /** Where the pin is; absent for none yet. */
  at?: Coordinates | undefined;
  onPick: (at: Coordinates) => void;
}

/** A place is looked at this near when it comes from elsewhere than the map. */
const NEAR_PX = 256 * 2 ** 7;

/** A pointer that went further has moved the map. */
const CLICK_PX = 5;

/** A map on which a click, a tap or Enter puts a pin. */
export function PinMap({ at, onPick }: PinMapProps) {
  const { api } = useApp();
  const place = useRef<HTMLDivElement>(null);
  const size = useSize(place);
  const now = useRef<MapSize>(size);
  now.current = size;
  const { state } = useLoad(() => loadWorld(api), [api]);
  const [view, setView] = useState<MapView>({ x: 0.5, y: 0.4, worldPx: 1 });
  const down = useRef({ x: 0, y: 0 });
  /** What was picked here: the map stays as it is. */
  const picked = useRef<Coordinates | undefined>(undefined);
  const words = text.places.pick;

  const change = useCallback(
    (next: (view: MapView, size: MapSize) => MapView) => setView((before) => next(before, now.current)),
    [],
  );
  const { onKeyDown } = useMapHands(place, change);
  const pin = at && { x: xOf(at.longitude), y: yOf(at.latitude) };
  useEffect(() => {
    if (size.widthPx === 0) return;
    const isOwn = at && picked.current?.latitude === at.latitude && picked.current.longitude === at.longitude;
    if (at && pin && !isOwn) setView(fitView({ ...pin, worldPx: NEAR_PX }, size));
    else setView((before) => fitView(before, size));
  }, [at?.latitude, at?.longitude, size]);

  const pick = (rightPx: number, downPx: number) => {
    const x = view.x + rightPx / view.worldPx;
    const y = Math.min(1, Math.max(0, view.y + downPx / view.worldPx));
    // As fine as the numbers of a map are written, about a metre.
    const round = (degrees: number) => Math.round(degrees * 1e5) / 1e5;
    picked.current = { latitude: round(latitudeOf(y)), longitude: round(longitudeOf(x - Math.floor(x))) };
    onPick(picked.current);
  };
  return (
    <div class="pin-map">
      {/* biome-ignore lint/a11y/useSemanticElements: a map is no form field and no section of a text. */}
      <div
        ref={place}
        class="pin-map-place"
        role="group"
        aria-label={words.map}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the map that has the focus.
        tabIndex={0}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            pick(0, 0);
          } else onKeyDown(event);
        }}
        onPointerDown={({ clientX, clientY }) => {
          down.current = { x: clientX, y: clientY };
        }}
        onClick={({ clientX, clientY }) => {
          const box = place.current?.getBoundingClientRect();
          if (!box || Math.hypot(clientX - down.current.x, clientY - down.current.y) > CLICK_PX) return;
          pick(clientX - box.left - size.widthPx / 2, clientY - box.top - size.heightPx / 2);
        }}
      >
        {state.kind === 'ready' ? <MapCanvas world={state.value} view={view} size={size} /> : null}
        {pin && size.widthPx > 0 ? <MapPin at={pin} view={view} size={size} /> : null}
        <span class="pin-map-middle" aria-hidden="true" />
      </div>
      {state.kind === 'problem' ? <p class="pin-map-words">{state.problem.message}</p> : null}
      <div class="pin-map-tools">
        <IconButton
          icon="plus"
          label={text.places.zoomIn}
          onClick={() => change((view, size) => zoomAt(view, size, STEP))}
        />
        <IconButton
          icon="minus"
          label={text.places.zoomOut}
          onClick={() => change((view, size) => zoomAt(view, size, 1 / STEP))}
        />
      </div>
    </div>
  );
}
