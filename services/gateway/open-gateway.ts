import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { holdPool } from '#catalog/hold-pool';
import { openCatalog } from '#catalog/open';
import { buildQueries } from '#catalog/queries';
import { openReader } from '#catalog/reader';
import { openWriter } from '#catalog/writer';
import type { IngestNews } from '#contract/ingest-news';
import type { NameAnnounced } from '#contract/local-names';
import type { Logger } from '#runtime/log';
import { connectPeer, listenPeer } from '#runtime/peer';
import { poolLayout } from '#storage/layout';
import { preparePool } from '#storage/prepare-pool';
import { buildGateway, type GatewayApp, type GatewayOptions } from './app.ts';
import type { GatewayConfig } from './config.ts';
import { hearIngest } from './hear-ingest.ts';
import { buildLiveEvents } from './live-events.ts';
import { openLocalName } from './local-name.ts';
import type { GatewayParts } from './parts.ts';
import { openPhones } from './phones.ts';
import { openPlaceSearch } from './place-search.ts';
import { openPortraits } from './portraits.ts';
import { tellUpdates } from './tell-updates.ts';
import { recoverUploads } from './upload/recover-uploads.ts';

export interface OpenGateway {
  app: GatewayApp;
  parts: GatewayParts;
  /** Where it listens; the port is chosen by the system when the config says 0. */
  port: number;
  /** Finishes what was started, then closes everything in the order in which it depends on each other. */
  stop(): Promise<void>;
}

/**
 * Opens the pool, makes every part of the gateway and listens. Throws PoolHeld when another gateway works on the
 * same pool. What was opened before a failure is closed again.
 */
export async function openGateway(
  { config, log, now = Date.now }: { config: GatewayConfig; log: Logger; now?: () => number },
  options: GatewayOptions = {},
): Promise<OpenGateway> {
  const opened = new AsyncDisposableStack();
  try {
    await mkdir(config.runDir, { recursive: true });
    opened.defer(holdPool(config.poolDir, 'gateway'));
    const layout = poolLayout(config.poolDir);
    const catalog = openCatalog(layout.catalogFile);
    opened.defer(() => void catalog.close());
    const queries = buildQueries(catalog);
    const writer = openWriter(layout.catalogFile, (error) => {
      // Uncaught on purpose: it is logged, the process ends, and whoever supervises it starts it again.
      setImmediate(() => {
        throw new Error('the catalog cannot be written any more', { cause: error });
      });
    });
    opened.defer(() => writer.close());
    const reader = openReader(layout.catalogFile);
    opened.defer(() => reader.close());

    await preparePool(layout);
    // Before anybody can upload again: what a crash left behind gets its place or goes.
    await recoverUploads({ layout, queries, writer, log });

    const ingest = connectPeer<{ type: 'wake' } | { type: 'portrait'; id: string }>(
      join(config.runDir, 'ingest.sock'),
    );
    opened.defer(() => ingest.close());
    const events = buildLiveEvents({ queries, writer, now, log });
    const phones = openPhones({ queries, writer, events, now, log });
    opened.defer(() => phones.close());
    const places = openPlaceSearch(config.gazetteerFile);
    opened.defer(() => places.close());
    const localName = await openLocalName(config, { queries, log });
    opened.defer(() => localName.close());
    const parts: GatewayParts = {
      config,
      log,
      now,
      layout,
      queries,
      reader,
      writer,
      events,
      phones,
      portraits: openPortraits((id) => ingest.send({ type: 'portrait', id })),
      places,
      localName,
      wakeIngest: () => ingest.send({ type: 'wake' }),
    };
    const app = await buildGateway(parts, options);
    opened.defer(() => app.close());
    events.attach(app);
    const hear = hearIngest(parts);
    const hearing = await listenPeer<IngestNews | NameAnnounced>(
      join(config.runDir, 'gateway.sock'),
      (news) => (news.type === 'name-announced' ? localName.hear(news.hostName) : hear(news)),
      { log },
    );
    opened.defer(() => hearing.close());
    const telling = tellUpdates(parts);
    opened.defer(() => telling.close());
    const port = await listen(app, config, log);
    void telling.lookNow();
    return { app, parts, port, stop: () => opened.disposeAsync() };
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

/** What the kernel says where IPv6 is not built in, or is switched off. */
const WITHOUT_IPV6: readonly unknown[] = ['EAFNOSUPPORT', 'EADDRNOTAVAIL'];

/** Listens, on IPv4 alone when every address was asked for and the kernel has no IPv6. Returns the port. */
async function listen(app: GatewayApp, { host, port }: GatewayConfig, log: Logger): Promise<number> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    if (host !== '::' || !WITHOUT_IPV6.includes((error as NodeJS.ErrnoException).code)) throw error;
    log.info('no IPv6 here, listening on IPv4 alone');
    await app.listen({ host: '0.0.0.0', port });
  }
  return (app.server.address() as AddressInfo).port;
}
