import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { STARTED } from './started.ts';

/** One process to keep running. */
export interface ChildPlan {
  /** As in its unit: `gateway` for shoebox-gateway. */
  name: string;
  /** What to run with the Node that runs the supervisor: its flags, the file, its arguments. */
  args: readonly string[];
  env: NodeJS.ProcessEnv;
}

/** `started` is what a child tells of itself, each time it has started (service.ts). */
export type ChildEvent =
  | { kind: 'started'; name: string }
  | { kind: 'ended'; name: string; exitCode: number | null; signal: string | null; restartMs: number }
  | { kind: 'failed'; name: string; error: Error; restartMs: number }
  | { kind: 'killed'; name: string };

/** How patient the supervisor is, in milliseconds. */
export interface Patience {
  /** Pause before the first restart; doubles with each further one. */
  firstRestartMs: number;
  longestRestartMs: number;
  /** A child that ran this long is well again: its next restart is a first one. */
  wellAfterMs: number;
  /** How long a child may take to stop; it gives itself ten seconds (service.ts). */
  stopMs: number;
}

const PATIENCE: Patience = {
  firstRestartMs: 250,
  longestRestartMs: 10_000,
  wellAfterMs: 60_000,
  stopMs: 12_000,
};

export interface Supervisor {
  /** Stops the children one after the other, in the order in which they were given. */
  stop(): Promise<void>;
  /** Kills them at once. */
  kill(): void;
}

export interface SuperviseOptions {
  onEvent(event: ChildEvent): void;
  /** Takes each line a child prints. Default: children print where the supervisor prints. */
  onLine?(line: string): void;
  patience?: Partial<Patience>;
}

/**
 * Keeps processes running as systemd does on the appliance: each is started at once, and again after it
 * ended, with growing pauses. A child is in a process group of its own, so that Ctrl-C reaches the
 * supervisor alone, which then stops them in order. Each holds a channel to the supervisor and ends when
 * that closes (service.ts), so that none outlives it, however it ends.
 */
export function supervise(plans: readonly ChildPlan[], options: SuperviseOptions): Supervisor {
  const patience = { ...PATIENCE, ...options.patience };
  const children = plans.map((plan) => keepRunning(plan, patience, options));
  return {
    stop: async () => {
      for (const child of children) await child.stop();
    },
    kill: () => {
      for (const child of children) child.kill();
    },
  };
}

function keepRunning(plan: ChildPlan, patience: Patience, { onEvent, onLine }: SuperviseOptions) {
  const { name } = plan;
  let child: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopping = false;
  let pauseMs = patience.firstRestartMs;
  let onStopped = () => {};

  const start = () => {
    const startedAt = performance.now();
    child = spawn(process.execPath, plan.args, {
      env: plan.env,
      detached: true,
      stdio: ['ignore', onLine ? 'pipe' : 'inherit', 'inherit', 'ipc'],
    });
    if (child.stdout && onLine) createInterface({ input: child.stdout }).on('line', onLine);

    const ended = (report: (restartMs: number) => ChildEvent) => {
      child = undefined;
      if (stopping) return onStopped();
      if (performance.now() - startedAt >= patience.wellAfterMs) pauseMs = patience.firstRestartMs;
      onEvent(report(pauseMs));
      timer = setTimeout(start, pauseMs);
      pauseMs = Math.min(pauseMs * 2, patience.longestRestartMs);
    };
    // A process that could not be started has no 'exit', and one that was started no such 'error'.
    child.on('error', (error) => {
      if (child?.pid === undefined) ended((restartMs) => ({ kind: 'failed', name, error, restartMs }));
    });
    child.on('message', (message) => {
      if (message === STARTED) onEvent({ kind: 'started', name });
    });
    child.on('exit', (exitCode, signal) => {
      ended((restartMs) => ({ kind: 'ended', name, exitCode, signal, restartMs }));
    });
  };

  const kill = () => {
    stopping = true;
    clearTimeout(timer);
    child?.kill('SIGKILL');
  };

  const stop = () =>
    new Promise<void>((resolve) => {
      stopping = true;
      clearTimeout(timer);
      if (!child) return resolve();
      const deadline = setTimeout(() => {
        onEvent({ kind: 'killed', name });
        kill();
      }, patience.stopMs);
      onStopped = () => {
        clearTimeout(deadline);
        resolve();
      };
      child.kill('SIGTERM');
    });

  start();
  return { stop, kill };
}
