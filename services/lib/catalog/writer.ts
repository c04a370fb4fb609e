import { Worker } from 'node:worker_threads';
import type { Changes } from './changes.ts';
import { callThread, type OnThread, openWaitingCalls, type ThreadAnswer } from './thread-calls.ts';

/**
 * Every change of the catalog, as a promise that resolves when the change is on the drive.
 * `writer.albums.create(...)` runs `albumChanges(db).create(...)` in a transaction on the writer's thread.
 */
export type CatalogWriter = OnThread<Changes> & {
  /** Finishes what was asked for, then ends the thread. */
  close(): Promise<void>;
};

/** The call after which the thread has nothing more to do; it belongs to no noun. */
export const CLOSE = { noun: '', name: 'close' };

/**
 * Starts the thread that carries out the gateway's changes of the catalog in `file`.
 *
 * Waiting for a drive to flush would stop the event loop for everybody who is browsing, so writes live on a
 * thread of their own; and since it commits all changes that wait together, four uploads at once cost one
 * flush and not four.
 *
 * `onDeath` is told once when the thread ends without being asked to: nothing can be changed any more then, and the
 * process had better start again.
 */
export function openWriter(file: string, onDeath?: (error: Error) => void): CatalogWriter {
  const worker = new Worker(new URL('./writer-thread.ts', import.meta.url), {
    workerData: { file },
    // The thread only runs SQL; a small young generation keeps its memory flat.
    resourceLimits: { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 96 },
  });
  const waiting = openWaitingCalls();
  let death: Error | undefined;
  let isClosing = false;

  worker.on('message', (answers: ThreadAnswer[]) => answers.forEach(waiting.settle));
  const fail = (error: Error) => {
    if (!death && !isClosing) onDeath?.(error);
    death ??= error;
    waiting.fail(error);
  };
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('The thread that writes the catalog has ended.')));

  const ask = (noun: string, name: string, args: unknown[]) =>
    death ? Promise.reject(death) : waiting.ask((call) => worker.postMessage(call), noun, name, args);
  const close = async () => {
    if (death) return;
    isClosing = true;
    await ask(CLOSE.noun, CLOSE.name, []);
    await worker.terminate();
  };
  return callThread<Changes>(ask, close);
}
