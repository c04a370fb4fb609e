import findZoneName from '@photostructure/tz-lookup';

const MINUTE_MS = 60_000;

/** Longest offsets in use: UTC-12 (Baker Island) and UTC+14 (Line Islands). */
const MIN_OFFSET_MINUTES = -12 * 60;
const MAX_OFFSET_MINUTES = 14 * 60;

/**
 * Offsets of today's zones that are no whole hour, in minutes (tz database): Marquesas, Newfoundland (and
 * in summer), Iran, Afghanistan, India, Nepal, Myanmar, Eucla, central Australia (and in summer), Chatham
 * (and in summer).
 */
const ODD_OFFSETS_MINUTES = [-570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765, 825];

/**
 * A camera's clock and the GPS stamp beside it are rarely the same second: the position may be minutes old.
 * Farther from a real offset than this and the difference says nothing about the zone.
 */
const OFFSET_TOLERANCE_MS = 6 * MINUTE_MS;

/** Formatters cost 50 µs and some 20 kB each to make; a library holds a few dozen zones. */
const formatters = new Map<string, Intl.DateTimeFormat>();
const MAX_FORMATTERS = 64;

/**
 * The IANA zone at a place, by the map in tz-lookup; at sea a zone such as `Etc/GMT+5`. Undefined for
 * coordinates that are none.
 */
export function findZoneAt(latitude: number, longitude: number): string | undefined {
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return undefined;
  return findZoneName(latitude, longitude);
}

/** `UTC`, `UTC+2`, `UTC-3:30`: how clients are told an offset without a place. */
export function formatOffset(offsetMinutes: number): string {
  if (offsetMinutes === 0) return 'UTC';
  const size = Math.abs(offsetMinutes);
  const minutes = size % 60 === 0 ? '' : `:${String(size % 60).padStart(2, '0')}`;
  return `UTC${offsetMinutes < 0 ? '-' : '+'}${Math.floor(size / 60)}${minutes}`;
}

/** Whether clocks somewhere on earth can be this far from UTC. */
export function isPossibleOffset(offsetMinutes: number): boolean {
  return offsetMinutes >= MIN_OFFSET_MINUTES && offsetMinutes <= MAX_OFFSET_MINUTES;
}

/**
 * The offset, in minutes, that a wall clock (written as if UTC) had from the same moment in UTC, or
 * undefined when they are no two readings of one moment. Clocks a few minutes apart still count.
 */
export function findOffset(localMs: number, utcMs: number): number | undefined {
  const difference = localMs - utcMs;
  const hours = Math.round(difference / (60 * MINUTE_MS)) * 60;
  const nearest = [hours, ...ODD_OFFSETS_MINUTES].reduce((best, offset) =>
    Math.abs(difference - offset * MINUTE_MS) < Math.abs(difference - best * MINUTE_MS) ? offset : best,
  );
  const tooFar = Math.abs(difference - nearest * MINUTE_MS) > OFFSET_TOLERANCE_MS;
  return tooFar || !isPossibleOffset(nearest) ? undefined : nearest;
}

/** The offset in minutes that a name like `UTC+5:45` stands for, or undefined for the name of a place. */
function fixedOffset(zone: string): number | undefined {
  const parts = /^UTC(?:([+-])(\d{1,2})(?::(\d{2}))?)?$/.exec(zone);
  if (!parts) return undefined;
  const minutes = Number(parts[2] ?? 0) * 60 + Number(parts[3] ?? 0);
  return parts[1] === '-' ? -minutes : minutes;
}

/**
 * The wall clock of `zone` (IANA, or as `formatOffset` writes it) at an instant, written as if it were UTC,
 * to the millisecond. A zone that does not exist throws a RangeError.
 */
export function wallTimeAt(zone: string, instantMs: number): number {
  const fixed = fixedOffset(zone);
  if (fixed !== undefined) return instantMs + fixed * MINUTE_MS;
  const parts: Record<string, number> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(instantMs)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  // Floored, so that the milliseconds of an instant before 1970 are still counted from the second before it.
  const millisecond = instantMs - Math.floor(instantMs / 1000) * 1000;
  return (
    new Date(0).setUTCFullYear(year, month - 1, day) +
    ((hour * 60 + minute) * 60 + second) * 1000 +
    millisecond
  );
}

/**
 * The instant at which clocks in `zone` showed `localMs` (a wall time written as if UTC). A time that
 * happened twice is the first one; a time skipped when clocks went forward is counted on from before the
 * change, as a camera that did not know of it would.
 */
export function instantAt(zone: string, localMs: number): number {
  const fixed = fixedOffset(zone);
  if (fixed !== undefined) return localMs - fixed * MINUTE_MS;
  // A day either side is always past any change of offset that could concern this wall time.
  const dayMs = 24 * 60 * MINUTE_MS;
  const before = wallTimeAt(zone, localMs - dayMs) - (localMs - dayMs);
  const after = wallTimeAt(zone, localMs + dayMs) - (localMs + dayMs);
  for (const offset of [before, after])
    if (wallTimeAt(zone, localMs - offset) === localMs) return localMs - offset;
  return localMs - before;
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    if (formatters.size >= MAX_FORMATTERS) formatters.clear();
    formatter = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}
