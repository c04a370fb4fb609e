import { grouped } from '../../numbers.ts';

/** Words of the folders. */
export const folders = {
  title: 'Folders',
  lead: 'Your photos as plain files in plain folders, just as they lie on the drives. Any computer can read them.',
  onTheBox: 'In the box',
  inside: 'Folders in here',
  folders: (count: number) => (count === 1 ? '1 folder' : `${grouped(count)} folders`),
  way: 'Folders above this one',
  emptyTitle: 'No folders yet',
  empty: 'Add photos, and a folder for each month appears here.',
  noPhotosTitle: 'No photos here any more',
  noPhotos: 'They were moved or deleted.',
  gone: 'There is no folder of this name, or nothing is left in it.',
};
