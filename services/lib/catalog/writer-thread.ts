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

/** Carries out all requests in one transaction. Throws when one fails or the commit does: then nothing was done. */
function carryOutTogether(requests: readonly ThreadCall[]): ThreadAnswer[] {
  begin.run();
  try {
    const answers = requests.map((call) => ({ id: call.id, result: carryOutCall(changes, call) }));
    commit.run();
    return answers;
  } catch (error) {
    // A full or failing drive makes SQLite undo the transaction by itself.
    if (db.inTransaction) rollback.run();
    throw error;
  }
}

/**
 * Carries out all requests. One that fails is undone alone; the others are kept: they are done again then, each
 * by itself. That is rare, and dearer than savepoints would be, inside of which every statement goes through the
 * pages that were noted since: 10,000 photos into an album took 30 s of CPU in one, and 0.3 s without.
 */
function carryOut(requests: readonly ThreadCall[]): ThreadAnswer[] {
  try {
    return carryOutTogether(requests);
  } catch (error) {
    const [only, ...others] = requests;
    return others.length === 0
      ? [describeThrown(only!.id, error)]
      : requests.flatMap((one) => carryOut([one]));
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
