import type { ClaimedJob, JobKind } from '#catalog/jobs';
import { type JobStore, openWorker } from '#jobs/worker';
import type { Logger } from '#runtime/log';
import { openDecoder } from './decoder-pool.ts';
import { DecoderDied } from './decoder-protocol.ts';
import type { RenditionParts } from './make-rendition.ts';

/**
 * Memory of the process that makes videos small, with ffmpeg: one of 4K in HEVC with 10 bits takes 380 MB. What takes
 * more would take it from photos on a board with 2 GB.
 */
const MEMORY_BYTES = 560 * 1024 ** 2;
/** Wall-clock time for one video. It may have to wait for photos most of that; its own work is limited as well. */
const TIME_LIMIT_MS = 30 * 3600_000;
/** As the decoder of photos: starting it again costs some 200 ms. */
const IDLE_MS = 15_000;
/** A process that was killed has ended within moments. */
const STOP_MS = 3_000;

export interface RenditionsOptions {
  /** Of a worker of this name alone. */
  store: JobStore;
  tempDir: string;
  log: Logger;
  now: () => number;
  /** Whether photos are being worked on: then no video is begun. */
  isBusy(): boolean;
  run(job: ClaimedJob, renderer: RenditionParts['renderer']): Promise<void>;
}

/**
 * Makes videos small, one at a time, in a process of their own that gets what nobody else wants of the processor. A
 * video in hand goes on when photos arrive; at a stop it is given up and begun again at the next start.
 */
export function openRenditions({ store, tempDir, log, now, isBusy, run }: RenditionsOptions) {
  const kinds: readonly JobKind[] = ['rendition'];
  const renderer = openDecoder({
    concurrency: 1,
    memoryBytes: MEMORY_BYTES,
    timeLimitMs: TIME_LIMIT_MS,
    idleMs: IDLE_MS,
    recycleAfter: 100,
    closeMs: 0,
    tempDir,
    log,
  });
  const worker = openWorker({
    store: { ...store, isPaused: (kind) => isBusy() || store.isPaused(kind) },
    kinds,
    concurrency: 1,
    now,
    onError: (job, error) => log.error({ err: error, kind: job.kind, assetId: job.assetId }, 'job failed'),
    run: async (job) => {
      try {
        await run(job, renderer);
      } catch (error) {
        if (!(error instanceof DecoderDied) || error.reason !== 'closed') throw error;
        // Stopped in the middle: as if it had not been tried.
        store.release();
      }
    },
  });
  return {
    /** Looks for videos now: after photos have been worked on, or when one was asked for. */
    wake: () => worker.wake(),
    idle: () => worker.idle(),
    async stop() {
      const stopped = worker.stop(STOP_MS);
      // What the drive does not let go of now is removed at the next start.
      await renderer.close().catch((error: unknown) => {
        log.warn({ err: error }, 'scratch files not removed');
      });
      await stopped;
    },
  };
}
