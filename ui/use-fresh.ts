import { useEffect, useRef } from 'preact/hooks';
import { useMember } from './app-context.ts';

/**
 * Asks again whenever the reader comes back to the page, and when the connection to the box is back: for what others
 * change and the box does not tell by itself.
 */
export function useFresh(reload: () => void): void {
  const { live } = useMember();
  const latest = useRef(reload);
  latest.current = reload;
  useEffect(() => {
    const ask = () => {
      if (document.visibilityState === 'visible') latest.current();
    };
    const stopListening = live.onConnect((hasMissed) => {
      if (hasMissed) ask();
    });
    window.addEventListener('focus', ask);
    document.addEventListener('visibilitychange', ask);
    return () => {
      stopListening();
      window.removeEventListener('focus', ask);
      document.removeEventListener('visibilitychange', ask);
    };
  }, [live]);
}
