/** Every word of the page that does not come from the server. Failures of a request use the server's own words. */
export const text = {
  product: 'Shoebox',
  starting: 'Opening the box…',
  tryAgain: 'Try again',
  close: 'Close',

  unreachable: 'The box does not answer. Check that it is switched on and that you are on the same network.',
  unreachableTitle: 'Shoebox cannot be reached',
  unreachableRetry: 'This page looks again by itself.',
  unexpectedAnswer: (status: number) =>
    `The box gave an answer this page does not understand (${status}). Please try again in a moment.`,
  connectionLost: 'Connection lost. New photos appear again as soon as the box answers.',

  signUp: {
    title: 'Welcome',
    lead: 'This box is new and belongs to nobody yet. The first account looks after it.',
    name: 'Your name',
    email: 'E-mail',
    emailHint: 'You sign in with it. The box sends no mail.',
    password: 'Password',
    passwordHint: 'At least 8 characters. A short sentence is easy to remember.',
    submit: 'Create account',
    busy: 'Creating your account…',
    signInInstead: 'Sign in instead',
  },
  signIn: {
    title: 'Good to see you',
    email: 'E-mail',
    password: 'Password',
    submit: 'Sign in',
    busy: 'Signing in…',
  },
  showPassword: 'Show',
  hidePassword: 'Hide',
  showPasswordLabel: 'Show password',

  account: {
    open: (name: string) => `Account of ${name}`,
    signOut: 'Sign out',
  },

  library: {
    title: 'Photos',
    skip: 'Skip to the photos',
    upload: 'Add photos',
    loading: 'Looking for your photos…',
    emptyTitle: 'Room for a lifetime of photos',
    emptyLead: 'Add photos and videos from this device, or drop whole folders anywhere on this page.',
    emptyButton: 'Choose photos',
    photoCount: (count: number) => (count === 1 ? '1 photo' : `${grouped(count)} photos`),
    photo: (date: string) => `Photo, ${date}`,
    video: (date: string, length: string) => `Video${length ? ` of ${length}` : ''}, ${date}`,
    noPicture: 'no picture yet',
    drop: 'Drop to add',
    dropLead: 'Photos, videos and whole folders',
  },

  viewer: {
    label: 'Photo viewer',
    back: 'Back to all photos',
    previous: 'Newer photo',
    next: 'Older photo',
    download: 'Download original',
    loading: 'Fetching the photo…',
    preparing: 'The picture is being prepared. It appears here in a moment.',
    noPicture: 'There is no picture of this file yet.',
    problem: 'The original is kept, but there is something to know about it:',
    videoUnplayable: 'This browser cannot play the video. Download the original to watch it.',
  },

  upload: {
    title: 'Adding photos',
    reading: 'Looking through the folders…',
    progress: (done: number, total: number) => `${grouped(done)} of ${grouped(total)}`,
    remaining: (sent: string, total: string) => `${sent} of ${total} sent`,
    offline: 'The box does not answer. Uploading continues as soon as it is back.',
    saving: 'being written to the drive',
    stop: 'Stop',
    stopped: 'You stopped the upload.',
    retry: 'Try the failed ones again',
    doneTitle: 'All done',
    doneWithFailures: 'Some did not arrive',
    stored: (count: number) => `${grouped(count)} stored`,
    duplicate: (count: number) => `${grouped(count)} already there`,
    failed: (count: number) => `${grouped(count)} failed`,
    more: (count: number) => `and ${grouped(count)} more`,
    unreadable: 'The file could not be sent. It may have been moved, or it cannot be read.',
    nothing: 'There was no file in what you dropped.',
    hide: 'Hide the list',
    show: 'Show the list',
  },
} as const;

/** A whole number with its thousands set apart. */
export function grouped(value: number): string {
  return value.toLocaleString('en');
}

/** A size people can compare, in the units file managers show. */
export function readableBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = -1;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
