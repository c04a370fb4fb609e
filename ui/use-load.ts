import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { RequestProblem } from './api.ts';

/** How often a screen without an answer asks again while it is looked at. */
const LOOK_AGAIN_MS = 5_000;

/** What a screen knows of something it asked for. */
export type Loaded<T> =
  | { kind: 'loading' }
  | { kind: 'ready'; value: T }
  | { kind: 'problem'; problem: RequestProblem };

export interface Load<T> {
  state: Loaded<T>;
  /** Asks again; what is shown stays until the answer is here. */
  reload: () => void;
  /** Asks again without being asked to: what is shown also stays when the box does not answer. */
  look: () => void;
  /** Shows a changed value without asking, after a change that the server has taken. */
  change: (value: T) => void;
}

/**
 * Asks for something when the component is drawn first and whenever `inputs` change, and draws again with the
 * answer. A RequestProblem becomes a state to draw; anything else is a bug and passes through. A box that does not
 * answer is asked again until it does.
 */
export function useLoad<T>(load: () => Promise<T>, inputs: readonly unknown[]): Load<T> {
  const [state, setState] = useState<Loaded<T>>({ kind: 'loading' });
  const turn = useRef(0);

  const ask = useCallback(async (isUnasked = false) => {
    const mine = ++turn.current;
    try {
      const value = await load();
      // An answer that was overtaken by a later question is nobody's any more.
      if (mine === turn.current) setState({ kind: 'ready', value });
    } catch (error) {
      if (!(error instanceof RequestProblem)) throw error;
      if (mine !== turn.current) return;
      setState((before) =>
        isUnasked && error.status === 0 && before.kind === 'ready'
          ? before
          : { kind: 'problem', problem: error },
      );
    }
  }, inputs);

  useEffect(() => {
    setState({ kind: 'loading' });
    void ask();
    return () => {
      turn.current += 1;
    };
  }, [ask]);

  const isSilent = state.kind === 'problem' && state.problem.status === 0;
  useEffect(() => {
    if (!isSilent) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void ask();
    }, LOOK_AGAIN_MS);
    const askNow = () => void ask();
    window.addEventListener('online', askNow);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', askNow);
    };
  }, [isSilent, ask]);

  return {
    state,
    reload: () => void ask(),
    look: () => void ask(true),
    change: (value) => {
      turn.current += 1;
      setState({ kind: 'ready', value });
    },
  };
}
