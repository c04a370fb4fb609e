import type { TimelineQuery } from '#contract/timeline';

/** Which photos the first screen shows. */
export const ALL_PHOTOS = {
  visibility: 'timeline',
  withStacked: true,
  withPartners: true,
} as const satisfies TimelineQuery;
