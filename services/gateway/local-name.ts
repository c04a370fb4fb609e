import { join } from 'node:path';
import type { BoxNamed } from '#contract/local-names';
import { connectPeer } from '#runtime/peer';
import type { GatewayConfig } from './config.ts';
import type { GatewayParts } from './parts.ts';

/** The box's name on the local network. */
export interface LocalName {
  /** What somebody on this machine answers for, without `.local`; undefined when nobody does. */
  current(): string | undefined;
  /** Discovery has taken this name: the wanted one, or the next that was free. */
  hear(hostName: string): void;
  /** Has discovery take the name that the owner has chosen. */
  tell(): void;
  close(): void;
}

/**
 * Keeps discovery, where it runs, up to date with the name that the owner has chosen. On the image avahi answers, for
 * the host name of the system, and nobody hears of it.
 */
export function openLocalName(config: GatewayConfig, { queries }: Pick<GatewayParts, 'queries'>): LocalName {
  let heard = config.localName;
  if (heard === undefined) return { current: () => heard, hear: () => {}, tell: () => {}, close: () => {} };
  const tell = () => {
    const name = queries.settings.find('box')?.name;
    if (name !== undefined) discovery.send({ type: 'box-named', name });
  };
  const discovery = connectPeer<BoxNamed>(join(config.runDir, 'discovery.sock'), { onConnect: tell });
  return {
    current: () => heard,
    hear: (hostName) => {
      heard = hostName;
    },
    tell,
    close: () => discovery.close(),
  };
}
