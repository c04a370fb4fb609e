import Database from 'better-sqlite3';

/** A place that bears a name somebody typed. */
export interface FoundPlace {
  name: string;
  latitude: number;
  longitude: number;
  /** First-level division; null where GeoNames has none. */
  state: string | null;
  /** In English. */
  country: string;
}

export interface PlaceNames {
  /**
   * Up to `most` places whose name, or a word in it, begins with what was typed; accents and capitals make no
   * difference. What follows a comma must begin the name of the state or of the country: `Paris, Tex`. Exact names
   * come first, then what most people mean. Goes through all names: 35 ms on a desk, some 200 ms on a small board.
   */
  search(typed: string, most: number): FoundPlace[];
  close(): void;
}

/** Names that fit before state and country are looked at: more than bear any one name. */
const MOST_NAMESAKES = 1000;

/** Longer is no name: the longest of GeoNames has 100 letters or so. */
const MOST_LETTERS = 200;

/** A name without accents, capitals and marks: as it is kept, and as it is looked for. */
export function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim();
}

/** Opens a gazetteer that buildGazetteer (places.ts) wrote, to look for names in it. */
export function openPlaceNames(file: string): PlaceNames {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  const named = db.prepare<
    { name: string; begins: string; inside: string; most: number },
    FoundPlace & { code: string }
  >(
    `SELECT place.name, place.latitude / 1e5 AS latitude, place.longitude / 1e5 AS longitude,
       state.name AS state, place.country AS code
     FROM place LEFT JOIN state ON state.code = place.country || '.' || place.state
     WHERE folded GLOB @begins OR folded GLOB @inside
     ORDER BY folded = @name DESC, folded GLOB @begins DESC, weight DESC, length(folded), number LIMIT @most`,
  );
  const countryNames = new Intl.DisplayNames('en', { type: 'region' });
  return {
    search(typed, most) {
      const [name = '', ...within] = typed.slice(0, MOST_LETTERS).split(',').map(foldName);
      if (name === '') return [];
      // Folded names have neither stars nor brackets, which GLOB would read as something else.
      const rows = named.all({ name, begins: `${name}*`, inside: `* ${name}*`, most: MOST_NAMESAKES });
      const found: FoundPlace[] = [];
      for (const { code, ...row } of rows) {
        const place = { ...row, country: countryNames.of(code) ?? code };
        const around = [place.state ?? '', place.country].map(foldName);
        if (!within.every((word) => around.some((one) => one.startsWith(word)))) continue;
        found.push(place);
        if (found.length === most) break;
      }
      return found;
    },
    close: () => db.close(),
  };
}
