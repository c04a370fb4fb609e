import type { MapMarker } from '#contract/timeline';
import { type Extent, type MapSize, type MapView, xOf, yOf } from '../../map/mercator.ts';

/** Photos that are near each other on the screen. */
export interface Cluster {
  /** Names its cell of the world at this size, so that it is drawn again as the same. */
  key: string;
  count: number;
  /** From the middle of the map. */
  rightPx: number;
  downPx: number;
  /** One of them, whose picture stands for all. */
  assetId: string;
  /** Where the most of them are, as far as the first ones say; '' when that is unknown. */
  name: string;
}

/** A town with photos. */
export interface Town {
  name: string;
  country: string;
  count: number;
  x: number;
  y: number;
}

/** Side of the cells in which photos are gathered, in px: a picture and some room. */
const CELL_PX = 84;

/** Places for photos when the list begins, doubled whenever they are used up. */
const FIRST_PLACES = 4096;

export interface Markers {
  /** How many there are. */
  count: () => number;
  add: (markers: readonly MapMarker[]) => void;
  /** What is seen, the largest cluster first. */
  cluster: (view: MapView, size: MapSize) => Cluster[];
  /** The part of the world with all photos in it; undefined without any. */
  extent: () => Extent | undefined;
  /** Most photos first. */
  towns: () => Town[];
}

/** All photos with a place. Numbers in rows instead of objects, so that a million fit and are gone through at once. */
export function createMarkers(): Markers {
  let count = 0;
  let xs = new Float64Array(FIRST_PLACES);
  let ys = new Float64Array(FIRST_PLACES);
  let townOf = new Uint32Array(FIRST_PLACES);
  const extent: Extent = { west: 1, north: 1, east: 0, south: 0 };
  const ids: string[] = [];
  const towns: Town[] = [{ name: '', country: '', count: 0, x: 0, y: 0 }];
  const townIndex = new Map<string, number>();

  function grow(): void {
    const larger = <Row extends Float64Array | Uint32Array>(row: Row, next: Row): Row => {
      next.set(row);
      return next;
    };
    xs = larger(xs, new Float64Array(2 * xs.length));
    ys = larger(ys, new Float64Array(2 * ys.length));
    townOf = larger(townOf, new Uint32Array(2 * townOf.length));
  }

  function findTown({ city, country }: MapMarker): number {
    if (!city) return 0;
    const name = `${city}\n${country ?? ''}`;
    const known = townIndex.get(name);
    if (known !== undefined) return known;
    towns.push({ name: city, country: country ?? '', count: 0, x: 0, y: 0 });
    townIndex.set(name, towns.length - 1);
    return towns.length - 1;
  }

  return {
    count: () => count,
    add: (markers) => {
      for (const marker of markers) {
        if (count === xs.length) grow();
        const at = findTown(marker);
        const town = towns[at]!;
        const [x, y] = [xOf(marker.lon), yOf(marker.lat)];
        xs[count] = x;
        ys[count] = y;
        townOf[count] = at;
        ids.push(marker.id);
        extent.west = Math.min(extent.west, x);
        extent.east = Math.max(extent.east, x);
        extent.north = Math.min(extent.north, y);
        extent.south = Math.max(extent.south, y);
        // The middle of its photos, kept up as they come.
        town.count += 1;
        town.x += (x - town.x) / town.count;
        town.y += (y - town.y) / town.count;
        count += 1;
      }
    },
    cluster: (view, { widthPx, heightPx }) => {
      const { worldPx } = view;
      // Cells belong to the world, so that moving the map does not shuffle the photos; one more on each side.
      const steps = Math.max(1, Math.round(worldPx / CELL_PX));
      const left = view.x - widthPx / 2 / worldPx;
      const firstX = Math.floor(left * steps) - 1;
      const firstY = Math.floor((view.y - heightPx / 2 / worldPx) * steps) - 1;
      const across = Math.min(Math.ceil((widthPx / worldPx) * steps) + 3, steps);
      const down = Math.ceil((heightPx / worldPx) * steps) + 3;
      const counts = new Uint32Array(across * down);
      const sumX = new Float64Array(across * down);
      const sumY = new Float64Array(across * down);
      const first = new Uint32Array(across * down);
      for (let index = 0; index < count; index += 1) {
        const row = Math.floor(ys[index]! * steps) - firstY;
        if (row < 0 || row >= down) continue;
        // The world goes round: the cell east of the last one is the first one.
        const column = (((Math.floor(xs[index]! * steps) - firstX) % steps) + steps) % steps;
        if (column >= across) continue;
        const cell = row * across + column;
        if (counts[cell] === 0) first[cell] = index;
        counts[cell]! += 1;
        const apart = xs[index]! - view.x;
        sumX[cell]! += apart - Math.round(apart);
        sumY[cell]! += ys[index]! - view.y;
      }
      const clusters: Cluster[] = [];
      for (let cell = 0; cell < counts.length; cell += 1) {
        const size = counts[cell]!;
        if (size === 0) continue;
        const column = firstX + (cell % across);
        const row = firstY + Math.floor(cell / across);
        clusters.push({
          key: `${steps} ${((column % steps) + steps) % steps} ${row}`,
          count: size,
          rightPx: (sumX[cell]! / size) * worldPx,
          downPx: (sumY[cell]! / size) * worldPx,
          assetId: ids[first[cell]!]!,
          name: towns[townOf[first[cell]!]!]!.name,
        });
      }
      return clusters.sort((a, b) => b.count - a.count);
    },
    extent: () => (count > 0 ? { ...extent } : undefined),
    towns: () => towns.slice(1).sort((a, b) => b.count - a.count),
  };
}
