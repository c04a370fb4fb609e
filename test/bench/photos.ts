import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeCorpus } from './corpus.ts';
import { sum, treeCpuMs, treePssBytes } from './process-tree.ts';
import { report } from './report.ts';
import { runAppliance } from './run-appliance.ts';

/** Photos between two turns of the bare loop: seconds, in which no machine changes its speed much. */
const TURN = 50;

/** A photo of the corpus, read when it is sent. */
interface CorpusFile {
  name: string;
  bytes: () => Buffer;
}

/**
 * Uploads photos of 12 megapixels over four connections and waits for all jobs: memory idle and at its peak, how
 * late the gateway's event loop ever was, and CPU against a bare loop over the same files in the same run.
 */
export async function measurePhotos(corpusDir: string, count: number): Promise<void> {
  await makeCorpus(corpusDir, count);
  const files: CorpusFile[] = readdirSync(corpusDir)
    .filter((name) => name.endsWith('.jpg'))
    .sort()
    .slice(0, count)
    .map((name) => ({ name, bytes: () => readFileSync(join(corpusDir, name)) }));
  // Once before, so that compiled code is there, as from every start but the first.
  await (await runAppliance()).stop();
  await measureCpu(corpusDir, files);
  await measureMemory(files);
}

/** The appliance and the loop take turns, so that a machine that becomes slower in between does so for both. */
async function measureCpu(corpusDir: string, files: readonly CorpusFile[]): Promise<void> {
  const appliance = await runAppliance();
  const loop = startLoop(corpusDir);
  const used = new Map<string, number>();
  let bareMs = 0;
  try {
    for (let first = 0; first < files.length; first += TURN) {
      const turn = files.slice(first, first + TURN);
      const before = treeCpuMs(appliance.pid);
      await appliance.upload(turn, 4);
      await appliance.settled();
      for (const [name, ms] of treeCpuMs(appliance.pid))
        used.set(name, (used.get(name) ?? 0) + ms - (before.get(name) ?? 0));
      bareMs += await loop.run(first, first + turn.length);
    }
    const perPhoto = sum(used) / files.length;
    report('CPU per photo, all processes', perPhoto, 'ms');
    for (const [name, ms] of used) if (ms > 0) report(`  of which ${name}`, ms / files.length, 'ms');
    report('CPU per photo, bare loop', bareMs / files.length, 'ms');
    report('CPU ratio', perPhoto / (bareMs / files.length), '×', 1.15);
  } finally {
    loop.stop();
    await appliance.stop();
  }
}

async function measureMemory(files: readonly CorpusFile[]): Promise<void> {
  const appliance = await runAppliance();
  let peak = 0;
  try {
    // Idle is after the start, when what only the start needed has been given back.
    await sleep(15_000);
    const idle = treePssBytes(appliance.pid);
    const sampling = setInterval(() => {
      peak = Math.max(peak, sum(treePssBytes(appliance.pid)));
    }, 250);
    const startedAt = performance.now();
    await appliance.upload(files, 4);
    const uploadedMs = performance.now() - startedAt;
    await appliance.settled();
    const settledMs = performance.now() - startedAt;
    clearInterval(sampling);
    await sleep(20_000);
    const after = treePssBytes(appliance.pid);
    const loop = JSON.parse(readFileSync(join(appliance.measureDir, 'loop-gateway.json'), 'utf8')) as Record<
      string,
      number
    >;
    report('photos acknowledged', (files.length / uploadedMs) * 1000, '/s');
    report('photos with all jobs done', (files.length / settledMs) * 1000, '/s');
    reportMemory('memory (PSS) idle', idle, 150);
    report(`memory (PSS) peak during ${files.length} uploads`, peak / 1024 ** 2, 'MiB', 450);
    reportMemory('memory (PSS) 20 s after', after);
    report('gateway event-loop delay p99', loop['p99']!, 'ms', 50);
    report('gateway event-loop delay max', loop['max']!, 'ms');
  } finally {
    await appliance.stop();
  }
}

function reportMemory(name: string, sizes: Map<string, number>, goal?: number): void {
  report(name, sum(sizes) / 1024 ** 2, 'MiB', goal);
  for (const [service, bytes] of sizes) report(`  of which ${service}`, bytes / 1024 ** 2, 'MiB');
}

/** The bare loop, in a process of its own: `run` resolves with its CPU milliseconds for these photos. */
function startLoop(corpusDir: string) {
  const target = mkdtempSync(join(tmpdir(), 'shoebox-bare-'));
  const child = spawn(process.execPath, [join(import.meta.dirname, 'bare-loop.ts'), corpusDir, target], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers = createInterface({ input: child.stdout });
  return {
    async run(first: number, end: number): Promise<number> {
      const answer = once(answers, 'line');
      child.stdin.write(`${first} ${end}\n`);
      return Number((await answer)[0]);
    },
    stop() {
      child.kill();
      rmSync(target, { recursive: true, force: true });
    },
  };
}
