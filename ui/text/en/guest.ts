import { grouped } from '../../numbers.ts';

/** Words of the pages that links open, for people who may never have seen a Shoebox. */
export const guest = {
  title: 'Shared photos',
  opening: 'Opening the photos…',
  passwordTitle: 'A password, please',
  passwordLead: 'Whoever sent you the link knows it.',
  password: 'Password',
  open: 'Open',
  wrong: 'That is not it. Please look again at what you were sent.',
  goneTitle: 'This link opens nothing',
  gone: 'It has ended or was closed, or a part of its address is missing. Please ask whoever sent it to you.',
  from: (name: string) => `from ${name}`,
  count: (count: number) => (count === 1 ? '1 photo' : `${grouped(count)} photos`),
  ends: (date: string) => `open until ${date}`,
  downloadAll: 'Download all',
  add: 'Add photos',
  addHint: 'You can add photos and videos: choose them, or drop them anywhere on this page.',
  emptyTitle: 'Nothing here yet',
  empty: 'Photos appear here as soon as they are added.',
  emptyUpload: 'Be the first: add photos from this device.',
  footer: 'These photos live at home, in a',
};
