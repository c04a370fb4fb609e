import { parentPort, workerData } from 'node:worker_threads';
import { storageProblem } from '#contract/storage-problem';
import { openCatalog } from './open.ts';
import { buildQueries } from './queries.ts';
import type { QuestionAnswer, QuestionRequest } from './reader.ts';

const port = parentPort!;
const db = openCatalog((workerData as { file: string }).file);
const queries = buildQueries(db) as unknown as Record<
  string,
  Record<string, (...args: unknown[]) => unknown>
>;

/** What of an answer can be handed over instead of copied: bytes that have their memory to themselves. */
const ownBuffers = (result: unknown): ArrayBuffer[] =>
  Object.values(typeof result === 'object' && result !== null ? result : {}).flatMap((value) =>
    value instanceof Uint8Array && value.byteLength === value.buffer.byteLength
      ? (value.buffer as ArrayBuffer)
      : [],
  );

port.on('message', ({ id, noun, question, args }: QuestionRequest) => {
  try {
    const result = queries[noun]![question]!(...args);
    port.postMessage({ id, result } satisfies QuestionAnswer, ownBuffers(result));
  } catch (thrown) {
    const problem = storageProblem(thrown);
    const { message, stack } = thrown as Error;
    port.postMessage(
      (problem
        ? { id, problem: { code: problem.code, details: problem.details } }
        : { id, error: { message, stack: stack ?? '' } }) satisfies QuestionAnswer,
    );
  }
});
