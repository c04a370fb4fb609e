import { useEffect, useMemo, useState } from 'preact/hooks';
import type { User } from './api.ts';
import {
  AppContext,
  type App as AppParts,
  type Frame,
  FrameContext,
  type Member,
  MemberContext,
  useApp,
} from './app-context.ts';
import { isAlreadyThere } from './calls/assets.ts';
import { isSetupOpen } from './calls/setup.ts';
import { createChecksums } from './checksum/checksums.ts';
import { Breadcrumbs } from './components/breadcrumbs.tsx';
import { Button } from './components/button.tsx';
import { Lazy } from './components/lazy.tsx';
import { Notice } from './components/notice.tsx';
import { Page } from './components/page.tsx';
import { Shell } from './components/shell.tsx';
import { EmptyState, Skeleton } from './components/states.tsx';
import { Toaster } from './components/toaster.tsx';
import { Uploads } from './components/uploads.tsx';
import { createLive } from './live.ts';
import { followAssets } from './live-timeline.ts';
import { SignIn } from './screens/sign-in/sign-in.tsx';
import { fillPath, findScreen, type ScreenEntry, type ScreenProps } from './screens.ts';
import { type Store, useStore } from './store.ts';
import { text } from './text.ts';
import type { Timeline } from './timeline.ts';
import { openUploadMemory } from './upload-memory.ts';
import { createUploadQueue } from './upload-queue.ts';

/** Who is here, as far as the page knows. */
export type Session =
  | { kind: 'starting' }
  | { kind: 'problem'; words: string }
  | { kind: 'new-box' }
  | { kind: 'signed-out' }
  | { kind: 'signed-in'; user: User; timeline: Timeline };

/** How often a page without an answer looks again. */
const LOOK_AGAIN_MS = 4000;

/** What an earlier page left waiting is not as pressing as the photos. */
const RECALL_MS = 1000;

export interface AppProps {
  parts: AppParts;
  session: Store<Session>;
}

/** The page: what is drawn depends on who is here, then on the address. */
export function App({ parts, session }: AppProps) {
  const current = useStore(session);
  const { path } = useStore(parts.router.place);
  const language = useStore(parts.preferences.language);
  const found = findScreen(path);
  return (
    <AppContext.Provider value={parts}>
      <div key={language}>
        {found?.screen.who === 'anyone' ? (
          <main id="content" tabIndex={-1}>
            <ScreenView key={path} screen={found.screen} params={found.params} />
          </main>
        ) : (
          <SessionView current={current} parts={parts} />
        )}
        <Toaster toasts={parts.toasts} />
      </div>
    </AppContext.Provider>
  );
}

function SessionView({ current, parts }: Pick<AppProps, 'parts'> & { current: Session }) {
  const { openSession, api, router } = parts;
  useEffect(() => {
    if (current.kind !== 'problem') return undefined;
    const timer = setInterval(openSession, LOOK_AGAIN_MS);
    window.addEventListener('online', openSession);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', openSession);
    };
  }, [current.kind]);

  switch (current.kind) {
    case 'starting':
      return <Notice isBusy isWholePage title={text.shell.starting} />;
    case 'problem':
      return (
        <Notice
          isWholePage
          title={text.shell.unreachableTitle}
          words={`${current.words} ${text.shell.unreachableRetry}`}
          action={{ words: text.kit.tryAgain, run: openSession }}
        />
      );
    case 'new-box':
      return (
        <main id="content" tabIndex={-1}>
          <ScreenView screen={findScreen('/setup')!.screen} params={{}} />
        </main>
      );
    case 'signed-out':
      return (
        <SignIn
          api={api}
          onSignedIn={async () => {
            // Who sets the box up in another browser goes on where the last one stopped.
            if (router.place.get().path === '/' && (await isSetupOpen(api)))
              router.go('/setup', { replace: true });
            await openSession();
          }}
        />
      );
    case 'signed-in':
      return <SignedIn key={current.user.id} user={current.user} timeline={current.timeline} parts={parts} />;
  }
}

