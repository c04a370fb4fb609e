import { randomUUID } from 'node:crypto';
import { openCatalog } from '#catalog/open';
import { poolLayout } from '#storage/layout';
import { type Answered, openAsker } from './ask-gateway.ts';
import { treePssBytes } from './process-tree.ts';
import { percentile, report } from './report.ts';
import { startGateway } from './run-gateway.ts';

const MIB = 1024 ** 2;
/** Photos in the largest album. */
const LARGE_ALBUM = 100_000;
/** The answers are large: fewer of them. */
const LARGE_ROUNDS = 15;
/** Photos that go into an album in one request, and how often. */
const ADDED = 10_000;
const ADDINGS = 10;

/**
 * Measures the answers that are as large as the library itself: its map, and an album of LARGE_ALBUM photos. A
 * gateway of their own says how late its event loop was meanwhile.
 */
export async function measureLarge(poolDir: string, token: string): Promise<void> {
  const album = makeAlbum(poolDir);
  const gateway = await startGateway(poolDir, { measuresLoop: true });
  const { ask, measure, close } = openAsker(gateway, token, 4);
  const json = async (path: string) => JSON.parse((await ask('GET', path)).body.toString());
  const firstByte = ({ firstMs }: Answered) => firstMs;
  try {
    await ask('GET', '/users/me');
    const before = treePssBytes(gateway.pid).get('gateway') ?? 0;
    let most = before;
    const looking = setInterval(() => {
      most = Math.max(most, treePssBytes(gateway.pid).get('gateway') ?? 0);
    }, 50);
    const markers = (await json('/map/markers')) as unknown[];
    report('markers on the map', markers.length, '');
    await measure('map, first bytes', 100, () => ask('GET', '/map/markers'), firstByte, LARGE_ROUNDS);
    await measure('map, whole', 400, () => ask('GET', '/map/markers'), undefined, LARGE_ROUNDS);
    clearInterval(looking);
    report('growth of memory meanwhile', (most - before) / MIB, 'MiB');

    await measure(
      'an album of 100,000, its page',
      400,
      () => ask('GET', `/albums/${album}`),
      undefined,
      LARGE_ROUNDS,
    );
    await measure(
      'its list of months',
      400,
      () => ask('GET', `/timeline/buckets?albumId=${album}`),
      undefined,
      LARGE_ROUNDS,
    );
    const months = (await json(`/timeline/buckets?albumId=${album}`)) as {
      timeBucket: string;
      count: number;
    }[];
    const fullest = months.toSorted((a, b) => b.count - a.count)[0]!.timeBucket;
    await measure(
      'its fullest month',
      400,
      () => ask('GET', `/timeline/bucket?albumId=${album}&timeBucket=${fullest}`),
      undefined,
      LARGE_ROUNDS,
    );
    await measure('the list of albums', 400, () => ask('GET', '/albums'), undefined, LARGE_ROUNDS);
    await measure('its map', 2000, () => ask('GET', `/albums/${album}/map-markers`), undefined, 5);

    const ids: string[] = [];
    for (let page = 1; page <= ADDED / 1000; page++) {
      const found = JSON.parse((await ask('POST', '/search/metadata', { size: 1000, page })).body.toString());
      ids.push(...(found.assets.items as { id: string }[]).map(({ id }) => id));
    }
    const times: number[] = [];
    for (let round = 0; round < ADDINGS; round++) {
      const created = JSON.parse((await ask('POST', '/albums', { albumName: 'many' })).body.toString());
      times.push((await ask('PUT', `/albums/${created.id}/assets`, { ids })).tookMs);
      await ask('DELETE', `/albums/${created.id}`);
    }
    report('10,000 photos into an album, p50', percentile(times, 0.5), 'ms');
    report('10,000 photos into an album, p95', percentile(times, 0.95), 'ms', 1000);
    // Its figures are written twice a second.
    await new Promise((resolve) => setTimeout(resolve, 600));
    const { p50, p99, max } = gateway.loopDelay()!;
    report('event loop of the gateway late, p50', p50, 'ms');
    report('event loop of the gateway late, p99', p99, 'ms', 50);
    report('event loop of the gateway late, worst', max, 'ms');
  } finally {
    close();
    await gateway.stop();
  }
}

/** The album of the LARGE_ALBUM newest photos, made once. Returns its id. */
function makeAlbum(poolDir: string): string {
  const db = openCatalog(poolLayout(poolDir).catalogFile, { durability: 'remakeable' });
  const known = db.prepare<[string], string>('SELECT id FROM album WHERE name = ?').pluck();
  const name = 'a hundred thousand';
  const id = known.get(name) ?? randomUUID();
  if (known.get(name) === undefined)
    db.transaction(() => {
      db.prepare('INSERT INTO album (id, name, created_at, updated_at) VALUES (?, ?, 0, 0)').run(id, name);
      db.prepare(
        `INSERT INTO album_user (album_id, user_id, role, created_at) SELECT ?, id, 'owner', 0 FROM user WHERE is_admin = 1`,
      ).run(id);
      db.prepare(
        `INSERT INTO album_asset (album_id, asset_id, added_at)
         SELECT ?, id, 0 FROM asset WHERE visibility = 'timeline' ORDER BY captured_at DESC LIMIT ?`,
      ).run(id, LARGE_ALBUM);
    })();
  db.close();
  return id;
}
