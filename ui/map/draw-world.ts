import type { MapSize, MapView } from './mercator.ts';
import { type Line, thin, type World } from './world.ts';

/** Coarser lines for smaller worlds: up to this width in px, and the points they keep. */
const LEVELS = [{ upToPx: 2000 }, { upToPx: 8000 }] as const;

interface Shape {
  line: Line;
  west: number;
  east: number;
  north: number;
  south: number;
}

export interface MapColours {
  sea: string;
  land: string;
  coast: string;
  border: string;
}

/** Draws the world onto a canvas; what is far away is drawn with fewer points. */
export function createWorldPainter(world: World) {
  const made = new Map<number, { lands: Shape[]; borders: Shape[] }>();

  function shapesFor(worldPx: number) {
    const level = LEVELS.find(({ upToPx }) => worldPx <= upToPx)?.upToPx ?? 0;
    const known = made.get(level);
    if (known) return known;
    const prepare = (lines: readonly Line[]) =>
      lines
        .map((line) => shapeOf(goRound(level === 0 ? line : thin(line, 0.7 / level), lines === world.lands)))
        .filter(({ line }) => line.length > 4);
    const shapes = { lands: prepare(world.lands), borders: prepare(world.borders) };
    made.set(level, shapes);
    return shapes;
  }

  return (
    canvas: HTMLCanvasElement,
    { x, y, worldPx }: MapView,
    { widthPx, heightPx }: MapSize,
    colours: MapColours,
  ): void => {
    const context = canvas.getContext('2d');
    if (!context) return;
    const density = Math.min(2, window.devicePixelRatio || 1);
    canvas.width = Math.round(widthPx * density);
    canvas.height = Math.round(heightPx * density);
    context.scale(density, density);
    context.fillStyle = colours.sea;
    context.fillRect(0, 0, widthPx, heightPx);
    const west = x - widthPx / 2 / worldPx;
    const north = y - heightPx / 2 / worldPx;
    const [east, south] = [west + widthPx / worldPx, north + heightPx / worldPx];
    const { lands, borders } = shapesFor(worldPx);
    const trace = (shapes: readonly Shape[], isClosed: boolean) => {
      context.beginPath();
      // The world goes round: it is drawn again beside itself where that is seen.
      for (let turn = Math.floor(west) - 1; turn <= Math.floor(east) + 1; turn += 1)
        for (const shape of shapes) {
          if (shape.east + turn < west || shape.west + turn > east) continue;
          if (shape.south < north || shape.north > south) continue;
          const { line } = shape;
          context.moveTo((line[0]! + turn - west) * worldPx, (line[1]! - north) * worldPx);
          for (let at = 2; at < line.length; at += 2)
            context.lineTo((line[at]! + turn - west) * worldPx, (line[at + 1]! - north) * worldPx);
          if (isClosed) context.closePath();
        }
    };
    context.lineJoin = 'round';
    trace(lands, true);
    context.fillStyle = colours.land;
    context.fill('evenodd');
    context.lineWidth = 1;
    context.strokeStyle = colours.coast;
    context.stroke();
    trace(borders, false);
    context.strokeStyle = colours.border;
    context.stroke();
  };
}

/**
 * A line that goes on beyond the world's edge where it crosses it, instead of all the way back: Siberia is one piece.
 * A coast that goes round the world, as Antarctica's does, is closed below, at the pole.
 */
export function goRound(line: Line, isClosed: boolean): Line {
  const points: number[] = [];
  let turns = 0;
  for (let at = 0; at < line.length; at += 2) {
    const step = at === 0 ? 0 : line[at]! - line[at - 2]!;
    if (Math.abs(step) > 0.5) turns -= Math.sign(step);
    points.push(line[at]! + turns, line[at + 1]!);
  }
  const [first, last] = [points[0]!, points.at(-2)!];
  if (isClosed && Math.abs(last - first) > 0.5) points.push(last, 1, first, 1);
  return Float64Array.from(points);
}

function shapeOf(line: Line): Shape {
  const shape = { line, west: 2, east: -1, north: 2, south: -1 };
  for (let at = 0; at < line.length; at += 2) {
    shape.west = Math.min(shape.west, line[at]!);
    shape.east = Math.max(shape.east, line[at]!);
    shape.north = Math.min(shape.north, line[at + 1]!);
    shape.south = Math.max(shape.south, line[at + 1]!);
  }
  return shape;
}
