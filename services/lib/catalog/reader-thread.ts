import { parentPort, workerData } from 'node:worker_threads';
import { openCatalog } from './open.ts';
import { buildQueries } from './queries.ts';
import { carryOutCall, describeThrown, type ThreadAnswer, type ThreadCall } from './thread-calls.ts';

const port = parentPort!;
const db = openCatalog((workerData as { file: string }).file);
const queries = buildQueries(db);

/** What of an answer can be handed over instead of copied: bytes that have their memory to themselves. */
const ownBuffers = (result: unknown): ArrayBuffer[] =>
  Object.values(typeof result === 'object' && result !== null ? result : {}).flatMap((value) =>
    value instanceof Uint8Array && value.byteLength === value.buffer.byteLength
      ? (value.buffer as ArrayBuffer)
      : [],
  );

port.on('message', (call: ThreadCall) => {
  try {
    const result = carryOutCall(queries, call);
    port.postMessage({ id: call.id, result } satisfies ThreadAnswer, ownBuffers(result));
  } catch (thrown) {
    port.postMessage(describeThrown(call.id, thrown));
  }
});
