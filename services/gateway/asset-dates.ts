import type { NewDate } from '#catalog/asset-edits';
import type { AssetDate } from '#catalog/assets';
import { isoInstant } from '#contract/primitives';
import { formatOffset, instantAt, isPossibleOffset, wallTimeAt } from '#media/time-zone';
import { ValidationProblem } from './plugins/validate.ts';

const MINUTE_MS = 60_000;

/** How an owner changes dates: to one moment, by some minutes, to another zone, or the last two together. */
export interface DateChange {
  /** A wall clock, with its offset from UTC where it has one. */
  dateTimeOriginal?: string;
  /** Minutes. */
  dateTimeRelative?: number;
  /** An IANA name, `UTC+2` or `+02:00`. */
  timeZone?: string;
}

/** Whether there is a date to change at all. */
export const changesDate = (change: DateChange): boolean =>
  change.dateTimeOriginal !== undefined ||
  change.dateTimeRelative !== undefined ||
  change.timeZone !== undefined;

/**
 * The dates these assets get (contract §7.3). A wall clock without offset is read in the zone asked for, else
 * in the asset's own, else as UTC. An offset that the asset's zone had at that moment keeps that zone, whose
 * name says more. Moving by minutes moves the instant; a new zone alone leaves it and turns the wall clock.
 */
export function newDates(assets: readonly AssetDate[], change: DateChange): NewDate[] {
  const asked = change.timeZone === undefined ? undefined : readZone(change.timeZone);
  const wall = change.dateTimeOriginal === undefined ? undefined : readWall(change.dateTimeOriginal);
  return assets.map((asset) => {
    const own = asset.timeZone === null ? undefined : findZone(asset.timeZone);
    let zone = asked ?? own ?? UTC;
    let capturedAt = asset.capturedAt + (change.dateTimeRelative ?? 0) * MINUTE_MS;
    if (wall) {
      if (wall.offsetMinutes === undefined) capturedAt = zone.instantAt(wall.localMs);
      else {
        capturedAt = wall.localMs - wall.offsetMinutes * MINUTE_MS;
        if (!asked && own?.localAt(capturedAt) !== wall.localMs) zone = offsetZone(wall.offsetMinutes);
      }
    }
    const localAt = zone.localAt(capturedAt);
    if (![capturedAt, localAt].every(isReadable))
      throw new ValidationProblem([
        {
          path: [wall ? 'dateTimeOriginal' : 'dateTimeRelative'],
          message: 'must stay in the years 0 to 9999',
        },
      ]);
    return { id: asset.id, capturedAt, localAt, timeZone: zone.name };
  });
}

/** Clients cannot read an instant (Unix ms) whose year has more than four digits, or a sign. */
const isReadable = (ms: number): boolean => /^\d{4}-/.test(isoInstant(ms));

/** A zone, whether it has a place or is only an offset. */
interface Zone {
  name: string;
  localAt(instantMs: number): number;
  instantAt(localMs: number): number;
}

const offsetZone = (minutes: number): Zone => ({
  name: formatOffset(minutes),
  localAt: (instantMs) => instantMs + minutes * MINUTE_MS,
  instantAt: (localMs) => localMs - minutes * MINUTE_MS,
});
const UTC = offsetZone(0);

function findZone(name: string): Zone | undefined {
  const offset = /^(?:UTC|GMT)?(?:([+-])(\d{1,2})(?::?(\d{2}))?)?$/i.exec(name);
  if (offset) {
    const minutes = Number(offset[2] ?? 0) * 60 + Number(offset[3] ?? 0);
    const signed = offset[1] === '-' ? -minutes : minutes;
    return isPossibleOffset(signed) ? offsetZone(signed) : undefined;
  }
  try {
    wallTimeAt(name, 0);
  } catch (error) {
    // What Intl throws for a zone that the tz database does not have.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  return {
    name,
    localAt: (instantMs) => wallTimeAt(name, instantMs),
    instantAt: (localMs) => instantAt(name, localMs),
  };
}

function readZone(name: string): Zone {
  const zone = findZone(name);
  if (!zone) throw new ValidationProblem([{ path: ['timeZone'], message: 'must be a time zone' }]);
  return zone;
}

/** `2024-05-01T10:00:00.000+02:00`, with or without its end. */
function readWall(text: string): { localMs: number; offsetMinutes: number | undefined } {
  const [, wall, offset] = /^(.+?)(Z|[+-]\d{2}:?\d{2})?$/.exec(text.replace(' ', 'T'))!;
  // A date alone ends like an offset ("-05-01"), so its end is looked for only behind a time.
  const hasTime = text.length > 10;
  const localMs = Date.parse(hasTime ? `${wall}Z` : `${text}T00:00:00Z`);
  // A day that no month has, such as 31 February, would be read as one of the next month.
  if (Number.isNaN(localMs) || isoInstant(localMs).slice(0, 10) !== text.slice(0, 10))
    throw new ValidationProblem([{ path: ['dateTimeOriginal'], message: 'must be a date and time' }]);
  if (!hasTime || offset === undefined) return { localMs, offsetMinutes: undefined };
  if (offset === 'Z') return { localMs, offsetMinutes: 0 };
  const digits = offset.slice(1).replace(':', '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  const offsetMinutes = offset.startsWith('-') ? -minutes : minutes;
  if (!isPossibleOffset(offsetMinutes))
    throw new ValidationProblem([{ path: ['dateTimeOriginal'], message: 'must have an offset that exists' }]);
  return { localMs, offsetMinutes };
}
