import { performance } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';

/** How often a thread looks whether it is idle. */
const LOOK_MS = 5_000;

/** A thread that was busy for less of the time since the last look is idle. */
const IDLE_SHARE = 0.02;

/**
 * Looks in a row that must find it idle, except for the first time: after the start nothing follows soon, but between
 * two batches of a phone's photos the code that was compiled and let go of cost 5 ms of CPU a photo.
 */
const IDLE_LOOKS = 6;

/** Less is not worth a collection of everything. */
const WORTHWHILE_BYTES = 2 * 1024 ** 2;

/**
 * Collects all garbage of the thread that calls it, and gives the room back to the system, whenever the thread
 * has been idle for a while after its heap grew. V8 by itself keeps what it needed last: after the start some 20 MB in the
 * gateway. Needs `--expose-gc`; without it nothing is done. Looks every `lookMs`, and does not keep the process
 * running.
 */
export function giveBackMemoryWhenIdle(lookMs: number = LOOK_MS): void {
  // Leaves no pages for what may come, and lets go of compiled code that nothing runs.
  const collect = globalThis.gc && (() => globalThis.gc!({ flavor: 'last-resort' }));
  if (!collect) return;
  let before = performance.eventLoopUtilization();
  let keptBytes = 0;
  let idleLooks = IDLE_LOOKS - 1;
  setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    const heapBytes = getHeapStatistics().total_heap_size;
    if (utilization > IDLE_SHARE) {
      if (keptBytes > 0) idleLooks = 0;
      return;
    }
    if (++idleLooks < IDLE_LOOKS || heapBytes < keptBytes + WORTHWHILE_BYTES) return;
    collect();
    keptBytes = getHeapStatistics().total_heap_size;
  }, lookMs).unref();
}
