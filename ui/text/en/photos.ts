import { grouped } from '../../numbers.ts';

/** Words of the timeline and of every grid of photos. */
export const photos = {
  title: 'Photos',
  loading: 'Looking for your photos…',
  emptyTitle: 'Room for a lifetime of photos',
  emptyLead: 'Add photos and videos from this device, or drop whole folders anywhere on this page.',
  emptyTouchLead: 'Add photos and videos from this device, as many as you like.',
  emptyButton: 'Choose photos',
  count: (count: number) => (count === 1 ? '1 photo' : `${grouped(count)} photos`),
  photo: (date: string) => `Photo, ${date}`,
  video: (date: string, length: string) => `Video${length ? ` of ${length}` : ''}, ${date}`,
  live: (date: string) => `Live photo, ${date}`,
  favourite: 'favourite',
  stack: (count: number) => `stack of ${grouped(count)}`,
  noPicture: 'no picture yet',
  scrubber: 'Go to a date',
  selectDay: (day: string) => `Choose all of ${day}`,
  favourites: {
    title: 'Favourites',
    emptyTitle: 'No favourites yet',
    empty: 'Tap the heart on a photo you love, and it is kept here too.',
  },
  archive: {
    title: 'Archive',
    lead: 'Kept safe, and out of the way of the timeline.',
    emptyTitle: 'The archive is empty',
    empty: 'Screenshots, receipts and the like can be put here: they leave the timeline and stay in the box.',
  },
  drop: 'Drop to add',
  dropLead: 'Photos, videos and whole folders',
};
