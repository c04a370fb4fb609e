import { type Static, Type } from 'typebox';

const UtcDate = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])(T.*)?$' });

/** Days in UTC, both included; `to` is today and `from` a year before unless said. */
export const CalendarQuery = Type.Object({
  from: Type.Optional(UtcDate),
  to: Type.Optional(UtcDate),
  type: Type.Optional(Type.Union([Type.Literal('Upload'), Type.Literal('Taken')])),
});
export type CalendarQuery = Static<typeof CalendarQuery>;

export const CalendarHeatmap = Type.Object({
  from: Type.String(),
  to: Type.String(),
  totalCount: Type.Integer(),
  series: Type.Array(Type.Object({ date: Type.String(), count: Type.Integer() })),
});
export type CalendarHeatmap = Static<typeof CalendarHeatmap>;
