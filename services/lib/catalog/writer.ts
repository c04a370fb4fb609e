import { Worker } from 'node:worker_threads';
import { Problem, type ProblemCode, type ProblemDetails } from '#contract/problems';
import type { Changes } from './changes.ts';

/**
 * Every change of the catalog, as a promise that resolves when the change is on the drive.
 * `writer.albums.create(...)` runs `albumChanges(db).create(...)` in a transaction on the writer's thread.
 */
export type CatalogWriter = {
  readonly [Noun in keyof Changes]: {
    readonly [Change in keyof Changes[Noun]]: Changes[Noun][Change] extends (
      ...args: infer Args
    ) => infer Result
      ? (...args: Args) => Promise<Result>
      : never;
  };
} & {
  /** Finishes what was asked for, then ends the thread. */
  close(): Promise<void>;
};

/** What goes to the thread; `close` has no noun. */
export interface ChangeRequest {
  id: number;
  noun: string;
  change: string;
  args: unknown[];
}

export type ChangeAnswer =
  | { id: number; result: unknown }
  | { id: number; problem: { code: ProblemCode; details: ProblemDetails } }
  | { id: number; error: { message: string; stack: string; code: string | undefined } };

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
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  let lastId = 0;
  let death: Error | undefined;
  let isClosing = false;

  worker.on('message', (answers: ChangeAnswer[]) => {
    for (const answer of answers) {
      const caller = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (!caller) continue;
      if ('result' in answer) caller.resolve(answer.result);
      else if ('problem' in answer) caller.reject(new Problem(answer.problem.code, answer.problem.details));
      else {
        const error = new Error(answer.error.message) as Error & { code?: string };
        error.stack = answer.error.stack;
        if (answer.error.code !== undefined) error.code = answer.error.code;
        caller.reject(error);
      }
    }
  });
  const fail = (error: Error) => {
    if (!death && !isClosing) onDeath?.(error);
    death ??= error;
    for (const caller of waiting.values()) caller.reject(error);
    waiting.clear();
  };
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('The thread that writes the catalog has ended.')));

  const ask = (noun: string, change: string, args: unknown[]) =>
    new Promise<unknown>((resolve, reject) => {
      if (death) return reject(death);
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, noun, change, args } satisfies ChangeRequest);
    });

  const close = async () => {
    if (death) return;
    isClosing = true;
    await ask('', 'close', []);
    await worker.terminate();
  };
  const nouns = new Map<string, object>();
  return new Proxy({} as CatalogWriter, {
    get(_, noun) {
      // A promise resolves to this object unless it looks like another promise.
      if (typeof noun !== 'string' || noun === 'then') return undefined;
      if (noun === 'close') return close;
      let changes = nouns.get(noun);
      if (!changes) {
        changes = new Proxy(
          {},
          {
            get:
              (_, change) =>
              (...args: unknown[]) =>
                ask(noun, String(change), args),
          },
        );
        nouns.set(noun, changes);
      }
      return changes;
    },
  });
}
