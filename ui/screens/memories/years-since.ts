/** Whole years between two days, `2024-11-22` and `2026-11-22`; at least one, since a memory is of another year. */
export function yearsSince(day: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(day.slice(0, 4));
  return Math.max(1, today.slice(5) < day.slice(5) ? years - 1 : years);
}
