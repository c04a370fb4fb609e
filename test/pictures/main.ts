// Writes a picture of every screen in three widths and both themes to build/pictures, from the real processes with a
// drawn library: npm run pictures -- timeline viewer (only those whose names begin so), or without words for all.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { BROWSER } from '#test/appliance/browser';
import { DEMO_OWNER, startDemoBox } from './demo-box.ts';
import { PICTURES } from './screens.ts';

const OUT_DIR = join(import.meta.dirname, '..', '..', 'build', 'pictures');

const SIZES = [
  { widthPx: 360, heightPx: 760, isPhone: true },
  { widthPx: 768, heightPx: 1024, isPhone: true },
  { widthPx: 1440, heightPx: 900, isPhone: false },
];

/** As for `npm test`, words after `--` choose. */
const wanted = process.env['SHOEBOX_PICTURES']?.split(' ').filter(Boolean) ?? process.argv.slice(2);

test('pictures of every screen', async (t) => {
  mkdirSync(OUT_DIR, { recursive: true });
  const box = await startDemoBox(t);
  const browser = await chromium.launch(BROWSER);
  t.after(() => browser.close());
  const chosen = PICTURES.filter(
    ({ name }) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)),
  );
  for (const { widthPx, heightPx, isPhone } of SIZES) {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const { name, path, arrange, prepare, as = DEMO_OWNER } of chosen) {
        const context = await browser.newContext({
          viewport: { width: widthPx, height: heightPx },
          deviceScaleFactor: widthPx < 500 ? 2 : 1,
          hasTouch: isPhone,
          colorScheme,
          locale: 'en-GB',
          reducedMotion: 'reduce',
        });
        const address = box.url + (typeof path === 'string' ? path : await path(box));
        if (as !== 'nobody') await context.request.post(`${box.url}/api/auth/login`, { data: as });
        const page = await context.newPage();
        await arrange?.(page);
        await page.goto(address);
        await page.locator('h1, dialog').first().waitFor({ state: 'attached' });
        // What is arranged may never become idle.
        if (!arrange) await page.waitForLoadState('networkidle');
        await prepare?.(page, box);
        await page.screenshot({ path: join(OUT_DIR, `${name}-${widthPx}-${colorScheme}.png`) });
        await context.close();
      }
    }
  }
});
