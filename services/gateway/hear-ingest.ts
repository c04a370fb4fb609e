import type { IngestNews } from '#contract/ingest-news';
import { announceEdited, announceHidden, announceReady } from './asset-events.ts';
import { announceNotifications } from './notify.ts';
import type { GatewayParts } from './parts.ts';

/** Passes what ingest has done on to the clients that look on. */
export function hearIngest(parts: GatewayParts): (news: IngestNews) => void {
  return (news) => {
    try {
      switch (news.type) {
        case 'asset-ready':
          return announceReady(parts, news.assetId, news.isNew);
        case 'asset-edited':
          return announceEdited(parts, news.assetId);
        case 'asset-hidden':
          return announceHidden(parts, news.assetId);
        case 'notified':
          return announceNotifications(parts, news.ids);
        case 'portrait-made':
          return parts.portraits.settle(news.id, news.problem);
        case 'stacked':
          return parts.events.toUser(news.ownerId, 'on_asset_stack_update');
        case 'person-shown':
          return parts.events.toUser(news.ownerId, 'on_person_thumbnail', news.personId);
      }
    } catch (error) {
      // Clients also find out when they look again: no news is worth the end of this process.
      parts.log.error({ err: error, news: news.type }, 'news of ingest not passed on');
    }
  };
}
