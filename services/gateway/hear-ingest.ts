import { announceHidden, announceReady } from './asset-events.ts';
import type { GatewayParts } from './parts.ts';

/** What ingest says on the gateway's socket, one JSON object a line. */
export type IngestNews =
  /** Previews are there; `isNew` for the first time. */
  | { type: 'asset-ready'; assetId: string; isNew: boolean }
  /** An asset became the hidden video of a live photo. */
  | { type: 'asset-hidden'; assetId: string };

/** Passes what ingest has done on to the clients that look on. */
export function hearIngest(parts: GatewayParts): (news: IngestNews) => void {
  return (news) => {
    try {
      switch (news.type) {
        case 'asset-ready':
          return announceReady(parts, news.assetId, news.isNew);
        case 'asset-hidden':
          return announceHidden(parts, news.assetId);
      }
    } catch (error) {
      // Clients also find out when they look again: no news is worth the end of this process.
      parts.log.error({ err: error, assetId: news.assetId }, 'news of ingest not passed on');
    }
  };
}
