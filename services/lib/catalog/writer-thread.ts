import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { giveBackMemoryWhenIdle } from '#runtime/give-back-memory';
import { buildChanges } from './changes.ts';
import { openCatalog } from './open.ts';
import { carryOutCall, describeThrown, type ThreadAnswer, type ThreadCall } from './thread-calls.ts';
import { CLOSE } from './writer.ts';

/** More changes than this wait for the next transaction, so that the first ones are answered soon. */
const MOST_PER_COMMIT = 64;

const port = parentPort!;
const db = openCatalog((workerData as { file: string }).file);
const changes = buildChanges(db);
const begin = db.prepare('BEGIN IMMEDIATE');
const commit = db.prepare('COMMIT');
const rollback = db.prepare('ROLLBACK');
const savepoint = db.prepare('SAVEPOINT change');
const release = db.prepare('RELEASE change');
const undo = db.prepare('ROLLBACK TO change');

/** Carries out all requests in one transaction. One that fails is undone alone; the others are kept. */
function carryOut(requests: readonly ThreadCall[]): ThreadAnswer[] {
  const answers: ThreadAnswer[] = [];
  try {
    begin.run();
    for (const call of requests) {
      savepoint.run();
      try {
        answers.push({ id: call.id, result: carryOutCall(changes, call) });
        release.run();
      } catch (error) {
        // A full or failing drive makes SQLite undo the whole transaction: then nobody got what they asked for.
        if (!db.inTransaction) throw error;
        undo.run();
        release.run();
        answers.push(describeThrown(call.id, error));
      }
    }
    commit.run();
    return answers;
  } catch (error) {
    if (db.inTransaction) rollback.run();
    return requests.map(({ id }) => describeThrown(id, error));
  }
}

giveBackMemoryWhenIdle();
port.on('message', (first: ThreadCall) => {
  const requests = [first];
  let closing: ThreadCall | undefined;
  while (requests.length < MOST_PER_COMMIT) {
    const next = receiveMessageOnPort(port)?.message as ThreadCall | undefined;
    if (!next) break;
    requests.push(next);
  }
  closing = requests.find(({ noun, name }) => noun === CLOSE.noun && name === CLOSE.name);
  const work = requests.filter((request) => request !== closing);
  if (work.length > 0) port.postMessage(carryOut(work));
  if (closing) {
    db.close();
    port.postMessage([{ id: closing.id, result: undefined }]);
  }
});
