import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { RequestProblem } from '../../api.ts';
import { useMember } from '../../app-context.ts';
import { readYear } from '../../calls/calendar.ts';
import { ErrorState } from '../../components/states.tsx';
import { dateWords } from '../../dates.ts';
import { locale } from '../../locale.ts';
import { grouped } from '../../numbers.ts';
import { text } from '../../text.ts';
import { moveToDay } from './day-keys.ts';
import { firstDayOfWeek, stepOf, weeksOf } from './month-weeks.ts';
import { useNear } from './use-near.ts';

type Counts = ReadonlyMap<string, number>;

/** Those with photos, 1 to 12: a month without any says nothing that its absence does not say. */
const monthsOf = (counts: Counts): number[] => [
  ...new Set([...counts].flatMap(([date, count]) => (count > 0 ? Number(date.slice(5, 7)) : []))),
];

/** The days of one year, drawn and asked for when it comes near the screen: there may be a century of them. */
export function YearDays({ year }: { year: number }) {
  const { api } = useMember();
  const section = useRef<HTMLElement>(null);
  const isNear = useNear(section);
  const [counts, setCounts] = useState<Counts>();
  const [problem, setProblem] = useState<RequestProblem>();
  const [turn, setTurn] = useState(0);
  /** The day that Tab comes to: all others of the year are reached by arrow keys. */
  const [tabDay, setTabDay] = useState<string>();

  useEffect(() => {
    if (!isNear) return undefined;
    let isOver = false;
    const read = async () => {
      try {
        const { series } = await readYear(api, year);
        if (isOver) return;
        setCounts(new Map(series.map(({ date, count }) => [date, count])));
        setTabDay(series.find(({ count }) => count > 0)?.date);
      } catch (error) {
        if (!(error instanceof RequestProblem)) throw error;
        if (!isOver) setProblem(error);
      }
    };
    void read();
    return () => {
      isOver = true;
    };
  }, [api, year, isNear, turn]);

  const total = useMemo(
    () => counts && [...counts.values()].reduce((sum, count) => sum + count, 0),
    [counts],
  );
  return (
    <section ref={section} class="year" aria-labelledby={`year-${year}`} aria-busy={!counts && !problem}>
      <h2 id={`year-${year}`}>
        {year} {total === undefined ? null : <span class="year-count">{text.photos.count(total)}</span>}
      </h2>
      {problem ? (
        <ErrorState
          problem={problem}
          onRetry={() => {
            setProblem(undefined);
            setTurn(turn + 1);
          }}
        />
      ) : counts ? (
        // biome-ignore lint/a11y/noStaticElementInteractions: the days are the controls; this moves between them.
        <div
          class="year-months"
          onKeyDown={moveToDay}
          onFocusIn={(event) => {
            if (event.target instanceof HTMLElement) setTabDay(event.target.dataset['day']);
          }}
        >
          {monthsOf(counts).map((month) => (
            <MonthDays key={month} year={year} month={month} counts={counts} tabDay={tabDay} />
          ))}
        </div>
      ) : (
        <div class="year-waiting" />
      )}
    </section>
  );
}

interface MonthDaysProps {
  year: number;
  month: number;
  /** By day. */
  counts: Counts;
  tabDay: string | undefined;
}

function MonthDays({ year, month, counts, tabDay }: MonthDaysProps) {
  const two = (value: number) => String(value).padStart(2, '0');
  const firstDay = firstDayOfWeek(locale);
  const days = weekdayNames(firstDay);
  const start = `${String(year).padStart(4, '0')}-${two(month)}`;
  return (
    <table class="month-days">
      <caption>{monthName(`${start}-01`)}</caption>
      <thead>
        <tr>
          {days.map(({ long, narrow }) => (
            <th key={long} scope="col" abbr={long}>
              <span aria-hidden="true">{narrow}</span>
              <span class="unseen">{long}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(year, month, firstDay).map((week, index) => (
          <tr key={index}>
            {week.map((day, at) => {
              if (day === undefined) return <td key={at} />;
              const date = `${start}-${two(day)}`;
              const count = counts.get(date) ?? 0;
              return (
                <td key={at}>
                  {count === 0 ? (
                    <span class="month-day">{grouped(day)}</span>
                  ) : (
                    <a
                      class={`month-day day-step-${stepOf(count)}`}
                      href={`/?day=${date}`}
                      data-day={date}
                      tabIndex={date === tabDay ? 0 : -1}
                      aria-label={text.calendar.day(
                        dateWords().day(new Date(`${date}T00:00:00Z`)),
                        text.photos.count(count),
                      )}
                      title={text.photos.count(count)}
                    >
                      {grouped(day)}
                    </a>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const monthName = (date: string): string =>
  new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));

/** In the order of the reader's week. */
function weekdayNames(firstDay: number): { long: string; narrow: string }[] {
  const name = (weekday: 'long' | 'narrow') => new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' });
  const [long, narrow] = [name('long'), name('narrow')];
  return Array.from({ length: 7 }, (_, index) => {
    // 1 January 2024 was a Monday.
    const day = new Date(Date.UTC(2024, 0, firstDay + index));
    return { long: long.format(day), narrow: narrow.format(day) };
  });
}
