import type { SearchNames } from '../../calls/search.ts';
import type { IconName } from '../../components/icon.tsx';
import { countryWords } from '../../country-names.ts';
import { dateWords } from '../../dates.ts';
import { text } from '../../text.ts';
import type { DayRange } from './date-phrases.ts';
import type { SearchWish } from './search-wish.ts';

/** One thing that is looked for, and the wish without it. */
export interface Chip {
  key: string;
  icon: IconName;
  personId?: string;
  words: string;
  without: SearchWish;
}

/** `2024`, `May 2024`, `4 May 2024`, `1 June – 31 August 2023`: as short as it can be said. */
export function rangeWords({ from, to }: DayRange): string {
  const day = (date: string) => dateWords().day(new Date(`${date}T00:00:00Z`));
  if (from !== undefined && to !== undefined) {
    if (from === to) return day(from);
    if (from.endsWith('-01-01') && to === `${from.slice(0, 4)}-12-31`) return from.slice(0, 4);
    const monthEnd = new Date(Date.UTC(Number(from.slice(0, 4)), Number(from.slice(5, 7)), 0));
    if (from.endsWith('-01') && to === monthEnd.toISOString().slice(0, 10)) return dateWords().month(from);
    return text.search.range(day(from), day(to));
  }
  if (from !== undefined) return text.search.since(day(from));
  return to === undefined ? '' : text.search.until(day(to));
}

/** What is looked for, a chip for each. Names that are not known yet are described by their kind. */
export function chipsOf(wish: SearchWish, names: SearchNames | undefined): Chip[] {
  const words = text.search;
  const chips: Chip[] = [];
  const drop = (...fields: (keyof SearchWish)[]): SearchWish => {
    const without = { ...wish };
    for (const field of fields) delete without[field];
    return without;
  };
  for (const id of wish.personIds)
    chips.push({
      key: `person ${id}`,
      icon: 'person',
      personId: id,
      words: names?.people.find((person) => person.id === id)?.name || words.someone,
      without: { ...wish, personIds: wish.personIds.filter((other) => other !== id) },
    });
  for (const name of ['city', 'state', 'country'] as const)
    if (wish[name] !== undefined)
      chips.push({
        key: name,
        icon: 'places',
        words: name === 'country' ? countryWords(wish[name]) : wish[name],
        without: drop(name),
      });
  if (wish.from !== undefined || wish.to !== undefined)
    chips.push({ key: 'date', icon: 'calendar', words: rangeWords(wish), without: drop('from', 'to') });
  for (const id of wish.tagIds)
    chips.push({
      key: `tag ${id}`,
      icon: 'tag',
      words: names?.tags.find((tag) => tag.id === id)?.value ?? words.someTag,
      without: { ...wish, tagIds: wish.tagIds.filter((other) => other !== id) },
    });
  for (const name of ['make', 'model'] as const)
    if (wish[name] !== undefined)
      chips.push({ key: name, icon: 'camera', words: wish[name], without: drop(name) });
  if (wish.type)
    chips.push({
      key: 'type',
      icon: wish.type === 'VIDEO' ? 'play' : 'photos',
      words: words.types[wish.type],
      without: drop('type'),
    });
  if (wish.isFavorite)
    chips.push({ key: 'favourite', icon: 'heart', words: words.favourites, without: drop('isFavorite') });
  if (wish.rating !== undefined)
    chips.push({ key: 'rating', icon: 'check', words: words.stars(wish.rating), without: drop('rating') });
  if (wish.isArchived)
    chips.push({ key: 'archive', icon: 'archive', words: words.archived, without: drop('isArchived') });
  for (const [at, written] of wish.texts.entries())
    chips.push({
      key: `text ${written}`,
      icon: 'search',
      words: words.quoted(written),
      without: { ...wish, texts: wish.texts.filter((_, other) => other !== at) },
    });
  return chips;
}
