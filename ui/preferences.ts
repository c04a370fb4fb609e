import { RequestProblem } from './api.ts';
import { createStore, type Store } from './store.ts';
import { LANGUAGES, type Language, pickLanguage, speak, text } from './text.ts';

export type Theme = 'system' | 'light' | 'dark';

/** How this browser shows the page; kept in the browser, because a phone in bed is not a desk. */
export interface Preferences {
  theme: Store<Theme>;
  /** `system` follows the browser's languages. */
  language: Store<Language | 'system'>;
  setTheme: (theme: Theme) => void;
  /** Resolves once the page can be drawn in it; rejects with a RequestProblem when its words do not arrive. */
  setLanguage: (language: Language | 'system') => Promise<void>;
}

const THEME_KEY = 'theme';
const LANGUAGE_KEY = 'language';

/** Reads what this browser keeps, and shows the theme at once. Words come with the first `setLanguage`. */
export function createPreferences(): Preferences {
  const theme = createStore<Theme>('system');
  const language = createStore<Language | 'system'>('system');

  const showTheme = (value: Theme) => {
    theme.set(value);
    if (value === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = value;
  };
  const kept = localStorage.getItem(THEME_KEY);
  if (kept === 'light' || kept === 'dark') showTheme(kept);
  const keptLanguage = localStorage.getItem(LANGUAGE_KEY);
  if (keptLanguage && keptLanguage in LANGUAGES) language.set(keptLanguage as Language);

  return {
    theme,
    language,
    setTheme: (value) => {
      localStorage.setItem(THEME_KEY, value);
      showTheme(value);
    },
    setLanguage: async (value) => {
      const spoken = value === 'system' ? pickLanguage(navigator.languages) : value;
      try {
        await speak(spoken, navigator.languages);
      } catch (error) {
        // import() rejects with a TypeError when the file does not arrive.
        if (!(error instanceof TypeError)) throw error;
        throw new RequestProblem(0, text.kit.screenMissing);
      }
      localStorage.setItem(LANGUAGE_KEY, value);
      document.documentElement.lang = spoken;
      language.set(value);
    },
  };
}
