import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Preloaded (`node --import`) into the processes of a measured run: samples how late the event loop is and
 * writes `loop-<process>.json` into SHOEBOX_MEASURE every half second, in milliseconds.
 */
const folder = process.env['SHOEBOX_MEASURE'];
const name = /services\/(\w+)\/main\.ts$/.exec(process.argv[1] ?? '')?.[1];
if (folder && name) {
  // Finer costs more CPU than what is measured: 200 wake-ups a second were 1 ms per photo.
  const resolutionMs = 20;
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  // Starting up is not serving.
  setTimeout(() => delay.enable(), 2_000).unref();
  setInterval(() => {
    const ms = (ns: number) => Math.max(0, ns / 1e6 - resolutionMs);
    const figures = { p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), max: ms(delay.max) };
    // Whoever reads it meanwhile finds one or the other.
    const file = join(folder, `loop-${name}.json`);
    writeFileSync(`${file}.new`, JSON.stringify(figures));
    renameSync(`${file}.new`, file);
  }, 500).unref();
}
