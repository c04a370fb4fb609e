import { Worker } from 'node:worker_threads';
import { Problem, type ProblemCode, type ProblemDetails } from '#contract/problems';
import type { Queries } from './queries.ts';

/** Every question to the catalog, as a promise: `reader.search.count(...)` runs on the reader's thread. */
export type CatalogReader = {
  readonly [Noun in keyof Queries]: {
    readonly [Question in keyof Queries[Noun]]: Queries[Noun][Question] extends (
      ...args: infer Args
    ) => infer Result
      ? (...args: Args) => Promise<Result>
      : never;
  };
} & {
  /** Ends the thread; questions without an answer fail. */
  close(): Promise<void>;
};

export interface QuestionRequest {
  id: number;
  noun: string;
  question: string;
  args: unknown[];
}

export type QuestionAnswer =
  | { id: number; result: unknown }
  | { id: number; problem: { code: ProblemCode; details: ProblemDetails } }
  | { id: number; error: { message: string; stack: string } };

/** Without questions for so long the thread is ended, to give its memory back. */
const IDLE_MS = 60_000;

/**
 * Answers questions that may look at every photo of a library without stopping the event loop for everybody
 * else. The thread starts with the first question, and ends when there are none: most days need none.
 * Answers come one at a time, and travel between threads: what an index answers is asked directly.
 */
export function openReader(file: string): CatalogReader {
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let lastId = 0;

  const fail = (error: Error) => {
    worker = undefined;
    for (const caller of waiting.values()) caller.reject(error);
    waiting.clear();
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
    started.on('message', (answer: QuestionAnswer) => {
      const caller = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (waiting.size === 0) {
        clearTimeout(idle);
        idle = setTimeout(() => void end(), IDLE_MS);
        idle.unref();
      }
      if (!caller) return;
      if ('result' in answer) caller.resolve(answer.result);
      else if ('problem' in answer) caller.reject(new Problem(answer.problem.code, answer.problem.details));
      else caller.reject(Object.assign(new Error(answer.error.message), { stack: answer.error.stack }));
    });
    started.on('error', fail);
    started.on('exit', () => {
      if (worker === started) fail(new Error('The thread that reads the catalog has ended.'));
    });
    started.unref();
    return started;
  };
  const ask = (noun: string, question: string, args: unknown[]) =>
    new Promise<unknown>((resolve, reject) => {
      clearTimeout(idle);
      worker ??= start();
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, noun, question, args } satisfies QuestionRequest);
    });
  const close = async () => {
    const ending = worker;
    clearTimeout(idle);
    fail(new Error('The catalog is being closed.'));
    await ending?.terminate();
  };

  const nouns = new Map<string, object>();
  return new Proxy({} as CatalogReader, {
    get(_, noun) {
      // A promise resolves to this object unless it looks like another promise.
      if (typeof noun !== 'string' || noun === 'then') return undefined;
      if (noun === 'close') return close;
      let questions = nouns.get(noun);
      if (!questions) {
        questions = new Proxy(
          {},
          {
            get:
              (_, question) =>
              (...args: unknown[]) =>
                ask(noun, String(question), args),
          },
        );
        nouns.set(noun, questions);
      }
      return questions;
    },
  });
}
