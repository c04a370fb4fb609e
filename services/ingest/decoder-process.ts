import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DecoderCall, DecoderReply } from './decoder-protocol.ts';

/** One running decoder process with the tools it has started. */
export interface DecoderProcess {
  /** Undefined when it could not be started; `onEnd` follows. */
  pid: number | undefined;
  /** Its own folder for temporary files, removed when it has ended. */
  tempDir: string;
  send: (call: DecoderCall) => void;
  /** Resident memory of the process and of all tools under it, in bytes. */
  residentBytes: () => number;
  /** Kills it and its tools at once. `onEnd` follows. */
  kill: () => void;
}

export interface DecoderProcessOptions {
  /** The module to run: decoder.ts, or what it was bundled into. */
  entry: string;
  tempDir: string;
  onReply: (reply: DecoderReply) => void;
  /** Called once, when the process has ended for whatever reason. `details` is for the log. */
  onEnd: (details: string) => void;
}

/**
 * The JavaScript in the decoder only carries paths and numbers around; pixels are outside V8's heap. What they take
 * counts for it all the same, and had all of the heap collected every few photos: 2 ms of CPU a photo.
 */
const V8_LIMITS = [
  '--max-old-space-size=128',
  '--max-semi-space-size=1',
  '--heap-growing-percent=100',
  '--single-threaded-gc',
];

const STDERR_CHARACTERS = 4000;

/** Starts a decoder in a process group of its own, with a bare environment. */
export function startDecoder({ entry, tempDir, onReply, onEnd }: DecoderProcessOptions): DecoderProcess {
  const ownTempDir = mkdtempSync(join(tempDir, 'decoder-'));
  const child = fork(entry, [], {
    detached: true,
    execArgv: V8_LIMITS,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      LC_ALL: 'C.UTF-8',
      TMPDIR: ownTempDir,
      // Code that was prepared before: a process that strips types itself keeps some 20 MB for that.
      ...(process.env['NODE_COMPILE_CACHE'] && { NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] }),
      // Two arenas instead of eight per core: what one thread frees, another can use (mallopt(3)).
      MALLOC_ARENA_MAX: '2',
    },
  });
  const { pid } = child;
  let tools: ProcessStamp[] = [];
  let stderr = '';
  let ended = false;
  child.stderr?.on('data', (text: Buffer) => {
    stderr = (stderr + text.toString('utf8')).slice(-STDERR_CHARACTERS);
  });
  child.on('message', (reply) => onReply(reply as DecoderReply));

  const end = (details: string) => {
    if (ended) return;
    ended = true;
    // A crashed decoder leaves its tools behind: those seen last are ended too.
    killTools(tools);
    onEnd([details, removeFolder(ownTempDir)].filter(Boolean).join('; '));
  };
  child.on('error', (error) => {
    // Also told when a message could not be sent; then `close` follows.
    if (pid === undefined) end(error.message);
  });
  child.on('close', (code, signal) => end(`${signal ?? `exit code ${code}`} ${stderr.trim()}`.trim()));

  return {
    pid,
    tempDir: ownTempDir,
    // A send that fails finds a process that is ending, of which `close` tells.
    send: (call) => child.send(call, () => {}),
    residentBytes: () => {
      if (pid === undefined) return 0;
      // Those seen before stay known: of a decoder that has just died, the kernel names no children any more.
      const known = new Map(
        [...tools.filter(isSameProcess), ...listTools(pid)].map((tool) => [tool.pid, tool]),
      );
      tools = [...known.values()];
      return readResidentBytes(pid) + tools.reduce((sum, tool) => sum + readResidentBytes(tool.pid), 0);
    },
    kill: () => {
      if (pid === undefined) return;
      // Stopped first, so that it starts nothing between looking and killing.
      signalGroup(pid, 'SIGSTOP');
      tools = listTools(pid);
      signalGroup(pid, 'SIGKILL');
      killTools(tools);
    },
  };
}

/** Removes what a decoder left, or says why it could not (it goes when the pool is opened again). */
function removeFolder(folder: string): string {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

/** A process by its id and its start time, which together are never used twice. */
interface ProcessStamp {
  pid: number;
  startTicks: string;
}

/** A file of /proc, or undefined when the process is gone. */
function readProc(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw error;
  }
}

/** Everything below `pid`. Needs a kernel with CONFIG_PROC_CHILDREN, as Debian's; without it, nothing is seen. */
function listTools(pid: number): ProcessStamp[] {
  const found: ProcessStamp[] = [];
  const waiting = [pid];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const children = readProc(`/proc/${next}/task/${next}/children`)?.trim();
    for (const child of children ? children.split(' ').map(Number) : []) {
      const startTicks = readStartTicks(child);
      if (startTicks !== undefined) found.push({ pid: child, startTicks });
      waiting.push(child);
    }
  }
  return found;
}

/** Field 22 of proc(5)'s stat; the name in parentheses before it may itself hold spaces. */
function readStartTicks(pid: number): string | undefined {
  const line = readProc(`/proc/${pid}/stat`);
  return line?.slice(line.lastIndexOf(')') + 2).split(' ')[19];
}

function readResidentBytes(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB/m.exec(readProc(`/proc/${pid}/status`) ?? '')?.[1];
  return Number(kibibytes ?? 0) * 1024;
}

function killTools(tools: readonly ProcessStamp[]): void {
  for (const { pid } of tools.filter(isSameProcess)) {
    // Each tool leads a group (command.ts); one that does not is caught by its own id.
    signalGroup(pid, 'SIGKILL');
    signalProcess(pid, 'SIGKILL');
  }
}

/** Whether the process still runs, and its id has not gone to another one since. */
const isSameProcess = ({ pid, startTicks }: ProcessStamp): boolean => readStartTicks(pid) === startTicks;

const signalGroup = (pid: number, signal: NodeJS.Signals): void => signalProcess(-pid, signal);

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
