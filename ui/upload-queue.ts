import type { UploadAnswer } from './api.ts';
import { RequestProblem } from './api.ts';
import { createStore, type Store } from './store.ts';
import type { LeftBehind, Outcome, UploadMemory } from './upload-memory.ts';

/** One file on its way. `failed` carries the reason in words. */
export interface Upload {
  key: number;
  file: File;
  /** 0 to 1. At 1 the box is still writing and checking. */
  fraction: number;
  /** It is being read and compared with what the box has; nothing is sent yet. */
  isComparing: boolean;
}

export interface FailedUpload {
  key: number;
  name: string;
  /** Absent when the page was reloaded since and the browser did not keep it. */
  file?: File;
  reason: string;
  /** What the memory calls it, for what a page before this one left. */
  keptId?: string;
}

/** What waited when a page before this one was closed. */
export interface Interrupted {
  files: readonly File[];
  /** Names of those that the browser did not keep. */
  missing: readonly string[];
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
  interrupted?: Interrupted | undefined;
  /** The receipt is one of a page before this, and nothing in it asks for anything. */
  isOldReceipt: boolean;
}

export interface UploadQueue {
  state: Store<UploadState>;
  add: (files: readonly File[]) => void;
  retryFailed: () => void;
  /** Gives up what is being sent and what waits; these files are listed as failed with `reason`. */
  stop: (reason: string) => void;
  /** As `stop` for a page that goes away: what waits is offered again to the next. */
  leave: (reason: string) => void;
  /** Shows what a page that is gone left behind: its receipt, and what waited. */
  recall: (left: LeftBehind) => void;
  /** Sends what waited then. */
  resume: () => void;
  /** What waited then is not wanted any more. */
  dismiss: () => void;
  /** Empties the receipt. Only when nothing is on its way. */
  clear: () => void;
}

export interface UploadQueueParts {
  /** `checksum` is absent when it is not known. */
  send: (
    file: File,
    onProgress: (sentBytes: number) => void,
    signal: AbortSignal,
    checksum?: string,
  ) => Promise<UploadAnswer>;
  /** SHA-1 in base64; undefined when the file cannot be read. Absent where nobody may ask what is there. */
  readChecksum?: (file: File) => Promise<string | undefined>;
  /** Whether the box has these bytes, so that they need not be sent. */
  isThere?: (file: File, checksum: string) => Promise<boolean>;
  /** Absent where nothing is remembered. */
  memory?: UploadMemory | undefined;
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
  isOldReceipt: false,
};

/**
 * Sends files three at a time, the number the phone app uses. A box that stops answering makes
 * the queue wait, not fail; only what the box refuses or what cannot be read counts as failed.
 */
