/** A day of a month; undefined for the empty places before the first and after the last. */
export type WeekDay = number | undefined;

/**
 * The weeks of a month, each with seven places. `month` is 1 to 12; `firstDay` is what a week begins with, as
 * Intl.Locale says it: 1 for Monday to 7 for Sunday.
 */
export function weeksOf(year: number, month: number, firstDay: number): WeekDay[][] {
  const first = new Date(0);
  first.setUTCFullYear(year, month - 1, 1);
  const last = new Date(0);
  last.setUTCFullYear(year, month, 0);
  const skipped = (first.getUTCDay() - firstDay + 7) % 7;
  const weeks = Math.ceil((skipped + last.getUTCDate()) / 7);
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_, at) => {
      const day = week * 7 + at - skipped + 1;
      return day >= 1 && day <= last.getUTCDate() ? day : undefined;
    }),
  );
}

/** What a week begins with where the reader lives, 1 for Monday to 7 for Sunday; Monday where a browser cannot say. */
export function firstDayOfWeek(tag: string): number {
  // getWeekInfo was an attribute before it was a function, and some browsers have neither.
  const place = new Intl.Locale(tag) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number };
    weekInfo?: { firstDay: number };
  };
  return (place.getWeekInfo?.() ?? place.weekInfo)?.firstDay ?? 1;
}

/** From how many photos on a day has the colour of this step; the same in all years, so that they can be compared. */
export const STEPS = [1, 5, 15, 40] as const;

/** How strong its colour is: 0 without photos, 4 for the most. */
export const stepOf = (count: number): number => STEPS.filter((least) => count >= least).length;
