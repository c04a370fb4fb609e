import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { Problem } from '#contract/problems';
import { storageProblem } from '#contract/storage-problem';
import { giveBackMemoryWhenIdle } from '#runtime/give-back-memory';
import { buildChanges } from './changes.ts';
import { openCatalog } from './open.ts';

import type { ChangeAnswer, ChangeRequest } from './writer.ts';

/** More changes than this wait for the next transaction, so that the first ones are answered soon. */
const MOST_PER_COMMIT = 64;

const port = parentPort!;
const db = openCatalog((workerData as { file: string }).file);
const changes = buildChanges(db) as unknown as Record<
  string,
  Record<string, (...args: unknown[]) => unknown>
>;
const begin = db.prepare('BEGIN IMMEDIATE');
const commit = db.prepare('COMMIT');
const rollback = db.prepare('ROLLBACK');
const savepoint = db.prepare('SAVEPOINT change');
const release = db.prepare('RELEASE change');
const undo = db.prepare('ROLLBACK TO change');

function describe(id: number, thrown: unknown): ChangeAnswer {
  const problem = thrown instanceof Problem ? thrown : storageProblem(thrown);
  if (problem) return { id, problem: { code: problem.code, details: problem.details } };
  const error = thrown as Error & { code?: string };
  return { id, error: { message: error.message, stack: error.stack ?? '', code: error.code } };
}

/** Carries out all requests in one transaction. One that fails is undone alone; the others are kept. */
function carryOut(requests: readonly ChangeRequest[]): ChangeAnswer[] {
  const answers: ChangeAnswer[] = [];
  try {
    begin.run();
    for (const { id, noun, change, args } of requests) {
      savepoint.run();
      try {
        answers.push({ id, result: changes[noun]![change]!(...args) });
        release.run();
      } catch (error) {
        // A full or failing drive makes SQLite undo the whole transaction: then nobody got what they asked for.
        if (!db.inTransaction) throw error;
        undo.run();
        release.run();
        answers.push(describe(id, error));
      }
    }
    commit.run();
    return answers;
  } catch (error) {
    if (db.inTransaction) rollback.run();
    return requests.map(({ id }) => describe(id, error));
  }
}

giveBackMemoryWhenIdle();
port.on('message', (first: ChangeRequest) => {
  const requests = [first];
  let closing: ChangeRequest | undefined;
  while (requests.length < MOST_PER_COMMIT) {
    const next = receiveMessageOnPort(port)?.message as ChangeRequest | undefined;
    if (!next) break;
    requests.push(next);
  }
  closing = requests.find((request) => request.change === 'close' && request.noun === '');
  const work = requests.filter((request) => request !== closing);
  if (work.length > 0) port.postMessage(carryOut(work));
  if (closing) {
    db.close();
    port.postMessage([{ id: closing.id, result: undefined }]);
  }
});
