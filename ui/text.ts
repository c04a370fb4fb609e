import { kindOf, setLocale } from './locale.ts';
import { en } from './text/en.ts';

/** Every word of the page that does not come from the server. English is the source of the type. */
export type Text = typeof en;

/** Languages the page speaks, by their own names. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

/**
 * The words in the page's language. Read it while drawing, never when a module is loaded: it changes once the
 * reader's language is here.
 */
export let text: Text = en;

/** The language that `text` is in. */
export let language: Language = 'en';

/** The first of the reader's languages that the page speaks; English when there is none. */
export function pickLanguage(languages: readonly string[]): Language {
  for (const tag of languages) {
    const known = (Object.keys(LANGUAGES) as Language[]).find((name) => kindOf(name, [tag]) === tag);
    if (known) return known;
  }
  return 'en';
}

/** Fetches the words of a language and speaks it from then on. Rejects with a TypeError when they do not arrive. */
export async function speak(wanted: Language, languages: readonly string[]): Promise<void> {
  text = wanted === 'de' ? (await import('./text/de.ts')).de : en;
  language = wanted;
  setLocale(kindOf(wanted, languages));
}
