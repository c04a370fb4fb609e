import './base.css';
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type Api, createApi, RequestProblem, type User } from './api.ts';
import { Notice } from './components/notice.tsx';
import { createDateWords, englishOf } from './dates.ts';
import { createRouter, type Router } from './route.ts';
import { Library } from './screens/library/library.tsx';
import { SignIn } from './screens/sign-in/sign-in.tsx';
import { SignUp } from './screens/sign-up/sign-up.tsx';
import { Viewer } from './screens/viewer/viewer.tsx';
import { createStore, type Store, useStore } from './store.ts';
import { text } from './text.ts';
import { createTimeline } from './timeline.ts';
import { createUploadQueue } from './upload-queue.ts';

type Session =
  | { kind: 'starting' }
  | { kind: 'problem'; words: string }
  | { kind: 'new-box' }
  | { kind: 'signed-out' }
  | { kind: 'signed-in'; user: User };

/** How often a page without an answer looks again. */
const LOOK_AGAIN_MS = 4000;

const session = createStore<Session>({ kind: 'starting' });
const api = createApi({ onSessionEnd: () => session.set({ kind: 'signed-out' }) });
const router = createRouter();
const dates = createDateWords(englishOf(navigator.languages));

async function openSession(): Promise<void> {
  try {
    const user = await api.findUser();
    if (user) session.set({ kind: 'signed-in', user });
    else session.set({ kind: (await api.isInitialized()) ? 'signed-out' : 'new-box' });
  } catch (error) {
    if (!(error instanceof RequestProblem)) throw error;
    session.set({ kind: 'problem', words: error.message });
  }
}

function App({ session, api, router }: { session: Store<Session>; api: Api; router: Router }) {
  const current = useStore(session);

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
      return <Notice isBusy title={text.starting} />;
    case 'problem':
      return (
        <Notice
          title={text.unreachableTitle}
          words={`${current.words} ${text.unreachableRetry}`}
          action={{ words: text.tryAgain, run: openSession }}
        />
      );
    case 'new-box':
      return (
        <SignUp
          api={api}
          onSignedIn={openSession}
          onSignInInstead={() => session.set({ kind: 'signed-out' })}
        />
      );
    case 'signed-out':
      return <SignIn api={api} onSignedIn={openSession} />;
    case 'signed-in':
      return <SignedIn key={current.user.id} user={current.user} api={api} router={router} />;
  }
}

/** What belongs to one person's session and goes with it. */
function SignedIn({ user, api, router }: { user: User; api: Api; router: Router }) {
  const [timeline] = useState(() => createTimeline(api));
  const [uploads] = useState(() =>
    createUploadQueue({
      send: api.upload,
      isReachable: api.isReachable,
      pause: () => new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS)),
      onStored: () => timeline.refreshSoon(),
    }),
  );
  const { assetId } = useStore(router.route);
  useEffect(() => () => uploads.stop(text.upload.stopped), [uploads]);

  async function signOut(): Promise<void> {
    try {
      await api.signOut();
    } catch (error) {
      if (!(error instanceof RequestProblem)) throw error;
      session.set({ kind: 'problem', words: error.message });
      return;
    }
    session.set({ kind: 'signed-out' });
  }

  return (
    <>
      <Library
        user={user}
        timeline={timeline}
        uploads={uploads}
        dates={dates}
        openAssetId={assetId}
        onOpen={router.open}
        onSignOut={signOut}
        onSessionEnd={openSession}
      />
      {assetId ? (
        <Viewer
          api={api}
          timeline={timeline}
          dates={dates}
          assetId={assetId}
          onMove={router.replace}
          onClose={router.close}
        />
      ) : null}
    </>
  );
}

const page = document.getElementById('page');
if (!page) throw new Error('index.html has no #page');
render(<App session={session} api={api} router={router} />, page);
void openSession();
