import { fraction, isBlankDate, readOffset, readWrittenDate, type WrittenDate } from './capture-date-text.ts';
import type { ExifTags } from './exif-tags.ts';
import { readNameDate } from './name-date.ts';
import { findOffset, findZoneAt, formatOffset, instantAt, wallTimeAt } from './time-zone.ts';
import type { XmpTags } from './xmp.ts';

/** When a video says it was made. */
export interface VideoDates {
  /** Apple's key, which carries the offset of the place. */
  creationDate?: string;
  /** The container's time, which the format defines as UTC. */
  createDate?: string;
  mediaCreateDate?: string;
  /** The maker is known to write local time into the container's UTC field. */
  writesLocalTime?: boolean;
  durationMs?: number;
}

/** Everything that may tell when and in which zone a file was made. */
export interface CaptureSources {
  sidecar?: XmpTags;
  exif?: ExifTags;
  xmp?: XmpTags;
  video?: VideoDates;
  /** Where it was made, checked. */
  position?: { latitude: number; longitude: number };
  fileName: string;
  /** The times that came with the upload, Unix milliseconds. 0 means not known. */
  fileCreatedAtMs: number;
  fileModifiedAtMs: number;
}

export interface CaptureDate {
  capturedAtMs: number;
  /** The wall clock there and then, written as if UTC. */
  localAtMs: number;
  /** IANA name, or `UTC+2`; null when nothing told it and the wall clock was taken for UTC. */
  timeZone: string | null;
  /** Which source gave the date and which the zone, in constant words for logs and for people who ask. */
  captureReason: string;
}

/** One place where a date may stand. */
interface Candidate {
  source: string;
  date: WrittenDate | undefined;
  /** The clock of the text, when it has no offset of its own. */
  clock: 'local' | 'utc';
  /** Tags that may hold its offset, best first. */
  offsets?: readonly (readonly [name: string, text: string | undefined])[];
}

/**
 * Settles when a file was made: a sidecar's date before all, then what the file itself says in the order
 * below, then its name, then the earliest time of the upload. The zone comes from the date or its offset
 * tag, else from the place, else from the difference to the GPS stamp; without any the wall clock is kept
 * and taken for UTC.
 */
export function findCaptureDate(sources: CaptureSources): CaptureDate {
  const inFile = listCandidates(sources).find(({ date }) => date && !isBlankDate(date));
  const sidecar = listXmp('sidecar', sources.sidecar).find(({ date }) => date);
  if (sidecar?.date) {
    // Editors copy the file's date into the sidecar without its zone: the same clock has the same zone.
    const copied = sidecar.date.offsetMinutes === undefined && isSameSecond(sidecar.date, inFile?.date);
    if (copied && inFile) {
      const settled = settle(inFile, sources);
      return { ...settled, captureReason: `${sidecar.source}; ${settled.captureReason}` };
    }
    return settle(sidecar, { ...sources, exif: undefined, video: undefined });
  }
  if (inFile) return settle(inFile, sources);
  return settleName(sources) ?? settleUpload(sources);
}

/** A date of `tags`, in the zone of the capture when it has none of its own; null when there is none. */
export function findModifyDate(tags: ExifTags, xmp: XmpTags, timeZone: string | null): number | null {
  const exifDate = withFraction(readWrittenDate(tags.modifyDate), tags.subSecTime);
  const date = exifDate ?? readWrittenDate(xmp.modifyDate);
  if (!date || isBlankDate(date)) return null;
  const offset = date.offsetMinutes ?? (date === exifDate ? readOffset(tags.offsetTime) : undefined);
  return instantAt(offset === undefined ? (timeZone ?? 'UTC') : formatOffset(offset), date.localMs);
}

