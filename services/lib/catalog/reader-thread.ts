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

port.on('message', ({ id, noun, question, args }: QuestionRequest) => {
  try {
    port.postMessage({ id, result: queries[noun]![question]!(...args) } satisfies QuestionAnswer);
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
