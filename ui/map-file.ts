import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

type Arcs = readonly number[];
type Geometry =
  | { type: 'Polygon'; arcs: readonly Arcs[] }
  | { type: 'MultiPolygon'; arcs: readonly (readonly Arcs[])[] }
  | { type: 'GeometryCollection'; geometries: readonly Geometry[] };

/** The parts of TopoJSON that are used here. */
interface Topology {
  transform: { scale: [number, number]; translate: [number, number] };
  /** Lines of points, each as its distance from the one before; the first from 0. */
  arcs: readonly (readonly [number, number][])[];
  objects: { countries: Geometry; land: Geometry };
}

/**
 * The map as the page reads it (map/world.ts): coasts and borders of Natural Earth, 1:50 million, which is
 * in the public domain. A third of the size of its TopoJSON, because a browser gets it as it is. Whole numbers of
 * varying length, small ones first in a byte: how many lines, and for each its points; how many rings of land, and for
 * each its lines; the lines between two countries. Points are in 100,000ths of the world's width and half of that.
 */
export function packWorldMap(): Uint8Array {
  const require = createRequire(import.meta.url);
  const file = require.resolve('world-atlas/countries-50m.json');
  const { arcs, objects, transform } = JSON.parse(readFileSync(file, 'utf8')) as Topology;
  const bytes: number[] = [];
  const put = (value: number) => {
    let left = value;
    for (; left > 127; left = Math.floor(left / 128)) bytes.push((left % 128) + 128);
    bytes.push(left);
  };
  const putSigned = (value: number) => put(value < 0 ? -2 * value - 1 : 2 * value);

  const { scale, translate } = transform;
  const across = (value: number) => Math.round(((value * scale[0] + translate[0] + 180) / 360) * 100_000);
  const down = (value: number) => Math.round(((90 - (value * scale[1] + translate[1])) / 180) * 100_000);
  put(arcs.length);
  for (const arc of arcs) {
    put(arc.length);
    let [x, y, beforeX, beforeY] = [0, 0, 0, 0];
    for (const [dx, dy] of arc) {
      x += dx;
      y += dy;
      putSigned(across(x) - beforeX);
      putSigned(down(y) - beforeY);
      beforeX = across(x);
      beforeY = down(y);
    }
  }
  const rings = ringsOf(objects.land);
  put(rings.length);
  for (const ring of rings) {
    put(ring.length);
    for (const arc of ring) putSigned(arc);
  }
  const borders = bordersOf(objects.countries);
  put(borders.length);
  for (const arc of borders) put(arc);
  return Uint8Array.from(bytes);
}

function ringsOf(geometry: Geometry): Arcs[] {
  if (geometry.type === 'GeometryCollection') return geometry.geometries.flatMap(ringsOf);
  return geometry.type === 'Polygon' ? [...geometry.arcs] : geometry.arcs.flat();
}

/** Lines that two countries have in common. */
function bordersOf(countries: Geometry): number[] {
  const users = new Map<number, number>();
  for (const arc of ringsOf(countries).flat()) {
    const line = arc < 0 ? ~arc : arc;
    users.set(line, (users.get(line) ?? 0) + 1);
  }
  return [...users].filter(([, count]) => count > 1).map(([line]) => line);
}
