import { CalendarHeatmap, CalendarQuery } from '#contract/calendar';
import { idParams } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { needs } from '#contract/scopes';
import type { GatewayApp } from '../app.ts';
import type { GatewayParts } from '../parts.ts';
import { ValidationProblem } from '../plugins/validate.ts';

const DAY_MS = 86_400_000;
/** Ten years and their leap days: a page shows one. */
const MOST_DAYS = 3_653;

/** On which days somebody took photos, or put them here. */
export function calendarRoutes(app: GatewayApp, { queries, reader, now }: GatewayParts): void {
  const count = async (ownerId: string, query: CalendarQuery): Promise<CalendarHeatmap> => {
    const last = query.to === undefined ? startOfDay(now()) : readDay('to', query.to);
    const first = query.from === undefined ? last - 365 * DAY_MS : readDay('from', query.from);
    if (first > last || (last - first) / DAY_MS >= MOST_DAYS)
      throw new ValidationProblem([{ path: ['from'], message: 'must be at most ten years before to' }]);
    const days = await reader.calendar.countDays({
      ownerId,
      by: query.type === 'Taken' ? 'taken' : 'created',
      from: first,
      until: last + DAY_MS,
    });
    const counts = new Map(days.map((day) => [day.date, day.count]));
    const series = Array.from({ length: (last - first) / DAY_MS + 1 }, (_, at) => {
      const date = dayText(first + at * DAY_MS);
      return { date, count: counts.get(date) ?? 0 };
    });
    const totalCount = series.reduce((sum, day) => sum + day.count, 0);
    return { from: dayText(first), to: dayText(last), totalCount, series };
  };

  app.get(
    '/api/users/me/calendar-heatmap',
    {
      config: { access: needs('user.read') },
      schema: { querystring: CalendarQuery, response: { 200: CalendarHeatmap } },
    },
    async ({ query, caller }) => count(caller.user.id, query),
  );

  app.get(
    '/api/admin/users/:id/calendar-heatmap',
    {
      config: { access: needs('user.read', { admin: true }) },
      schema: { params: idParams, querystring: CalendarQuery, response: { 200: CalendarHeatmap } },
    },
    async ({ params, query }) => {
      const user = queries.users.findById(params.id.toLowerCase());
      if (!user) throw new Problem('not_found_or_no_access', { scope: 'user.read' });
      return count(user.id, query);
    },
  );
}

const startOfDay = (ms: number): number => Math.floor(ms / DAY_MS) * DAY_MS;
const dayText = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Throws for a date that no month has. */
function readDay(name: string, text: string): number {
  const day = text.slice(0, 10);
  const ms = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(ms) || dayText(ms) !== day)
    throw new ValidationProblem([{ path: [name], message: 'must be a date' }]);
  return ms;
}
