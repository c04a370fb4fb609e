import { Worker } from 'node:worker_threads';
import type { Queries } from './queries.ts';
import { callThread, type OnThread, openWaitingCalls, type ThreadAnswer } from './thread-calls.ts';

/** Every question to the catalog, as a promise: `reader.search.count(...)` runs on the reader's thread. */
export type CatalogReader = OnThread<Queries> & {
  /** Ends the thread; questions without an answer fail. */
  close(): Promise<void>;
};

/** Without questions for so long the thread is ended, to give its memory back. */
const IDLE_MS = 60_000;

/**
 * Answers questions that may look at every photo of a library without stopping the event loop for everybody
 * else. The thread starts with the first question, and ends when there are none: most days need none.
 * Answers come one at a time, and travel between threads: what an index answers is asked directly.
 */
export function openReader(file: string): CatalogReader {
  const waiting = openWaitingCalls();
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;

  const fail = (error: Error) => {
    worker = undefined;
    waiting.fail(error);
  };
  const end = async () => {
    clearTimeout(idle);
    const ending = worker;
    worker = undefined;
    await ending?.terminate();
  };
  const start = (): Worker => {
    const started = new Worker(new URL('./reader-thread.ts', import.meta.url), {
      workerData: { file },
      resourceLimits: { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 256 },
    });
    started.on('message', (answer: ThreadAnswer) => {
      waiting.settle(answer);
      if (waiting.size > 0) return;
      clearTimeout(idle);
      idle = setTimeout(() => void end(), IDLE_MS);
      idle.unref();
    });
    started.on('error', fail);
    started.on('exit', () => {
      if (worker === started) fail(new Error('The thread that reads the catalog has ended.'));
    });
    started.unref();
    return started;
  };
  const ask = (noun: string, name: string, args: unknown[]) => {
    clearTimeout(idle);
    worker ??= start();
    const asked = worker;
    return waiting.ask((call) => asked.postMessage(call), noun, name, args);
  };
  const close = async () => {
    const ending = worker;
    clearTimeout(idle);
    fail(new Error('The catalog is being closed.'));
    await ending?.terminate();
  };
  return callThread<Queries>(ask, close);
}
