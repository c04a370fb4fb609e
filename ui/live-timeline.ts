import type { Live } from './live.ts';
import type { Timeline } from './timeline.ts';

/** Events after which assets came to or went from months that the event does not name. */
const MANY = [
  'on_asset_update',
  'on_asset_delete',
  'on_asset_trash',
  'on_asset_restore',
  'on_asset_hidden',
  'on_asset_stack_update',
];

/** Keeps a timeline up to date from what the box tells, until the returned function is called. */
export function followAssets(live: Live, timeline: Pick<Timeline, 'refreshSoon'>): () => void {
  const stops = [
    live.on('on_upload_success', (asset) => {
      const { localDateTime } = asset as { localDateTime: string };
      timeline.refreshSoon(`${localDateTime.slice(0, 7)}-01`);
    }),
    ...MANY.map((event) => live.on(event, () => timeline.refreshSoon('all'))),
    // Before the first connection nobody heard which of the photos on the screen got something to show.
    live.onConnect((hasMissed) => timeline.refreshSoon(hasMissed ? 'all' : 'unready')),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
