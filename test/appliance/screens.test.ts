import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { makeJpeg } from '#test/fixtures/media';
import { BROWSER } from './browser.ts';
import { findBarriers } from './find-barriers.ts';
import { startAppliance } from './start-appliance.ts';

const OWNER = { name: 'Ann', email: 'ann@example.org', password: 'a short sentence' };

/** Screens without parts of their address that only a full box knows; a new one adds its path. */
const PATHS = [
  '/',
  '/favourites',
  '/search',
  '/memories',
  '/people',
  '/places',
  '/archive',
  '/albums',
  '/sharing',
  '/s/nothing',
  '/trash',
  '/locked',
  '/tags',
  '/folders',
  '/duplicates',
  '/upload',
  '/share-target',
  '/nowhere',
];

test('every screen is open to screen readers and keyboards, empty and in both themes, and no policy is broken', async (t) => {
  const { url } = await startAppliance(t);
  const browser = await chromium.launch(BROWSER);
  t.after(() => browser.close());
  const complaints: string[] = [];
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' });
  context.on('weberror', (webError) => complaints.push(String(webError.error())));
  context.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('button', { name: 'Let’s begin' }).waitFor();
  assert.deepEqual(await findBarriers(page), [], 'welcome');

  await context.request.post(`${url}/api/auth/admin-sign-up`, { data: OWNER });
  await page.reload();
  await page.getByRole('heading', { name: 'Good to see you' }).waitFor();
  assert.deepEqual(await findBarriers(page), [], 'sign-in');

  await context.request.post(`${url}/api/auth/login`, { data: OWNER });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const path of PATHS) {
      await page.goto(url + path);
      await page.locator('h1').waitFor({ state: 'attached' });
      await page.waitForLoadState('networkidle');
      assert.deepEqual(await findBarriers(page), [], `${path}, ${colorScheme}`);
    }
  }
  assert.deepEqual(complaints, []);
});

test('the timeline with photos and the viewer above it are open to screen readers and keyboards', async (t) => {
  const scratch = await mkdtemp(join(tmpdir(), 'shoebox-screens-'));
  t.after(() => rm(scratch, { recursive: true }));
  const { url } = await startAppliance(t);
  const browser = await chromium.launch(BROWSER);
  t.after(() => browser.close());
  const context = await browser.newContext({ locale: 'de-DE', reducedMotion: 'reduce' });
  await context.request.post(`${url}/api/auth/admin-sign-up`, { data: OWNER });
  await context.request.post(`${url}/api/auth/login`, { data: OWNER });
  const page = await context.newPage();
  await page.goto(url);
  // In German, to see that the language comes by itself.
  await page.getByText('Platz für ein Leben voller Fotos').waitFor();
  const photo = join(scratch, 'beach.jpg');
  await makeJpeg(photo, { seed: 5 });
  await page.locator('input[type=file]').first().setInputFiles(photo);
  await page.locator('.tile-shown').waitFor();
  assert.deepEqual(await findBarriers(page), [], 'timeline');
  await page.getByRole('link', { name: /^Foto, / }).click();
  await page.getByRole('dialog').locator('img.stage-shown').waitFor();
  assert.deepEqual(await findBarriers(page), [], 'viewer');
  assert.equal(await page.locator('html').getAttribute('lang'), 'de');
});
