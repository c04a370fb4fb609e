import './calendar.css';
import { useMember } from '../../app-context.ts';
import { listYears } from '../../calls/calendar.ts';
import { Page } from '../../components/page.tsx';
import { EmptyState, LoadedView } from '../../components/states.tsx';
import { grouped } from '../../numbers.ts';
import { text } from '../../text.ts';
import { useLoad } from '../../use-load.ts';
import { STEPS } from './month-weeks.ts';
import { YearDays } from './year-days.tsx';

/** All days with photos, stronger in colour the more there are; each leads to its photos. */
export function Calendar() {
  const { api } = useMember();
  const years = useLoad(() => listYears(api), [api]);
  const words = text.calendar;
  return (
    <Page title={words.title}>
      <LoadedView load={years}>
        {(value) =>
          value.length === 0 ? (
            <EmptyState icon="calendar" title={words.emptyTitle} words={words.empty} />
          ) : (
            <>
              <Legend />
              {value.map((year) => (
                <YearDays key={year} year={year} />
              ))}
            </>
          )
        }
      </LoadedView>
    </Page>
  );
}

/** What the colours mean. */
function Legend() {
  return (
    <ul class="day-legend" aria-label={text.calendar.legend}>
      {STEPS.map((least, index) => {
        const next = STEPS[index + 1];
        return (
          <li key={least}>
            <span class={`day-step day-step-${index + 1}`} aria-hidden="true" />
            {next === undefined
              ? text.calendar.andMore(grouped(least))
              : `${grouped(least)} – ${grouped(next - 1)}`}
          </li>
        );
      })}
    </ul>
  );
}
