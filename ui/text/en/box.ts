import type { FindingCode } from '#contract/appliance-status';
import { grouped } from '../../numbers.ts';

const photos = (count: number) => (count === 1 ? '1 photo' : `${grouped(count)} photos`);

/** Words for what the box finds wrong with itself. */
export type FindingWords = Partial<
  Record<FindingCode, { title: string; advice: (details: Record<string, number>) => string }>
>;

/** Words of the page about the box. */
export const box = {
  title: 'The box',
  verdicts: {
    well: { title: 'All is well', lead: 'Your photos are safe, and there is nothing for you to do.' },
    look: { title: 'Have a look', lead: 'Nothing is lost. When you have a moment:' },
    act: { title: 'Act now', lead: 'Something needs you today:' },
  },
  /** The box itself speaks English. */
  findings: {} as FindingWords,
  space: {
    title: 'Room',
    free: (available: string, total: string) => `${available} of ${total} left for photos`,
    originals: 'Photos and videos',
    derived: 'Preview pictures and lists',
    other: 'Reserve, and what else is on the drive',
    available: 'Free',
    counting: 'Still counting…',
    forecastTitle: 'How long the room lasts',
    tooEarly: 'It takes a few more weeks of photos to tell how long the room lasts.',
    manyYears: 'At this pace there is room for many years.',
    until: (month: string) => `At this pace the drives are full in ${month}.`,
    today: 'today',
    full: 'full',
    plot: 'How full the drives are: the last twelve months, and ahead',
    inMonths: (count: number) => `in ${grouped(count)} months`,
    yearAgo: 'a year ago',
  },
  safety: {
    title: 'Safety',
    noneYet: 'There are no photos to check yet.',
    allChecked: (count: number) =>
      `${count === 1 ? 'The one photo was' : `All ${photos(count)} were`} read again, and are what you uploaded.`,
    checked: (checked: number, count: number) =>
      `${grouped(checked)} of ${photos(count)} were read again so far, and compared with what you uploaded.`,
    checkedLabel: 'Photos checked',
    oldest: (ago: string) => `The check that is longest ago: ${ago}`,
    recently: (count: number) => `${grouped(count)} in the last 30 days`,
    copiesOne: 'Each photo is on one drive only. If it fails, it takes them with it.',
    copies: (count: number) => `Each photo is on ${grouped(count)} drives.`,
    heals: 'A copy that rots is replaced by a good one, without anybody’s doing.',
    notices: 'Damage by the drive is noticed as soon as a file is read.',
    snapshot: (ago: string, size: string) => `Albums, names and dates were copied ${ago} (${size}).`,
    noSnapshot: 'Albums, names and dates are copied for the first time tonight.',
    readOnly: 'The drives can only be read at the moment.',
  },
  work: {
    title: 'Work',
    lead: 'What the box does with your photos, when it has nothing else to do.',
    queues: {
      metadataExtraction: 'Reading dates and places',
      thumbnailGeneration: 'Making preview pictures',
      editor: 'Turning and cropping',
      videoConversion: 'Making small versions of videos',
      integrityCheck: 'Checking photos',
      library: 'Looking through other folders',
    },
    idle: 'Nothing to do',
    active: (count: number) => `${grouped(count)} under way`,
    waiting: (count: number) => `${grouped(count)} waiting`,
    failed: (count: number) => `${grouped(count)} did not work`,
    paused: 'Paused',
    pause: (name: string) => `Pause: ${name}`,
    resume: (name: string) => `Go on: ${name}`,
    retry: 'Try again',
    retrying: 'It is tried again now',
    checkNow: 'Check all now',
    checking: 'All photos are being read again. That takes a while.',
  },
  phones: {
    title: 'Phones',
    empty: 'No phone is connected yet. Once one is, its photos come by themselves.',
    sent: (count: number) => (count === 0 ? 'no photos yet' : `${photos(count)} in all`),
  },
  log: {
    title: 'If something is wrong',
    lead: 'The log tells somebody who knows the box what happened. It holds no photos, places, names of people or search words.',
    range: 'How far back',
    ranges: { day: 'The last day', days: 'The last three days', week: 'The last week' },
    download: 'Download the log',
  },
};
