import './account-menu.css';
import { useRef } from 'preact/hooks';
import { useMember } from '../app-context.ts';
import { portraitUrl } from '../calls/account.ts';
import type { Theme } from '../preferences.ts';
import { SCREENS } from '../screens.ts';
import { useStore } from '../store.ts';
import { LANGUAGES, type Language, text } from '../text.ts';
import { forgetUploads } from '../upload-memory.ts';
import { useAction } from '../use-action.ts';
import { Avatar } from './avatar.tsx';
import { Button } from './button.tsx';
import { Select } from './select.tsx';

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

/** Who is signed in, how this browser shows the page, and the way out. */
export function AccountMenu() {
  const { user, api, preferences, openSession } = useMember();
  const theme = useStore(preferences.theme);
  const language = useStore(preferences.language);
  const { run, isBusy } = useAction();
  const menu = useRef<HTMLDivElement>(null);
  const src = portraitUrl(user);
  const portrait = src === undefined ? {} : { src };
  const settings = SCREENS.find(({ name }) => name === 'settings');
  return (
    <>
      <button
        type="button"
        class="account-button"
        popovertarget="account-menu"
        aria-label={text.shell.account(user.name)}
      >
        <Avatar name={user.name} {...portrait} />
      </button>
      <div ref={menu} id="account-menu" class="account-menu" popover="auto">
        <div class="account-who">
          <Avatar name={user.name} size={48} {...portrait} />
          <div>
            <p class="account-name">{user.name}</p>
            <p class="account-email">{user.email}</p>
          </div>
        </div>
        <Select
          label={text.shell.theme}
          value={theme}
          options={THEMES.map((value) => ({ value, words: text.shell.themes[value] }))}
          onChange={preferences.setTheme}
        />
        <Select<Language | 'system'>
          label={text.shell.language}
          value={language}
          options={[
            { value: 'system', words: text.shell.themes.system },
            ...(Object.keys(LANGUAGES) as Language[]).map((value) => ({ value, words: LANGUAGES[value] })),
          ]}
          onChange={(value) => void run(() => preferences.setLanguage(value))}
        />
        <div class="account-ways">
          {settings ? (
            <Button href={settings.path} icon="settings" onClick={() => menu.current?.hidePopover()}>
              {settings.title(text)}
            </Button>
          ) : null}
          <Button
            icon="leave"
            isBusy={isBusy}
            onClick={() =>
              run(async () => {
                await api.signOut();
                await forgetUploads();
                await openSession();
              })
            }
          >
            {text.shell.signOut}
          </Button>
        </div>
      </div>
    </>
  );
}
