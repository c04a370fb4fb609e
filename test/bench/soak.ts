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
  let peak = 0;
  const sampling = setInterval(() => {
    peak = Math.max(peak, sum(treePssBytes(appliance.pid)));
  }, 500);
  try {
    for (let done = 0; done < count; done += STEP) {
      peak = 0;
      const files = Array.from({ length: Math.min(STEP, count - done) }, (_, index) => {
        const name = `soak-${done + index}.jpg`;
        return {
          name,
          bytes: () => Buffer.concat([pictures[index % pictures.length]!, Buffer.from(name)]),
        };
      });
      await appliance.upload(files, 4);
      await appliance.settled();
      peaks.push(peak);
      report(`memory (PSS) peak, photos ${done} to ${done + files.length}`, peak / 1024 ** 2, 'MiB', 450);
    }
    // Caches and heaps fill up to their limits, within some 1,500 photos; what leaks goes on growing.
    const third = Math.floor(peaks.length / 3);
    const mean = (values: number[]) => values.reduce((all, value) => all + value, 0) / values.length;
    const ratio = mean(peaks.slice(-third)) / mean(peaks.slice(-2 * third, -third));
    report('last third of the steps against the third before', ratio, '×', 1.03);
  } finally {
    clearInterval(sampling);
    await appliance.stop();
  }
}