interface SignedInProps {
  user: User;
  timeline: Timeline;
  parts: AppParts;
}

/** What belongs to one person's session and goes with it. */
function SignedIn({ user, timeline, parts }: SignedInProps) {
  const member = useSessionParts(user, timeline, parts);
  const { path } = useStore(parts.router.place);
  const found = findScreen(path);
  const content = !found ? (
    <NotFound words={text.shell.notFound} />
  ) : found.screen.who === 'admin' && !user.isAdmin ? (
    <NotFound isForbidden words={text.shell.noRights} />
  ) : (
    <ScreenView key={path} screen={found.screen} params={found.params} />
  );
  return (
    <MemberContext.Provider value={member}>
      {found?.screen.isWholePage && (user.isAdmin || found.screen.who !== 'admin') ? (
        <main id="content" tabIndex={-1}>
          {content}
        </main>
      ) : (
        <Shell current={found?.screen}>{content}</Shell>
      )}
      <Uploads />
    </MemberContext.Provider>
  );
}

function useSessionParts(user: User, timeline: Timeline, parts: AppParts): Member {
  const { api, openSession } = parts;
  const [live] = useState(createLive);
  const [checksums] = useState(createChecksums);
  const [memory] = useState(() => openUploadMemory(user.id));
  const [uploads] = useState(() =>
    createUploadQueue({
      send: api.upload,
      readChecksum: checksums.read,
      isThere: (file, checksum) => isAlreadyThere(api, file, checksum),
      memory,
      isReachable: api.isReachable,
      pause: () => new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS)),
      onStored: () => timeline.refreshSoon(),
    }),
  );
  useEffect(() => followAssets(live, timeline), [live, timeline]);
  useEffect(() => live.on('on_session_delete', () => void openSession()), [live, openSession]);
  useEffect(() => () => live.stop(), [live]);
  useEffect(() => {
    const timer = setTimeout(async () => memory && uploads.recall(await memory.takeOver()), RECALL_MS);
    return () => {
      clearTimeout(timer);
      uploads.leave(text.upload.stopped);
      checksums.stop();
    };
  }, [uploads, memory, checksums]);
  return useMemo(() => ({ ...parts, user, live, uploads, timeline }), [parts, user, live, uploads, timeline]);
}

/** A screen, drawn again from the start when its address is another one; its query may change while it stays. */
function ScreenView({ screen, params }: { screen: ScreenEntry; params: Record<string, string> }) {
  const { router } = useApp();
  const { query } = useStore(router.place);
  const { name, title, load, frame: { lead, back, crumbs, skeleton, ...looks } = {} } = screen;
  const frame: Frame = useMemo(
    () => ({
      ...looks,
      ...(lead && { lead: lead(text) }),
      ...(back && { back: fillPath(back, params) }),
    }),
    [screen, params],
  );
  return (
    <FrameContext.Provider value={frame}>
      <Lazy<ScreenProps>
        name={name}
        load={load}
        props={{ params, query }}
        waiting={
          <>
            {crumbs ? <Breadcrumbs label={title(text)} crumbs={crumbs(text)} /> : null}
            <Page title={title(text)}>
              {skeleton ? <Skeleton kind={skeleton} count={12} /> : <Skeleton />}
            </Page>
          </>
        }
      />
    </FrameContext.Provider>
  );
}

function NotFound({ words, isForbidden = false }: { words: string; isForbidden?: boolean }) {
  const title = isForbidden ? text.kit.noRightsTitle : text.kit.notFoundTitle;
  return (
    <Page title={title} isTitleHidden>
      <EmptyState icon={isForbidden ? 'lock' : 'box'} title={title} words={words}>
        <Button href="/">{text.shell.toPhotos}</Button>
      </EmptyState>
    </Page>
  );
}
