/** The reader's kind of the page's language, as a BCP 47 tag: decides the order of day and month and how numbers look. */
export let locale = 'en';

/** Called by text.ts when the language changes; everything written afterwards follows. */
export function setLocale(tag: string): void {
  locale = tag;
}

/** The reader's own kind of `language` (`de-AT`), or the plain language when none is preferred. */
export function kindOf(language: string, languages: readonly string[]): string {
  const wanted = new RegExp(`^${language}\\b`, 'i');
  return languages.find((tag) => wanted.test(tag)) ?? language;
}
