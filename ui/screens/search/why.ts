import type { AssetResponse } from '#contract/assets';
import { countryWords } from '../../country-names.ts';
import { foldWord } from './date-phrases.ts';

/** Where the words of a search were found in what is known of a photo. */
export interface Reason {
  kind: 'description' | 'place' | 'person' | 'tag' | 'file';
  /** What was found there, whole or the part around the words. */
  words: string;
}

/** A description is shown in a tile's narrow line. */
const MOST_LETTERS = 60;

/** Why an asset is among what was found for these words; each place at most once, the most telling first. */
export function findReasons(asset: AssetResponse, texts: readonly string[]): Reason[] {
  const wanted = texts
    .flatMap((text) => text.split(/\s+/))
    .map(fold)
    .filter(Boolean);
  if (wanted.length === 0) return [];
  const { exifInfo, people = [], tags = [], originalFileName } = asset;
  const fits = (text: string | null | undefined) => {
    const folded = fold(text ?? '');
    return wanted.some((word) => folded.includes(word));
  };
  const reasons: Reason[] = [];
  if (fits(exifInfo?.description))
    reasons.push({ kind: 'description', words: around(exifInfo?.description ?? '', wanted) });
  const person = people.find(({ name }) => fits(name));
  if (person) reasons.push({ kind: 'person', words: person.name });
  const tag = tags.find(({ value }) => fits(value));
  if (tag) reasons.push({ kind: 'tag', words: tag.value });
  const { city, state, country } = exifInfo ?? {};
  const found = [city, state].find(fits) ?? (country && fits(country) ? countryWords(country) : undefined);
  if (found) reasons.push({ kind: 'place', words: [...new Set([city, found])].filter(Boolean).join(', ') });
  if (fits(originalFileName)) reasons.push({ kind: 'file', words: originalFileName });
  return reasons;
}

/** The part of a long text with the first of the words in it. */
function around(text: string, wanted: readonly string[]): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= MOST_LETTERS) return line;
  const folded = line.toLowerCase();
  const at = Math.min(
    ...wanted.map((word) => folded.indexOf(word)).filter((index) => index >= 0),
    line.length,
  );
  const earliest = Math.max(0, Math.min(at - 16, line.length - MOST_LETTERS));
  // At the beginning of a word.
  const from = earliest === 0 ? 0 : line.indexOf(' ', earliest - 1) + 1;
  const part = line.slice(from, from + MOST_LETTERS).trim();
  return `${from > 0 ? '…' : ''}${part}${from + MOST_LETTERS < line.length ? '…' : ''}`;
}

function fold(text: string): string {
  return text.split(/\s+/).map(foldWord).join(' ').trim();
}
