import { render } from 'preact';
import { ALL_PHOTOS } from '#contract/first-questions';
import { createApi, RequestProblem } from './api.ts';
import { App, type Session } from './app.tsx';
import { listMonths, readMonth } from './calls/timeline.ts';
import { bringAlong } from './components/lazy.tsx';
import { createPreferences } from './preferences.ts';
import { createRouter, followLinks } from './router.ts';
import { TimelineScreen } from './screens/timeline/timeline.tsx';
import { findScreen } from './screens.ts';
import { rememberScroll } from './scroll-memory.ts';
import { createStore } from './store.ts';
import { createTimeline, type Timeline } from './timeline.ts';
import { createToasts } from './toasts.ts';
import { forgetPictures, startWorker } from './worker.ts';

/** How long the page waits for its first answers before it draws that it waits: mostly they are there by then. */
const KNOWN_SOON_MS = 200;

const preferences = createPreferences();
const session = createStore<Session>({ kind: 'starting' });
const router = createRouter();
const api = createApi({ onSessionEnd: () => void openSession() });

async function openSession(): Promise<void> {
  try {
    const user = await api.findUser();
    const before = session.get();
    if (!user) {
      if (before.kind === 'signed-in') await forgetPictures();
      session.set({ kind: (await api.isInitialized()) ? 'signed-out' : 'new-box' });
    } else if (before.kind === 'signed-in' && before.user.id === user.id) {
      if (JSON.stringify(before.user) !== JSON.stringify(user)) session.set({ ...before, user });
    } else session.set({ kind: 'signed-in', user, timeline: await openTimeline() });
  } catch (error) {
    if (!(error instanceof RequestProblem)) throw error;
    // Who was signed in stays so while the box is away: what is on the screen may be looked at.
    if (session.get().kind !== 'signed-in') session.set({ kind: 'problem', words: error.message });
  }
}

/** The timeline of who is here. Where it is what is shown first, its newest photos are drawn together with the page. */
async function openTimeline(): Promise<Timeline> {
  const timeline = createTimeline({
    months: () => listMonths(api, ALL_PHOTOS),
    month: (timeBucket) => readMonth(api, ALL_PHOTOS, timeBucket),
  });
  if (router.place.get().path === '/') await soon(timeline.open());
  return timeline;
}

const soon = (work: Promise<void>) =>
  Promise.race([work, new Promise<void>((resolve) => setTimeout(resolve, KNOWN_SOON_MS))]);

async function start(): Promise<void> {
  const page = document.getElementById('page');
  if (!page) throw new Error('index.html has no #page');
  const opening = openSession();
  try {
    await preferences.setLanguage(preferences.language.get());
  } catch (error) {
    // Better in English than not at all.
    if (!(error instanceof RequestProblem)) throw error;
  }
  bringAlong('timeline', TimelineScreen);
  await soon(opening);
  followLinks(router);
  rememberScroll(router);
  const parts = {
    api,
    router,
    toasts: createToasts(),
    preferences,
    hasScreen: (path: string) => findScreen(path) !== undefined,
    openSession,
  };
  render(<App parts={parts} session={session} />, page);
  await opening;
  startWorker();
}

void start();
