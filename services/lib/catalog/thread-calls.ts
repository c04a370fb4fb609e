import { Problem, type ProblemCode, type ProblemDetails } from '#contract/problems';
import { storageProblem } from '#contract/storage-problem';

/** The nouns of queries.ts or changes.ts, each with its functions. */
type Nouns = Record<string, Record<string, (...args: never[]) => unknown>>;

/** The same functions carried out on another thread: each answers with a promise. */
export type OnThread<Functions> = {
  readonly [Noun in keyof Functions]: {
    readonly [Name in keyof Functions[Noun]]: Functions[Noun][Name] extends (
      ...args: infer Args
    ) => infer Result
      ? (...args: Args) => Promise<Result>
      : never;
  };
};

/** What goes to the thread. */
export interface ThreadCall {
  id: number;
  noun: string;
  name: string;
  args: unknown[];
}

/** What comes back. Problems and errors are written out: only plain values travel between threads. */
export type ThreadAnswer =
  | { id: number; result: unknown }
  | { id: number; problem: { code: ProblemCode; details: ProblemDetails } }
  | { id: number; error: { message: string; stack: string; code: string | undefined } };

/** On the thread: what a function threw, as an answer. A drive's own errors become the problems they are. */
export function describeThrown(id: number, thrown: unknown): ThreadAnswer {
  const problem = thrown instanceof Problem ? thrown : storageProblem(thrown);
  if (problem) return { id, problem: { code: problem.code, details: problem.details } };
  const { message, stack = '', code } = thrown as Error & { code?: string };
  return { id, error: { message, stack, code } };
}

/** The calls that wait for an answer. */
export interface WaitingCalls {
  readonly size: number;
  /** Hands a call to `send` under a number of its own, and waits for its answer. */
  ask(send: (call: ThreadCall) => void, noun: string, name: string, args: unknown[]): Promise<unknown>;
  /** Resolves or rejects the call that an answer is for. */
  settle(answer: ThreadAnswer): void;
  /** Rejects all of them. */
  fail(error: Error): void;
}

export function openWaitingCalls(): WaitingCalls {
  const callers = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  let lastId = 0;
  return {
    get size() {
      return callers.size;
    },
    ask(send, noun, name, args) {
      return new Promise((resolve, reject) => {
        const id = ++lastId;
        callers.set(id, { resolve, reject });
        send({ id, noun, name, args });
      });
    },
    settle(answer) {
      const caller = callers.get(answer.id);
      callers.delete(answer.id);
      if (!caller) return;
      if ('result' in answer) caller.resolve(answer.result);
      else if ('problem' in answer) caller.reject(new Problem(answer.problem.code, answer.problem.details));
      else caller.reject(readError(answer.error));
    },
    fail(error) {
      for (const { reject } of callers.values()) reject(error);
      callers.clear();
    },
  };
}

function readError({ message, stack, code }: { message: string; stack: string; code: string | undefined }) {
  return Object.assign(new Error(message), { stack, ...(code !== undefined && { code }) });
}

/** An object on which every noun has every function: `calls.albums.create(…)` is `ask('albums', 'create', […])`. */
export function callThread<Functions extends object>(
  ask: (noun: string, name: string, args: unknown[]) => Promise<unknown>,
  close: () => Promise<void>,
): OnThread<Functions> & { close(): Promise<void> } {
  const nouns = new Map<string, object>();
  const nounOf = (noun: string) =>
    new Proxy(
      {},
      {
        get:
          (_, name) =>
          (...args: unknown[]) =>
            ask(noun, String(name), args),
      },
    );
  return new Proxy({} as OnThread<Functions> & { close(): Promise<void> }, {
    get(_, noun) {
      // A promise resolves to this object unless it looks like another promise.
      if (typeof noun !== 'string' || noun === 'then') return undefined;
      if (noun === 'close') return close;
      const known = nouns.get(noun) ?? nounOf(noun);
      nouns.set(noun, known);
      return known;
    },
  });
}

/** On the thread: carries out a call with `functions`. */
export function carryOutCall(functions: object, { noun, name, args }: ThreadCall): unknown {
  return (functions as Nouns)[noun]![name]!(...(args as never[]));
}
