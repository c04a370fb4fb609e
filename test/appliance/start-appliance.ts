import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';

/** The processes that there are. */
export type ProcessName = 'gateway' | 'ingest';

export interface TestAppliance {
  url: string;
  poolDir: string;
  runDir: string;
  /** By process name. */
  pids: Readonly<Record<ProcessName, number>>;
  /** What the processes have written so far. */
  log(): string;
  /** Sends a signal to one process and resolves when it has ended. */
  kill(name: ProcessName, signal: NodeJS.Signals): Promise<void>;
  /** Starts a process again that was killed; resolves when it is ready. */
  start(name: ProcessName): Promise<void>;
  /** Ends all processes in order and resolves when they have ended. */
  stop(): Promise<void>;
}

const services = join(import.meta.dirname, '../../services');

/** A slow machine that runs other tests at the same time needs some seconds for two processes. */
const LONGEST_START_MS = 60_000;

/**
 * The real processes of the appliance on a free port and a new pool in a temporary folder (or on `poolDir`, which
 * then stays). Resolves when they answer; they are ended, and the folder is removed, with the test.
 */
export async function startAppliance(
  t: TestContext,
  options: {
    poolDir?: string;
    env?: Record<string, string>;
    /** Of a bundled app, as image-build makes it; without it the processes run from their sources. */
    appDir?: string;
  } = {},
): Promise<TestAppliance> {
  // Short, since sockets lie in it (unix(7): 107 bytes).
  const scratch = await mkdtemp(join(tmpdir(), 'shoebox-'));
  const poolDir = options.poolDir ?? join(scratch, 'pool');
  const runDir = join(scratch, 'run');
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const children = new Map<ProcessName, ChildProcess>();
  let log = '';

  const spawnOne = (name: ProcessName): ChildProcess => {
    const program = options.appDir
      ? [join(options.appDir, 'bin/node'), join(options.appDir, 'services', name, 'main.js')]
      : [process.execPath, join(services, name, 'main.ts')];
    const child = spawn(program[0]!, program.slice(1), {
      env: {
        ...process.env,
        SHOEBOX_DATA: poolDir,
        SHOEBOX_RUN: runDir,
        SHOEBOX_HOST: '127.0.0.1',
        SHOEBOX_PORT: String(port),
        SHOEBOX_LOG: 'info',
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout!.setEncoding('utf8').on('data', (text: string) => (log += text));
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (log += text));
    children.set(name, child);
    return child;
  };
  const start = async (name: ProcessName): Promise<void> => {
    const from = log.length;
    const child = spawnOne(name);
    const deadline = Date.now() + LONGEST_START_MS;
    while (!log.slice(from).includes(`"msg":"${name} started"`)) {
      if (hasEnded(child)) throw new Error(`${name} ended at its start:\n${log.slice(from)}`);
      if (Date.now() > deadline) throw new Error(`${name} did not start:\n${log.slice(from)}`);
      await wait(20);
    }
  };
  const kill = async (name: ProcessName, signal: NodeJS.Signals): Promise<void> => {
    const child = children.get(name);
    if (!child || hasEnded(child)) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  const stop = async (): Promise<void> => {
    await Promise.all([...children.keys()].map((name) => kill(name, 'SIGTERM')));
  };
  t.after(async () => {
    await stop();
    // What else a test has started may end after this, and writes until then.
    await rm(scratch, { recursive: true, maxRetries: 50 });
  });

  const names = (['gateway', 'ingest'] as const).filter((name) =>
    existsSync(join(services, name, 'main.ts')),
  );
  await Promise.all(names.map(start));
  return {
    url,
    poolDir,
    runDir,
    get pids() {
      return Object.fromEntries([...children].map(([name, child]) => [name, child.pid!])) as Record<
        ProcessName,
        number
      >;
    },
    log: () => log,
    kill,
    start,
    stop,
  };
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
