import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeCorpus } from './corpus.ts';
import { sum, treeCpuMs, treePssBytes } from './process-tree.ts';
import { report } from './report.ts';
import { runAppliance } from './run-appliance.ts';

/**
 * Uploads photos of 12 megapixels over four connections and waits for all jobs: CPU against a bare loop over the
 * same files in the same run, memory idle and at its peak, how late the gateway's event loop ever was.
 */
export async function measurePhotos(corpusDir: string, count: number): Promise<void> {
  await makeCorpus(corpusDir, count);
  const names = readdirSync(corpusDir)
    .filter((name) => name.endsWith('.jpg'))
    .sort()
    .slice(0, count);
  // Once before, so that compiled code is there, as from every start but the first.
  await (await runAppliance()).stop();
  const appliance = await runAppliance();
  let peak = 0;
  try {
    // Idle is after the start, when what only the start needed has been given back.
    await sleep(15_000);
    const idle = treePssBytes(appliance.pid);
    const sampling = setInterval(() => {
      peak = Math.max(peak, sum(treePssBytes(appliance.pid)));
    }, 250);
    const files = names.map((name) => ({ name, bytes: () => readFileSync(join(corpusDir, name)) }));
    const cpuBefore = treeCpuMs(appliance.pid);
    const startedAt = performance.now();
    await appliance.upload(files, 4);
    const uploadedMs = performance.now() - startedAt;
    await appliance.settled();
    const settledMs = performance.now() - startedAt;
    const cpuAfter = treeCpuMs(appliance.pid);
    clearInterval(sampling);
    const cpuByName = [...cpuAfter].map(([name, ms]) => [name, ms - (cpuBefore.get(name) ?? 0)] as const);
    const cpu = cpuByName.reduce((sum, [, ms]) => sum + ms, 0);
    await sleep(20_000);
    const after = treePssBytes(appliance.pid);
    const loop = JSON.parse(readFileSync(join(appliance.measureDir, 'loop-gateway.json'), 'utf8')) as Record<
      string,
      number
    >;
    const bare = bareLoop(corpusDir, names.length);
    report('CPU per photo, all processes', cpu / names.length, 'ms');
    for (const [name, ms] of cpuByName) if (ms > 0) report(`  of which ${name}`, ms / names.length, 'ms');
    report('CPU per photo, bare loop', bare, 'ms');
    report('CPU ratio', cpu / names.length / bare, '×', 1.15);
    report('photos acknowledged', (names.length / uploadedMs) * 1000, '/s');
    report('photos with all jobs done', (names.length / settledMs) * 1000, '/s');
    reportMemory('memory (PSS) idle', idle, 150);
    report(`memory (PSS) peak during ${names.length} uploads`, peak / 1024 ** 2, 'MiB', 450);
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

/** CPU milliseconds per photo of the bare loop, in a process of its own. */
function bareLoop(corpusDir: string, count: number): number {
  const target = mkdtempSync(join(tmpdir(), 'shoebox-bare-'));
  try {
    const printed = execFileSync(
      process.execPath,
      [join(import.meta.dirname, 'bare-loop.ts'), corpusDir, target, String(count)],
      { encoding: 'utf8' },
    );
    return (JSON.parse(printed) as { cpuMsPerPhoto: number }).cpuMsPerPhoto;
  } finally {
    rmSync(target, { recursive: true });
  }
}
