import { workerFile } from 'checksum-worker';

export interface Checksums {
  /** SHA-1 in base64; undefined when the file cannot be read or no worker runs here: the box will find out. */
  read: (file: Blob) => Promise<string | undefined>;
  stop: () => void;
}

/** Reads files in a worker of their own, so that the page stays quick; it is started by the first. */
export function createChecksums(): Checksums {
  const asked = new Map<number, (checksum: string | undefined) => void>();
  let worker: Worker | undefined;
  let lastId = 0;

  const giveUp = () => {
    worker?.terminate();
    worker = undefined;
    for (const answer of asked.values()) answer(undefined);
    asked.clear();
  };

  function start(): Worker {
    const started = new Worker(new URL(workerFile, import.meta.url), { type: 'module' });
    started.onmessage = ({ data }: MessageEvent<{ id: number; checksum?: string }>) => {
      asked.get(data.id)?.(data.checksum);
      asked.delete(data.id);
    };
    started.onerror = giveUp;
    return started;
  }

  return {
    read: (file) => {
      worker ??= start();
      const id = ++lastId;
      worker.postMessage({ id, file });
      return new Promise((resolve) => asked.set(id, resolve));
    },
    stop: giveUp,
  };
}
