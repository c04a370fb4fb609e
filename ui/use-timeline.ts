import { useEffect, useMemo } from 'preact/hooks';
import { useMember } from './app-context.ts';
import { listMonths, readMonth, type TimelineFilter } from './calls/timeline.ts';
import { followAssets } from './live-timeline.ts';
import { createTimeline, type Timeline } from './timeline.ts';

/** The months of photos that fit a filter, kept up to date while the screen is open. */
export function useTimeline(filter: TimelineFilter): Timeline {
  const { api, live } = useMember();
  const key = JSON.stringify(filter);
  const timeline = useMemo(
    () =>
      createTimeline({
        months: () => listMonths(api, filter),
        month: (timeBucket) => readMonth(api, filter, timeBucket),
      }),
    [api, key],
  );
  useEffect(() => followAssets(live, timeline), [live, timeline]);
  return timeline;
}
