import { grouped } from '../../numbers.ts';

const photos = (count: number) => (count === 1 ? 'photo' : `${grouped(count)} photos`);
const things = (count: number) => (count === 1 ? '1 photo' : `${grouped(count)} photos`);

/** What can be done with photos, on a grid and in the viewer. */
export const actions = {
  favourite: 'Add to favourites',
  unfavourite: 'Remove from favourites',
  favourited: (count: number) => `${things(count)} added to favourites`,
  unfavourited: (count: number) => `${things(count)} removed from favourites`,
  share: 'Share with a link',
  addToAlbum: 'Add to album',
  addedTo: (album: string) => `Added to “${album}”`,
  archive: 'Move to the archive',
  archived: (count: number) => `${things(count)} moved to the archive`,
  unarchive: 'Back to the timeline',
  unarchived: (count: number) => `${things(count)} back in the timeline`,
  download: 'Download',
  downloading: 'The download is being put together…',
  tag: 'Add tags',
  tagged: (tag: string) => `Tagged “${tag}”`,
  editDate: 'Change date and time',
  dateChanged: 'Date and time changed',
  editPlace: 'Change place',
  placeChanged: 'Place changed',
  stack: 'Stack together',
  stacked: 'Stacked: the first one stands for all of them',
  unstack: 'Take the stack apart',
  unstacked: 'The photos stand by themselves again',
  lock: 'Move to the locked folder',
  locked: (count: number) => `${things(count)} moved to the locked folder`,
  trash: 'Move to the trash',
  trashed: (count: number) => `${things(count)} moved to the trash`,
  restored: (count: number) => `${things(count)} back where they were`,

  tagPicker: {
    title: 'Add tags',
    find: 'Find or name a tag',
    hint: 'A slash makes a tag inside another: trips/lake',
    create: (name: string) => `New tag “${name}”`,
    empty: 'There are no tags yet. Name the first one.',
  },
  placePicker: {
    title: 'Where was this?',
    find: 'Find a place where you have photos',
    empty: 'None of your photos know a place yet.',
    coordinates: 'Or latitude and longitude',
    coordinatesHint: 'As maps show them: 47.42, 10.98',
    wrong: 'Two numbers are needed, latitude from -90 to 90 and longitude from -180 to 180.',
    clear: 'Remove the place',
  },
  shareTitle: (count: number) => `Share ${photos(count)}`,
};
