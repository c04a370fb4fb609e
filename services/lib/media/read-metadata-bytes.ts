import { open } from 'node:fs/promises';

/** A file read in pieces, so that a 100 MB picture costs the few pages that hold its metadata. */
export interface FileBytes {
  sizeBytes: number;
  /**
   * The bytes from `offset`, at most `length` of them: fewer, or none, past the end of the file.
   * The buffer may share memory with later answers and must not be written to.
   */
  read(offset: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** One read covers the metadata of nearly every phone picture, thumbnail included. */
const HEAD_BYTES = 128 * 1024;
/** Small reads further in come in steps, so a walk over many small chunks is not a call for each. */
const STEP_BYTES = 8 * 1024;

/** Opens `path` for reading in pieces. Throws the file system's error when that fails. */
export async function openFileBytes(path: string): Promise<FileBytes> {
  const handle = await open(path, 'r');
  const { size: sizeBytes } = await handle.stat();

  const readFrom = async (offset: number, length: number): Promise<Buffer> => {
    const buffer = Buffer.alloc(Math.max(0, Math.min(length, sizeBytes - offset)));
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  };

  const head = await readFrom(0, HEAD_BYTES);
  let step = { offset: 0, bytes: head };

  return {
    sizeBytes,
    async read(offset, length) {
      if (!Number.isSafeInteger(offset) || offset < 0 || length <= 0) return head.subarray(0, 0);
      for (const held of [{ offset: 0, bytes: head }, step]) {
        const from = offset - held.offset;
        if (from >= 0 && from + Math.min(length, sizeBytes - offset) <= held.bytes.length)
          return held.bytes.subarray(from, from + length);
      }
      if (length >= STEP_BYTES) return readFrom(offset, length);
      step = { offset, bytes: await readFrom(offset, STEP_BYTES) };
      return step.bytes.subarray(0, length);
    },
    close: () => handle.close(),
  };
}
