import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { BROWSER } from './browser.ts';
import { findBarriers } from './find-barriers.ts';
import { startAppliance } from './start-appliance.ts';

/** The first account of a test's box. */
export const OWNER = { name: 'Ann', email: 'ann@example.org', password: 'a short sentence' };

/** What the phone app says of itself. */
export const PHONE = { 'user-agent': 'immich-android/3.2.2', devicemodel: 'Pixel 8', devicetype: 'Android' };

/** A box and the browsers of those who use it. */
export interface Household {
  url: string;
  poolDir: string;
  /** Ends the gateway without a warning, and starts it again. */
  cutPower: () => Promise<void>;
  /** One more browser, with cookies of its own; narrow as a phone unless said. */
  newBrowser: (options?: { width?: number; timezoneId?: string }) => Promise<BrowserContext>;
}

/** A new box that phones could reach, and one Chromium; anything a page complains about fails the test. */
export async function openHousehold(t: TestContext, env: Record<string, string> = {}): Promise<Household> {
  const launching = chromium.launch(BROWSER);
  const complaints: string[] = [];
  // Before the box goes, because a page rightly complains about a box that is gone.
  t.after(async () => {
    await (await launching).close();
    assert.deepEqual(complaints, []);
  });
  const [browser, appliance] = await Promise.all([
    launching,
    startAppliance(t, { env: { SHOEBOX_HOST: '0.0.0.0', ...env } }),
  ]);
  const { url, poolDir } = appliance;
  return {
    url,
    poolDir,
    cutPower: async () => {
      await appliance.kill('gateway', 'SIGKILL');
      await appliance.start('gateway');
    },
    newBrowser: async ({ width = 360, timezoneId = 'Europe/Vienna' } = {}) => {
      const context = await browser.newContext({
        viewport: { width, height: 780 },
        locale: 'en-GB',
        timezoneId,
        reducedMotion: 'reduce',
      });
      context.on('weberror', (webError) => complaints.push(String(webError.error())));
      context.on('console', (message) => {
        // Chromium reports every refused request as an error; those are the subject of tests.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
          complaints.push(message.text());
      });
      return context;
    },
  };
}

/** A page of the box's owner; the box is set up. */
export async function openOwnersPage(
  { url, newBrowser }: Pick<Household, 'url' | 'newBrowser'>,
  path: string,
): Promise<Page> {
  const context = await newBrowser();
  for (const step of ['auth/admin-sign-up', 'auth/login'])
    await context.request.post(`${url}/api/${step}`, { data: OWNER });
  await context.request.put(`${url}/api/appliance/setup/done`, { data: {} });
  const page = await context.newPage();
  await page.goto(url + path);
  return page;
}

/** The form that asks who is there. */
export async function signIn(page: Page, account: { email: string; password: string }): Promise<void> {
  await page.getByLabel('E-mail').fill(account.email);
  await page.getByLabel('Password', { exact: true }).fill(account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

export const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 });

/** No barrier for keyboards and screen readers in either theme, and nothing that has to be scrolled sideways. */
export async function isOpenToAll(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const isColoursOnly = colorScheme === 'light';
    assert.deepEqual(await findBarriers(page, { isColoursOnly }), [], `${what}, ${colorScheme}`);
  }
  const [content, screen] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert.ok(content! <= screen!, `${what} is ${content} px wide on a screen of ${screen} px`);
}
