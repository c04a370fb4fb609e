/** Words of the locked folder. */
export const locked = {
  title: 'Locked folder',
  setupTitle: 'A place that only you open',
  setupLead:
    'Photos in here leave the timeline, albums, search and the phones of your family. Only your PIN shows them.',
  setup: 'Set up the locked folder',
  pin: 'PIN',
  newPin: 'New PIN',
  pinHint: 'Six digits. Not the ones of your phone, if others know those.',
  again: 'The same again',
  different: 'These are not the same six digits.',
  enterLead: 'Your PIN opens the folder for a quarter of an hour.',
  open: 'Open',
  wrong: 'That is not the PIN. Please try again.',
  forgotten: 'Forgotten the PIN?',
  change: 'Change the PIN',
  changeLead: 'With the password of your account you choose a new one. The photos stay where they are.',
  password: 'Password of your account',
  changeSubmit: 'Use the new PIN',
  changed: 'The new PIN works from now on',
  closesAt: (time: string) => `Open until ${time}, or until you go elsewhere.`,
  lockNow: 'Lock now',
  emptyTitle: 'The locked folder is empty',
  empty:
    'Choose photos in the timeline, then “Move to the locked folder” under More. They leave everything but this folder.',
};
