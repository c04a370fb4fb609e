import type { CalendarHeatmap } from '#contract/calendar';
import type { Api } from '../api.ts';
import { listMonths } from './timeline.ts';

/** How many photos were taken on each day of a year, from its first to its last. */
export function readYear(api: Api, year: number): Promise<CalendarHeatmap> {
  const padded = String(year).padStart(4, '0');
  return api.get('/users/me/calendar-heatmap', {
    type: 'Taken',
    from: `${padded}-01-01`,
    to: `${padded}-12-31`,
  });
}

/** The years in which photos of the timeline or the archive were taken, the latest first. */
export async function listYears(api: Api): Promise<number[]> {
  const months = await Promise.all([
    listMonths(api, { visibility: 'timeline' }),
    listMonths(api, { visibility: 'archive' }),
  ]);
  const years = new Set(months.flat().map(({ timeBucket }) => Number(timeBucket.slice(0, 4))));
  return [...years].sort((a, b) => b - a);
}
