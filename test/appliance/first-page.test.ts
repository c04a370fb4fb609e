import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { chromium, type Page } from 'playwright-core';
import { makeJpeg } from '#test/fixtures/media';
import { BROWSER } from './browser.ts';
import { startAppliance } from './start-appliance.ts';

/** What the library says as long as nothing is in it. */
const EMPTY = 'Room for a lifetime of photos';

const OWNER = { name: 'Ann', email: 'ann@example.org', password: 'a short sentence' };

/** A box that is set up, and its owner's page; anything a page complains about fails the test. */
async function openClaimedBox(t: TestContext): Promise<Page> {
  const browser = await chromium.launch(BROWSER);
  const context = await browser.newContext({ locale: 'en-GB' });
  const complaints: string[] = [];
  context.on('weberror', (webError) => complaints.push(String(webError.error())));
  context.on('console', (message) => {
    // Chromium reports every refused request as an error; those are the subject of tests.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  // Before the box goes, because a page rightly complains about a box that is gone.
  t.after(async () => {
    await browser.close();
    assert.deepEqual(complaints, []);
  });
  const { url } = await startAppliance(t);
  for (const step of ['auth/admin-sign-up', 'auth/login'])
    await context.request.post(`${url}/api/${step}`, { data: OWNER });
  await context.request.put(`${url}/api/appliance/setup/done`, { data: {} });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByText(EMPTY).waitFor();
  return page;
}

/** A folder `Holidays` with three photos, one of them in a folder inside, and what a file manager leaves there. */
async function makeHolidays(t: TestContext): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), 'shoebox-drop-'));
  t.after(() => rm(scratch, { recursive: true }));
  const folder = join(scratch, 'Holidays');
  await mkdir(join(folder, 'beach'), { recursive: true });
  await makeJpeg(join(folder, 'market.jpg'), { seed: 1 });
  await makeJpeg(join(folder, 'harbour.jpg'), { seed: 2 });
  await makeJpeg(join(folder, 'beach', 'sand castle.jpg'), { seed: 3 });
  await writeFile(join(folder, '.DS_Store'), 'x');
  return folder;
}

/** Drops files or folders on the page as a file manager does. */
async function drop(page: Page, paths: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
  }
  await session.detach();
}

/** Resolves once `count` photos are drawn with their thumbnails. */
async function photosShown(page: Page, count: number): Promise<void> {
  await page.waitForFunction((wanted) => document.querySelectorAll('.tile-shown').length === wanted, count);
}

test('a folder dropped on the page is stored, and its photos appear by themselves in every open page', async (t) => {
  const page = await openClaimedBox(t);
  const elsewhere = await page.context().newPage();
  await elsewhere.goto(page.url());
  await elsewhere.getByText(EMPTY).waitFor();
  await page.bringToFront();
  await drop(page, [await makeHolidays(t)]);
  await page.getByText('All done').waitFor();
  await page.getByText('3 stored').waitFor();
  await photosShown(page, 3);
  await photosShown(elsewhere, 3);
});

test('the receipt says what was already there and why a file was refused', async (t) => {
  const page = await openClaimedBox(t);
  const folder = await makeHolidays(t);
  await drop(page, [folder]);
  await page.getByText('3 stored').waitFor();
  await page.getByRole('button', { name: 'Close' }).click();

  const letter = join(folder, 'letter.docx');
  await writeFile(letter, 'Dear Ann');
  await drop(page, [folder]);
  await page.getByText('Some did not arrive').waitFor();
  await page.getByText('3 already there').waitFor();
  await page.getByText('1 failed').waitFor();
  await page.getByText('letter.docx is neither a photo nor a video that the box knows.').waitFor();
  assert.equal(await page.getByText(/\d stored/).count(), 0);
});

test('a photo opens from its tile, shows its name, and Escape goes back to the tile', async (t) => {
  const page = await openClaimedBox(t);
  await drop(page, [await makeHolidays(t)]);
  await photosShown(page, 3);
  const tile = page.getByRole('link', { name: /^Photo, / }).first();
  const tileId = await tile.getAttribute('id');
  await tile.click();

  const viewer = page.getByRole('dialog');
  await viewer.locator('img.stage-shown').waitFor();
  const first = await viewer.locator('.viewer-name').innerText();
  assert.match(first, /\.jpg/);
  assert.match(page.url(), /\/photos\//);
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction((before) => {
    const name = document.querySelector('.viewer-name')?.textContent;
    return name && name !== before;
  }, first);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Escape');
  await viewer.waitFor({ state: 'detached' });
  await page.waitForFunction((id) => document.activeElement?.id === id, tileId);
  assert.equal(new URL(page.url()).pathname, '/');
});

test('the original comes back from the download link byte for byte', async (t) => {
  const page = await openClaimedBox(t);
  const folder = await makeHolidays(t);
  const photo = join(folder, 'market.jpg');
  await page.locator('input[type=file]').first().setInputFiles(photo);
  await photosShown(page, 1);
  await page.getByRole('link', { name: /^Photo, / }).click();
  await page.getByRole('dialog').getByText('market.jpg').waitFor();
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download original' }).click();
  const download = await downloading;
  assert.equal(download.suggestedFilename(), 'market.jpg');
  assert.deepEqual(await readFile(await download.path()), await readFile(photo));
});

test('after signing out a wrong password is told in words, and the right one brings the photos back', async (t) => {
  const page = await openClaimedBox(t);
  await drop(page, [await makeHolidays(t)]);
  await photosShown(page, 3);
  await page.getByRole('button', { name: 'Account of Ann' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();

  const password = page.getByLabel('Password', { exact: true });
  await page.getByLabel('E-mail').fill(OWNER.email);
  await password.fill('not this one');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').getByText('Incorrect email or password').waitFor();
  await password.fill(OWNER.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await photosShown(page, 3);
});