export function createUploadQueue(parts: UploadQueueParts): UploadQueue {
  const { send, isReachable, pause, onStored, memory } = parts;
  const state = createStore(EMPTY);
  let waiting: { key: number; file: File }[] = [];
  let nextKey = 1;
  let workers = 0;
  let stopping = new AbortController();
  let isLeft = false;

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

  function finish(key: number, file: File, outcome: Outcome): void {
    setProgress(key, file, file.size);
    memory?.settle(key, outcome);
    const { sending, doneCount } = state.get();
    change({
      ...withOutcome(outcome, { key, name: file.name, file }),
      sending: sending.filter((upload) => upload.key !== key),
      doneCount: doneCount + 1,
    });
  }

  /** The receipt with one line more. */
  function withOutcome(
    outcome: Outcome,
    upload: { key: number; name: string; file?: File; keptId?: string },
  ): Partial<UploadState> {
    const { stored, duplicates, failed } = state.get();
    switch (outcome.kind) {
      case 'stored':
        return { stored: [...stored, upload.name] };
      case 'duplicate':
        return { duplicates: [...duplicates, upload.name] };
      case 'failed':
        return { failed: [...failed, { ...upload, reason: outcome.reason }] };
    }
  }

  /** Asks first whether the box has the file; what cannot be asked is sent. */
  async function compareAndSend(
    key: number,
    file: File,
    signal: AbortSignal,
  ): Promise<UploadAnswer['status']> {
    const checksum = await parts.readChecksum?.(file);
    if (
      checksum !== undefined &&
      parts.isThere &&
      (await patiently(key, file, signal, () => parts.isThere!(file, checksum)))
    )
      return 'duplicate';
    signal.throwIfAborted();
    const { sending } = state.get();
    change({
      sending: sending.map((upload) => (upload.key === key ? { ...upload, isComparing: false } : upload)),
    });
    const { status } = await patiently(key, file, signal, () =>
      send(file, (sentBytes) => setProgress(key, file, sentBytes), signal, checksum),
    );
    return status;
  }

  /** Asks until the box answers; waits for a box that is away. */
  async function patiently<T>(
    key: number,
    file: File,
    signal: AbortSignal,
    ask: () => Promise<T>,
  ): Promise<T> {
    for (let breaks = 1; ; breaks += 1) {
      try {
        return await ask();
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
      const isComparing = parts.readChecksum !== undefined;
      change({ sending: [...state.get().sending, { key, file, fraction: 0, isComparing }] });
      try {
        const status = await compareAndSend(key, file, signal);
        finish(key, file, { kind: status === 'created' ? 'stored' : 'duplicate' });
        if (status === 'created') onStored();
      } catch (error) {
        if (!signal.aborted && !(error instanceof RequestProblem)) throw error;
        // Who leaves takes nothing back: the next page offers it again.
        if (isLeft) break;
        const reason = signal.aborted ? String(signal.reason) : (error as RequestProblem).message;
        finish(key, file, { kind: 'failed', reason });
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
    const added = files.map((file) => ({ key: nextKey++, file }));
    waiting = waiting.concat(added);
    memory?.keep(added);
    change({
      isOldReceipt: false,
      ...withoutFound(files),
      totalCount: totalCount + files.length,
      totalBytes: totalBytes + files.reduce((sum, file) => sum + file.size, 0),
    });
    start();
  }

  /** What was missed is not missing any more once it has been chosen again. */
  function withoutFound(files: readonly File[]): Partial<UploadState> {
    const { interrupted } = state.get();
    if (!interrupted || interrupted.missing.length === 0) return {};
    const names = new Set(files.map(({ name }) => name));
    const missing = interrupted.missing.filter((name) => !names.has(name));
    if (missing.length > 0 || interrupted.files.length > 0)
      return { interrupted: { ...interrupted, missing } };
    memory?.forgetWaiting('all');
    return { interrupted: undefined };
  }

  function forget(failed: readonly FailedUpload[]): void {
    const { totalCount, doneCount, totalBytes, sentBytes } = state.get();
    memory?.forget(failed);
    const bytes = failed.reduce((sum, { file }) => sum + (file?.size ?? 0), 0);
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
      const again = state.get().failed.filter(({ file }) => file);
      forget(again);
      add(again.flatMap(({ file }) => file ?? []));
    },
    stop: (reason) => {
      const { failed, doneCount, sentBytes } = state.get();
      const given = waiting;
      waiting = [];
      for (const { key } of given) memory?.settle(key, { kind: 'failed', reason });
      change({
        failed: [...failed, ...given.map(({ key, file }) => ({ key, name: file.name, file, reason }))],
        doneCount: doneCount + given.length,
        sentBytes: sentBytes + given.reduce((sum, { file }) => sum + file.size, 0),
        isOffline: false,
      });
      stopping.abort(reason);
      stopping = new AbortController();
    },
    leave: (reason) => {
      isLeft = true;
      waiting = [];
      stopping.abort(reason);
      memory?.close();
    },
    recall: ({ waiting: files, missing, settled }) => {
      const isFirst = state.get().totalCount === 0;
      for (const { outcome, ...upload } of settled) {
        const { totalCount, doneCount, totalBytes, sentBytes } = state.get();
        const bytes = upload.file?.size ?? 0;
        change({
          ...withOutcome(outcome, { key: nextKey++, ...upload }),
          totalCount: totalCount + 1,
          doneCount: doneCount + 1,
          totalBytes: totalBytes + bytes,
          sentBytes: sentBytes + bytes,
        });
      }
      const { failed } = state.get();
      if (files.length + missing.length > 0) change({ interrupted: { files, missing } });
      else change({ isOldReceipt: isFirst && failed.length === 0 });
    },
    resume: () => {
      const { interrupted } = state.get();
      if (!interrupted) return;
      const { files, missing } = interrupted;
      change({ interrupted: missing.length > 0 ? { files: [], missing } : undefined });
      add(files);
      // Afterwards, so that they are kept at every moment.
      memory?.forgetWaiting('with bytes');
    },
    dismiss: () => {
      memory?.forgetWaiting('all');
      change({ interrupted: undefined });
    },
    clear: () => {
      if (workers > 0) return;
      memory?.forgetSettled();
      state.set({ ...EMPTY, interrupted: state.get().interrupted });
    },
  };
}
