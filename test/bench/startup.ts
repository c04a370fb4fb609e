import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { percentile, report } from './report.ts';
import { answering, freePort } from './run-appliance.ts';

const ROOT = join(import.meta.dirname, '../..');

/** From the start of the gateway's process to its first answer on /api/server/ping, `rounds` times on one pool. */
export async function measureStartup(rounds: number): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'shoebox-start-'));
  const port = await freePort();
  const samples: number[] = [];
  try {
    for (let round = 0; round <= rounds; round++) {
      const startedAt = performance.now();
      const gateway = spawn(
        process.execPath,
        ['--single-threaded-gc', join(ROOT, 'services/gateway/main.ts')],
        {
          env: {
            ...process.env,
            NODE_COMPILE_CACHE: join(ROOT, 'build/compile-cache'),
            SHOEBOX_DATA: join(scratch, 'pool'),
            SHOEBOX_RUN: scratch,
            SHOEBOX_HOST: '127.0.0.1',
            SHOEBOX_PORT: String(port),
            SHOEBOX_LOG: 'warn',
          },
          stdio: ['ignore', 'ignore', 'inherit'],
        },
      );
      await answering(`http://127.0.0.1:${port}/api/server/ping`, 5);
      // The first start compiles and makes the catalog.
      if (round > 0) samples.push(performance.now() - startedAt);
      else report('process start to first ping, first start ever', performance.now() - startedAt, 'ms');
      gateway.kill('SIGTERM');
      await once(gateway, 'exit');
    }
    report('process start to first ping, median', percentile(samples, 0.5), 'ms', 1000);
    report('process start to first ping, slowest', Math.max(...samples), 'ms', 1000);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
