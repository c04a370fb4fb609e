import { grouped } from '../../numbers.ts';

/** Words of the memories. */
export const memories = {
  title: 'Memories',
  lead: 'What happened on this day in other years.',
  yearsAgo: (years: number) => (years === 1 ? '1 year ago' : `${grouped(years)} years ago`),
  photos: (count: number) => (count === 1 ? '1 photo' : `${grouped(count)} photos`),
  today: 'On this day',
  kept: 'Kept',
  none: 'No photos of this day in other years. Look in again tomorrow.',
  emptyTitle: 'Memories come with time',
  empty: 'Once the box holds photos of several years, it shows here what happened on this day back then.',
  player: (title: string) => `Memory: ${title}`,
  close: 'Close',
  next: 'Next photo',
  previous: 'Previous photo',
  pause: 'Pause',
  play: 'Play',
  keep: 'Keep this memory',
  unkeep: 'Stop keeping it',
  keptToast: 'Kept: it stays here on other days too',
  hide: 'Do not show this memory again',
  hiddenToast: 'This memory is not shown again. Its photos stay where they are.',
  leaveOut: 'Leave this photo out',
  openPhoto: 'Open in the timeline',
  position: (at: number, count: number) => `Photo ${at} of ${count}`,
};
