import './guest-page.css';
import { useEffect } from 'preact/hooks';
import { GuestContext, useApp } from '../app-context.ts';
import { nameWindow } from '../app-name.ts';
import { readGuestLink } from '../calls/shared-links.ts';
import { Brand } from '../components/brand.tsx';
import { Notice } from '../components/notice.tsx';
import { text } from '../text.ts';
import { useLoad } from '../use-load.ts';
import { GuestPhotos } from './guest-photos.tsx';
import { PasswordQuestion } from './password-question.tsx';

/** What a link opens, for people without an account. The page's address says which link. */
export function GuestPage() {
  const { api } = useApp();
  const { state, reload, change } = useLoad(() => readGuestLink(api), [api]);
  const words = text.guest;
  useEffect(() => {
    // The address is all it takes to look: search engines are not to keep it.
    const meta = document.createElement('meta');
    meta.name = 'robots';
    meta.content = 'noindex';
    document.head.append(meta);
    return () => meta.remove();
  }, []);
  useEffect(() => {
    nameWindow(words.title);
  }, [words]);

  if (state.kind === 'loading') return <Notice isBusy isWholePage title={words.opening} />;
  if (state.kind === 'problem') {
    const { code, message } = state.problem;
    if (code === 'share_password_required') return <PasswordQuestion onOpened={change} />;
    const isGone = code === 'share_key_unknown' || code === 'share_slug_unknown';
    return isGone ? (
      <Notice isWholePage title={words.goneTitle} words={words.gone} />
    ) : (
      <Notice
        isWholePage
        title={text.kit.problemTitle}
        words={message}
        action={{ words: text.kit.tryAgain, run: reload }}
      />
    );
  }
  const link = state.value;
  return (
    <GuestContext.Provider
      value={{
        canDownload: link.allowDownload && link.showMetadata,
        showsMetadata: link.showMetadata,
      }}
    >
      <div class="guest">
        <GuestPhotos key={link.id} link={link} onReload={reload} />
        <footer class="guest-foot">
          <span>{words.footer}</span> <Brand />
        </footer>
      </div>
    </GuestContext.Provider>
  );
}
