import { useEffect, useState } from 'preact/hooks';

/** How far from the screen something is near: a year ahead on a phone. */
const AHEAD = '800px 0px';

/** True from when an element came near the screen for the first time. */
export function useNear(element: { current: Element | null }): boolean {
  const [isNear, setIsNear] = useState(false);
  useEffect(() => {
    const { current } = element;
    if (isNear || !current) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setIsNear(true);
      },
      { rootMargin: AHEAD },
    );
    observer.observe(current);
    return () => observer.disconnect();
  }, [element, isNear]);
  return isNear;
}
