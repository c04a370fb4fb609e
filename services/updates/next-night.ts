/** When a family sleeps, and a restart is noticed by nobody. */
const HOUR = 3;

/** Clocks everywhere differ from UTC by whole quarters of an hour. */
const QUARTER_MS = 15 * 60_000;

/** The next three o'clock at night in `timeZone`, a name of the tz database (Unix ms), at least ten minutes ahead. */
export function nextNight(now: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' });
  const hourAt = (at: number) => Number(format.format(at));
  let at = Math.ceil((now + 10 * 60_000) / QUARTER_MS) * QUARTER_MS;
  // In the night in which clocks go forward there may be no three o'clock, only four.
  while (hourAt(at) < HOUR || hourAt(at - QUARTER_MS) >= HOUR) at += QUARTER_MS;
  return at;
}
