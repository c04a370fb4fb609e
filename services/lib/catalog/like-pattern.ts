/**
 * The ways of writing a text that differ by more than the case of the 26 letters: SQLite folds only those of ASCII,
 * so the others are tried in both cases; and file names from a Mac have their accents apart from the letters.
 */
export function textForms(text: string): string[] {
  const forms = [text, text.toLowerCase(), text.toUpperCase()].flatMap((form) => [
    form.normalize('NFC'),
    form.normalize('NFD'),
  ]);
  const folded = new Map(
    forms.map((form) => [form.replace(/[a-z]/g, (letter) => letter.toUpperCase()), form]),
  );
  return [...folded.values()];
}

/** Where in a value a text is looked for; in `anywhere`, a `%` in the text stands for whatever is between. */
export type Place = 'inside' | 'anywhere' | 'start' | 'end';

/** Patterns of LIKE (`ESCAPE '\'`) that find `text`, whatever its case: a value fits if it is like any of them. */
export function likePatterns(text: string, place: Place = 'inside'): string[] {
  const special = place === 'anywhere' ? /[\\_]/g : /[\\%_]/g;
  return textForms(text).map((form) => {
    const escaped = form.replace(special, '\\$&');
    return `${place === 'start' ? '' : '%'}${escaped}${place === 'end' ? '' : '%'}`;
  });
}
