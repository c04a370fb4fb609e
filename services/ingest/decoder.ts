import { writeFileSync } from 'node:fs';
import { MediaProblem } from '#media/media-problem';
import type { DecoderCall, DecoderReply, SentError } from './decoder-protocol.ts';

/**
 * Entry of the decoder process (see decoder-pool.ts): reads and shows files that may be hostile, so that
 * their worst takes down this process and nothing else. It does a few things and ends with its parent.
 */
const OPERATIONS: {
  [Call in DecoderCall as Call['operation']]: (request: Call['request']) => Promise<unknown>;
} = {
  metadata: async (request) => {
    const { readMetadata } = await import('#media/read-metadata');
    return readMetadata(request);
  },
  previews: async (request) => {
    const [{ writePreviews }] = await Promise.all([import('#media/preview'), prepareSharp()]);
    return writePreviews(request);
  },
  edited: async (request) => {
    const [{ writeEdited }] = await Promise.all([import('#media/preview-edited'), prepareSharp()]);
    return writeEdited(request);
  },
  portrait: async (request) => {
    const [{ writePortrait }] = await Promise.all([import('#media/portrait'), prepareSharp()]);
    return writePortrait(request);
  },
  faceCrop: async (request) => {
    const [{ writeFaceCrop }] = await Promise.all([import('#media/face-crop'), prepareSharp()]);
    return writeFaceCrop(request);
  },
  rendition: async (request) => {
    // Before anything that shows a photo, this goes.
    giveMemoryBackFirst(1000);
    const { writeRendition } = await import('#media/rendition');
    return writeRendition(request);
  },
};

/** No file is opened twice, and each operation is one thread: the pool decides how many run. */
async function prepareSharp(): Promise<void> {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
}

/** How early the kernel takes this process when memory runs out (proc(5): -1000 … 1000). */
function giveMemoryBackFirst(score: number): void {
  if (process.platform === 'linux') writeFileSync('/proc/self/oom_score_adj', String(score));
}

async function answer(call: DecoderCall): Promise<DecoderReply> {
  try {
    if (!Object.hasOwn(OPERATIONS, call.operation)) throw new Error(`no operation ${call.operation}`);
    const run = OPERATIONS[call.operation] as (request: DecoderCall['request']) => Promise<never>;
    return { id: call.id, answer: await run(call.request) };
  } catch (error) {
    if (!(error instanceof MediaProblem)) return { id: call.id, error: describe(error) };
    const { code, details, cause } = error;
    return { id: call.id, problem: { code, details }, ...(cause !== undefined && { cause: String(cause) }) };
  }
}

function describe(thrown: unknown): SentError {
  if (!(thrown instanceof Error)) return { name: 'Error', message: String(thrown) };
  const { name, message, stack, code } = thrown as NodeJS.ErrnoException;
  return { name, message, ...(stack && { stack }), ...(typeof code === 'string' && { code }) };
}

giveMemoryBackFirst(800);
process.on('disconnect', () => process.exit());
process.on('message', async (call: DecoderCall) => {
  const reply = await answer(call);
  if (process.connected) process.send?.(reply);
});
