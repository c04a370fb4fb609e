import type { Queries } from '#catalog/queries';
import type { CatalogReader } from '#catalog/reader';
import type { CatalogWriter } from '#catalog/writer';
import type { Logger } from '#runtime/log';
import type { PoolLayout } from '#storage/layout';
import type { GatewayConfig } from './config.ts';
import type { Events } from './events.ts';
import type { LocalName } from './local-name.ts';
import type { Phones } from './phones.ts';
import type { PlaceSearch } from './place-search.ts';
import type { Portraits } from './portraits.ts';

/** What the gateway is made of; main.ts makes every part, routes take what they need. */
export interface GatewayParts {
  config: GatewayConfig;
  log: Logger;
  /** Unix milliseconds. */
  now: () => number;
  layout: PoolLayout;
  /** Reads of the catalog; they never wait for a writer. */
  queries: Queries;
  /** The same questions on a thread of their own, for those that may look at every photo of a library. */
  reader: CatalogReader;
  /** Changes of the catalog; each resolves when it is on the drive. */
  writer: CatalogWriter;
  /** Live events to signed-in clients. */
  events: Events;
  /** Signed-in phones and what they send. */
  phones: Phones;
  /** Has ingest make pictures of accounts. */
  portraits: Portraits;
  /** Places of the world by their names. */
  places: PlaceSearch;
  /** The box's name on the local network. */
  localName: LocalName;
  /** Tells ingest that jobs are due. */
  wakeIngest: () => void;
}
