import { useCallback, useState } from 'preact/hooks';
import { RequestProblem } from './api.ts';
import { useApp } from './app-context.ts';

/**
 * Runs what a button does: one at a time, with a problem told in a toast. Resolves to whether it went well. Anything
 * but a RequestProblem is a bug and passes through.
 */
export function useAction(): { run: (action: () => Promise<unknown>) => Promise<boolean>; isBusy: boolean } {
  const { toasts } = useApp();
  const [isBusy, setIsBusy] = useState(false);
  const run = useCallback(
    async (action: () => Promise<unknown>) => {
      setIsBusy(true);
      try {
        await action();
        return true;
      } catch (error) {
        if (!(error instanceof RequestProblem)) throw error;
        toasts.show({ words: error.message, tone: 'problem' });
        return false;
      } finally {
        setIsBusy(false);
      }
    },
    [toasts],
  );
  return { run, isBusy };
}
