import { parentPort, workerData } from 'node:worker_threads';
import { carryOutCall, describeThrown, type ThreadAnswer, type ThreadCall } from '#catalog/thread-calls';
import { openPlaceNames } from '#media/search-places';

const port = parentPort!;
const names = openPlaceNames((workerData as { file: string }).file);

port.on('message', (call: ThreadCall) => {
  try {
    const result = carryOutCall({ names }, call);
    port.postMessage({ id: call.id, result } satisfies ThreadAnswer);
  } catch (thrown) {
    port.postMessage(describeThrown(call.id, thrown));
  }
});
