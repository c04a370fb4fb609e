/** Mercator's world is a square: x from 0 in the west to 1 in the east, y from 0 in the north to 1 in the south. */
export const xOf = (longitude: number): number => (longitude + 180) / 360;

export function yOf(latitude: number): number {
  const sine = Math.sin((latitude * Math.PI) / 180);
  return clamp(0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI), 0, 1);
}

export const longitudeOf = (x: number): number => x * 360 - 180;

export const latitudeOf = (y: number): number =>
  (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;

/** What of the world is seen: its middle, and how wide the whole world would be in px. */
export interface MapView {
  x: number;
  y: number;
  worldPx: number;
}

export interface MapSize {
  widthPx: number;
  heightPx: number;
}

/** Nearer than this the coasts say nothing any more: about 15 m in a px. */
const MOST_WORLD_PX = 256 * 2 ** 13;

/** The same view inside the world: never smaller than its place, its middle not beyond the poles. */
export function fitView({ x, y, worldPx }: MapView, { widthPx, heightPx }: MapSize): MapView {
  const fitting = clamp(worldPx, Math.max(widthPx, heightPx, 1), MOST_WORLD_PX);
  const halfHeight = heightPx / 2 / fitting;
  return { x: x - Math.floor(x), y: clamp(y, halfHeight, 1 - halfHeight), worldPx: fitting };
}

/** Nearer by `factor`, with what is at this point of the place staying there. */
export function zoomAt(
  view: MapView,
  size: MapSize,
  factor: number,
  leftPx = size.widthPx / 2,
  topPx = size.heightPx / 2,
): MapView {
  const { worldPx } = fitView({ ...view, worldPx: view.worldPx * factor }, size);
  const [right, down] = [leftPx - size.widthPx / 2, topPx - size.heightPx / 2];
  return fitView(
    {
      x: view.x + right / view.worldPx - right / worldPx,
      y: view.y + down / view.worldPx - down / worldPx,
      worldPx,
    },
    size,
  );
}

export function moveBy(view: MapView, size: MapSize, rightPx: number, downPx: number): MapView {
  return fitView({ ...view, x: view.x + rightPx / view.worldPx, y: view.y + downPx / view.worldPx }, size);
}

/** Stretch of the world. */
export interface Extent {
  west: number;
  north: number;
  east: number;
  south: number;
}

/** The view that shows all of this with room around it. */
export function viewOf({ west, north, east, south }: Extent, size: MapSize): MapView {
  const worldPx = Math.min(
    (size.widthPx * 0.7) / Math.max(east - west, 1e-9),
    (size.heightPx * 0.6) / Math.max(south - north, 1e-9),
    256 * 2 ** 11,
  );
  return fitView({ x: (west + east) / 2, y: (north + south) / 2, worldPx }, size);
}

/** `west,south,east,north` in degrees, as the server is asked. */
export function boxText(view: MapView, { widthPx, heightPx }: MapSize): string {
  const [halfWidth, halfHeight] = [widthPx / 2 / view.worldPx, heightPx / 2 / view.worldPx];
  const degrees = (value: number) => value.toFixed(5);
  if (halfWidth >= 0.5)
    return [
      '-180',
      degrees(latitudeOf(Math.min(1, view.y + halfHeight))),
      '180',
      degrees(latitudeOf(Math.max(0, view.y - halfHeight))),
    ].join(',');
  const around = (x: number) => x - Math.floor(x);
  return [
    longitudeOf(around(view.x - halfWidth)),
    latitudeOf(Math.min(1, view.y + halfHeight)),
    longitudeOf(around(view.x + halfWidth)),
    latitudeOf(Math.max(0, view.y - halfHeight)),
  ]
    .map(degrees)
    .join(',');
}

function clamp(value: number, least: number, most: number): number {
  return least > most ? 0.5 : Math.min(most, Math.max(least, value));
}
