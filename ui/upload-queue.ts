import type { UploadAnswer } from './api.ts';
import { RequestProblem } from './api.ts';
import { createStore, type Store } from './store.ts';

/** One file on its way. `failed` carries the reason in words. */
export interface Upload {
  key: number;
  file: File;
  /** 0 to 1. At 1 the box is still writing and checking. */
  fraction: number;
}

export interface FailedUpload {
  key: number;
  file: File;
  reason: string;
}

/** Everything the upload panel draws. */
export interface UploadState {
  totalCount: number;
  doneCount: number;
  totalBytes: number;
  sentBytes: number;
  sending: readonly Upload[];
  /** Names of the files that are now in the library. */
  stored: readonly string[];
  /** Names of the files that were there before, byte for byte. */
  duplicates: readonly string[];
  failed: readonly FailedUpload[];
  /** The box does not answer; files wait instead of failing. */
  isOffline: boolean;
}

export interface UploadQueue {
  state: Store<UploadState>;
  add: (files: readonly File[]) => void;
  retryFailed: () => void;
  /** Gives up what is being sent and what waits; these files are listed as failed with `reason`. */
  stop: (reason: string) => void;
  /** Empties the receipt. Only when nothing is on its way. */
  clear: () => void;
}

export interface UploadQueueParts {
  send: (file: File, onProgress: (sentBytes: number) => void, signal: AbortSignal) => Promise<UploadAnswer>;
  isReachable: () => Promise<boolean>;
  /** Resolves after a while; how long to wait between two looks for a box that does not answer. */
  pause: () => Promise<void>;
  onStored: () => void;
}

const PARALLEL = 3;

/** A file that breaks off this often while the box answers is at fault itself. */
const MAX_BREAKS = 3;

const EMPTY: UploadState = {
  totalCount: 0,
  doneCount: 0,
  totalBytes: 0,
  sentBytes: 0,
  sending: [],
  stored: [],
  duplicates: [],
  failed: [],
  isOffline: false,
};

/**
 * Sends files three at a time, the number the phone app uses. A box that stops answering makes
 * the queue wait, not fail; only what the box refuses or what cannot be read counts as failed.
 */
export function createUploadQueue({ send, isReachable, pause, onStored }: UploadQueueParts): UploadQueue {
  const state = createStore(EMPTY);
  let waiting: { key: number; file: File }[] = [];
  let nextKey = 1;
  let workers = 0;
  let stopping = new AbortController();

  const change = (changes: Partial<UploadState>) => state.set({ ...state.get(), ...changes });

  function setProgress(key: number, file: File, requestBytes: number): void {
    const { sending, sentBytes } = state.get();
    const before = sending.find((upload) => upload.key === key);
    if (!before) return;
    // The request is a little longer than the file: field names and separators.
    const fraction = file.size === 0 ? 1 : Math.min(1, requestBytes / file.size);
    change({
      sending: sending.map((upload) => (upload.key === key ? { ...upload, fraction } : upload)),
      sentBytes: sentBytes + (fraction - before.fraction) * file.size,
    });
  }

  function finish(key: number, file: File, changes: Partial<UploadState>): void {
    setProgress(key, file, file.size);
    const { sending, doneCount } = state.get();
    change({
      ...changes,
      sending: sending.filter((upload) => upload.key !== key),
      doneCount: doneCount + 1,
    });
  }

  /** Sends until the box took or refused the file; waits for a box that is away. */
  async function sendPatiently(key: number, file: File, signal: AbortSignal): Promise<UploadAnswer> {
    for (let breaks = 1; ; breaks += 1) {
      try {
        return await send(file, (sentBytes) => setProgress(key, file, sentBytes), signal);
      } catch (error) {
        if (!(error instanceof RequestProblem) || error.status !== 0 || signal.aborted) throw error;
        setProgress(key, file, 0);
        if (await isReachable()) {
          if (breaks >= MAX_BREAKS) throw error;
        } else {
          change({ isOffline: true });
          do {
            await pause();
            if (signal.aborted) throw error;
          } while (!(await isReachable()));
          change({ isOffline: false });
          breaks = 0;
        }
      }
    }
  }

  async function work(): Promise<void> {
    workers += 1;
    const { signal } = stopping;
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { key, file } = next;
      change({ sending: [...state.get().sending, { key, file, fraction: 0 }] });
      try {
        const { status } = await sendPatiently(key, file, signal);
        const { stored, duplicates } = state.get();
        finish(
          key,
          file,
          status === 'created'
            ? { stored: [...stored, file.name] }
            : { duplicates: [...duplicates, file.name] },
        );
        if (status === 'created') onStored();
      } catch (error) {
        if (!(error instanceof RequestProblem)) throw error;
        const reason = signal.aborted ? String(signal.reason) : error.message;
        finish(key, file, { failed: [...state.get().failed, { key, file, reason }] });
      }
      if (signal.aborted) break;
    }
    workers -= 1;
    // Files that were added while this worker was being stopped.
    start();
  }

  function start(): void {
    while (workers < Math.min(PARALLEL, workers + waiting.length)) void work();
  }

  function add(files: readonly File[]): void {
    if (files.length === 0) return;
    const { totalCount, totalBytes } = state.get();
    waiting = waiting.concat(files.map((file) => ({ key: nextKey++, file })));
    change({
      totalCount: totalCount + files.length,
      totalBytes: totalBytes + files.reduce((sum, file) => sum + file.size, 0),
    });
    start();
  }

  function forget(failed: readonly FailedUpload[]): void {
    const { totalCount, doneCount, totalBytes, sentBytes } = state.get();
    const bytes = failed.reduce((sum, { file }) => sum + file.size, 0);
    change({
      failed: [],
      totalCount: totalCount - failed.length,
      doneCount: doneCount - failed.length,
      totalBytes: totalBytes - bytes,
      sentBytes: sentBytes - bytes,
    });
  }

  return {
    state,
    add,
    retryFailed: () => {
      const { failed } = state.get();
      forget(failed);
      add(failed.map(({ file }) => file));
    },
    stop: (reason) => {
      const { failed, doneCount, sentBytes } = state.get();
      const given = waiting;
      waiting = [];
      change({
        failed: [...failed, ...given.map(({ key, file }) => ({ key, file, reason }))],
        doneCount: doneCount + given.length,
        sentBytes: sentBytes + given.reduce((sum, { file }) => sum + file.size, 0),
        isOffline: false,
      });
      stopping.abort(reason);
      stopping = new AbortController();
    },
    clear: () => {
      if (workers === 0) state.set(EMPTY);
    },
  };
}
