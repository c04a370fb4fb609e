import './map-pin.css';
import { Icon } from '../components/icon.tsx';
import type { MapSize, MapView } from './mercator.ts';

export interface MapPinProps {
  /** In the world's square. */
  at: { x: number; y: number };
  view: MapView;
  size: MapSize;
}

/** A pin whose point is on a place. */
export function MapPin({ at, view, size }: MapPinProps) {
  const apart = at.x - view.x;
  const left = size.widthPx / 2 + (apart - Math.round(apart)) * view.worldPx;
  const top = size.heightPx / 2 + (at.y - view.y) * view.worldPx;
  return (
    <span class="map-pin" style={{ left: `${left}px`, top: `${top}px` }}>
      <Icon name="places" size={34} />
    </span>
  );
}
