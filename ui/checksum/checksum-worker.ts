import { createSha1 } from './sha1.ts';

/** What a worker sees; written out, because the compiler cannot know a page and a worker in one program. */
declare const self: {
  onmessage: ((event: MessageEvent<{ id: number; file: Blob }>) => void) | null;
  postMessage: (answer: { id: number; checksum?: string }) => void;
};

/** How much of a file is in memory at once. */
const PIECE_BYTES = 4 * 1024 * 1024;

let turn = Promise.resolve();

// One file after the other: they come from the same disk.
self.onmessage = ({ data: { id, file } }) => {
  turn = turn.then(async () => {
    const sha1 = createSha1();
    try {
      for (let at = 0; at < file.size; at += PIECE_BYTES)
        sha1.add(new Uint8Array(await file.slice(at, at + PIECE_BYTES).arrayBuffer()));
    } catch (error) {
      // A file that was moved or cannot be read; sending it says so.
      if (!(error instanceof DOMException)) throw error;
      self.postMessage({ id });
      return;
    }
    self.postMessage({ id, checksum: sha1.finish() });
  });
};
