import { randomInt } from 'node:crypto';
import { liveThrough } from './sync-history.ts';

/** `npm run test:sync -- 10000 [seed]`: a longer history than the one in `npm test`. */
const count = Number(process.argv[2] ?? 10_000);
const seed = Number(process.argv[3] ?? randomInt(2 ** 31));
process.stdout.write(`${count} changes, seed ${seed}\n`);
const { syncs, lines } = await liveThrough(count, seed);
process.stdout.write(`${syncs} syncs, ${lines} lines: every device holds what the catalog says\n`);
