import { grouped } from '../../numbers.ts';

const days = (count: number) => (count === 1 ? '1 day' : `${grouped(count)} days`);

/** Words of the trash. */
export const trash = {
  title: 'Trash',
  lead: (keepDays: number) =>
    `What you delete stays here for ${days(keepDays)}, so that you can change your mind. Then it goes for ever.`,
  leadWithout: 'This box deletes at once: nothing more comes in here.',
  daysLeft: (count: number) => (count === 0 ? 'Goes today' : `${days(count)} left`),
  restoreAll: 'Put everything back',
  empty: 'Empty the trash',
  confirmTitle: (count: number) =>
    count === 1 ? 'Delete the photo in the trash for ever?' : `Delete all ${grouped(count)} photos for ever?`,
  confirm: 'Delete for ever',
  emptyTitle: 'The trash is empty',
  emptyWords: (keepDays: number | undefined) =>
    keepDays === undefined
      ? 'What is deleted on this box is gone at once. Whoever looks after the box can change that in the settings.'
      : `A photo that you delete waits here for ${days(keepDays)} before it goes for ever.`,
};
