import { createStore, type Store } from './store.ts';

/** What the box tells by itself, by the server's names of events. */
export interface Live {
  /** True once the connection has been gone for a moment. */
  isLost: Store<boolean>;
  /** Calls `listener` with every event of this name until the returned function is called. */
  on: (event: string, listener: (payload: unknown) => void) => () => void;
  /** Calls `listener` whenever the connection came up: `hasMissed` when events may have gone unheard. */
  onConnect: (listener: (hasMissed: boolean) => void) => () => void;
  stop: () => void;
}

/** A connection that is back sooner than this was not worth mentioning. */
const MENTION_MS = 4000;

/** The socket comes once the first photos had time to be drawn; what happens until then is asked for when it is up. */
const START_MS = 1500;

/** How long to wait before fetching the listening part of the page again. */
const RETRY_MS = 10_000;

/** Listens to the box until it is stopped. The socket comes as a chunk of its own, after the page. */
export function createLive(): Live {
  const isLost = createStore(false);
  const listeners = new Set<{ event: string; listener: (payload: unknown) => void }>();
  const connectListeners = new Set<(hasMissed: boolean) => void>();
  let mentionTimer: ReturnType<typeof setTimeout> | undefined;
  let startTimer: ReturnType<typeof setTimeout> | undefined;
  let close: (() => void) | undefined;
  let wasConnected = false;
  let isStopped = false;

  const onConnection = (isConnected: boolean) => {
    if (isConnected) {
      clearTimeout(mentionTimer);
      mentionTimer = undefined;
      isLost.set(false);
      for (const listener of [...connectListeners]) listener(wasConnected);
      wasConnected = true;
    } else {
      mentionTimer ??= setTimeout(() => isLost.set(true), MENTION_MS);
    }
  };
  const onEvent = (event: string, payload: unknown) => {
    for (const entry of [...listeners]) if (entry.event === event) entry.listener(payload);
  };
  const start = async () => {
    try {
      const { openSocket } = await import('./live-socket.ts');
      if (!isStopped) close = openSocket({ onEvent, onConnection });
    } catch (error) {
      // import() rejects with a TypeError when the file does not arrive.
      if (!(error instanceof TypeError)) throw error;
      startTimer = setTimeout(start, RETRY_MS);
    }
  };
  startTimer = setTimeout(start, START_MS);

  return {
    isLost,
    on: (event, listener) => {
      const entry = { event, listener };
      listeners.add(entry);
      return () => {
        listeners.delete(entry);
      };
    },
    onConnect: (listener) => {
      connectListeners.add(listener);
      return () => {
        connectListeners.delete(listener);
      };
    },
    stop: () => {
      isStopped = true;
      clearTimeout(mentionTimer);
      clearTimeout(startTimer);
      close?.();
    },
  };
}
