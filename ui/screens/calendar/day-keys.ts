const DAY_MS = 86_400_000;

/** How many days a key goes on. */
const KEYS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/**
 * The day to go to from `from`, the nearest one with photos at least `by` days further: days without photos are
 * passed. `days` are dates in order; undefined at the end of them.
 */
export function dayBeyond(days: readonly string[], from: string, by: number): string | undefined {
  const wanted = new Date(Date.parse(`${from}T00:00:00Z`) + by * DAY_MS).toISOString().slice(0, 10);
  return by < 0 ? days.findLast((day) => day <= wanted) : days.find((day) => day >= wanted);
}

/** Arrow keys go from day to day and from week to week, Home and End to the first and last day of the year. */
export function moveToDay(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.currentTarget instanceof Element)) return;
  const links = new Map<string, HTMLElement>();
  for (const link of event.currentTarget.querySelectorAll<HTMLElement>('[data-day]'))
    links.set(link.dataset['day']!, link);
  const days = [...links.keys()];
  const from = event.target instanceof HTMLElement ? event.target.dataset['day'] : undefined;
  const by = KEYS[event.key];
  if (from === undefined) return;
  const to = { Home: days[0], End: days.at(-1) }[event.key] ?? (by && dayBeyond(days, from, by));
  const link = to && links.get(to);
  if (!link) return;
  event.preventDefault();
  link.focus();
}
