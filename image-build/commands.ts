import { appendFileSync, closeSync, existsSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, runCommand } from '#runtime/command';

/** Emulated and image tools reserve and write far more than a decoder may: 64 TiB is no limit in practice. */
const NO_LIMIT_BYTES = 64 * 1024 ** 4;

/** A whole emulated installation on a slow, busy machine. */
const COMMAND_MS = 3 * 3600_000;

/** How much of a log is shown when a command in it failed. */
const TAIL_BYTES = 4096;

/** Where the build folder is inside the tools' root, so that no path of the host gets into what is built. */
export const INSIDE = '/image';

/** The one door through which the image build runs programs. */
export interface Commands {
  /** Runs a program of the host. What it says goes to the log; if it fails, the end of the log is in the error. */
  host(file: string, args: readonly string[]): Promise<void>;
  /** Runs a program of the tools' root, where `buildDir` is at INSIDE; paths below `buildDir` are translated. */
  tool(file: string, args: readonly string[]): Promise<void>;
  /**
   * Runs a shell script in the root of a device at `rootDir`, emulated where the processor differs, without network.
   * With `over`, what it writes goes to that folder and the root stays as it is.
   */
  inside(request: { rootDir: string; over?: string; script: string }): Promise<void>;
  /** Standard output of a program of the host. */
  read(file: string, args: readonly string[]): Promise<string>;
}

export interface CommandsConfig {
  buildDir: string;
  toolsDir: string;
  /** Seconds since 1970 that take the place of now in everything that is written. */
  epoch: number;
  /** Ends what is running, with all it started. */
  signal: AbortSignal;
}

/** A command of the build that failed, with its exact line and the last that it said. */
export class BuildError extends Error {}

/** Builds the door. Everything runs in a mount namespace of its own, so a killed build leaves nothing mounted. */
export function buildCommands(config: CommandsConfig): Commands {
  const { buildDir, toolsDir, epoch, signal } = config;
  const logFile = join(buildDir, 'build.log');
  mkdirSync(buildDir, { recursive: true });
  const environment = [
    'env',
    '-i',
    'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    'HOME=/tmp',
    'LC_ALL=C.UTF-8',
    'TZ=UTC',
    'DEBIAN_FRONTEND=noninteractive',
    `SOURCE_DATE_EPOCH=${epoch}`,
  ];

  const run = async (line: readonly string[], shown: string) => {
    appendFileSync(logFile, `+ ${shown}\n`);
    try {
      await runCommand(
        'sh',
        ['-c', 'umask 022; log="$1"; shift; exec "$@" >>"$log" 2>&1', 'sh', logFile, ...line],
        {
          timeoutMs: COMMAND_MS,
          memoryBytes: NO_LIMIT_BYTES,
          fileBytes: NO_LIMIT_BYTES,
          signal,
        },
      );
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      if (signal.aborted) throw new BuildError('stopped; run the same again to go on', { cause: error });
      throw new BuildError(`this failed: ${shown}\n${tailOf(logFile)}\nAll it said is in ${logFile}`, {
        cause: error,
      });
    }
  };

  return {
    host: (file, args) => run([...environment, file, ...args], [file, ...args].join(' ')),
    tool: (file, args) => {
      const translated = args.map((arg) => arg.replaceAll(buildDir, INSIDE));
      if (!existsSync(join(toolsDir, 'usr/bin/env')))
        throw new BuildError(`there are no tools in ${toolsDir}`);
      const script = `
        set -e; tools="$1"; build="$2"; shift 2
        mkdir -p "$tools${INSIDE}"
        mount --bind "$build" "$tools${INSIDE}"
        mount -t proc proc "$tools/proc"
        mount -t tmpfs tmpfs "$tools/tmp"
        exec chroot "$tools" "$@"`;
      return run(
        [
          'unshare',
          '--mount',
          'sh',
          '-c',
          script,
          'sh',
          toolsDir,
          buildDir,
          ...environment,
          file,
          ...translated,
        ],
        [file, ...translated].join(' '),
      );
    },
    inside: ({ rootDir, over, script }) => {
      const enter = `
        set -e; root="$1"; over="$2"; shift 2
        if [ -n "$over" ]; then
          mkdir -p "$over.work" "$over.root"
          mount -t overlay -o "lowerdir=$root,upperdir=$over,workdir=$over.work" overlay "$over.root"
          root="$over.root"
        fi
        mount -t proc proc "$root/proc"
        for folder in tmp run dev var/tmp; do mount -t tmpfs tmpfs "$root/$folder"; done
        for node in null zero full random urandom; do
          touch "$root/dev/$node"
          mount --bind "/dev/$node" "$root/dev/$node"
        done
        ln -s /proc/self/fd "$root/dev/fd"
        chroot "$root" "$@"`;
      const program = ['sh', '-ec', script];
      const line = ['sh', '-c', enter, 'sh', rootDir, over ?? '', ...environment, ...program];
      return run(['unshare', '--mount', '--net', ...line], `in ${rootDir}: ${script.trim()}`);
    },
    read: async (file, args) =>
      (
        await runCommand(file, args, {
          timeoutMs: COMMAND_MS,
          memoryBytes: NO_LIMIT_BYTES,
          outputBytes: 256 * 1024 ** 2,
        })
      ).toString('utf8'),
  };
}

function tailOf(file: string): string {
  const size = statSync(file).size;
  const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
  const fd = openSync(file, 'r');
  try {
    readSync(fd, tail, 0, tail.length, size - tail.length);
  } finally {
    closeSync(fd);
  }
  return tail.toString('utf8').trim();
}
