import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { Bonjour } from 'bonjour-service';
import type { BoxNamed, NameAnnounced } from '#contract/local-names';
import type { Logger } from '#runtime/log';
import { connectPeer, listenPeer, type PeerConnection } from '#runtime/peer';
import { findFreeName } from './find-free-name.ts';

export interface Discovery {
  /** What the network calls this machine: `shoebox`, or `shoebox-2` when there is one already. Without `.local`. */
  hostName(): string;
  /** Tells the network that the name is gone. */
  stop(): Promise<void>;
}

/** How often addresses are looked at: a router gives another one, a cable is put in. */
const ADDRESSES_MS = 10_000;

/**
 * Answers for `<name>.local` and offers the pages as a web server, until stopped. Takes a second to ask whether the
 * name is free. The gateway, which hears in `runDir` what was taken, has it changed when the owner names the box; a
 * name that cannot be taken leaves the one before. Only for a machine without avahi: there should be one program that answers (RFC 6762, 15).
 */
export async function openDiscovery(options: {
  name: string;
  port: number;
  runDir?: string | undefined;
  log: Logger;
}): Promise<Discovery> {
  const { port, runDir, log } = options;
  const takeName = (wanted: string) => findFreeName(wanted, (address) => ownAddresses().includes(address));
  let wanted = options.name;
  let hostName = await takeName(wanted);
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

  const tellName = (peer: PeerConnection<NameAnnounced>) => peer.send({ type: 'name-announced', hostName });
  const gateway =
    runDir === undefined
      ? undefined
      : connectPeer<NameAnnounced>(join(runDir, 'gateway.sock'), { onConnect: tellName });
  const rename = async (name: string) => {
    if (name === wanted) return;
    const taken = await takeName(name);
    await unpublish();
    wanted = name;
    hostName = taken;
    publish();
    log.info({ hostName, port }, 'name announced');
    if (gateway) tellName(gateway);
  };
  const hearing =
    runDir === undefined
      ? undefined
      : await listenPeer<BoxNamed>(
          join(runDir, 'discovery.sock'),
          ({ name }) => {
            changing = changing
              .then(() => rename(name))
              .catch((error: unknown) => log.error({ err: error }, 'name not changed'));
          },
          { log },
        );
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
    hostName: () => hostName,
    stop: async () => {
      clearInterval(timer);
      await hearing?.close();
      gateway?.close();
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
