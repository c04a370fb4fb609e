import { Problem } from '#contract/problems';

/** Pictures of accounts that are being made by ingest, since no upload is decoded in this process. */
export interface Portraits {
  /** Has the uploaded file of this id made into a picture. Rejects with a Problem when that is not possible. */
  make(id: string): Promise<void>;
  /** What ingest says of one: made, or in words why not. One that nobody waits for is no news. */
  settle(id: string, problem: string | null): void;
}

/** A decoder that has to start first takes a second on a small board; photos in hand are finished before. */
const PATIENCE_MS = 30_000;

export function openPortraits(ask: (id: string) => void): Portraits {
  const waiting = new Map<string, { resolve(): void; reject(problem: Problem): void }>();
  return {
    make: async (id) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      waiting.set(id, { resolve, reject });
      const timer = setTimeout(() => reject(new Problem('portrait_late')), PATIENCE_MS);
      timer.unref();
      try {
        ask(id);
        await promise;
      } finally {
        clearTimeout(timer);
        waiting.delete(id);
      }
    },
    settle: (id, problem) => {
      const waiter = waiting.get(id);
      if (problem === null) waiter?.resolve();
      else waiter?.reject(new Problem('portrait_unreadable', { reason: problem }));
    },
  };
}
