import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * `npm run bench -- <name>`: measures one thing and prints its figures with their goals.
 * Everything made for it is kept in SHOEBOX_BENCH (default ~/.cache/shoebox-bench) for the next run.
 */
const cache = process.env['SHOEBOX_BENCH'] ?? join(homedir(), '.cache', 'shoebox-bench');
const benches: Record<string, (count: number | undefined) => Promise<void>> = {
  /** 300 photos: CPU against a bare loop, memory, event-loop delay. */
  photos: async (count) => {
    const { measurePhotos } = await import('./photos.ts');
    await measurePhotos(join(cache, 'corpus'), count ?? 300);
  },
  /** 3,000 photos: memory must stay flat. */
  soak: async (count) => {
    const { measureSoak } = await import('./soak.ts');
    await measureSoak(join(cache, 'corpus'), count ?? 3000);
  },
  /** One more photo for a library of a million against one for an empty library. */
  grown: async (count) => {
    const { measureGrown } = await import('./grown.ts');
    await measureGrown(cache, count ?? 1_000_000);
  },
  /** A phone's first sync, then syncs of one change; `sync 1000000` for a large library. */
  sync: async (count) => {
    const { measureSync } = await import('./sync.ts');
    await measureSync(cache, count);
  },
  /** How long the gateway takes to answer. */
  startup: async (count) => {
    const { measureStartup } = await import('./startup.ts');
    await measureStartup(count ?? 10);
  },
  /** What clients ask of a library of a million assets; the catalog takes 1 GB and is made once. */
  million: async (count) => {
    const { measureMillion } = await import('./million.ts');
    await measureMillion(cache, count);
  },
  /** The timeline of 100,000 assets in a browser whose processor is four times slower. */
  ui: async (count) => {
    const { measureUi } = await import('./ui.ts');
    await measureUi(cache, count ?? 100_000);
  },
};
const [name = 'photos', count] = process.argv.slice(2);
const bench = benches[name];
if (!bench) {
  process.stderr.write(`There is no benchmark "${name}". There are: ${Object.keys(benches).join(', ')}.\n`);
  process.exit(1);
}
await bench(count === undefined ? undefined : Number(count));
