import type { SearchNames } from '../../calls/search.ts';
import { countrySpellings, countryWords } from '../../country-names.ts';
import { foldWord, readDatePhrase } from './date-phrases.ts';
import { joinWishes, NO_WISH, type SearchWish } from './search-wish.ts';

/** Something that can be looked for by its name. */
export interface NamedThing {
  kind: 'person' | 'place' | 'tag' | 'camera';
  name: string;
  /** What else people write when they mean it, such as a country's name in another language. */
  otherNames?: readonly string[];
  wish: SearchWish;
  /** The person whose picture stands beside it. */
  personId?: string;
}

/** All names that lead to something, people first. */
export function listThings(names: SearchNames): NamedThing[] {
  const place = (field: 'city' | 'state') => (name: string) =>
    ({ kind: 'place', name, wish: { ...NO_WISH, [field]: name } }) as const;
  const camera = (field: 'make' | 'model') => (name: string) =>
    ({ kind: 'camera', name, wish: { ...NO_WISH, [field]: name } }) as const;
  return [
    ...names.people
      .filter(({ name, isHidden }) => name !== '' && !isHidden)
      .map(
        ({ id, name }): NamedThing => ({
          kind: 'person',
          name,
          wish: { ...NO_WISH, personIds: [id] },
          personId: id,
        }),
      ),
    ...names.cities.map(place('city')),
    ...names.states.map(place('state')),
    ...names.countries.map(
      (country): NamedThing => ({
        kind: 'place',
        name: countryWords(country),
        otherNames: countrySpellings(country),
        wish: { ...NO_WISH, country },
      }),
    ),
    ...names.tags.map(
      ({ id, value }): NamedThing => ({ kind: 'tag', name: value, wish: { ...NO_WISH, tagIds: [id] } }),
    ),
    ...names.models.map(camera('model')),
    ...names.makes.map(camera('make')),
  ];
}

const wordSet = (list: string) => new Set(list.split(' '));
const VIDEOS = wordSet('video videos film filme clip clips');
const FAVOURITES = wordSet(
  'favourite favourites favorite favorites favorit favoriten lieblingsfotos lieblingsbilder',
);
const PHOTOS = wordSet('photo photos picture pictures foto fotos bild bilder');
/** Words that lead to a name and mean nothing without it. */
const LINKS = wordSet('in im on at am from of von vom aus bei with mit and und by');

/**
 * What somebody means by what they wrote: dates, names of people, places, tags and cameras, kinds of files. What is
 * left is looked for as text.
 */
export function understand(written: string, things: readonly NamedThing[], today: string): SearchWish {
  let wish = NO_WISH;
  let words = written.trim();
  const date = readDatePhrase(words, today);
  if (date) {
    wish = joinWishes(wish, { ...NO_WISH, ...date.range });
    words = date.rest;
  }
  const byName = new Map<string, NamedThing>();
  for (const thing of things)
    for (const name of foldedNames(thing)) if (!byName.has(name)) byName.set(name, thing);
  const tokens = words.split(/\s+/).filter(Boolean);
  const rest: string[] = [];
  const isLast = () => rest.length > 0 && LINKS.has(foldWord(rest.at(-1)!));
  for (let at = 0; at < tokens.length; ) {
    const found = findName(tokens.slice(at), byName);
    const word = foldWord(tokens[at]!);
    if (found) {
      wish = joinWishes(wish, found.thing.wish);
      at += found.count;
      if (isLast()) rest.pop();
      continue;
    }
    if (VIDEOS.has(word)) wish = joinWishes(wish, { ...NO_WISH, type: 'VIDEO' });
    else if (FAVOURITES.has(word)) wish = joinWishes(wish, { ...NO_WISH, isFavorite: true });
    else if (PHOTOS.has(word) && tokens.length > 1) wish = joinWishes(wish, { ...NO_WISH, type: 'IMAGE' });
    else rest.push(tokens[at]!);
    at += 1;
  }
  // What led to a name or to a date is left over at the ends.
  while (rest.length > 0 && rest.length < tokens.length && isLast()) rest.pop();
  while (rest.length > 0 && rest.length < tokens.length && LINKS.has(foldWord(rest[0]!))) rest.shift();
  return rest.length > 0 ? joinWishes(wish, { ...NO_WISH, texts: [rest.join(' ')] }) : wish;
}

/** The longest name at the beginning of these words. */
function findName(
  tokens: readonly string[],
  byName: ReadonlyMap<string, NamedThing>,
): { thing: NamedThing; count: number } | undefined {
  for (let count = Math.min(5, tokens.length); count > 0; count -= 1) {
    const thing = byName.get(foldPhrase(tokens.slice(0, count).join(' ')));
    if (thing) return { thing, count };
  }
  return undefined;
}

/** Names that begin as the end of what is written: the words before them stay. */
export interface Suggestion {
  thing: NamedThing;
  /** The words before what it stands for. */
  rest: string;
}

/** Names for the last words that are being written, the best first. */
export function suggest(written: string, things: readonly NamedThing[], most: number): Suggestion[] {
  const tokens = written.split(/\s+/).filter(Boolean);
  const found = new Map<NamedThing, { rank: number; rest: string }>();
  for (let count = Math.min(4, tokens.length); count > 0; count -= 1) {
    const tail = foldPhrase(tokens.slice(-count).join(' '));
    if (tail === '') continue;
    const rest = tokens.slice(0, -count).join(' ');
    for (const thing of things) {
      if (found.has(thing)) continue;
      const all = foldedNames(thing);
      // Longer tails first, then names that begin so, then names with a word that does.
      if (all.some((name) => name.startsWith(tail))) found.set(thing, { rank: -2 * count, rest });
      else if (all.some((name) => name.split(/[ /-]/).some((word) => word.startsWith(tail))))
        found.set(thing, { rank: 1 - 2 * count, rest });
    }
  }
  return [...found]
    .sort(([, a], [, b]) => a.rank - b.rank)
    .slice(0, most)
    .map(([thing, { rest }]) => ({ thing, rest: withoutLink(rest) }));
}

function withoutLink(words: string): string {
  const tokens = words.split(' ');
  return LINKS.has(foldWord(tokens.at(-1)!)) ? tokens.slice(0, -1).join(' ') : words;
}

function foldedNames({ name, otherNames = [] }: NamedThing): string[] {
  return [name, ...otherNames].map(foldPhrase);
}

function foldPhrase(text: string): string {
  return text.split(/\s+/).map(foldWord).filter(Boolean).join(' ');
}
