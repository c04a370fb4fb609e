import { foldWords } from './fold-words.ts';
import { locale } from './locale.ts';

/** Every language in which somebody may write the name of a country, whatever the page speaks. */
const WRITTEN_IN = ['en', 'de'];

/** Names that browsers and other programs spell otherwise than the box; as `keyOf` makes them. */
const OTHER_SPELLINGS: Readonly<Record<string, string>> = {
  bosniaandherzegovina: 'BA',
  burma: 'MM',
  caboverde: 'CV',
  china: 'CN',
  czechrepublic: 'CZ',
  hongkong: 'HK',
  hongkongsarchina: 'HK',
  ivorycoast: 'CI',
  macao: 'MO',
  macaosarchina: 'MO',
  macedonia: 'MK',
  myanmar: 'MM',
  myanmarburma: 'MM',
  palestine: 'PS',
  russianfederation: 'RU',
  swaziland: 'SZ',
  turkey: 'TR',
  turkiye: 'TR',
  uk: 'GB',
  unitedstatesofamerica: 'US',
  us: 'US',
  usa: 'US',
};

/** What families say, in both languages, where it is not the name. */
const EVERYDAY: Readonly<Record<string, readonly string[]>> = {
  GB: ['Großbritannien', 'Grossbritannien', 'Great Britain'],
  NL: ['Holland'],
  US: ['Amerika', 'America'],
};

const FIRST_LETTER = 65;
const LETTERS = 26;

type Style = 'long' | 'short';

const speakers = new Map<string, Intl.DisplayNames>();

/** The browser's name of a code; undefined when it is no region's. */
function nameOf(language: string, style: Style, code: string): string | undefined {
  const key = `${language} ${style}`;
  const speaker =
    speakers.get(key) ?? new Intl.DisplayNames(language, { type: 'region', style, fallback: 'none' });
  speakers.set(key, speaker);
  return speaker.of(code);
}

let codes: ReadonlyMap<string, string> | undefined;

/** ISO 3166-1 codes by the English names, made when the first one is looked for. */
function readCodes(): ReadonlyMap<string, string> {
  if (codes) return codes;
  const found = new Map<string, string>();
  for (let pair = 0; pair < LETTERS ** 2; pair += 1) {
    const letters = [Math.floor(pair / LETTERS), pair % LETTERS];
    const code = String.fromCharCode(...letters.map((letter) => FIRST_LETTER + letter));
    // A code that is no longer in use, such as UK, stands for the one that took its place.
    if (Intl.getCanonicalLocales(`und-${code}`)[0] !== `und-${code}`) continue;
    const name = nameOf('en', 'long', code);
    if (name !== undefined) found.set(keyOf(name), code);
  }
  codes = found;
  return found;
}

function codeOf(english: string): string | undefined {
  const key = keyOf(english);
  return OTHER_SPELLINGS[key] ?? readCodes().get(key);
}

const keyOf = (name: string) => foldWords(name).replace(/[^\p{L}]/gu, '');

const isAbbreviation = (name: string) => name.length <= 3 && name === name.toUpperCase();

/** Some have a long name that only administrations use, some a short one that is a few capitals. */
function nameIn(language: string, code: string): string | undefined {
  const short = nameOf(language, 'short', code);
  return short === undefined || isAbbreviation(short) ? nameOf(language, 'long', code) : short;
}

const written = new Map<string, string>();

/**
 * A country in the page's language, by its English name, which is what the box knows and is asked for. A name that is
 * no country's stays as it is; so do all in English.
 */
export function countryWords(english: string, inLanguage: string = locale): string {
  if (/^en\b/.test(inLanguage)) return english;
  const key = `${inLanguage} ${english}`;
  let name = written.get(key);
  if (name === undefined) {
    const code = codeOf(english);
    name = (code !== undefined && nameIn(inLanguage, code)) || english;
    written.set(key, name);
  }
  return name;
}

/** All that people write when they mean the country with this English name, itself included. */
export function countrySpellings(english: string): string[] {
  const code = codeOf(english);
  if (code === undefined) return [english];
  const names = WRITTEN_IN.flatMap((language) => [
    nameOf(language, 'long', code),
    nameOf(language, 'short', code),
  ]);
  const all = [english, ...names, ...(EVERYDAY[code] ?? [])];
  // `US` is what the short English name is, and a word in "a photo of us".
  return [...new Set(all.flatMap((name) => (name === undefined || name === 'US' ? [] : name)))];
}

/** Shorter beginnings fit provinces as well, which have one name in all languages. */
const FEWEST_LETTERS = 5;

/**
 * `Paris, Frankreich` as the box understands it, `Paris, France`; a beginning is enough once it fits one country
 * alone. Everything else stays as it is written.
 */
export function placeInEnglish(place: string, inLanguage: string = locale): string {
  const comma = place.lastIndexOf(',');
  const key = keyOf(place.slice(comma + 1));
  if (comma < 0 || key.length < FEWEST_LETTERS || /^en\b/.test(inLanguage)) return place;
  const inEnglish = (code: string) => `${place.slice(0, comma)}, ${nameOf('en', 'long', code)}`;
  const fitting: string[] = [];
  for (const code of readCodes().values()) {
    const name = keyOf(nameIn(inLanguage, code) ?? '');
    if (name === key) return inEnglish(code);
    if (name.startsWith(key)) fitting.push(code);
  }
  return fitting.length === 1 ? inEnglish(fitting[0]!) : place;
}
