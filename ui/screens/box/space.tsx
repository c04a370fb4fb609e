import { useState } from 'preact/hooks';
import type { BoxFigures } from '#contract/appliance-status';
import { dateWords } from '../../dates.ts';
import { readableBytes } from '../../numbers.ts';
import { text } from '../../text.ts';
import { BoxCard } from './box-card.tsx';
import { drawLine, planForecast } from './forecast.ts';

/** A forecast further ahead than this says no more than that there is room. */
const MANY_YEARS_MS = 8 * 365.25 * 86_400_000;

/** Size of the drawing in its own units; it is stretched to the card. */
const WIDTH = 600;
const HEIGHT = 150;

/** What takes the space of the drives, and how long it lasts. */
export function Space({ figures }: { figures: BoxFigures }) {
  const { pool, originalBytes, derivedBytes, catalogBytes } = figures;
  const words = text.box.space;
  const derived = (derivedBytes ?? 0) + catalogBytes;
  const other = Math.max(0, pool.totalBytes - pool.availableBytes - originalBytes - derived);
  const parts = [
    ['originals', originalBytes],
    ['derived', derived],
    ['other', other],
    ['available', pool.availableBytes],
  ] as const;
  let from = 0;
  return (
    <BoxCard icon="drive" title={words.title} isWide>
      <p class="box-figure">
        {words.free(readableBytes(pool.availableBytes), readableBytes(pool.totalBytes))}
      </p>
      <svg class="space-bar" viewBox="0 0 1000 16" preserveAspectRatio="none" aria-hidden="true">
        {parts.map(([name, bytes]) => {
          const width = (bytes / pool.totalBytes) * 1000;
          const x = from;
          from += width;
          return <rect key={name} class={`space-${name}`} x={x} width={width} height="16" />;
        })}
      </svg>
      <ul class="space-legend">
        {parts.map(([name, bytes]) => (
          <li key={name}>
            <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
              <rect class={`space-${name}`} width="12" height="12" rx="4" />
            </svg>
            <span>{words[name]}</span>
            <b>{readableBytes(bytes)}</b>
          </li>
        ))}
      </ul>
      <Forecast figures={figures} />
    </BoxCard>
  );
}

function Forecast({ figures: { pool, growth, fullAt } }: { figures: BoxFigures }) {
  const words = text.box.space;
  const [now] = useState(() => Date.now());
  if (growth === null)
    return (
      <p class="box-soft" role="status">
        {words.counting}
      </p>
    );
  const fullMs = fullAt === null ? undefined : Date.parse(fullAt);
  const sentence =
    fullAt === null || fullMs === undefined
      ? words.tooEarly
      : fullMs - now > MANY_YEARS_MS
        ? words.manyYears
        : words.until(dateWords().month(fullAt));
  const { past, future, nowX, monthsAhead } = planForecast({
    growth,
    usedBytes: pool.totalBytes - pool.availableBytes,
    totalBytes: pool.totalBytes,
    fullAt: fullMs,
    now,
  });
  const line = drawLine(past, WIDTH, HEIGHT);
  return (
    <figure class="forecast">
      <figcaption>
        <h3>{words.forecastTitle}</h3>
        <p>{sentence}</p>
      </figcaption>
      <p class="forecast-top" aria-hidden="true">
        {words.full}
      </p>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${words.plot}. ${sentence}`}
      >
        {[0.25, 0.5, 0.75].map((y) => (
          <path key={y} class="forecast-rule" d={`M0 ${HEIGHT * y}H${WIDTH}`} />
        ))}
        <path class="forecast-area" d={`${line}L${nowX * WIDTH} ${HEIGHT}L0 ${HEIGHT}z`} />
        <path class="forecast-past" d={line} />
        {future ? <path class="forecast-future" d={drawLine(future, WIDTH, HEIGHT)} /> : null}
        <path class="forecast-now" d={`M${nowX * WIDTH} 0V${HEIGHT}`} />
        <path class="forecast-full" d={`M0 1H${WIDTH}`} />
      </svg>
      <div class="forecast-axis" aria-hidden="true">
        <span>{words.yearAgo}</span>
        <span class="forecast-today" style={{ insetInlineStart: `${nowX * 100}%` }}>
          {words.today}
        </span>
        <span>{words.inMonths(monthsAhead)}</span>
      </div>
    </figure>
  );
}
