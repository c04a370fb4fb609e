import { networkInterfaces } from 'node:os';
import { Bonjour } from 'bonjour-service';
import type { Logger } from '#runtime/log';
import { findFreeName } from './find-free-name.ts';

export interface Discovery {
  /** What the network calls this machine: `shoebox`, or `shoebox-2` when there is one already. Without `.local`. */
  hostName: string;
  /** Tells the network that the name is gone. */
  stop(): Promise<void>;
}

/** How often addresses are looked at: a router gives another one, a cable is put in. */
const ADDRESSES_MS = 10_000;

/**
 * Answers for `<name>.local` and offers the pages as a web server, until stopped. Takes a second to ask whether the
 * name is free. Only for a machine without avahi: there should be one program that answers (RFC 6762, 15).
 */
export async function openDiscovery(options: {
  name: string;
  port: number;
  log: Logger;
}): Promise<Discovery> {
  const { name, port, log } = options;
  const hostName = await findFreeName(name, (address) => ownAddresses().includes(address));
  const bonjour = new Bonjour(undefined, (error: Error) => log.debug({ err: error }, 'answer not sent'));
  const publish = () =>
    bonjour.publish({
      name: `Shoebox on ${hostName}`,
      type: 'http',
      port,
      host: `${hostName}.local`,
      txt: { path: '/' },
      // The name is what was asked for; the text before it may be there twice.
      probe: false,
    });
  const unpublish = () => new Promise<void>((done) => bonjour.unpublishAll(() => done()));

  publish();
  let announced = ownAddresses().join();
  log.info({ hostName, port }, 'name announced');
  let changing = Promise.resolve();
  const timer = setInterval(() => {
    const now = ownAddresses().join();
    if (now === announced) return;
    announced = now;
    // The records hold the addresses of the moment in which they were made.
    changing = changing.then(unpublish).then(() => {
      publish();
      log.info('addresses changed, name announced again');
    });
  }, ADDRESSES_MS);

  return {
    hostName,
    stop: async () => {
      clearInterval(timer);
      await changing;
      await unpublish();
      await new Promise<void>((done) => bonjour.destroy(() => done()));
    },
  };
}

/** Addresses at which others reach this machine, sorted. */
function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal }) => !internal)
    .map(({ address }) => address)
    .sort();
}
