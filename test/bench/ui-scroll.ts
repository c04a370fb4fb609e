import { readFileSync } from 'node:fs';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { percentile, report } from './report.ts';

/** Rows that are scrolled through for the memory, at the height that rows have on a desk. */
const MEMORY_ROWS = [10_000, 20_000, 30_000, 40_000, 50_000, 60_000];
const ROW_PX = 210;

/** So many pass in a frame while a hand rushes on; after so many it rests, and the months on the screen are drawn. */
const ROWS_PER_FRAME = 20;
const ROWS_PER_REST = 160;

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
export async function measureMemory(browser: Browser, page: Page, session: CDPSession): Promise<void> {
  await session.send('Performance.enable');
  let passed = 0;
  let first: Held | undefined;
  for (const rows of MEMORY_ROWS) {
    await scrollRows(page, rows - passed);
    passed = rows;
    const held = await readHeld(browser, page, session);
    first ??= held;
    report(`heap after ${rows} rows`, held.heapMb, 'MB', first.heapMb * 1.15 + 2);
    report(`nodes after ${rows} rows`, held.nodes, '', first.nodes * 1.5);
    report(`listeners after ${rows} rows`, held.listeners, '', first.listeners * 1.5);
    report(`memory of its process after ${rows} rows`, held.residentMb, 'MB', first.residentMb * 1.25);
  }
}

async function readHeld(browser: Browser, page: Page, session: CDPSession): Promise<Held> {
  await page.locator('.tile-shown').first().waitFor();
  await page.waitForLoadState('networkidle');
  // Twice: what the first run frees may have held others.
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const find = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return {
    heapMb: find('JSHeapUsedSize') / 1e6,
    nodes: find('Nodes'),
    listeners: find('JSEventListeners'),
    residentMb: await readResidentMb(browser),
  };
}

/** Of the largest of the browser's pages: the others show nothing. */
async function readResidentMb(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const kilobytes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]));
  return Math.max(...kilobytes) / 1e3;
}

function scrollRows(page: Page, rows: number): Promise<void> {
  return page.evaluate(
    async ({ rows, rowPx, perFrame, perRest }) => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const kept = globalThis as unknown as { direction?: number };
      kept.direction ??= 1;
      for (let passed = 0; passed < rows; passed += perFrame) {
        const before = window.scrollY;
        window.scrollBy(0, kept.direction * perFrame * rowPx);
        await frame();
        if (passed % perRest === 0) await new Promise((resolve) => setTimeout(resolve, 150));
        // At an end it goes back.
        if (window.scrollY === before) kept.direction = -kept.direction;
      }
    },
    { rows, rowPx: ROW_PX, perFrame: ROWS_PER_FRAME, perRest: ROWS_PER_REST },
  );
}
