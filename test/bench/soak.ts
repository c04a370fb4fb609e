import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCorpus } from './corpus.ts';
import { sum, treePssBytes } from './process-tree.ts';
import { report } from './report.ts';
import { runAppliance } from './run-appliance.ts';

/** Distinct pictures; what follows a JPEG's end makes each upload a file of its own. */
const PICTURES = 60;
const STEP = 300;

/**
 * Uploads `count` photos over four connections, with all jobs, and prints how much memory the processes took in each
 * step of 300: it must not grow.
 */
export async function measureSoak(corpusDir: string, count: number): Promise<void> {
  await makeCorpus(corpusDir, PICTURES);
  const pictures = readdirSync(corpusDir)
    .filter((name) => name.endsWith('.jpg'))
    .sort()
    .slice(0, PICTURES)
    .map((name) => readFileSync(join(corpusDir, name)));
  const appliance = await runAppliance();
  const peaks: number[] = [];
  let most = new Map<string, number>();
  const sampling = setInterval(() => {
    const sizes = treePssBytes(appliance.pid);
    if (sum(sizes) > sum(most)) most = sizes;
  }, 500);
  try {
    for (let done = 0; done < count; done += STEP) {
      most = new Map();
      const files = Array.from({ length: Math.min(STEP, count - done) }, (_, index) => {
        const name = `soak-${done + index}.jpg`;
        return {
          name,
          bytes: () => Buffer.concat([pictures[index % pictures.length]!, Buffer.from(name)]),
        };
      });
      await appliance.upload(files, 4);
      await appliance.settled();
      const peak = sum(most);
      peaks.push(peak);
      report(`memory (PSS) peak, photos ${done} to ${done + files.length}`, peak / 1024 ** 2, 'MiB', 450);
      for (const [service, bytes] of most) report(`  of which ${service}`, bytes / 1024 ** 2, 'MiB');
    }
    // The first step fills caches and heaps; from the second on it has to be flat.
    const [, second = Number.NaN, ...later] = peaks;
    report('highest later step against the second', Math.max(...later) / second, '×', 1.1);
  } finally {
    clearInterval(sampling);
    await appliance.stop();
  }
}
