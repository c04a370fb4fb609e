import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { poolLayout } from '#storage/layout';
import { openAsker } from './ask-gateway.ts';
import { type GeneratedCatalog, generateCatalog } from './generate-catalog.ts';
import { addPeople } from './generate-people.ts';
import { measureLarge } from './million-large.ts';
import { report } from './report.ts';
import { startGateway } from './run-gateway.ts';

/** Tiles that exist as files; asked for by so many connections at once. */
const TILES = 500;
const TILE_CONNECTIONS = 16;
const TILE_REQUESTS = 6000;

/**
 * Measures what the clients ask of a library of `count` assets, through HTTP, in a gateway process of its own.
 * The catalog is made once in `dir` and kept there.
 */
export async function measureMillion(dir: string, count = 1_000_000): Promise<void> {
  const poolDir = join(dir, `library-${count}`);
  const layout = poolLayout(poolDir);
  const noteFile = join(poolDir, 'generated.json');
  if (!existsSync(noteFile)) {
    process.stdout.write(`making a catalog of ${count} assets, once …\n`);
    mkdirSync(dirname(layout.catalogFile), { recursive: true });
    writeFileSync(noteFile, JSON.stringify(generateCatalog(layout.catalogFile, count)));
  }
  const made = JSON.parse(readFileSync(noteFile, 'utf8')) as GeneratedCatalog;
  addPeople(layout.catalogFile, made.userId);
  const gateway = await startGateway(poolDir);
  const { ask, measure, close } = openAsker(gateway, made.token, TILE_CONNECTIONS);
  try {
    const main = 'visibility=timeline&withStacked=true&withPartners=true';
    const buckets = JSON.parse((await ask('GET', `/timeline/buckets?${main}`)).body.toString()) as {
      timeBucket: string;
    }[];
    const ids = (
      JSON.parse(
        (await ask('GET', `/timeline/bucket?timeBucket=${made.fullMonth}&${main}`)).body.toString(),
      ) as {
        id: string[];
      }
    ).id;
    await measure('months', 5, () => ask('GET', `/timeline/buckets?${main}`));
    await measure('full month', 25, () =>
      ask('GET', `/timeline/bucket?timeBucket=${made.fullMonth}&${main}`),
    );
    await measure('any month', 25, (round) =>
      ask('GET', `/timeline/bucket?timeBucket=${buckets[(round * 37) % buckets.length]!.timeBucket}&${main}`),
    );
    await measure('newest 250', 15, () => ask('POST', '/search/metadata', { size: 250 }));
    await measure('favourites 250', 15, () =>
      ask('POST', '/search/metadata', { size: 250, isFavorite: true }),
    );
    await measure('a city, 250', 15, () => ask('POST', '/search/metadata', { size: 250, city: 'Kyoto' }));
    await measure('three filters, 250', 50, () =>
      ask('POST', '/search/metadata', { size: 250, city: 'Kyoto', originalFileName: '123', type: 'IMAGE' }),
    );
    await measure('part of a name, 250', 50, (round) =>
      ask('POST', '/search/metadata', { size: 250, originalFileName: `IMG_${1_000 + round * 37}` }),
    );
    await measure('words, 250', 50, () => ask('POST', '/search/metadata', { size: 250, text: 'kyoto 123' }));
    await measure('days of a year', 400, () => ask('GET', '/users/me/calendar-heatmap?type=Taken'));
    await measure('page by page, 1000', 60, (round) =>
      ask('POST', '/search/metadata', { size: 1000, page: round + 1 }),
    );
    await measure('random 50', 15, () => ask('POST', '/search/random', { size: 50 }));
    await measure('suggestions', 20, () => ask('GET', '/search/suggestions?type=camera-model'));
    await measure('statistics', 5, () => ask('GET', '/assets/statistics'));
    await measure('one asset', 5, (round) => ask('GET', `/assets/${ids[round]}`));

    await measure('explore', 50, () => ask('GET', '/search/explore'));
    await measure('a photo of each city', 50, () => ask('GET', '/search/cities'));
    await measure('people, 500 of them', 50, () => ask('GET', '/people'));

    const tile = Buffer.alloc(18_000, 7);
    for (const id of ids.slice(0, TILES)) {
      const file = layout.derivedFile(id, 'thumbnail.webp');
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, tile);
    }
    const startedAt = performance.now();
    let asked = 0;
    await Promise.all(
      Array.from({ length: TILE_CONNECTIONS }, async () => {
        while (asked++ < TILE_REQUESTS) await ask('GET', `/assets/${ids[asked % TILES]}/thumbnail`);
      }),
    );
    const perSecond = TILE_REQUESTS / ((performance.now() - startedAt) / 1000);
    report('tiles per second', perSecond, '1/s');

    // A search that looks at everything, and what somebody else notices of it.
    const hard = ask('POST', '/search/metadata', { originalPath: 'no such name' });
    const others: number[] = [];
    let isDone = false;
    void hard.then(() => {
      isDone = true;
    });
    while (!isDone) others.push((await ask('GET', `/assets/${ids[0]}`)).tookMs);
    report('search by path, all rows', (await hard).tookMs, 'ms');
    report('meanwhile one asset, worst', Math.max(...others), 'ms', 50);
  } finally {
    close();
    await gateway.stop();
  }
  await measureLarge(poolDir, made.token);
}
