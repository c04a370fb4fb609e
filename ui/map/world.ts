import { xOf, yOf } from './mercator.ts';

/** Points in the world's square, one after the other: x, y, x, y. */
export type Line = Float64Array;

/** The map: coasts as closed lines to be filled, and borders. */
export interface World {
  lands: readonly Line[];
  borders: readonly Line[];
}

/** Steps of the file along and down the world. */
const STEPS = 100_000;

/** Reads the file that map-file.ts describes. */
export function readWorld(file: ArrayBuffer): World {
  const bytes = new Uint8Array(file);
  let at = 0;
  const take = () => {
    let value = 0;
    for (let weight = 1; ; weight *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error('the map ends too early');
      value += (byte & 127) * weight;
      if (byte < 128) return value;
    }
  };
  const takeSigned = () => {
    const value = take();
    return value % 2 ? -(value + 1) / 2 : value / 2;
  };
  const takeMany = <T>(read: () => T): T[] => Array.from({ length: take() }, read);

  const arcs = takeMany(() => {
    let [x, y] = [0, 0];
    return takeMany(() => {
      x += takeSigned();
      y += takeSigned();
      return [xOf((x / STEPS) * 360 - 180), yOf(90 - (y / STEPS) * 180)] as const;
    });
  });
  const lands = takeMany(() =>
    Float64Array.from(
      takeMany(takeSigned).flatMap((arc) => (arc < 0 ? arcs[~arc]!.toReversed() : arcs[arc]!).flat()),
    ),
  );
  return { lands, borders: takeMany(take).map((arc) => Float64Array.from(arcs[arc]!.flat())) };
}

/** A line without the points that are nearer to their neighbour than `least`, in parts of the world's width. */
export function thin(line: Line, least: number): Line {
  const kept: number[] = [];
  let [x, y] = [Number.NaN, Number.NaN];
  for (let at = 0; at < line.length; at += 2) {
    const isLast = at === line.length - 2;
    if (!isLast && Math.abs(line[at]! - x) < least && Math.abs(line[at + 1]! - y) < least) continue;
    x = line[at]!;
    y = line[at + 1]!;
    kept.push(x, y);
  }
  return Float64Array.from(kept);
}
