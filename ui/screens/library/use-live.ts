import { useEffect, useState } from 'preact/hooks';
import type { Timeline } from '../../timeline.ts';

/** A connection that is back sooner than this was not worth mentioning. */
const MENTION_MS = 4000;

/** How long to wait before fetching the listening part of the page again. */
const RETRY_MS = 10_000;

/** Keeps the timeline up to date from the box's events. Returns true while the connection is lost. */
export function useLive(timeline: Timeline, onSessionEnd: () => void): boolean {
  const [isLost, setIsLost] = useState(false);

  useEffect(() => {
    let stopListening: (() => void) | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    let wasConnected = false;

    const onConnection = (isConnected: boolean) => {
      if (isConnected) {
        clearTimeout(timer);
        timer = undefined;
        setIsLost(false);
        // Events that nobody heard: since the page was opened, or since the connection broke.
        timeline.refreshSoon(wasConnected ? 'all' : undefined);
        wasConnected = true;
      } else {
        timer ??= setTimeout(() => setIsLost(true), MENTION_MS);
      }
    };

    const start = async () => {
      try {
        const { listen } = await import('../../live.ts');
        if (isOver) return;
        stopListening = listen({
          onAsset: timeline.refreshSoon,
          onManyAssets: () => timeline.refreshSoon('all'),
          onSessionEnd,
          onConnection,
        });
      } catch (error) {
        // import() rejects with a TypeError when the file does not arrive.
        if (!(error instanceof TypeError)) throw error;
        timer = setTimeout(start, RETRY_MS);
      }
    };
    void start();

    return () => {
      isOver = true;
      clearTimeout(timer);
      stopListening?.();
    };
  }, [timeline, onSessionEnd]);

  return isLost;
}
