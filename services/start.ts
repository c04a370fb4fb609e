import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listAddresses } from '#runtime/addresses';
import { readConfigOrExit, readEnv } from '#runtime/env';
import { giveBackMemoryWhenIdle } from '#runtime/give-back-memory';
import { openLogFile } from '#runtime/log-file';
import { formatLogLine } from '#runtime/log-line';
import { type ChildEvent, supervise } from '#runtime/supervise';

/**
 * What `npm start` runs: the processes of Shoebox on a developer's machine, under one small supervisor,
 * with ./data as the pool. On the appliance systemd does this (os/rootfs/usr/lib/systemd/system).
 */

/**
 * A young generation of at most 3 x 4 MiB instead of 3 x 16: some 20 MB less at the peak of many large answers,
 * and no slower. With 3 x 2 a month of 5,400 photos took 32 ms at the 95th percentile, with 3 x 4 24 ms.
 * `--optimize-for-size` saved nothing more and cost a third of the speed. Garbage is collected by the thread that
 * made it: what an upload of 4 MB leaves behind took 14 ms of CPU on V8's helper threads, and takes 2 ms without.
 */
const CHILD_FLAGS = ['--max-semi-space-size=4', '--single-threaded-gc', '--expose-gc'];

/**
 * The gateway's old generation may double before all of it is collected: allowed only 10 MB more, as by default, the
 * buffers of four uploads had it collected 20 times for 100 photos, which was half of the gateway's CPU time. Nobody
 * else has such buffers, and ingest grew by 10 MB in 3,000 photos for nothing.
 */
const FLAGS: Readonly<Record<string, readonly string[]>> = { gateway: ['--heap-growing-percent=100'] };

const root = join(import.meta.dirname, '..');
const config = readConfigOrExit(() =>
  readEnv(process.env, {
    dataDir: { name: 'SHOEBOX_DATA', kind: 'path', default: 'data' },
    runDir: { name: 'SHOEBOX_RUN', kind: 'path', optional: true },
    host: { name: 'SHOEBOX_HOST', kind: 'text', default: '::' },
    port: { name: 'SHOEBOX_PORT', kind: 'integer', default: 2283, min: 1, max: 65_535 },
    name: { name: 'SHOEBOX_NAME', kind: 'text', default: 'shoebox' },
    announce: { name: 'SHOEBOX_MDNS', kind: 'boolean', default: false },
  }),
);
/** The name `shoebox.local` costs a process, so it is for those who ask for it. */
const processes = ['gateway', 'ingest', ...(config.announce ? ['discovery'] : [])];
/** What discovery answers for, if it runs. */
const localName = config.announce ? config.name : undefined;
const inTerminal = process.stdout.isTTY === true;

mkdirSync(config.dataDir, { recursive: true });
const ownRunDir =
  config.runDir === undefined ? mkdtempSync(join(shortTemporaryDir(), 'shoebox-')) : undefined;

/** The last lines of each process, as the journal has them on the appliance. */
const logDir = join(config.dataDir, '.shoebox', 'logs');
const keepLine = openLogFile(logDir, 'start');

const supervisor = supervise(
  processes.map((name) => ({
    name,
    args: [...CHILD_FLAGS, ...(FLAGS[name] ?? []), join(root, 'services', name, 'main.ts')],
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: join(root, 'build', 'compile-cache'),
      SHOEBOX_DATA: config.dataDir,
      SHOEBOX_RUN: config.runDir ?? ownRunDir,
      SHOEBOX_LOG_DIR: logDir,
      SHOEBOX_NAME: localName,
      SHOEBOX_HOST: config.host,
      SHOEBOX_PORT: String(config.port),
      // glibc otherwise keeps a heap for each thread, and gives little of it back.
      MALLOC_ARENA_MAX: '2',
      // What hashing a password takes, 19 MB, goes back at once; by itself glibc keeps it from the second time on.
      ...(name === 'gateway' && { MALLOC_MMAP_THRESHOLD_: '1048576', MALLOC_TRIM_THRESHOLD_: '1048576' }),
    },
  })),
  {
    onEvent: reportEvent,
    ...(inTerminal ? { onLine: (line: string) => print(formatLogLine(line, { colours: true })) } : {}),
  },
);

let signals = 0;
let announced = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(signal));
giveBackMemoryWhenIdle();

async function stop(reason: string): Promise<void> {
  signals++;
  if (signals > 1) supervisor.kill();
  else {
    log('info', 'stopping', { reason });
    await supervisor.stop();
    removeRunDir();
    process.exit(0);
  }
}

function removeRunDir(): void {
  if (ownRunDir) rmSync(ownRunDir, { recursive: true, force: true });
}

function reportEvent(event: ChildEvent): void {
  const { kind, name } = event;
  if (kind === 'started') {
    if (name === 'gateway' && !announced) void showAddresses();
    announced ||= name === 'gateway';
  } else if (kind === 'killed') {
    log('warn', 'process did not stop in time and was killed', { name });
  } else if (kind === 'failed') {
    const { error, restartMs } = event;
    log('error', 'process could not be started', { name, cause: error.message, restartMs });
  } else {
    const { exitCode, signal, restartMs } = event;
    log('error', 'process ended', { name, exitCode, signal, restartMs });
  }
}

/** Says where to open Shoebox. */
async function showAddresses(): Promise<void> {
  const addresses = listAddresses({ host: config.host, port: config.port, name: localName }).map(
    ({ url }) => url,
  );
  if (!inTerminal) return log('info', 'ready', { addresses });
  // Only a terminal can show it, so only then is it loaded.
  const { renderUnicodeCompact } = await import('uqr');
  const best = addresses[0] ?? '';
  print(`\n${renderUnicodeCompact(best, { border: 2 })}\n`);
  print(`  Shoebox is ready. Open one of these here, or enter it in the phone app:\n`);
  for (const address of addresses) print(`    ${address}`);
  print(`\n  Photos are kept in ${config.dataDir}\n  Ctrl-C stops it.\n`);
}

/** A folder whose sockets have short paths: an address of a socket has 107 bytes (unix(7)). */
function shortTemporaryDir(): string {
  return tmpdir().length > 60 ? '/tmp' : tmpdir();
}

/** The same form as the processes' own lines (log.ts), without loading what they need for theirs. */
function log(level: string, msg: string, fields: Record<string, unknown>): void {
  const line = JSON.stringify({ level, time: new Date().toISOString(), service: 'start', ...fields, msg });
  keepLine(line);
  print(inTerminal ? formatLogLine(line, { colours: true }) : line);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
