/** When a family sleeps, and a restart is noticed by nobody. */
const HOUR = 3;

/** The next three o'clock at night where the box stands (Unix ms), at least ten minutes ahead. */
export function nextNight(now: number): number {
  const night = new Date(now + 10 * 60_000);
  const isPast = night.getHours() >= HOUR;
  night.setHours(HOUR, 0, 0, 0);
  if (isPast) night.setDate(night.getDate() + 1);
  return night.getTime();
}
