import { grouped } from '../../numbers.ts';

/** Words of adding photos. */
export const upload = {
  screenTitle: 'Add photos',
  screenLead:
    'From this device into the box. What is already there is recognised and not stored twice; a broken connection is waited for.',
  chooseTitle: 'Drop photos, videos or whole folders here',
  chooseLead: 'Or paste a picture, or choose:',
  touchTitle: 'Choose the photos and videos that belong in the box',
  touchLead: 'You can look around while they are on their way.',
  choosePhotos: 'Choose photos',
  chooseFolder: 'Choose a folder',
  sharedTitle: 'Received from another app',
  sharedNothing: 'The other app handed over no photos or videos.',
  title: 'Adding photos',
  reading: 'Looking through the folders…',
  progress: (done: number, total: number) => `${grouped(done)} of ${grouped(total)}`,
  remaining: (sent: string, total: string) => `${sent} of ${total} sent`,
  offline: 'The box does not answer. Uploading continues as soon as it is back.',
  saving: 'being written to the drive',
  stop: 'Stop',
  stopped: 'You stopped the upload.',
  retry: 'Try the failed ones again',
  interruptedTitle: 'Not finished last time',
  interrupted: (count: number) =>
    `${grouped(count)} ${count === 1 ? 'photo or video was' : 'photos and videos were'} still waiting when the page was closed.`,
  missing: (count: number) =>
    `${grouped(count)} ${count === 1 ? 'has' : 'have'} to be chosen again, because the browser does not keep so much. What has arrived already is recognised and not sent twice.`,
  resume: 'Go on adding',
  dismiss: 'Leave them out',
  comparing: 'checking whether the box has it',
  doneTitle: 'All done',
  earlierTitle: 'Added last time',
  doneWithFailures: 'Some did not arrive',
  stored: (count: number) => `${grouped(count)} stored`,
  duplicate: (count: number) => `${grouped(count)} already there`,
  failed: (count: number) => `${grouped(count)} failed`,
  more: (count: number) => `and ${grouped(count)} more`,
  unreadable: 'The file could not be sent. It may have been moved, or it cannot be read.',
  nothing: 'There was no file in what you dropped.',
  hide: 'Hide the list',
  show: 'Show the list',
};
