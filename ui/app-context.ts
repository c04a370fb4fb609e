import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Api, User } from './api.ts';
import type { Live } from './live.ts';
import type { Preferences } from './preferences.ts';
import type { Router } from './router.ts';
import type { Timeline } from './timeline.ts';
import type { Toasts } from './toasts.ts';
import type { UploadQueue } from './upload-queue.ts';

/** What every screen may use, signed in or not. */
export interface App {
  api: Api;
  router: Router;
  toasts: Toasts;
  preferences: Preferences;
  /** Whether an address leads to a screen; for links to what this page may not have. */
  hasScreen: (path: string) => boolean;
  /** Looks again who is signed in; after signing in or out, and when the session may have ended. */
  openSession: () => Promise<void>;
}

/** What belongs to one person's session and goes with it. */
export interface Member extends App {
  user: User;
  /** What the box tells by itself. */
  live: Live;
  uploads: UploadQueue;
  /** All photos by month; kept while other screens are open. */
  timeline: Timeline;
}

/** What a link lets its guests do. */
export interface Guest {
  canDownload: boolean;
  /** File names, places and cameras are shown; days always are. */
  showsMetadata: boolean;
}

/** How the pages of the screen that is drawn begin. */
export interface Frame {
  lead?: string;
  back?: string;
  isTitleHidden?: boolean;
  isNarrow?: boolean;
}

export const FrameContext = createContext<Frame>({});
export const AppContext = createContext<App | undefined>(undefined);
export const MemberContext = createContext<Member | undefined>(undefined);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('drawn outside the app');
  return app;
}

/** For screens that only a signed-in person sees. */
export function useMember(): Member {
  const member = useContext(MemberContext);
  if (!member) throw new Error('drawn without a session');
  return member;
}

/** Set on the page of a link; see `useGuest`. */
export const GuestContext = createContext<Guest | undefined>(undefined);

/** What may be done by whoever looks through a link; undefined for members, who may do what their account may. */
export function useGuest(): Guest | undefined {
  return useContext(GuestContext);
}