/** The in-file dates in the order of media formats 4.5, rule 2. */
function listCandidates({ exif = {}, xmp = {}, video = {} }: CaptureSources): Candidate[] {
  const original = {
    source: 'exif DateTimeOriginal',
    clock: 'local',
    date: withFraction(readWrittenDate(exif.dateTimeOriginal), exif.subSecTimeOriginal),
    offsets: [
      ['OffsetTimeOriginal', exif.offsetTimeOriginal],
      ['OffsetTime', exif.offsetTime],
      ['OffsetTimeDigitized', exif.offsetTimeDigitized],
    ],
  } as const;
  const digitized = {
    source: 'exif CreateDate',
    clock: 'local',
    date: withFraction(readWrittenDate(exif.createDate), exif.subSecTimeDigitized),
    offsets: [
      ['OffsetTimeDigitized', exif.offsetTimeDigitized],
      ['OffsetTime', exif.offsetTime],
      ['OffsetTimeOriginal', exif.offsetTimeOriginal],
    ],
  } as const;
  const [xmpOriginal, xmpCreated, xmpDigitized] = listXmp('xmp', xmp);
  const containerClock = video.writesLocalTime ? 'local' : 'utc';
  const simple = (source: string, text: string | undefined, clock: 'local' | 'utc' = 'local'): Candidate => ({
    source,
    clock,
    date: withClock(readWrittenDate(text), clock),
  });
  // A date with a fraction or an offset is a better reading than any without, hence the first two rows.
  const isPrecise = (...texts: (string | undefined)[]) => texts.some((text) => text !== undefined);
  return [
    ...(isPrecise(exif.subSecTimeOriginal, exif.offsetTimeOriginal) ? [original] : []),
    ...(isPrecise(exif.subSecTimeDigitized, exif.offsetTimeDigitized) ? [digitized] : []),
    original,
    xmpOriginal,
    simple('video CreationDate', video.creationDate),
    digitized,
    xmpDigitized,
    simple('video CreateDate', dropOffset(video.createDate, video), containerClock),
    simple('video MediaCreateDate', dropOffset(video.mediaCreateDate, video), containerClock),
    simple('iptc DateTimeCreated', exif.dateTimeCreated),
    xmpCreated,
    simple('gps GPSDateTime', exif.gpsDateTime ?? xmp.gpsDateTime, 'utc'),
    simple('exif DateTimeUTC', exif.dateTimeUtc, 'utc'),
    simple('exif SonyDateTime2', exif.sonyDateTime2),
    simple('exif SourceImageCreateTime', exif.sourceImageCreateTime),
  ].filter((candidate) => candidate !== undefined);
}

function listXmp(source: 'sidecar' | 'xmp', tags: XmpTags = {}): [Candidate, Candidate, Candidate] {
  const candidate = (name: string, text: string | undefined): Candidate => ({
    source: `${source} ${name}`,
    clock: 'local',
    date: readWrittenDate(text),
  });
  return [
    candidate('DateTimeOriginal', tags.dateTimeOriginal),
    candidate('DateCreated', tags.dateCreated),
    candidate('CreateDate', tags.createDate),
  ];
}

function settle(candidate: Candidate, sources: CaptureSources): CaptureDate {
  const { source, clock, offsets = [] } = candidate;
  const date = candidate.date as WrittenDate;
  const placeZone = sources.position && findZoneAt(sources.position.latitude, sources.position.longitude);

  if (clock === 'utc') {
    const zone = placeZone
      ? ([placeZone, 'zone from the place'] as const)
      : (findNameZone(date.localMs, sources) ?? (['UTC', 'in UTC'] as const));
    return atInstant(date.localMs, zone[0], `${source}, ${zone[1]}`);
  }
  if (date.offsetMinutes !== undefined)
    return atWallTime(date.localMs, formatOffset(date.offsetMinutes), `${source}, zone of the date`);
  for (const [name, text] of offsets) {
    const offset = readOffset(text);
    if (offset !== undefined)
      return atWallTime(date.localMs, formatOffset(offset), `${source}, zone from ${name}`);
  }
  if (placeZone) return atWallTime(date.localMs, placeZone, `${source}, zone from the place`);
  const gps = readWrittenDate(sources.exif?.gpsDateTime);
  const offset = gps && !isBlankDate(gps) ? findOffset(date.localMs, gps.localMs) : undefined;
  if (offset !== undefined)
    return atWallTime(date.localMs, formatOffset(offset), `${source}, zone from the GPS time`);
  return { ...atWallTime(date.localMs, 'UTC', `${source}, no zone`), timeZone: null };
}

