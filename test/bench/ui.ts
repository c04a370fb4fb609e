import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { BROWSER } from '#test/appliance/browser';
import { BUILT_UI_DIR } from '../../ui/build.ts';
import { type GeneratedCatalog, generateCatalog } from './generate-catalog.ts';
import { percentile, report } from './report.ts';
import { startGateway } from './run-gateway.ts';
import { openFront } from './ui-front.ts';
import { measureMemory, measureScrolling } from './ui-scroll.ts';

/** How much slower than this machine's the browser's processor is made. */
const CPU_SLOWDOWN = 4;

/** First visits, each with an empty cache. Others may be busy on this machine: the quickest was disturbed least. */
const VISITS = 7;

/** The timeline of a large library in a slowed browser: the first visit, scrolling, and memory after much scrolling. */
export async function measureUi(cacheDir: string, count: number): Promise<void> {
  const poolDir = join(cacheDir, `ui-${count}`);
  const { token } = prepare(poolDir, count);
  const gateway = await startGateway(poolDir, { uiDir: BUILT_UI_DIR });
  const front = await openFront(gateway.url);
  const browser = await chromium.launch(BROWSER);
  try {
    report('load of this machine over the last minute', loadavg()[0] ?? 0, '');
    await measureFirstVisits(browser, front.url, token);
    const { page, session } = await openVisit(browser, front.url, token);
    await page.goto(front.url);
    await page.locator('.tile-shown').first().waitFor();
    await measureScrolling(page, session);
    await page.context().close();
    await measureMemory(front.url, token);
    report('load of this machine over the last minute', loadavg()[0] ?? 0, '');
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

/** A page whose browser has nothing in its cache, signed in. */
async function openVisit(
  browser: Browser,
  url: string,
  token: string,
): Promise<{ page: Page; session: CDPSession }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies([
    { name: 'immich_access_token', value: token, url },
    { name: 'immich_is_authenticated', value: 'true', url },
  ]);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  return { page, session };
}

/** From the address to photos that can be scrolled and chosen, nothing being cached. */
async function measureFirstVisits(browser: Browser, url: string, token: string): Promise<void> {
  const visits: Visit[] = [];
  for (let visit = 0; visit < VISITS; visit += 1) {
    const { page, session } = await openVisit(browser, url, token);
    visits.push(await visitFirst(page, session, url));
    await page.context().close();
  }
  const of = (name: keyof Visit) => visits.map((visit) => visit[name]);
  const slowed = `CPU ${CPU_SLOWDOWN}× slower`;
  report(`first photos in the page, ${slowed}, quickest of ${VISITS}`, Math.min(...of('tileMs')), 'ms', 1500);
  report('… median', percentile(of('tileMs'), 0.5), 'ms');
  report(`processor time of the page until then, ${slowed}, least`, Math.min(...of('busyMs')), 'ms');
  report('… median', percentile(of('busyMs'), 0.5), 'ms');
  report('questions to the box until then', percentile(of('questions'), 0.5), '');
  report('scripts and styles, as sent', Math.max(...of('sentBytes')) / 1000, 'kB', 90);
}

interface Visit {
  /** Until the first tile is in the page, by the clock. */
  tileMs: number;
  /** What the page's thread used of the slowed processor until the first thumbnail was shown; waiting is not in it. */
  busyMs: number;
  questions: number;
  sentBytes: number;
}

async function visitFirst(page: Page, session: CDPSession, url: string): Promise<Visit> {
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('.tile')) return;
      performance.mark('first-tile');
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(url);
  await page.locator('.tile-shown').first().waitFor();
  const { metrics } = await session.send('Performance.getMetrics');
  const seen = await page.evaluate(() => {
    const asked = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    return {
      tileMs: performance.getEntriesByName('first-tile')[0]!.startTime,
      questions: asked.filter(({ name }) => !name.includes('/thumbnail')).length,
      sentBytes: asked
        .filter(({ name }) => /\/static\/.*\.(js|css)$/.test(name))
        .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    };
  });
  return {
    ...seen,
    busyMs: 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN),
  };
}
