import type { Catalog } from './open.ts';

/** Letters in a row that the index knows; a shorter piece of text is not in it. */
const GRAM = 3;

/** So many pieces of a long text narrow it down enough; each costs a look at its list. */
const MOST_GRAMS = 12;

/** Of `IMG_1234`, the number leads to few assets and the letters to almost all: then only the number is asked for. */
const TELLING = /\d.?\d/;

/** Where a search reads whose text leads to few assets: `t` is the index, `a` the asset. */
export const TEXT_SOURCE = 'asset_text t CROSS JOIN asset a ON a.rowid = t.rowid';

/** The condition that goes with it; `@match` is what `matchOf` made. */
export const IS_MATCH = 't.asset_text MATCH @match';

/**
 * A question to the index for assets that may contain one of these texts, which are ways of writing the same.
 * Undefined when one of them is too short to ask for.
 */
export function matchOf(forms: readonly string[]): string | undefined {
  const questions = forms.map((form) => {
    const letters = [...form];
    if (letters.length < GRAM || form.includes('\0')) return undefined;
    const grams = new Set(letters.slice(0, 1 - GRAM).map((_, at) => letters.slice(at, at + GRAM).join('')));
    const numbers = [...grams].filter((gram) => TELLING.test(gram));
    const asked = (numbers.length >= 2 ? numbers : [...grams])
      .slice(0, MOST_GRAMS)
      .map((gram) => `"${gram.replaceAll('"', '""')}"`);
    return `(${asked.join(' AND ')})`;
  });
  return questions.includes(undefined) ? undefined : `(${questions.join(' OR ')})`;
}

export function fulltextQueries(db: Catalog) {
  const count = db
    .prepare<[string, number], number>(
      'SELECT count(*) FROM (SELECT 1 FROM asset_text WHERE asset_text MATCH ? LIMIT ?)',
    )
    .pluck();
  return {
    /** Whether at most so many assets, of whomever, may contain it. */
    isFew: (match: string, most: number): boolean => count.get(match, most + 1)! <= most,
  };
}
