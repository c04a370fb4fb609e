import { PoolHeld } from '#catalog/hold-pool';
import { readConfigOrExit } from '#runtime/env';
import { readIngestConfig } from '../config.ts';
import { CatalogIsGood, NoLibrary, rebuildCatalog } from '../rebuild.ts';

/** What `npm run rebuild` runs: makes the catalog of a pool again that has lost it. Says what it does as it goes. */

/** Seconds between two lines of progress. */
const LINE_MS = 5_000;

const { poolDir } = readConfigOrExit(() => readIngestConfig(process.env));
const print = (line: string) => void process.stdout.write(`${line}\n`);
let lineAt = 0;
try {
  print(`Rebuilding the catalog of ${poolDir}. It can be stopped and started again.`);
  const report = await rebuildCatalog({
    poolDir,
    now: Date.now,
    onOriginal: ({ files, bytes }) => {
      if (Date.now() - lineAt < LINE_MS) return;
      lineAt = Date.now();
      print(`  ${files} files, ${(bytes / 1e9).toFixed(1)} GB`);
    },
  });
  print(`${report.originals} photos and videos of ${report.accounts} people are back;`);
  print(`${report.withRecord} of them with everything their sidecars say.`);
  if (report.libraries > 0)
    print(
      `${report.libraries} external libraries are back; their folders are read again with the next start. ` +
        `${report.externals} of their photos have what people said of them.`,
    );
  for (const path of report.damaged)
    print(`  damaged by a drive and replaced since, kept as a file: ${path}`);
  for (const path of report.duplicates) print(`  the same photo is there twice, kept as a file: ${path}`);
  for (const path of report.skipped) print(`  not a photo or video, left alone: ${path}`);
  print('Start Shoebox now and claim it with the e-mail address you had: nobody has a password yet.');
  print('Then give the others theirs. Devices have to be signed in again.');
} catch (error) {
  if (![CatalogIsGood, NoLibrary, PoolHeld].some((known) => error instanceof known)) throw error;
  print((error as Error).message);
  process.exitCode = 1;
}
