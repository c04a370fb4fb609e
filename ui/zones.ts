/** Every time zone the browser knows, by its name in the zone database. */
export function listZones(): string[] {
  return Intl.supportedValuesOf('timeZone');
}

/** Minutes that clocks in `zone` were ahead of UTC when they showed this wall clock (`2024-05-04T14:32`). */
export function offsetMinutes(wallClock: string, zone: string): number {
  const asUtc = Date.parse(`${wallClock}:00Z`);
  // Once from the guess, once more from what it gave: right on both sides of a change of clocks.
  const first = offsetAt(asUtc, zone);
  return offsetAt(asUtc - first * 60_000, zone);
}

/** A wall clock with its offset, as the server takes it: `2024-05-04T14:32:00.000+02:00`. */
export function withOffset(wallClock: string, zone: string): string {
  const minutes = offsetMinutes(wallClock, zone);
  const two = (value: number) => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${wallClock}:00.000${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function offsetAt(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(
    instant,
  );
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d{1,2}):?(\d{2})?/.exec(name) ?? [];
  const size = Number(hours) * 60 + Number(minutes);
  return sign === '-' ? -size : size;
}
