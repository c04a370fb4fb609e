import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = join(import.meta.dirname, '../..');

/** As in package.json's `start`. */
const START_FLAGS = ['--max-semi-space-size=1', '--single-threaded-gc', '--expose-gc'];

/** A running appliance with an administrator, for measuring. */
export interface MeasuredAppliance {
  url: string;
  /** Of the supervisor. */
  pid: number;
  poolDir: string;
  measureDir: string;
  token: string;
  /** Sends files over `connections` connections; resolves when all are acknowledged. */
  upload(files: readonly { name: string; bytes: () => Buffer }[], connections: number): Promise<void>;
  /** Resolves when no job is left. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts what `npm start` starts, on a free port, with a pool in a temporary folder or in `poolDir`. */
export async function runAppliance(options: { poolDir?: string } = {}): Promise<MeasuredAppliance> {
  const scratch = mkdtempSync(join(tmpdir(), 'shoebox-bench-'));
  const poolDir = options.poolDir ?? join(scratch, 'pool');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child: ChildProcess = spawn(process.execPath, [...START_FLAGS, join(ROOT, 'services/start.ts')], {
    cwd: ROOT,
    env: {
      ...process.env,
      SHOEBOX_DATA: poolDir,
      SHOEBOX_PORT: String(port),
      SHOEBOX_HOST: '127.0.0.1',
      SHOEBOX_LOG: 'warn',
      NODE_COMPILE_CACHE: join(ROOT, 'build/compile-cache'),
      SHOEBOX_MEASURE: scratch,
      NODE_OPTIONS: `--import=${join(import.meta.dirname, 'measure-loop.ts')}`,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await answering(`${url}/api/server/ping`);
  const json = async (path: string, body: object) => {
    const response = await fetch(`${url}/api${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await response.json()) as Record<string, string>;
  };
  const account = { email: 'bench@example.org', password: 'bench-password' };
  await json('/auth/admin-sign-up', { ...account, name: 'Bench' });
  const token = (await json('/auth/login', account))['accessToken']!;
  const headers = { authorization: `Bearer ${token}` };

  return {
    url,
    pid: child.pid!,
    poolDir,
    measureDir: scratch,
    token,
    async upload(files, connections) {
      let next = 0;
      const send = async () => {
        for (let file = files[next++]; file; file = files[next++]) {
          const form = new FormData();
          form.set('fileCreatedAt', '2024-05-01T10:00:00.000Z');
          form.set('fileModifiedAt', '2024-05-01T10:00:00.000Z');
          form.set('assetData', new Blob([new Uint8Array(file.bytes())]), file.name);
          const response = await fetch(`${url}/api/assets`, { method: 'POST', headers, body: form });
          if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
          await response.arrayBuffer();
        }
      };
      await Promise.all(Array.from({ length: connections }, send));
    },
    async settled() {
      for (;;) {
        const response = await fetch(`${url}/api/jobs`, { headers });
        const queues = (await response.json()) as Record<string, { jobCounts: Record<string, number> }>;
        const left = Object.values(queues).reduce(
          (sum, { jobCounts }) => sum + jobCounts['active']! + jobCounts['waiting']! + jobCounts['delayed']!,
          0,
        );
        if (left === 0) return;
        await sleep(1000);
      }
    },
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

/** Resolves when `url` answers 200; rejects after 30 s. */
export async function answering(url: string, everyMs = 20): Promise<void> {
  const until = Date.now() + 30_000;
  for (;;) {
    try {
      if ((await fetch(url)).status === 200) return;
    } catch (error) {
      if (Date.now() > until) throw error;
    }
    await sleep(everyMs);
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
