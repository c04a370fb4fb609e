/** What the plot of the drives' space is made of. */
export interface ForecastFacts {
  /** Bytes of originals that arrived in each of the last months, the present one last. */
  growth: readonly { bytes: number }[];
  /** Bytes that photos can no longer take, for whatever reason. */
  usedBytes: number;
  totalBytes: number;
  /** Unix ms; undefined when there is too little to tell by. */
  fullAt: number | undefined;
  now: number;
}

export interface Point {
  /** 0 is the oldest month, 1 the end of the plot. */
  x: number;
  /** Share of the drives that is taken, 0 to 1. */
  y: number;
}

export interface ForecastPlot {
  past: Point[];
  /** From now on, if it goes on like this; absent when that cannot be told. */
  future?: [Point, Point];
  /** Where now is. */
  nowX: number;
  /** Months from now to the right edge. */
  monthsAhead: number;
}

const MONTH_MS = 30.44 * 86_400_000;
/** The plot looks at least and at most this far ahead: a drive is bought in weeks, and after three years all changes. */
const LEAST_AHEAD = 6;
const MOST_AHEAD = 36;

/** The lines of the plot: how full the drives became, and when they will be full. */
export function planForecast({ growth, usedBytes, totalBytes, fullAt, now }: ForecastFacts): ForecastPlot {
  const monthsLeft = fullAt === undefined ? undefined : Math.max(0, (fullAt - now) / MONTH_MS);
  const monthsAhead = Math.ceil(Math.min(MOST_AHEAD, Math.max(LEAST_AHEAD, (monthsLeft ?? 0) * 1.15)));
  const months = growth.length - 1;
  const whole = months + monthsAhead;
  const share = (bytes: number) => Math.min(1, Math.max(0, bytes / totalBytes));

  let bytes = usedBytes;
  const past: Point[] = [{ x: months / whole, y: share(bytes) }];
  for (let index = months; index > 0; index -= 1) {
    bytes -= growth[index]!.bytes;
    past.unshift({ x: (index - 1) / whole, y: share(bytes) });
  }
  const nowX = months / whole;
  const plot = { past, nowX, monthsAhead };
  if (monthsLeft === undefined) return plot;
  const here: Point = { x: nowX, y: share(usedBytes) };
  const there: Point =
    monthsLeft <= monthsAhead
      ? { x: (months + monthsLeft) / whole, y: 1 }
      : { x: 1, y: here.y + ((1 - here.y) * monthsAhead) / monthsLeft };
  return { ...plot, future: [here, there] };
}

/** Points as an SVG path on a canvas of this size in px, with 0 at its foot. */
export function drawLine(points: readonly Point[], width: number, height: number): string {
  const two = (value: number) => Math.round(value * 10) / 10;
  return points
    .map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${two(x * width)} ${two((1 - y) * height)}`)
    .join('');
}
