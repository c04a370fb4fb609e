import { useMember } from '../../app-context.ts';
import { Section } from '../../components/rows.tsx';
import { Select } from '../../components/select.tsx';
import type { Theme } from '../../preferences.ts';
import { useStore } from '../../store.ts';
import { LANGUAGES, type Language, text } from '../../text.ts';
import { useAction } from '../../use-action.ts';

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

/** How the page looks in this browser. */
export function Look() {
  const { preferences } = useMember();
  const theme = useStore(preferences.theme);
  const language = useStore(preferences.language);
  const { run } = useAction();
  return (
    <Section title={text.settings.account.look} lead={text.settings.account.lookLead}>
      <Select
        label={text.shell.language}
        value={language}
        options={[
          { value: 'system' as Language | 'system', words: text.shell.themes.system },
          ...(Object.keys(LANGUAGES) as Language[]).map((value) => ({ value, words: LANGUAGES[value] })),
        ]}
        onChange={(value) => void run(() => preferences.setLanguage(value))}
      />
      <Select
        label={text.shell.theme}
        value={theme}
        options={THEMES.map((value) => ({ value, words: text.shell.themes[value] }))}
        onChange={preferences.setTheme}
      />
    </Section>
  );
}
