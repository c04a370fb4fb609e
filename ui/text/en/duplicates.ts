import { grouped } from '../../numbers.ts';

const photos = (count: number) => (count === 1 ? '1 photo' : `${grouped(count)} photos`);

/** Words of the look-alikes. */
export const duplicates = {
  title: 'Duplicates',
  lead: 'Photos that look alike, side by side. The very same file is never stored twice.',
  count: (count: number) => (count === 1 ? '1 group to look at' : `${grouped(count)} groups to look at`),
  group: (count: number) => `${photos(count)} that look alike`,
  open: (name: string) => `Look at ${name}`,
  keepThis: (name: string) => `Keep ${name}`,
  kept: 'Stays',
  goes: 'Into the trash',
  name: 'Name',
  taken: 'Taken',
  size: 'Size',
  folder: 'Folder',
  keepSome: 'Choose what stays',
  keepChosen: (kept: number, trashed: number) =>
    trashed === 0
      ? 'All of them stay'
      : `Keep ${kept === 1 ? 'this one' : `these ${grouped(kept)}`}, ${grouped(trashed)} into the trash`,
  keepAll: 'Keep all',
  stack: 'Stack together',
  resolved: (trashed: number) => `${photos(trashed)} moved to the trash`,
  keptAll: 'All of them stay',
  changed: 'This group has changed in the meantime. Please look at it again.',
  showMore: 'Show more',
  emptyTitle: 'Nothing looks alike',
  empty: 'There is nothing to clear up. Photos that an app has marked as looking alike appear here.',
};
