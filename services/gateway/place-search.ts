import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { callThread, type OnThread, openWaitingCalls, type ThreadAnswer } from '#catalog/thread-calls';
import type { FoundPlace, PlaceNames } from '#media/search-places';

/** Looks for places of the world by name. */
export interface PlaceSearch {
  /** As PlaceNames.search, on a thread of its own; empty where no gazetteer was built. */
  search(typed: string, most: number): Promise<FoundPlace[]>;
  /** Ends the thread; questions without an answer fail. */
  close(): Promise<void>;
}

/** Somebody who types a name asks every second or so; afterwards the thread's memory is given back. */
const IDLE_MS = 20_000;

/**
 * A thread that goes through the names of the gazetteer, started with the first question and ended when there are
 * none. `file` may be absent: then there are no places.
 */
export function openPlaceSearch(file: string | undefined): PlaceSearch {
  const waiting = openWaitingCalls();
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;

  const end = async (error: Error) => {
    clearTimeout(idle);
    const ending = worker;
    worker = undefined;
    waiting.fail(error);
    await ending?.terminate();
  };
  const start = (): Worker => {
    const started = new Worker(new URL('./place-search-thread.ts', import.meta.url), {
      workerData: { file },
      resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 64 },
    });
    started.on('message', (answer: ThreadAnswer) => {
      waiting.settle(answer);
      if (waiting.size > 0) return;
      clearTimeout(idle);
      idle = setTimeout(() => void end(new Error('The search for places has ended.')), IDLE_MS);
      idle.unref();
    });
    started.on('error', (error) => {
      if (worker === started) void end(error);
    });
    started.unref();
    return started;
  };
  const { names }: OnThread<{ names: Pick<PlaceNames, 'search'> }> = callThread(
    (noun, name, args) => {
      clearTimeout(idle);
      worker ??= start();
      const asked = worker;
      return waiting.ask((call) => asked.postMessage(call), noun, name, args);
    },
    async () => {},
  );

  return {
    search: async (typed, most) => (file !== undefined && existsSync(file) ? names.search(typed, most) : []),
    close: () => end(new Error('The gateway is being closed.')),
  };
}
