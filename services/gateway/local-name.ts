import { join } from 'node:path';
import type { BoxChoice, BoxNamed } from '#contract/local-names';
import { connectPeer } from '#runtime/peer';
import { replaceFile } from '#storage/atomic-write';
import type { GatewayConfig } from './config.ts';
import type { GatewayParts } from './parts.ts';

/** The box's name on the local network. */
export interface LocalName {
  /** What somebody on this machine answers for, without `.local`; undefined when nobody does. */
  current(): string | undefined;
  /** Discovery has taken this name: the wanted one, or the next that was free. */
  hear(hostName: string): void;
  /** Has discovery, or the system of the image, take the name and the time zone that the owner has chosen. */
  tell(): Promise<void>;
  close(): void;
}

/** What a freshly flashed card calls itself. */
const FRESH_NAME = 'shoebox';

/**
 * Keeps whoever answers on the local network up to date with the name that the owner has chosen: discovery where it
 * runs, and on the image the system, for whose host name avahi answers. There a freshly flashed card gets the name
 * that the drives remember.
 */
export async function openLocalName(
  config: GatewayConfig,
  { queries, log }: Pick<GatewayParts, 'queries' | 'log'>,
): Promise<LocalName> {
  let heard = config.localName;
  const { choiceFile } = config;
  if (heard === undefined)
    return { current: () => heard, hear: () => {}, tell: async () => {}, close: () => {} };

  const tellDiscovery = () => {
    const name = queries.settings.find('box')?.name;
    if (name !== undefined) discovery.send({ type: 'box-named', name });
  };
  const discovery = connectPeer<BoxNamed>(join(config.runDir, 'discovery.sock'), {
    onConnect: tellDiscovery,
  });
  const tellSystem = async () => {
    const box: BoxChoice | undefined = queries.settings.find('box');
    if (box === undefined || choiceFile === undefined) return;
    await replaceFile({ path: choiceFile, content: JSON.stringify(box) });
    heard = box.name;
  };
  if (heard === FRESH_NAME && queries.settings.find('box')?.name !== FRESH_NAME)
    await tellSystem().catch((error: unknown) => {
      // No photo waits for a name.
      log.error({ err: error }, 'the system was not told the name of the box');
    });
  return {
    current: () => heard,
    hear: (hostName) => {
      heard = hostName;
    },
    tell: async () => {
      tellDiscovery();
      await tellSystem();
    },
    close: () => discovery.close(),
  };
}