/**
 * The zone of a video that only knows UTC, when its name tells the phone's clock. Recorders note the time
 * when they begin or when they end, so both are compared.
 */
function findNameZone(instantMs: number, { fileName, video }: CaptureSources) {
  const name = readNameDate(fileName);
  if (name?.clock !== 'local') return undefined;
  const offset =
    findOffset(name.localMs, instantMs) ?? findOffset(name.localMs, instantMs - (video?.durationMs ?? 0));
  return offset ? ([formatOffset(offset), 'zone from the file name'] as const) : undefined;
}

function settleName(sources: CaptureSources): CaptureDate | undefined {
  const name = readNameDate(sources.fileName);
  if (!name) return undefined;
  if (name.clock === 'day') {
    // The upload's time is better than noon when it is of the same day.
    const uploadedMs = earliestUpload(sources);
    if (new Date(uploadedMs).toISOString().slice(0, 10) === new Date(name.localMs).toISOString().slice(0, 10))
      return { ...settleUpload(sources), captureReason: 'file name, time of the upload' };
  }
  const date: WrittenDate = { localMs: name.localMs };
  return settle(
    { source: 'file name', date, clock: name.clock === 'utc' ? 'utc' : 'local' },
    { ...sources, exif: undefined },
  );
}

function settleUpload(sources: CaptureSources): CaptureDate {
  const instantMs = earliestUpload(sources);
  const { position } = sources;
  const zone = position && findZoneAt(position.latitude, position.longitude);
  if (zone) return atInstant(instantMs, zone, 'upload, zone from the place');
  return { ...atInstant(instantMs, 'UTC', 'upload, no zone'), timeZone: null };
}

function earliestUpload({ fileCreatedAtMs, fileModifiedAtMs }: CaptureSources): number {
  const known = [fileCreatedAtMs, fileModifiedAtMs].filter((ms) => ms !== 0 && Number.isFinite(ms));
  return known.length > 0 ? Math.min(...known) : 0;
}

const atWallTime = (localMs: number, timeZone: string, captureReason: string): CaptureDate => {
  const capturedAtMs = instantAt(timeZone, localMs);
  return { capturedAtMs, localAtMs: localMs, timeZone, captureReason };
};

const atInstant = (capturedAtMs: number, timeZone: string, captureReason: string): CaptureDate => ({
  capturedAtMs,
  localAtMs: wallTimeAt(timeZone, capturedAtMs),
  timeZone,
  captureReason,
});

function withFraction(date: WrittenDate | undefined, digits: string | undefined): WrittenDate | undefined {
  if (!date || date.localMs % 1000 !== 0) return date;
  return { ...date, localMs: date.localMs + fraction(digits) };
}

/** A date in UTC that is written with an offset all the same is brought to UTC. */
function withClock(date: WrittenDate | undefined, clock: 'local' | 'utc'): WrittenDate | undefined {
  if (clock === 'local' || !date?.offsetMinutes) return date;
  return { localMs: date.localMs - date.offsetMinutes * 60_000 };
}

/** A reader writes `Z` behind the container's time; for a maker of local times that is not so. */
function dropOffset(text: string | undefined, { writesLocalTime }: VideoDates): string | undefined {
  return writesLocalTime ? text?.replace(/Z$/, '') : text;
}

function isSameSecond(one: WrittenDate, other: WrittenDate | undefined): boolean {
  return other !== undefined && Math.floor(one.localMs / 1000) === Math.floor(other.localMs / 1000);
}
