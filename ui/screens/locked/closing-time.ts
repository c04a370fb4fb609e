/** The box opens the folder for no longer than this. */
const LONGEST_MS = 15 * 60_000;

/** A clock that runs ahead of the box's must not ask all the time. */
const SHORTEST_MS = 5000;

/** How long to wait until the folder has closed, a moment after the box says so; `nowMs` is this device's clock. */
export function waitBeforeLooking(closesAt: string, nowMs: number): number {
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, Date.parse(closesAt) - nowMs + 500));
}
