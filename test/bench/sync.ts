import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { poolLayout } from '#storage/layout';
import { TYPES_V3 } from '../appliance/sync-device.ts';
import { type GeneratedCatalog, generateCatalog } from './generate-catalog.ts';
import { treeCpuMs, treePssBytes } from './process-tree.ts';
import { percentile, report } from './report.ts';
import { startGateway } from './run-gateway.ts';

const MIB = 1024 ** 2;
/** One-row changes; enough for a 95th percentile that is not one outlier. */
const ROUNDS = 60;
/** What is asked for until the stream ends is looked at so often. */
const LOOK_EVERY_MS = 50;
/** Two seconds: by then the connection has long been full. */
const STALLED_LOOKS = 40;

/**
 * A phone's first sync of `count` assets: CPU of the gateway, how its memory grows, what others notice; then syncs
 * of one change each. The catalog is made once in `dir` and kept there.
 */
export async function measureSync(dir: string, count = 100_000): Promise<void> {
  const poolDir = join(dir, `sync-${count}`);
  const layout = poolLayout(poolDir);
  const noteFile = join(poolDir, 'generated.json');
  if (!existsSync(noteFile)) {
    process.stdout.write(`making a catalog of ${count} assets, once …\n`);
    mkdirSync(dirname(layout.catalogFile), { recursive: true });
    const startedAt = performance.now();
    const made = generateCatalog(layout.catalogFile, count);
    report(
      'one asset into the catalog, with its triggers',
      ((performance.now() - startedAt) * 1000) / count,
      'µs',
    );
    writeFileSync(noteFile, JSON.stringify(made));
  }
  const { token } = JSON.parse(readFileSync(noteFile, 'utf8')) as GeneratedCatalog;
  const gateway = await startGateway(poolDir);
  const ask = async (method: string, path: string, json?: unknown): Promise<Response> => {
    const answer = await fetch(`${gateway.url}/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(json !== undefined && { 'content-type': 'application/json' }),
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const own = (values: Map<string, number>) => values.get('gateway') ?? 0;
  /** Reads a whole stream; the last acknowledgement of each type, how many lines, one asset's id. */
  const readStream = async () => {
    const acks = new Map<string, string>();
    let lines = 0;
    let assetId = '';
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of (await ask('POST', '/sync/stream', { types: TYPES_V3 })).body!) {
      const texts = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n');
      rest = texts.pop()!;
      for (const text of texts) {
        lines++;
        const ack = text.slice(text.lastIndexOf(':"') + 2, -2);
        acks.set(ack.split('|')[0]!, ack);
        if (text.startsWith('{"type":"AssetV2"')) assetId = text.slice(32, 68);
      }
    }
    return { acks: [...acks.values()], lines, assetId };
  };
  try {
    await ask('DELETE', '/sync/ack', {});
    await ask('GET', '/users/me');
    const before = { cpuMs: own(treeCpuMs(process.pid)), bytes: own(treePssBytes(process.pid)) };
    let most = before.bytes;
    const others: number[] = [];
    const looking = setInterval(() => {
      most = Math.max(most, own(treePssBytes(process.pid)));
      const askedAt = performance.now();
      void ask('GET', '/users/me').then(() => others.push(performance.now() - askedAt));
    }, LOOK_EVERY_MS);
    const startedAt = performance.now();
    const first = await readStream();
    const tookMs = performance.now() - startedAt;
    clearInterval(looking);
    const perHundredThousand = count / 100_000;
    report(`first sync, ${first.lines} lines`, tookMs, 'ms');
    report(
      'CPU of the gateway',
      (own(treeCpuMs(process.pid)) - before.cpuMs) / 1000,
      's',
      3 * perHundredThousand,
    );
    report('growth of its memory', (most - before.bytes) / MIB, 'MiB', 40);
    report('meanwhile another request, p95', percentile(others, 0.95), 'ms');

    // A phone that asks for everything and does not read it.
    const calm = own(treePssBytes(process.pid));
    const stalled = await ask('POST', '/sync/stream', { types: TYPES_V3 });
    let mostStalled = calm;
    for (let look = 0; look < STALLED_LOOKS; look++) {
      await sleep(LOOK_EVERY_MS);
      mostStalled = Math.max(mostStalled, own(treePssBytes(process.pid)));
    }
    await stalled.body!.cancel();
    report('growth of its memory for a phone that does not read', (mostStalled - calm) / MIB, 'MiB', 10);
    await ask('POST', '/sync/ack', { acks: first.acks });

    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await ask('PUT', '/assets', { ids: [first.assetId], isFavorite: round % 2 === 0 });
      const askedAt = performance.now();
      const { acks, lines } = await readStream();
      times.push(performance.now() - askedAt);
      if (lines !== 2) throw new Error(`${lines} lines for one change`);
      await ask('POST', '/sync/ack', { acks });
    }
    report('sync of one change, p50', percentile(times, 0.5), 'ms');
    report('sync of one change, p95', percentile(times, 0.95), 'ms', 10);
  } finally {
    await gateway.stop();
  }
}
