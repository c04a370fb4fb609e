import assert from 'node:assert/strict';
import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Browser, chromium, type Page } from 'playwright-core';
import { makeJpeg } from '#test/fixtures/media';
import { BROWSER } from './browser.ts';
import { untilTrue } from './external-drive.ts';
import { findBarriers } from './find-barriers.ts';
import { startAppliance, type TestAppliance } from './start-appliance.ts';

const ANN = { name: 'Ann', email: 'ann@example.org', password: 'a short sentence' };
const PIN = '281104';
const OTHER_PIN = '150827';

// One box and one browser for all tests of this file, which leave the library as they found it.
let box: TestAppliance;
let browser: Browser;
let scratch: string;
let page: Page;
const complaints: string[] = [];
const ends: (() => unknown)[] = [];

const shown = (count: number) =>
  page.waitForFunction((wanted) => document.querySelectorAll('.tile-shown').length === wanted, count);
const noBarriers = async (what: string) => assert.deepEqual(await findBarriers(page), [], what);
const button = (name: string) => page.getByRole('button', { name, exact: true });
const firstTile = () => page.locator('.tile').first();

async function ask<T>(method: string, path: string, data?: object): Promise<T> {
  const answer = await page
    .context()
    .request.fetch(`${box.url}/api${path}`, { method, ...(data && { data }) });
  assert.ok(answer.ok(), `${path} was answered ${answer.status()}`);
  const words = await answer.text();
  return (words === '' ? undefined : JSON.parse(words)) as T;
}

/** The photos in the timeline, newest first. */
async function listPhotos(): Promise<{ id: string; originalFileName: string }[]> {
  const found = await ask<{ assets: { items: { id: string; originalFileName: string }[] } }>(
    'POST',
    '/search/metadata',
    { visibility: 'timeline' },
  );
  return found.assets.items;
}

/** The pictures of this asset that the worker keeps. */
const keptPictures = (assetId: string): Promise<number> =>
  page.evaluate(async (id) => {
    let count = 0;
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys()) if (url.includes(id)) count += 1;
    return count;
  }, assetId);

before(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'shoebox-tidy-'));
  box = await startAppliance({ after: (end: () => unknown) => ends.push(end) } as never);
  browser = await chromium.launch(BROWSER);
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' });
  context.on('weberror', (webError) => complaints.push(String(webError.error())));
  context.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  for (const step of ['auth/admin-sign-up', 'auth/login']) await ask('POST', `/${step}`, ANN);
  await ask('PUT', '/appliance/setup/done', {});
  await page.goto(box.url);
  const files: string[] = [];
  for (const [index, name] of ['beach.jpg', 'boat.jpg', 'crab.jpg'].entries()) {
    files.push(join(scratch, name));
    await makeJpeg(files.at(-1)!, { seed: index + 1 });
    // Originals lie in folders by their month.
    await utimes(files.at(-1)!, 0, Date.parse(index === 2 ? '2024-05-04' : '2026-11-20') / 1000);
  }
  await page.locator('input[type=file]').first().setInputFiles(files);
  await shown(3);
  await page.getByText('3 stored').waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
});

after(async () => {
  await browser.close();
  for (const end of ends) await end();
  await rm(scratch, { recursive: true });
});

test('what is put into the trash has its days left, comes back, and goes for ever only after a question', async () => {
  await page.goto(`${box.url}/trash`);
  await page.getByText('The trash is empty').waitFor();
  await noBarriers('empty trash');
  await page.goto(box.url);
  await shown(3);
  await firstTile().focus();
  await page.keyboard.press(' ');
  await button('Move to the trash').click();
  await shown(2);

  await page.getByRole('link', { name: 'Trash' }).first().click();
  await page.getByRole('heading', { name: '30 days left' }).waitFor();
  await shown(1);
  await noBarriers('trash');
  await firstTile().focus();
  await page.keyboard.press(' ');
  await button('Put back').click();
  await page.getByText('The trash is empty').waitFor();
  await button('Undo').last().click();
  await shown(1);

  await firstTile().click();
  await page.getByRole('dialog').locator('img.stage-shown').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Put back' }).click();
  await page.getByText('The trash is empty').waitFor();
  assert.equal((await listPhotos()).length, 3);

  await ask('DELETE', '/assets', { ids: [(await listPhotos())[0]!.id] });
  await shown(1);
  await button('Empty the trash').click();
  await noBarriers('question');
  await button('Cancel').click();
  await shown(1);
  await button('Put everything back').click();
  await page.getByText('The trash is empty').waitFor();
  assert.equal((await listPhotos()).length, 3);
});

