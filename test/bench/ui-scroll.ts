import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';
import { openPlainPage, type PlainPage } from './plain-browser.ts';
import { percentile, report } from './report.ts';

/** Rows that are scrolled through for the memory, at the height that rows have on a desk. */
const MEMORY_ROWS = [10_000, 20_000, 30_000, 40_000, 50_000, 60_000];
const ROW_PX = 210;

/** So many pass in a frame while a hand rushes on; after so many it rests, and the months on the screen are drawn. */
const ROWS_PER_FRAME = 20;
const ROWS_PER_REST = 160;
const REST_MS = 150;

/** What was asked has come by then, and been drawn. */
const QUIET_MS = 2000;

interface TraceEvent {
  name: string;
  ts: number;
}

/** Frames that the browser drew while a wheel turned, from its own trace. */
export async function measureScrolling(page: Page, session: CDPSession): Promise<void> {
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const done = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
  await page.waitForLoadState('networkidle');
  await session.send('Tracing.start', {
    traceConfig: {
      includedCategories: ['disabled-by-default-devtools.timeline.frame', 'devtools.timeline.frame'],
    },
  });
  await session.send('Input.synthesizeScrollGesture', {
    x: 800,
    y: 450,
    yDistance: -20_000,
    speed: 2000,
    gestureSourceType: 'mouse',
  });
  await session.send('Tracing.end');
  await done;
  const drawn = events
    .filter(({ name }) => name === 'DrawFrame')
    .map(({ ts }) => ts / 1000)
    .sort((a, b) => a - b);
  const gapsMs = drawn.slice(1).map((at, index) => at - drawn[index]!);
  report('time between frames while scrolling, median', percentile(gapsMs, 0.5), 'ms', 17);
  report('time between frames while scrolling, p95', percentile(gapsMs, 0.95), 'ms');
  report('frames drawn', drawn.length, '');
}

/** What the page holds, all that nobody needs any more having been collected. */
interface Held {
  heapMb: number;
  nodes: number;
  listeners: number;
  /** Memory of the page's whole process: pictures, styles and the engine itself are in it. */
  residentMb: number;
}

/** What the page holds after ever more rows have passed: it must not grow with them. */
export async function measureMemory(url: string, token: string): Promise<void> {
  const page = await openPlainPage();
  const cookies = { immich_access_token: token, immich_is_authenticated: 'true' };
  for (const [name, value] of Object.entries(cookies))
    await page.send('Network.setCookie', { name, value, url });
  await page.send('Performance.enable');
  await page.send('Page.navigate', { url });
  let passed = 0;
  let first: Held | undefined;
  for (const rows of MEMORY_ROWS) {
    await scrollRows(page, rows - passed);
    passed = rows;
    const held = await readHeld(page);
    first ??= held;
    report(`heap after ${rows} rows`, held.heapMb, 'MB', first.heapMb * 1.15 + 2);
    report(`nodes after ${rows} rows`, held.nodes, '', first.nodes * 1.5);
    report(`listeners after ${rows} rows`, held.listeners, '', first.listeners * 1.5);
    report(`memory of its process after ${rows} rows`, held.residentMb, 'MB', first.residentMb * 1.25);
  }
  await page.close();
}

async function readHeld(page: PlainPage): Promise<Held> {
  await sleep(QUIET_MS);
  // Twice: what the first run frees may have held others.
  await page.send('HeapProfiler.collectGarbage');
  await page.send('HeapProfiler.collectGarbage');
  const { metrics } = await page.send<{ metrics: { name: string; value: number }[] }>(
    'Performance.getMetrics',
  );
  const find = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return {
    heapMb: find('JSHeapUsedSize') / 1e6,
    nodes: find('Nodes'),
    listeners: find('JSEventListeners'),
    residentMb: await page.residentMb(),
  };
}

/** Scrolls on through rows, and back from the end, as soon as there are photos. */
function scrollRows(page: PlainPage, rows: number): Promise<void> {
  return page.evaluate(`(async () => {
    const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    while (!document.querySelector('.tile-shown')) await rest(100);
    globalThis.direction ??= 1;
    for (let passed = 0; passed < ${rows}; passed += ${ROWS_PER_FRAME}) {
      const before = scrollY;
      scrollBy(0, direction * ${ROWS_PER_FRAME * ROW_PX});
      await new Promise((resolve) => requestAnimationFrame(resolve));
      if (passed % ${ROWS_PER_REST} === 0) await rest(${REST_MS});
      if (scrollY === before) direction = -direction;
    }
  })()`);
}
