import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MediaProblem } from '#media/media-problem';
import type { Logger } from '#runtime/log';
import { type DecoderProcess, startDecoder } from './decoder-process.ts';
import {
  type DecoderCall,
  DecoderDied,
  type DecoderOperation,
  type DecoderOperations,
  type DecoderReply,
} from './decoder-protocol.ts';

export interface DecoderOptions {
  /** Operations at the same time; each uses about one core. */
  concurrency: number;
  /**
   * Resident memory of the process and its tools above which it is killed. Two photos of 12 megapixels at once
   * peak at 200 MB as JPEG and at 250 MB as HEIC; a 48-megapixel progressive JPEG takes as much again alone.
   */
  memoryBytes: number;
  /** Time for one operation above which the process is killed. Tools get four fifths of it. */
  timeLimitMs: number;
  /** The process is ended when it has had nothing to do for this long; the next operation starts another. */
  idleMs: number;
  /** Operations after which a process is replaced, so that fragmented memory is given back. */
  recycleAfter: number;
  /** Belongs to the decoder: emptied when the pool opens and when a process ends. */
  tempDir: string;
  /** How long running operations may go on when the pool is closed. Default: 8 s, less than a service has to stop. */
  closeMs?: number;
  log: Logger;
  /** The module that runs in the process. Default: `decoder` beside this module, with its extension. */
  entry?: string;
}

export interface CallOptions {
  /**
   * Waits until nothing else runs and lets nothing else start: a file that kills the process then takes
   * nothing with it, and is known to be the one.
   */
  alone?: boolean;
}

export interface Decoder {
  /** Reads what a file says about itself. Rejects with MediaProblem, DecoderDied, or what `readMetadata` throws. */
  metadata: (
    request: DecoderOperations['metadata']['request'],
    options?: CallOptions,
  ) => Promise<DecoderOperations['metadata']['answer']>;
  /** Writes preview and thumbnail. Rejects with MediaProblem, DecoderDied, or an error of the drive by its code. */
  previews: (
    request: Omit<DecoderOperations['previews']['request'], 'tempDir' | 'timeoutMs'>,
    options?: CallOptions,
  ) => Promise<DecoderOperations['previews']['answer']>;
  /** Writes an edited picture. Rejects as `previews` does. */
  edited: (
    request: Omit<DecoderOperations['edited']['request'], 'tempDir' | 'timeoutMs'>,
    options?: CallOptions,
  ) => Promise<DecoderOperations['edited']['answer']>;
  /** Writes the small picture of an account. Rejects as `previews` does. */
  portrait: (
    request: DecoderOperations['portrait']['request'],
    options?: CallOptions,
  ) => Promise<DecoderOperations['portrait']['answer']>;
  /** Cuts a face out of a preview of ours. Rejects as `previews` does. */
  faceCrop: (
    request: DecoderOperations['faceCrop']['request'],
    options?: CallOptions,
  ) => Promise<DecoderOperations['faceCrop']['answer']>;
  /** Makes the small version of a video. Rejects with DecoderDied, or an error of the drive by its code. */
  rendition: (
    request: Omit<DecoderOperations['rendition']['request'], 'tempDir' | 'timeoutMs'>,
    options?: CallOptions,
  ) => Promise<DecoderOperations['rendition']['answer']>;
  /** Lets running operations finish for a moment (`closeMs`), then ends the process. What waits is rejected at once. */
  close: () => Promise<void>;
}

/** How often memory is looked at while something runs: a decoder fills 100 MB in that time on the boards meant. */
const MEMORY_POLL_MS = 250;

/** Less than the ten seconds in which a service has to stop. */
const CLOSE_MS = 8_000;

interface Operation {
  /** Makes the message, once it is known which process runs it. */
  call: (id: number, tempDir: string) => DecoderCall;
  alone: boolean;
  resolve: (answer: never) => void;
  reject: (error: Error) => void;
}

interface Running extends Operation {
  timer: NodeJS.Timeout;
}

interface Child {
  process: DecoderProcess;
  started: number;
  /** Set before it is killed on purpose; a process that ends without it has crashed. */
  ending?: DecoderDied['reason'] | 'idle';
}

/**
 * Runs decoding in a process of its own that is started on demand, ended when idle, replaced now and then, and
 * killed with everything it started when it takes too long or too much.
 */
