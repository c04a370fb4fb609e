import type { UpdateFaultCode } from '#contract/appliance-updates';

/** Words of the page about updates of the box. */
export const updates = {
  title: 'Updates',
  /** On the way to this page. */
  open: 'To the updates',
  lead: 'Newer versions of the system on the box',
  elsewhere: {
    title: 'This Shoebox is updated in another way',
    words:
      'Only a box whose memory card was written with our image updates itself. Update this one the way it was installed.',
  },
  version: (version: string) => `Version ${version}`,
  installedAt: (moment: string) => `In use since ${moment}.`,
  newBox: 'This is the version that the box came with.',
  trying: {
    title: (version: string) => `Version ${version} is being tried`,
    words:
      'The box looks for three minutes whether everything works. If something does not, it goes back to the version before, by itself.',
  },
  last: {
    updated: (to: string, ago: string) => `Updated to version ${to}, ${ago}.`,
    wentBack: (from: string, to: string) => `The box went back from version ${to} to ${from}.`,
    notFinished: (to: string) => `The update to version ${to} was not finished.`,
    safe: 'Your photos were not touched.',
  },
  sending: 'The file is being sent to the box',
  fetching: (version: string) => `Version ${version} is being fetched`,
  ofAll: (received: string, total: string) => `${received} of ${total}`,
  checking: 'The box checks who made the update',
  installing: (version: string) => `Version ${version} is being written`,
  installingWords: 'Everything goes on as usual meanwhile. It is used from the next start on.',
  brokenOff: 'The file did not arrive whole. Choose it again: it goes on where it stopped.',
  ready: (version: string) => `Version ${version} is ready`,
  readyWords:
    'The box has to start again, which takes a minute or two. Phones go on with their backups afterwards.',
  restartNow: 'Start again now',
  restartTonight: 'Tonight',
  restartLater: 'Not tonight',
  restartsAt: (moment: string) => `The box starts again by itself: ${moment}.`,
  restarting: 'The box starts again',
  restartingWords:
    'This takes a minute or two, and the first time a little more. This page goes on by itself.',
  find: {
    title: 'Get a newer version',
    offeredTitle: (version: string) => `Version ${version} is there`,
    offered: (size: string) =>
      `It is fetched from the address below (${size}). Nothing changes until the box starts again.`,
    there: (version: string) => `Version ${version} is there.`,
    nothingNewer: 'There is nothing newer.',
    install: 'Fetch and install it',
    check: 'Check now',
    checked: (ago: string) => `Last checked: ${ago}`,
    never: 'Not checked yet',
  },
  file: {
    title: 'From a file',
    lead: 'A file that ends in .raucb, from whoever makes this system. Others are refused.',
    choose: 'Choose a file',
  },
  address: {
    title: 'From the Internet',
    lead: 'The box asks this address once a day whether there is something newer. It says nothing about itself or you. Empty: it asks nobody.',
    label: 'Address for updates',
    hint: 'Begins with https://',
    save: 'Save',
    saved: 'Saved',
  },
  minimum: (version: string) =>
    `Versions older than ${version} are refused: they have doors open that have been closed since.`,
  /** The box itself speaks English. `{name}` is one of its details. */
  faults: {} as Partial<Record<UpdateFaultCode, string>>,
  /** News about updates; the box itself speaks English. */
  news: {} as Partial<
    Record<
      'updated' | 'went_back' | 'not_finished' | 'offered',
      (details: { from: string; to: string; reason: string }) => { title: string; description: string }
    >
  >,
};
