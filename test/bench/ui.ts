import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server, request as sendRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type CDPSession, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { BROWSER } from '#test/appliance/browser';
import { BUILT_UI_DIR } from '../../ui/build.ts';
import { drawScene, SCENE_NAMES } from '../pictures/scenes.ts';
import { type GeneratedCatalog, generateCatalog } from './generate-catalog.ts';
import { percentile, report } from './report.ts';
import { startGateway } from './run-gateway.ts';

/** How much slower than this machine's the browser's processor is made. */
const CPU_SLOWDOWN = 4;

/** Rows that are scrolled through for the memory, at the height that rows have on a desk. */
const MEMORY_ROWS = 50_000;
const ROW_PX = 210;

/** The timeline of a large library in a slowed browser: the first visit, scrolling, and memory after much scrolling. */
export async function measureUi(cacheDir: string, count: number): Promise<void> {
  const poolDir = join(cacheDir, `ui-${count}`);
  const { token } = prepare(poolDir, count);
  const gateway = await startGateway(poolDir, { uiDir: BUILT_UI_DIR });
  const front = await openFront(gateway.url);
  const browser = await chromium.launch(BROWSER);
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await context.addCookies([
      { name: 'immich_access_token', value: token, url: front.url },
      { name: 'immich_is_authenticated', value: 'true', url: front.url },
    ]);
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
    await measureFirstVisit(page, front.url);
    await measureScrolling(page, session);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await measureMemory(page, session);
  } finally {
    await browser.close();
    front.server.close();
    await gateway.stop();
  }
}

/** Makes the catalog once; the next run takes it as it is. */
function prepare(poolDir: string, count: number): GeneratedCatalog {
  const note = join(poolDir, 'bench.json');
  if (existsSync(note)) return JSON.parse(readFileSync(note, 'utf8')) as GeneratedCatalog;
  mkdirSync(join(poolDir, '.shoebox', 'catalog'), { recursive: true });
  const made = generateCatalog(join(poolDir, '.shoebox', 'catalog', 'catalog.db'), count);
  writeFileSync(note, JSON.stringify(made));
  return made;
}

/** In front of the gateway: hands out a few thumbnails for all assets, which have no files, and passes on all else. */
async function openFront(gatewayUrl: string): Promise<{ url: string; server: Server }> {
  const thumbnails = await Promise.all(
    SCENE_NAMES.map((name, index) =>
      sharp(Buffer.from(drawScene(name, 332, 249, index + 1)))
        .webp({ quality: 80 })
        .toBuffer(),
    ),
  );
  const server = createServer((request, response) => {
    const picture = /^\/api\/assets\/([0-9a-f]{8})[^/]*\/thumbnail/.exec(request.url ?? '')?.[1];
    if (picture) {
      response.writeHead(200, { 'content-type': 'image/webp', 'cache-control': 'private, max-age=86400' });
      response.end(thumbnails[Number.parseInt(picture, 16) % thumbnails.length]);
      return;
    }
    const passed = sendRequest(
      gatewayUrl + request.url,
      { method: request.method, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** From the address to photos that can be scrolled and chosen, nothing being cached. */
async function measureFirstVisit(page: Page, url: string): Promise<void> {
  await page.addInitScript(() => {
    const marks: { tileMs?: number; taskEndMs: number } = { taskEndMs: 0 };
    (globalThis as unknown as { marks: typeof marks }).marks = marks;
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) marks.taskEndMs = task.startTime + task.duration;
    }).observe({ type: 'longtask', buffered: true });
    new MutationObserver((_, observer) => {
      if (!document.querySelector('.tile')) return;
      marks.tileMs = performance.now();
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(url);
  await page.locator('.tile-shown').first().waitFor();
  const tileMs = await page.evaluate(
    () => (globalThis as unknown as { marks: { tileMs: number } }).marks.tileMs,
  );
  report(`first photos in the page, CPU ${CPU_SLOWDOWN}× slower`, tileMs, 'ms', 1500);
  const transferred = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => /\/static\/.*\.(js|css)$/.test(name))
      .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0),
  );
  report('scripts and styles of the first visit, as sent', transferred / 1000, 'kB');
}

interface TraceEvent {
  name: string;
  ts: number;
}

/** Frames that the browser drew while a wheel turned, from its own trace. */
async function measureScrolling(page: Page, session: CDPSession): Promise<void> {
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

/** What the page holds after very many rows have passed. */
async function measureMemory(page: Page, session: CDPSession): Promise<void> {
  const read = async () => {
    await page.locator('.tile-shown').first().waitFor();
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    const { nodes } = await session.send('Memory.getDOMCounters');
    return { heapMb: usedSize / 1e6, nodes };
  };
  const scroll = async (rows: number) =>
    page.evaluate(
      async ({ rows, rowPx }) => {
        const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
        let direction = 1;
        for (let passed = 0; passed < rows; passed += 8) {
          const before = window.scrollY;
          window.scrollBy(0, direction * 8 * rowPx);
          await frame();
          // Now and then somebody looks, and the months on the screen are fetched and drawn.
          if (passed % 80 === 0) await new Promise((resolve) => setTimeout(resolve, 150));
          // At an end it goes back.
          if (window.scrollY === before) direction = -direction;
        }
      },
      { rows, rowPx: ROW_PX },
    );
  await scroll(MEMORY_ROWS / 2);
  const before = await read();
  await scroll(MEMORY_ROWS / 2);
  const after = await read();
  report('heap after half of the rows', before.heapMb, 'MB');
  report(`heap after ${MEMORY_ROWS} rows`, after.heapMb, 'MB', before.heapMb * 1.25 + 2);
  report('nodes of the document after half of the rows', before.nodes, '');
  report(`nodes of the document after ${MEMORY_ROWS} rows`, after.nodes, '', before.nodes * 1.5);
}
