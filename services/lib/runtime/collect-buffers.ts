/** Far below the 32 MiB at which V8 starts to collect everything, and seldom enough to cost little. */
const COLLECT_EVERY_BYTES = 8 * 1024 ** 2;

let passedBytes = 0;

/**
 * Tells that so many bytes came through this thread in buffers that nobody needs any more. Buffers lie outside V8's
 * heap, and their growth makes it collect everything: 6 ms of CPU for a photo of 4.5 MB. Collecting the young alone,
 * in time, takes 0.8 ms. Needs `--expose-gc`; without it V8 decides.
 */
export function collectPassingBuffers(bytes: number): void {
  passedBytes += bytes;
  if (passedBytes < COLLECT_EVERY_BYTES) return;
  passedBytes = 0;
  globalThis.gc?.({ type: 'minor' });
}
