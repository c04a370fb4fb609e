import { grouped } from '../../numbers.ts';

/** Words of the components that every screen uses. */
export const kit = {
  product: 'Shoebox',
  tryAgain: 'Try again',
  close: 'Close',
  cancel: 'Cancel',
  save: 'Save',
  remove: 'Remove',
  done: 'Done',
  undo: 'Undo',
  more: 'More',
  back: 'Back',
  loading: 'Loading…',
  search: 'Search',

  unreachable: 'The box does not answer. Check that it is switched on and that you are on the same network.',
  unexpectedAnswer: (status: number) =>
    `The box gave an answer this page does not understand (${status}). Please try again in a moment.`,
  screenMissing: 'This part of the page did not arrive. Check that the box is switched on, then try again.',
  problemTitle: 'That did not work',
  noRightsTitle: 'This is not for this account',
  notFoundTitle: 'There is nothing here',
  copyFailed: 'The browser did not let this page copy. Please mark the text and copy it yourself.',
  offline: 'The box does not answer. What you see may be older; the page looks again by itself.',
  connectionLost: 'Connection lost. New photos appear again as soon as the box answers.',

  showPassword: 'Show',
  hidePassword: 'Hide',
  showPasswordLabel: 'Show password',
  typeToConfirm: (word: string) => `Type ${word} to confirm`,

  chosen: 'chosen',
  selectedCount: (count: number) => (count === 1 ? '1 chosen' : `${grouped(count)} chosen`),
  clearSelection: 'Choose nothing',
  select: (name: string) => `Choose ${name}`,

  albumPicker: {
    title: 'Add to album',
    find: 'Find an album',
    create: (name: string) => `New album “${name}”`,
    createUnnamed: 'New album',
    name: 'Name of the album',
    empty: 'There is no album yet. Give the first one a name.',
    none: 'No album has this name.',
    photoCount: (count: number) => (count === 1 ? '1 photo' : `${grouped(count)} photos`),
  },
  datePicker: {
    title: 'Date and time',
    date: 'Date',
    time: 'Time',
    zone: 'Time zone',
    zoneHint: 'Where the clock showed this time.',
  },
};
