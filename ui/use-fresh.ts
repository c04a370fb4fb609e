import { useEffect, useRef } from 'preact/hooks';
import { useMember } from './app-context.ts';

/**
 * Looks again whenever the reader comes back to the page and whenever the connection to the box comes up: for what
 * others change and the box does not tell by itself, or told while nobody could hear it. The connection comes up a
 * moment after the page is loaded, so that the first screen looks a second time; later screens do not.
 */
export function useFresh(look: () => void): void {
  const { live } = useMember();
  const latest = useRef(look);
  latest.current = look;
  useEffect(() => {
    const ask = () => {
      if (document.visibilityState === 'visible') latest.current();
    };
    const stopListening = live.onConnect(ask);
    window.addEventListener('focus', ask);
    document.addEventListener('visibilitychange', ask);
    return () => {
      stopListening();
      window.removeEventListener('focus', ask);
      document.removeEventListener('visibilitychange', ask);
    };
  }, [live]);
}
