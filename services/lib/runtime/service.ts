import systemdNotify from 'systemd-notify';
import { runCommand } from './command.ts';
import { giveBackMemoryWhenIdle } from './give-back-memory.ts';
import type { Logger } from './log.ts';
import { STARTED } from './started.ts';

/** Started work is finished within this time or left to its lease (architecture: a job is a lease). */
const STOP_LIMIT_MS = 10_000;

export interface Service {
  /** As in its unit: `gateway` for shoebox-gateway. */
  name: string;
  log: Logger;
  /** Opens everything. What it returns is stopped once; a rejection ends the process with code 1. */
  start(): Promise<{ stop(): Promise<void> }>;
  /** False while the process should be restarted: the watchdog then goes unanswered. Default: true. */
  healthy?(): boolean;
}

/**
 * Runs one process of Shoebox from its start to its exit: starts it, tells systemd or the supervisor so, answers
 * the watchdog at half its time, and stops on SIGTERM or SIGINT, or when the supervisor that started it is gone.
 * A stop that takes longer than ten seconds, or a second signal, ends the process all the same. Memory that an
 * idle process does not need goes back to the system. What nobody caught is logged once, with its stack, and ends
 * the process with code 1.
 *
 * Resolves when the service has started. What keeps the process running is up to the service.
 * `env` is where systemd says how it wants to be told (NOTIFY_SOCKET, WATCHDOG_USEC, WATCHDOG_PID).
 */
export async function runService(service: Service, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const { name, log } = service;
  const tell = systemdTeller(env, log);

  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'uncaught error');
    process.exit(1);
  });

  let stopping = false;
  // One turn later, so that a signal finds its handler from the first moment on.
  const starting = Promise.resolve().then(() => service.start());
  const stop = async (reason: string) => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ reason }, 'stopping');
    setTimeout(() => {
      log.warn({ limitMs: STOP_LIMIT_MS }, 'stop took too long');
      process.exit(1);
    }, STOP_LIMIT_MS);
    tell(['STOPPING=1']);
    const running = await starting;
    await running.stop();
    log.info('stopped');
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
  if (process.connected) {
    process.on('disconnect', () => void stop('supervisor is gone'));
    // Listening must not keep the process alive.
    process.channel?.unref();
  }

  try {
    await starting;
    // A supervisor that is gone by now is noticed by 'disconnect'.
    process.send?.(STARTED, undefined, undefined, () => {});
    if (env['NOTIFY_SOCKET']) await systemdNotify({ ready: true, status: 'running' });
  } catch (error) {
    log.fatal({ err: error }, 'start failed');
    process.exit(1);
  }
  log.info({ pid: process.pid }, `${name} started`);
  giveBackMemoryWhenIdle();

  const watchdogMs = watchdogIntervalMs(env);
  if (watchdogMs !== undefined)
    setInterval(() => {
      if (service.healthy?.() ?? true) tell(['WATCHDOG=1']);
      else log.warn('not healthy, watchdog left unanswered');
    }, watchdogMs).unref();
}

/** Half the time after which systemd kills this process, or undefined when it does not watch it (sd_watchdog_enabled(3)). */
function watchdogIntervalMs(env: NodeJS.ProcessEnv): number | undefined {
  const limitUs = Number(env['WATCHDOG_USEC']);
  const pid = env['WATCHDOG_PID'];
  if (!env['NOTIFY_SOCKET'] || !(limitUs > 0)) return undefined;
  if (pid && Number(pid) !== process.pid) return undefined;
  return limitUs / 1000 / 2;
}

/** Sends what the npm package has no word for; one that is lost costs a line, systemd acts on the rest. */
function systemdTeller(env: NodeJS.ProcessEnv, log: Logger): (assignments: readonly string[]) => void {
  if (!env['NOTIFY_SOCKET']) return () => {};
  return (assignments) => {
    runCommand('systemd-notify', assignments, { timeoutMs: 5_000 }).catch((error: unknown) =>
      log.warn({ err: error }, 'systemd could not be told'),
    );
  };
}