test('what goes into the locked folder is seen with its PIN only, and stays in no cache', async () => {
  const { id } = (await listPhotos())[0]!;
  await page.goto(box.url);
  await shown(3);
  // The worker keeps what is looked at, until it is locked away.
  const isKept = () =>
    page.evaluate(
      async (asset) => (await (await caches.open('pictures')).keys()).some(({ url }) => url.includes(asset)),
      id,
    );
  while (!(await isKept())) await page.waitForTimeout(50);
  await page.locator(`#asset-${id}`).focus();
  await page.keyboard.press(' ');
  await page.locator('.selection-bar').getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Move to the locked folder' }).click();
  await shown(2);
  assert.equal(await keptPictures(id), 0);

  await page.getByRole('link', { name: 'Locked folder' }).first().click();
  await page.getByText('A place that only you open').waitFor();
  await noBarriers('no PIN yet');
  await page.getByLabel('New PIN').fill(PIN);
  await page.getByLabel('The same again').fill('281105');
  await page.getByText('These are not the same six digits.').waitFor();
  await page.getByLabel('The same again').fill(PIN);
  await page.keyboard.press('Enter');
  await shown(1);
  await noBarriers('open folder');
  assert.equal(await page.title(), 'Shoebox');

  await firstTile().click();
  await page.getByRole('dialog').locator('img.stage-shown').waitFor();
  assert.equal(new URL(page.url()).pathname, '/locked');
  await page.keyboard.press('Escape');
  await shown(1);
  assert.equal(await keptPictures(id), 0);

  await button('Lock now').click();
  await page.getByText('Your PIN opens the folder').waitFor();
  assert.equal(await page.locator('.tile').count(), 0);
  await noBarriers('closed folder');
  await page.getByLabel('PIN', { exact: true }).fill('000000');
  await page.getByText('That is not the PIN.').waitFor();
  await button('Forgotten the PIN?').click();
  await page.getByLabel('Password of your account').fill(ANN.password);
  await page.getByLabel('New PIN').fill(OTHER_PIN);
  await page.getByLabel('The same again').fill(OTHER_PIN);
  await noBarriers('forgotten PIN');
  await button('Use the new PIN').click();
  await page.getByText('The new PIN works from now on').waitFor();
  await page.getByLabel('PIN', { exact: true }).fill(OTHER_PIN);
  await shown(1);

  // Who goes elsewhere has closed it.
  await page.getByRole('link', { name: 'Archive' }).first().click();
  await page.getByText('The archive is empty').waitFor();
  await page.getByRole('link', { name: 'Locked folder' }).first().click();
  await page.getByLabel('PIN', { exact: true }).fill(OTHER_PIN);
  await shown(1);
  await firstTile().focus();
  await page.keyboard.press(' ');
  await button('Move out of the locked folder').click();
  await page.getByText('The locked folder is empty').waitFor();
  assert.equal((await listPhotos()).length, 3);
});

test('tags are made inside each other, named anew, and leave the photos when they go', async () => {
  await page.goto(`${box.url}/tags`);
  await page.getByText('No tags yet').waitFor();
  await noBarriers('no tags');
  await button('New tag').first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill('trips');
  await page.getByRole('radio', { name: 'Teal' }).check();
  await noBarriers('new tag');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'trips' }).waitFor();
  await button('More about “trips”').click();
  await page.getByRole('menuitem', { name: 'New tag inside this one' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('lake');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'lake' }).waitFor();
  await noBarriers('tags');

  const lake = (await ask<{ id: string; value: string }[]>('GET', '/tags')).find(
    ({ value }) => value === 'trips/lake',
  )!;
  const { id } = (await listPhotos())[0]!;
  await ask('PUT', `/tags/${lake.id}/assets`, { ids: [id] });
  await page.getByRole('link', { name: 'trips' }).click();
  await shown(1);
  await noBarriers('a tag');
  await page.getByRole('link', { name: 'lake' }).click();
  await page.getByRole('heading', { level: 1, name: 'lake' }).waitFor();
  await shown(1);
  await button('More about “lake”').click();
  await page.getByRole('menuitem', { name: 'Name and colour' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('sea');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'sea' }).waitFor();
  await button('More about “sea”').click();
  await page.getByRole('menuitem', { name: 'Delete the tag' }).click();
  await button('Delete the tag').last().click();
  await page.getByRole('link', { name: 'trips' }).waitFor();
  // The page shows what will be before the box has done it.
  await untilTrue('the tag is gone', async () => {
    const values = (await ask<{ value: string }[]>('GET', '/tags')).map(({ value }) => value);
    return values.length === 1 && values[0] === 'trips';
  });
  assert.equal((await listPhotos()).length, 3);
});

test('folders are walked as the drives have them', async () => {
  await page.goto(`${box.url}/folders`);
  await page.getByRole('link', { name: '2024' }).waitFor();
  await noBarriers('folders');
  await page.getByRole('link', { name: '2024' }).click();
  await page.getByRole('link', { name: '2024-05' }).click();
  await page.getByRole('heading', { level: 1, name: '2024-05' }).waitFor();
  await shown(1);
  await noBarriers('a folder');
  await page.getByRole('navigation', { name: 'Folders above this one' }).getByRole('link').first().click();
  await page.getByRole('heading', { level: 1, name: 'Folders' }).waitFor();
});

test('look-alikes are kept or put into the trash, and every decision is taken back', async () => {
  await page.goto(`${box.url}/duplicates`);
  await page.getByText('Nothing looks alike').waitFor();
  await noBarriers('no look-alikes');
  const ids = (await listPhotos()).map(({ id }) => id);
  const duplicateId = 'b0a7b0a7-0000-4000-8000-000000000001';
  await ask('PUT', '/assets', { ids: ids.slice(0, 2), duplicateId });
  await page.reload();
  await page.getByText('1 group to look at').waitFor();
  await noBarriers('look-alikes');
  await button('Keep this one, 1 into the trash').click();
  await page.getByText('Nothing looks alike').waitFor();
  // A message that has the focus stays.
  await button('Undo').last().focus();
  assert.equal((await listPhotos()).length, 2);
  await button('Undo').last().click();
  await page.getByText('1 group to look at').waitFor();
  assert.equal((await listPhotos()).length, 3);
  await button('Keep all').click();
  await page.getByText('Nothing looks alike').waitFor();
  assert.equal((await listPhotos()).length, 3);
});

test('nothing on the way was complained about', () => {
  assert.deepEqual(complaints, []);
});