export function openDecoder(options: DecoderOptions): Decoder {
  const { concurrency, memoryBytes, timeLimitMs, idleMs, recycleAfter, tempDir, log } = options;
  const entry = options.entry ?? fileURLToPath(new URL('./decoder.ts', import.meta.url));
  rmSync(tempDir, { recursive: true, force: true });
  mkdirSync(tempDir, { recursive: true });

  const waiting: Operation[] = [];
  const running = new Map<number, Running>();
  let child: Child | undefined;
  let lastId = 0;
  let closed = false;
  let idleTimer: NodeJS.Timeout | undefined;
  let memoryTimer: NodeJS.Timeout | undefined;
  let whenQuiet: (() => void) | undefined;

  function start(): Child {
    const started: Child = {
      started: 0,
      process: startDecoder({
        entry,
        tempDir,
        onReply: (reply) => finish(reply),
        onEnd: (details) => onEnd(started, details),
      }),
    };
    log.debug({ pid: started.process.pid }, 'decoder started');
    return started;
  }

  function kill(reason: NonNullable<Child['ending']>): void {
    if (!child || child.ending) return;
    child.ending = reason;
    child.process.kill();
  }

  function onEnd(ended: Child, details: string): void {
    child = undefined;
    const reason = ended.ending ?? 'crash';
    const lost = [...running.values()];
    running.clear();
    if (reason !== 'idle') {
      log.warn({ reason, pid: ended.process.pid, operations: lost.length, details }, 'decoder died');
    }
    for (const operation of lost) {
      clearTimeout(operation.timer);
      operation.reject(new DecoderDied(reason === 'idle' ? 'crash' : reason, lost.length === 1, details));
    }
    next();
  }

  function finish(reply: DecoderReply): void {
    const operation = running.get(reply.id);
    if (!operation) return;
    running.delete(reply.id);
    clearTimeout(operation.timer);
    if ('answer' in reply) operation.resolve(reply.answer as never);
    else if ('problem' in reply)
      operation.reject(new MediaProblem(reply.problem.code, reply.problem.details, reply.cause));
    else operation.reject(Object.assign(new Error(reply.error.message), reply.error));
    next();
  }

  function mayStart(operation: Operation): boolean {
    if (running.size === 0) return true;
    if (operation.alone || running.size >= concurrency) return false;
    return ![...running.values()].some((other) => other.alone);
  }

  /** Starts what may start, in the order of arrival, and sees to the timers. */
  function next(): void {
    const worn = child !== undefined && child.started >= recycleAfter;
    if (worn && running.size === 0) kill('idle');
    // A process that is ending takes nothing more; its end calls here again.
    while (!worn && !child?.ending && waiting[0] && mayStart(waiting[0])) {
      const operation = waiting.shift()!;
      try {
        child ??= start();
      } catch (error) {
        // The drive refused the folder for temporary files: its error code is for the caller.
        operation.reject(error as Error);
        continue;
      }
      run(operation, child);
      if (child.started >= recycleAfter) break;
    }
    clearTimeout(idleTimer);
    if (running.size > 0) {
      memoryTimer ??= setInterval(checkMemory, MEMORY_POLL_MS);
      return;
    }
    clearInterval(memoryTimer);
    memoryTimer = undefined;
    if (child) idleTimer = setTimeout(() => kill('idle'), idleMs);
    whenQuiet?.();
  }

  function run(operation: Operation, on: Child): void {
    const id = ++lastId;
    on.started++;
    running.set(id, { ...operation, timer: setTimeout(() => kill('time'), timeLimitMs) });
    on.process.send(operation.call(id, on.process.tempDir));
  }

  function checkMemory(): void {
    if (child && !child.ending && child.process.residentBytes() > memoryBytes) kill('memory');
  }

  function enqueue<Name extends DecoderOperation>(
    call: Operation['call'],
    { alone = false }: CallOptions = {},
  ): Promise<DecoderOperations[Name]['answer']> {
    if (closed) return Promise.reject(new DecoderDied('closed', false));
    return new Promise((resolve, reject) => {
      waiting.push({ call, alone, resolve, reject });
      next();
    });
  }

  return {
    metadata: (request, callOptions) =>
      enqueue<'metadata'>((id) => ({ id, operation: 'metadata', request }), callOptions),
    previews: (request, callOptions) =>
      enqueue<'previews'>(
        (id, ownTempDir) => ({
          id,
          operation: 'previews',
          request: { ...request, tempDir: ownTempDir, timeoutMs: Math.round(timeLimitMs * 0.8) },
        }),
        callOptions,
      ),
    edited: (request, callOptions) =>
      enqueue<'edited'>(
        (id, ownTempDir) => ({
          id,
          operation: 'edited',
          request: { ...request, tempDir: ownTempDir, timeoutMs: Math.round(timeLimitMs * 0.8) },
        }),
        callOptions,
      ),
    portrait: (request, callOptions) =>
      enqueue<'portrait'>((id) => ({ id, operation: 'portrait', request }), callOptions),
    faceCrop: (request, callOptions) =>
      enqueue<'faceCrop'>((id) => ({ id, operation: 'faceCrop', request }), callOptions),
    rendition: (request, callOptions) =>
      enqueue<'rendition'>(
        (id, ownTempDir) => ({
          id,
          operation: 'rendition',
          request: { ...request, tempDir: ownTempDir, timeoutMs: Math.round(timeLimitMs * 0.8) },
        }),
        callOptions,
      ),
    close: async () => {
      closed = true;
      for (const operation of waiting.splice(0)) operation.reject(new DecoderDied('closed', false));
      if (child) {
        const impatient = setTimeout(() => kill('closed'), options.closeMs ?? CLOSE_MS);
        await new Promise<void>((resolve) => {
          whenQuiet = () => (child ? kill('idle') : resolve());
          next();
        });
        clearTimeout(impatient);
      }
      clearTimeout(idleTimer);
      rmSync(tempDir, { recursive: true, force: true });
    },
  };
}
