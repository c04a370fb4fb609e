import { runKillRounds } from './kill-rounds.ts';

/** `npm run test:kills -- 2000 [seed]`: the long form of kills.test.ts, in rounds of 200 with a pool each. */
const kills = Number(process.argv[2] ?? 1000);
let seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);
for (let done = 0; done < kills; done += 200) {
  const report = await runKillRounds(Math.min(200, kills - done), seed);
  process.stdout.write(`seed ${seed}: ${JSON.stringify(report)}\n`);
  seed = (seed * 48_271) % (2 ** 31 - 1);
}
