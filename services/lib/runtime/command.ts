import { spawn } from 'node:child_process';

/** What one run of a command may use. Everything has a default, so that no command of ours can run wild. */
export interface CommandLimits {
  /** Wall-clock time until the command and what it started are killed. Default 60 s. */
  timeoutMs?: number;
  /** CPU time (RLIMIT_CPU), in whole seconds. Default: the wall-clock limit. */
  cpuSeconds?: number;
  /** Address space (RLIMIT_AS). Default 1.5 GiB. */
  memoryBytes?: number;
  /** Largest file it may write (RLIMIT_FSIZE). Default 2 GiB. */
  fileBytes?: number;
  /** Most bytes kept of its standard output; more kills it. Default 16 MiB. */
  outputBytes?: number;
}

export interface CommandOptions extends CommandLimits {
  cwd?: string;
  /** Written to its standard input, which is otherwise empty. */
  input?: Buffer | string;
  signal?: AbortSignal;
  /** Is told of standard output as it comes, such as a progress. */
  onOutput?: (chunk: Buffer) => void;
  /**
   * For work of minutes and hours that nobody waits for: the least share of the processor (nice 19) and of the drive
   * (idle class, see ioprio_set(2)), and killed by the kernel when the process that started it dies. Default: false.
   */
  isBackground?: boolean;
}

/** Each of these becomes the next one, so that all of it stays one process. */
const BACKGROUND = ['nice', '-n', '19', 'ionice', '-c', '3', '-t', 'setpriv', '--pdeathsig', 'KILL'];

/** Why a command failed. `line` is the exact line that ran, for the log. */
export class CommandError extends Error {
  readonly line: string;
  /** `missing`: not installed. `limit`: killed for time, CPU, memory or output. `failed`: it said so itself. */
  readonly reason: 'missing' | 'limit' | 'failed';
  readonly exitCode: number | null;
  readonly stderr: string;

  constructor(reason: CommandError['reason'], line: string, exitCode: number | null, stderr: string) {
    super(`${reason}: ${line}: ${stderr.trim().split('\n').at(-1) ?? ''}`);
    this.reason = reason;
    this.line = line;
    this.exitCode = exitCode;
    this.stderr = stderr;
  }
}

const STDERR_BYTES = 16 * 1024;

/**
 * Runs `file` with `args`, without a shell, under util-linux's `prlimit`, in a process group of its own
 * so that a kill reaches what it started. Resolves with its standard output; rejects with CommandError.
 */
export function runCommand(
  file: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Buffer> {
  const timeoutMs = options.timeoutMs ?? 60_000;
  const limits = [
    `--cpu=${options.cpuSeconds ?? Math.ceil(timeoutMs / 1000)}`,
    `--as=${options.memoryBytes ?? 1536 * 1024 ** 2}`,
    `--fsize=${options.fileBytes ?? 2 * 1024 ** 3}`,
    '--core=0',
  ];
  const outputBytes = options.outputBytes ?? 16 * 1024 ** 2;
  const line = [file, ...args].join(' ');

  return new Promise((resolve, reject) => {
    const child = spawn('prlimit', [...limits, ...(options.isBackground ? BACKGROUND : []), file, ...args], {
      cwd: options.cwd,
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    let size = 0;
    let stderr = '';
    let killedFor: 'time' | 'output' | 'caller' | undefined;

    const kill = (cause: NonNullable<typeof killedFor>) => {
      killedFor ??= cause;
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    };
    const timer = setTimeout(kill, timeoutMs, 'time');
    const callOff = () => kill('caller');
    if (options.signal?.aborted) callOff();
    options.signal?.addEventListener('abort', callOff, { once: true });

    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > outputBytes) return kill('output');
      chunks.push(chunk);
      options.onOutput?.(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (stderr.length < STDERR_BYTES) stderr += chunk.toString('utf8');
    });
    // A command that exits without reading its input breaks the pipe; its exit code tells the rest.
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');

    const finish = (error?: CommandError) => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', callOff);
      if (error) reject(error);
      else resolve(Buffer.concat(chunks));
    };
    child.on('error', (error) => finish(new CommandError('missing', line, null, error.message)));
    child.on('close', (exitCode, signal) => {
      // On a busy machine a command may have ended well before anybody came to look, late, whether its time was over.
      const endedWell = exitCode === 0 && killedFor === 'time';
      if ((killedFor && !endedWell) || signal)
        finish(new CommandError('limit', line, exitCode, stderr || `killed by ${signal}`));
      else if (exitCode === 127) finish(new CommandError('missing', line, exitCode, stderr));
      else if (exitCode !== 0) finish(new CommandError('failed', line, exitCode, stderr));
      else finish();
    });
  });
}
