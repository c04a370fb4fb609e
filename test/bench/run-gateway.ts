import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './run-appliance.ts';

const ROOT = join(import.meta.dirname, '../..');
/** As in services/start.ts and the unit. */
const START_FLAGS = [
  '--max-semi-space-size=4',
  '--heap-growing-percent=100',
  '--single-threaded-gc',
  '--expose-gc',
];

export interface MeasuredGateway {
  url: string;
  pid: number;
  /** Since two seconds after the start: how late its event loop was, in ms; undefined unless it is measured. */
  loopDelay(): { p50: number; p99: number; max: number } | undefined;
  stop(): Promise<void>;
}

/**
 * Starts a gateway alone on a pool, with a page of one line unless there is a `uiDir`; resolves when it answers. With `measuresLoop` it
 * notes how late its event loop is, which costs it a little.
 */
export async function startGateway(
  poolDir: string,
  { measuresLoop = false, uiDir }: { measuresLoop?: boolean; uiDir?: string } = {},
): Promise<MeasuredGateway> {
  const scratch = mkdtempSync(join(tmpdir(), 'shoebox-million-'));
  mkdirSync(join(scratch, 'ui'));
  writeFileSync(join(scratch, 'ui/index.html'), '<!doctype html>');
  const port = await freePort();
  const preload = measuresLoop ? ['--import', join(ROOT, 'test/bench/measure-loop.ts')] : [];
  const child = spawn(
    process.execPath,
    [...START_FLAGS, ...preload, join(ROOT, 'services/gateway/main.ts')],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        SHOEBOX_DATA: poolDir,
        SHOEBOX_RUN: join(scratch, 'run'),
        SHOEBOX_UI: uiDir ?? join(scratch, 'ui'),
        SHOEBOX_PORT: String(port),
        SHOEBOX_HOST: '127.0.0.1',
        SHOEBOX_LOG: 'warn',
        ...(measuresLoop && { SHOEBOX_MEASURE: scratch }),
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  const ended = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    if (child.exitCode !== null) throw new Error('the gateway did not start');
    const answer = await fetch(`${url}/api/server/ping`).catch(() => undefined);
    if (answer?.ok) break;
    await sleep(50);
  }
  return {
    url,
    pid: child.pid!,
    loopDelay: () =>
      measuresLoop ? JSON.parse(readFileSync(join(scratch, 'loop-gateway.json'), 'utf8')) : undefined,
    stop: async () => {
      child.kill();
      await ended;
      rmSync(scratch, { recursive: true });
    },
  };
}
