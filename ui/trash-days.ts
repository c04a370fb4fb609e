const DAY_MS = 86_400_000;

/** A time from and until which photos came into the trash, Unix ms, both inclusive; without an end it is still going on. */
export interface Stretch {
  fromMs: number;
  toMs?: number;
}

/** Photos of the trash that have equally many days left; 0 goes the next time the box clears up. */
export interface TrashDay {
  daysLeft: number;
  count: number;
}

/** When photos came into the trash that have from `from` to `to` days left, of `keepDays`. */
export function stretchOf(from: number, to: number, keepDays: number, nowMs: number): Stretch {
  // A photo with a day and a minute left has two days to go: days are rounded up.
  const fromMs = from === 0 ? 0 : nowMs - (keepDays - from + 1) * DAY_MS + 1;
  // The clock of this device may be behind the box's.
  return to === keepDays ? { fromMs } : { fromMs, toMs: nowMs - (keepDays - to) * DAY_MS };
}

/**
 * Which days have photos in the trash, those that go first at the top. The box can only say how many came in within a
 * time, so the whole time is halved until every part is empty or a day: few questions for the few days that most
 * people have something in there.
 */
export async function findTrashDays(
  keepDays: number,
  count: (from: number, to: number) => Promise<number>,
): Promise<TrashDay[]> {
  const look = async (from: number, to: number, total: number): Promise<TrashDay[]> => {
    if (total <= 0) return [];
    if (from === to) return [{ daysLeft: from, count: total }];
    const middle = Math.floor((from + to) / 2);
    const lower = await count(from, middle);
    const halves = await Promise.all([look(from, middle, lower), look(middle + 1, to, total - lower)]);
    return halves.flat();
  };
  return look(0, keepDays, await count(0, keepDays));
}
