/** Asked before the page's own script was there: when, and the answer; undefined when it was a refusal. */
interface EarlyAnswer {
  askedAtMs: number;
  response: Promise<Response | undefined>;
}

declare global {
  interface Window {
    /** By address; filled by ask-early.ts, a script of its own. */
    earlyAnswers?: Map<string, EarlyAnswer>;
    /** The page's own script is there and asks for itself: what is asked early from then on is asked twice. */
    isPageAsking?: boolean;
  }
}

/** An answer that nobody has taken by then describes a box that may have changed. */
const FRESH_MS = 10_000;

/** Asks for an address of the box now, for whoever needs it soon; undefined when the page asks for itself by now. */
export function askEarly(address: string): Promise<Response | undefined> {
  if (window.isPageAsking) return Promise.resolve(undefined);
  const response = fetch(address, { credentials: 'same-origin' }).then(
    (answer) => (answer.ok ? answer : undefined),
    // Whoever needs the answer asks again and says that the box is away.
    () => undefined,
  );
  window.earlyAnswers ??= new Map();
  window.earlyAnswers.set(address, { askedAtMs: performance.now(), response });
  return response;
}

/**
 * The answer to what was asked early, once; undefined when it was not asked, or too long ago. It resolves to undefined
 * when the box refused or did not answer: then ask again.
 */
export function takeEarly(address: string): Promise<Response | undefined> | undefined {
  if (typeof window === 'undefined') return undefined;
  window.isPageAsking = true;
  const early = window.earlyAnswers?.get(address);
  window.earlyAnswers?.delete(address);
  return early && performance.now() - early.askedAtMs < FRESH_MS ? early.response : undefined;
}
