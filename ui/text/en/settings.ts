import { grouped } from '../../numbers.ts';

const photos = (count: number) => (count === 1 ? '1 photo' : `${grouped(count)} photos`);
const days = (count: number) => (count === 1 ? '1 day' : `${grouped(count)} days`);

/** What a setting is called, and what it does. */
export interface SettingWords {
  label: string;
  hint: string;
}

/** One piece of news in the page's language. */
type Wording = (details: Record<'albumName' | 'byName' | 'problem', string>) => {
  title: string;
  description: string;
};

/** Words for what the box tells, by its kind. */
export interface NewsWords {
  AlbumInvite?: Wording;
  AlbumUpdate?: Wording;
  JobFailed?: Wording;
  /** An original that is not what it should be; `problem` says how. */
  SystemMessage?: Wording;
}

/** Words of the settings, one's own and those of the box. */
export const settings = {
  title: 'Settings',
  groups: { you: 'You', box: 'The box' },
  saved: 'Saved',
  leads: {
    account: 'Name, e-mail, password, PIN, picture, language',
    devices: 'Phones and browsers that are signed in',
    keys: 'For programs that work with your photos',
    notifications: 'What the box has to tell you',
    users: 'Who has an account, and how much room',
    libraries: 'Photos on other drives, read where they are',
    boxSettings: 'Privacy, trash, sharing',
    setup: 'Name, time zone, privacy, phones',
  },
  setupAgain: 'Go through the set-up again',

  account: {
    title: 'Your account',
    picture: 'Picture',
    pictureLead: 'Others see it beside what you share.',
    choosePicture: 'Choose a picture',
    removePicture: 'Remove it',
    who: 'Name and e-mail',
    name: 'Name',
    password: 'Password',
    oldPassword: 'Current password',
    newPassword: 'New password',
    signOutOthers: 'Sign out all other devices',
    signOutOthersHint: 'For when somebody else may know the old one.',
    passwordChanged: 'Password changed',
    changePassword: 'Change the password',
    pin: 'PIN of the locked folder',
    pinLead: 'Six digits that open what you have locked away, on this page and on your phone.',
    pinSet: 'There is a PIN. If you have forgotten it, set another one.',
    pinField: 'Six digits',
    pinProof: 'Your password',
    setPin: 'Set a PIN',
    changePin: 'Change the PIN',
    removePin: 'Remove the PIN',
    removePinConfirm:
      'Photos in the locked folder stay there, and cannot be opened until there is a new PIN.',
    pinChanged: 'PIN changed',
    pinRemoved: 'PIN removed',
    look: 'This browser',
    lookLead: 'How the page looks here; other devices keep their own.',
  },

  devices: {
    title: 'Devices',
    lead: 'Where your account is signed in.',
    thisOne: 'this one',
    unknown: 'Unknown device',
    app: (version: string) => `app ${version}`,
    since: (day: string) => `since ${day}`,
    signOut: 'Sign out',
    signOutOf: (name: string) => `Sign out ${name}`,
    signedOut: (name: string) => `${name} is signed out`,
    others: 'Sign out all others',
    othersConfirm: 'All other phones and browsers have to sign in again with your password.',
    othersDone: 'All others are signed out',
    alone: 'You are signed in nowhere else.',
  },

  keys: {
    title: 'Keys for programs',
    lead: 'A key lets a program work with your photos without your password. Give each one its own, so that you can take it back.',
    empty: 'No key yet',
    emptyLead: 'Programs such as immich-go or the command line ask for one.',
    add: 'New key',
    name: 'What it is for',
    namePlaceholder: 'Laptop backup',
    may: 'It may',
    presets: {
      upload: 'Add photos and albums',
      read: 'Look at everything, change nothing',
      all: 'Do everything that you may',
      chosen: 'Do what I choose',
    },
    chosen: 'Permissions',
    find: 'Find a permission',
    none: 'Choose at least one.',
    make: 'Make the key',
    secretTitle: 'Your new key',
    secretLead: 'Copy it now: it is not shown again. Whoever has it can do what it may.',
    copy: 'Copy the key',
    copied: 'Key copied',
    everything: 'may do everything',
    permissions: (count: number) => (count === 1 ? '1 permission' : `${grouped(count)} permissions`),
    made: (day: string) => `made on ${day}`,
    more: (name: string) => `More about ${name}`,
    rotate: 'Give it a new secret',
    rotateConfirm: (name: string) => `Programs that use “${name}” stop working until they have the new key.`,
    rotateTitle: 'A new secret?',
    remove: 'Remove',
    removeTitle: 'Remove this key?',
    removeConfirm: (name: string) => `Programs that use “${name}” can no longer open the box.`,
    removed: 'Key removed',
  },

  news: {
    title: 'News',
    empty: 'Nothing new',
    emptyLead: 'When somebody shares an album with you, or the box needs you, you read it here.',
    readAll: 'All read',
    clear: 'Remove all',
    remove: (title: string) => `Remove: ${title}`,
    unread: 'new',
    /** The box itself speaks English. */
    known: {} as NewsWords,
  },

  users: {
    title: 'Accounts',
    lead: 'Everybody has their own photos, and sees those of others only when they are shared.',
    add: 'New account',
    addTitle: 'A new account',
    you: 'you',
    admin: 'looks after the box',
    deleted: 'deleted',
    used: (used: string) => `${used} taken`,
    usedOf: (used: string, quota: string) => `${used} of ${quota} taken`,
    quota: 'Room in GB',
    quotaHint: 'Empty for no limit.',
    quotaWrong: 'A whole number of gigabytes, or nothing.',
    password: 'Password for the first time',
    passwordHint: 'At least 8 characters. They are asked to choose their own.',
    newPassword: 'New password',
    newPasswordHint: 'Only if they have forgotten theirs. It signs them out everywhere.',
    isAdmin: 'Looks after the box too',
    isAdminHint: 'Sees these pages, and cannot see the photos of others.',
    create: 'Make the account',
    created: (name: string) => `${name} can sign in now`,
    edit: 'Change',
    editOf: (name: string) => `Change ${name}`,
    remove: 'Delete the account',
    removeTitle: (name: string) => `Delete the account of ${name}?`,
    removeConfirm:
      'They are signed out and can no longer sign in. Their photos stay on the drives, and you can bring the account back.',
    removed: (name: string) => `The account of ${name} is deleted`,
    restore: 'Bring back',
    restored: (name: string) => `${name} is back`,
  },

  libraries: {
    title: 'Other folders',
    lead: 'Photos on other drives appear beside yours. The box only reads them there, and never changes or moves a file.',
    add: 'Add a folder',
    empty: 'No other folders yet',
    emptyLead: 'A drive with old photos can be shown here, without copying it.',
    name: 'Name',
    namePlaceholder: 'Old photos',
    folder: 'Folder',
    choose: 'Choose one',
    chooseFirst: 'Choose a folder first.',
    noneInside: 'No more folders in here. Its photos, and those below, are shown.',
    noneAllowed:
      'This box has not been allowed to read other folders. Whoever set it up can name them in SHOEBOX_EXTERNAL.',
    away: 'not connected',
    owner: 'Whose photos they are',
    create: 'Add it',
    scanning: 'Being looked through…',
    scanningSoFar: (count: number) => `Being looked through: ${photos(count)} so far`,
    waiting: 'Waits to be looked through',
    failed: 'The last look did not work. The box tries again.',
    count: (count: number) => photos(count),
    looked: (ago: string) => `looked through ${ago}`,
    offline: 'Its drive is not connected. What is known of its photos stays.',
    someOffline: (count: number) =>
      count === 1
        ? '1 photo cannot be opened at the moment.'
        : `${grouped(count)} photos cannot be opened at the moment.`,
    scan: 'Look through it now',
    scanned: 'It is looked through now',
    remove: 'Take it out',
    removeTitle: (name: string) => `Take out ${name}?`,
    removeConfirm: 'Its photos leave the box. Their files stay where they are, untouched.',
    removed: 'Taken out',
    more: (name: string) => `More about ${name}`,
    ofPerson: (name: string) => `of ${name}`,
  },

  box: {
    title: 'Settings of the box',
    groups: { privacy: 'Privacy', trash: 'Trash', sharing: 'Sharing', folders: 'Other folders' } as Record<
      string,
      string
    >,
    fields: {
      'settings.reverseGeocoding.enabled': {
        label: 'Name the places where photos were taken',
        hint: 'From a list of towns that the box has with it.',
      },
      'settings.nightlyTasks.generateMemories': {
        label: 'Show photos of this day in other years',
        hint: 'They are put together at night.',
      },
      'settings.server.publicUsers': {
        label: 'Everybody sees who else has an account',
        hint: 'Needed to share albums with each other. Photos are seen only when they are shared.',
      },
      'settings.trash.enabled': {
        label: 'Deleted photos go to the trash first',
        hint: 'Without it, what is deleted is gone at once.',
      },
      'settings.trash.days': {
        label: 'How long the trash keeps photos',
        hint: 'Then they are gone for good.',
      },
      'settings.user.deleteDelay': {
        label: 'How long a deleted account can be brought back',
        hint: 'Afterwards it stays deleted.',
      },
      'settings.server.externalDomain': {
        label: 'Address from everywhere',
        hint: 'If you have set up your own address for the box, such as https://photos.example.org. Links that you share begin with it.',
      },
      'settings.server.loginPageMessage': {
        label: 'Words on the sign-in page',
        hint: 'Such as whom to ask for help.',
      },
      'settings.library.scan.enabled': {
        label: 'Look through other folders every night',
        hint: 'Finds what is new or gone on other drives.',
      },
    } as Record<string, SettingWords>,
    days,
    usually: (value: string) => `Usually ${value}`,
    on: 'on',
    off: 'off',
    nothing: 'empty',
    limits: (minimum: number, maximum: number) => `From ${grouped(minimum)} to ${grouped(maximum)} days.`,
  },
};
