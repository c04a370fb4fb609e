import { grouped } from '../../numbers.ts';

/** Words of setting a box up, and of connecting phones. */
export const setup = {
  title: 'Set up your Shoebox',
  stepOf: (number: number, total: number) => `Step ${number} of ${total}`,
  steps: {
    account: 'Account',
    box: 'Name',
    drives: 'Drives',
    privacy: 'Privacy',
    phone: 'Phone',
    done: 'Done',
  },
  next: 'Continue',
  later: 'Not now',
  nothingAllowed: 'Nothing: the box only keeps your photos',
  saving: 'Saving…',
  unfinished: 'Setting up this box is not finished yet.',
  goOn: 'Go on',
  welcome: {
    title: 'Welcome home, photos',
    lead: 'This box keeps your family’s photos: in your home, on your own drives, and nowhere else. Setting it up takes about five minutes, and you can stop at any time: it goes on where you left off.',
    begin: 'Let’s begin',
  },
  account: {
    title: 'First, your account',
    lead: 'Whoever makes it looks after the box, and can make accounts for the rest of the family.',
  },
  box: {
    title: 'Give your box a name',
    lead: 'A name tells it apart from your other devices. The time zone decides when a day begins.',
    name: 'Name of the box',
    nameHint: (name: string) => `In your network it is written ${name}`,
    nameMissing: 'The name needs letters from a to z, or digits.',
    zone: 'Time zone',
    zoneHint: 'Taken from the device in front of you.',
  },
  drives: {
    title: 'Your drives',
    lead: 'This is where your photos will be.',
    later:
      'Choosing and preparing drives on this page comes with a later version. Until then the box uses the drive it was started with, and nothing is erased.',
    room: 'Room for photos',
    roomOf: (available: string, total: string) => `${available} of ${total}`,
    copies: 'Copies of each photo',
    copiesWords: (count: number) =>
      count === 1
        ? 'One: a drive that fails takes its photos with it'
        : `${grouped(count)}, on different drives`,
    damage: 'Damage by the drive',
    damageNoticed: 'Noticed as soon as a file is read',
    damageChecked: 'Noticed when the box reads every photo again and compares it',
    fileSystem: 'Format',
    readOnly:
      'The drive can only be read at the moment. Photos cannot be taken in until that is put right: it may be failing.',
    secondCopy: 'Until there is a second drive, keep a copy of what you love elsewhere too.',
  },
  privacy: {
    title: 'What may the box find out?',
    lead: 'All of this happens inside the box. Nothing leaves it, and you can change your mind at any time.',
    faces: 'Recognise people by their faces',
    facesHint:
      'Gathers photos of the same person, so that you can give them a name. Ask those who are in them.',
    facesLater: 'This version cannot do it yet: your answer is kept for the one that can.',
    placeNames: 'Name the places where photos were taken',
    placeNamesHint: 'From a list of towns that the box has with it.',
    memories: 'Show photos of this day in other years',
    memoriesHint: 'A small look back, above your photos.',
  },
  phone: {
    title: 'Connect your phone',
    lead: 'From then on new photos come by themselves whenever your phone is at home.',
  },
  done: {
    title: 'Your box is ready',
    lead: 'Everything that was set here can be changed in the settings.',
    finish: 'To your photos',
    skipped: 'Left for later',
    summary: 'What was set',
  },
};

/** Words of connecting a phone. */
export const phones = {
  connect: 'Connect a phone',
  addressKinds: { ip: 'By number', name: 'By name', domain: 'From everywhere' },
  addressHints: {
    ip: 'Works with every phone in your home network.',
    name: 'Easier to remember. Some phones do not find it: then take the number.',
    domain: 'Works away from home too.',
  },
  choose: 'Kind of address',
  address: 'Address of the box',
  copy: 'Copy the address',
  copied: 'Address copied',
  qr: (url: string) => `QR code of ${url}`,
  noAddress:
    'This box only answers on the machine it runs on, so no phone finds it. Start it with SHOEBOX_HOST=0.0.0.0 to change that.',
  otherAddresses: 'It also answers here:',
  install: 'Install the app Immich',
  installHint: 'The box speaks its language.',
  appStore: 'App Store, for iPhone',
  playStore: 'Google Play, for Android',
  typeAddress: 'Open the app and give it this address',
  typeAddressHint:
    'Point the phone’s camera at the code to open this box in its browser, where the address can be copied.',
  signIn: 'Sign in with your e-mail address and password',
  backUp: 'Switch on the backup, and choose your albums',
  waiting: 'Waiting for your phone…',
  waitingHint: 'Keep this page open: you will see it arrive.',
  arrived: 'Your phone has arrived',
  hasArrived: (name: string) => `${name} has arrived`,
  unnamed: 'A phone',
  noneYet: 'no photos yet',
  photosSoFar: (count: number) => (count === 1 ? '1 photo so far' : `${grouped(count)} photos so far`),
  today: (count: number) => `${grouped(count)} today`,
  heard: (ago: string) => `last heard from: ${ago}`,
  ofPerson: (name: string) => `of ${name}`,
};
