import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { makeJpeg } from '#test/fixtures/media';
import { BROWSER } from './browser.ts';
import { findBarriers } from './find-barriers.ts';
import { startAppliance, type TestAppliance } from './start-appliance.ts';

const ANN = { name: 'Ann', email: 'ann@example.org', password: 'a short sentence' };
const BEN = { name: 'Ben', email: 'ben@example.org', password: 'another sentence' };

// One box and one browser for all tests of this file: each walks a part of the same family's day.
let box: TestAppliance;
let browser: Browser;
let scratch: string;
let ann: Page;
const complaints: string[] = [];
const ends: (() => unknown)[] = [];

/** A browser window of its own, of somebody who has signed in or of a guest. */
async function open(who: typeof ANN | undefined, options: Parameters<Browser['newContext']>[0] = {}) {
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options });
  context.on('weberror', (webError) => complaints.push(String(webError.error())));
  context.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  if (who) await context.request.post(`${box.url}/api/auth/login`, { data: who });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return page;
}

async function photo(name: string, seed: number): Promise<string> {
  const file = join(scratch, name);
  await makeJpeg(file, { seed });
  return file;
}

const shown = (page: Page, count: number) =>
  page.waitForFunction((wanted) => document.querySelectorAll('.tile-shown').length === wanted, count);

/** The address of the link that a dialog shows, and the dialog closed. */
async function takeAddress(page: Page): Promise<string> {
  const address = await page.getByLabel('Address of the link').inputValue();
  await page.getByRole('button', { name: 'Done' }).click();
  return address;
}

const ask = async <T>(context: BrowserContext, path: string, data?: object): Promise<T> => {
  const answer = data
    ? await context.request.post(`${box.url}/api${path}`, { data })
    : await context.request.get(`${box.url}/api${path}`);
  assert.ok(answer.ok(), `${path} was answered ${answer.status()}`);
  return (await answer.json()) as T;
};

/** How many uploads the browser remembers. */
const countRemembered = () =>
  new Promise<number>((resolve) => {
    const opening = indexedDB.open('uploads');
    opening.onsuccess = () => {
      const asked = opening.result.transaction('upload').objectStore('upload').count();
      asked.onsuccess = () => resolve(asked.result);
    };
  });

before(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'shoebox-sharing-'));
  const context = { after: (end: () => unknown) => ends.push(end) };
  box = await startAppliance(context as never);
  browser = await chromium.launch(BROWSER);
  const setUp = await browser.newContext();
  await ask(setUp, '/auth/admin-sign-up', ANN);
  await setUp.request.post(`${box.url}/api/auth/login`, { data: ANN });
  await ask(setUp, '/admin/users', BEN);
  await setUp.close();
  ann = await open(ANN);
  await ann.goto(box.url);
  await ann
    .locator('input[type=file]')
    .first()
    .setInputFiles([await photo('beach.jpg', 1), await photo('boat.jpg', 2), await photo('crab.jpg', 3)]);
  await shown(ann, 3);
});

after(async () => {
  await browser.close();
  for (const end of ends) await end();
  await rm(scratch, { recursive: true });
});

test('an album is made, filled from the timeline, named and described where it stands', async () => {
  await ann.goto(`${box.url}/albums`);
  await ann.getByText('No albums yet').waitFor();
  assert.deepEqual(await findBarriers(ann), [], 'no albums');
  await ann.getByRole('button', { name: 'New album' }).first().click();
  await ann.getByLabel('Name of the album').fill('Trip');
  assert.deepEqual(await findBarriers(ann), [], 'new album');
  await ann.keyboard.press('Enter');
  await ann.getByText('Nothing in it yet').waitFor();

  await ann.getByRole('link', { name: 'Choose photos' }).first().click();
  await shown(ann, 3);
  const tiles = ann.getByRole('link', { name: /^Photo, / });
  await tiles.nth(0).click();
  await tiles.nth(1).focus();
  await ann.keyboard.press(' ');
  assert.deepEqual(await findBarriers(ann), [], 'choosing photos');
  await ann.getByRole('button', { name: 'Add 2 photos' }).click();
  await shown(ann, 2);

  const title = ann.getByRole('heading', { level: 1 });
  await title.getByRole('button').click();
  await ann.getByRole('textbox', { name: 'Change the title' }).fill('Two days by the sea');
  await ann.keyboard.press('Enter');
  await ann.getByRole('heading', { name: 'Two days by the sea' }).waitFor();
  await title.getByRole('button').click();
  await ann.getByRole('textbox', { name: 'Change the title' }).fill('thrown away');
  await ann.keyboard.press('Escape');
  await ann.getByRole('button', { name: 'Add a description' }).click();
  await ann.getByRole('textbox', { name: 'Change the description' }).fill('It was windy.');
  await ann.locator('.page-lead').click();
  await ann.getByRole('button', { name: 'It was windy.' }).waitFor();
  assert.deepEqual(await findBarriers(ann), [], 'album');
  await ann.reload();
  await ann.getByRole('heading', { name: 'Two days by the sea' }).waitFor();
  await ann.getByText('It was windy.').waitFor();
});

test('photos are taken out of an album and put back, and one becomes its cover', async () => {
  await shown(ann, 2);
  const tiles = ann.getByRole('link', { name: /^Photo, / });
  const first = (await tiles.nth(1).getAttribute('id'))!.replace('asset-', '');
  await tiles.nth(1).focus();
  await ann.keyboard.press(' ');
  await ann.getByRole('button', { name: 'Use as the cover' }).click();
  await ann.getByText('This is the cover now').waitFor();
  const [album] = await ask<{ albumThumbnailAssetId: string }[]>(ann.context(), '/albums');
  assert.equal(album!.albumThumbnailAssetId, first);

  await tiles.nth(1).focus();
  await ann.keyboard.press(' ');
  await ann.getByRole('button', { name: 'Remove from the album' }).click();
  await shown(ann, 1);
  await ann.getByRole('button', { name: 'Undo' }).click();
  await shown(ann, 2);
});

test('a guest opens a link in another browser, looks, downloads and adds a photo that the owner sees at once', async () => {
  await ann.getByRole('button', { name: 'Share', exact: true }).click();
  await ann.getByRole('button', { name: 'Make a link' }).click();
  const dialog = ann.getByRole('dialog', { name: /^Share “Two days/ });
  await dialog.getByLabel('A name for the address').fill('By the Sea');
  await dialog.getByLabel('A line for your guests').fill('Add what you took!');
  await dialog.getByLabel('Guests may add photos').check();
  assert.deepEqual(await findBarriers(ann), [], 'link dialog');
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  await ann.getByRole('img', { name: 'QR code of the link' }).waitFor();
  assert.deepEqual(await findBarriers(ann), [], 'ready link');
  const address = await takeAddress(ann);
  assert.equal(new URL(address).pathname, '/s/by-the-sea');
  await ann.locator('.link-card').waitFor();
  assert.deepEqual(await findBarriers(ann), [], 'who sees the album');
  await ann.keyboard.press('Escape');

  const guest = await open(undefined, { viewport: { width: 360, height: 760 }, hasTouch: true });
  await guest.goto(address);
  await guest.getByRole('heading', { name: 'Two days by the sea' }).waitFor();
  await guest.getByText('from Ann').waitFor();
  await guest.getByText('Add what you took!').waitFor();
  await shown(guest, 2);
  assert.equal(await guest.getByRole('navigation').count(), 0, 'the shell is for members');
  assert.deepEqual(await findBarriers(guest), [], 'guest');
  const tooWide = await guest.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.equal(tooWide, 0);

  await guest
    .getByRole('link', { name: /^Photo, / })
    .first()
    .tap();
  await guest.getByRole('dialog').locator('img.stage-shown').waitFor();
  const original = guest.waitForEvent('download');
  await guest.getByRole('link', { name: 'Download original' }).tap();
  assert.match((await original).suggestedFilename(), /\.jpg$/);
  await guest.keyboard.press('Escape');
  await guest.getByRole('dialog').waitFor({ state: 'detached' });
  const archive = guest.waitForEvent('download');
  await guest.getByRole('button', { name: 'Download all' }).tap();
  assert.equal((await archive).suggestedFilename(), 'Two days by the sea.zip');

  await guest.locator('input[type=file]').setInputFiles([await photo('gull.jpg', 7)]);
  await guest.getByText('1 stored').waitFor();
  await shown(guest, 3);
  await shown(ann, 3);

  // Who has no account to look into is told again by their own browser.
  await guest.reload();
  await guest.getByText('Added last time').waitFor();
  await guest.getByRole('button', { name: 'Show the list' }).tap();
  await guest.getByText('1 stored').tap();
  await guest.getByText('gull.jpg').waitFor();
  assert.deepEqual(await findBarriers(guest), [], 'what a guest added');
  await guest.getByRole('button', { name: 'Close' }).tap();
  await guest.locator('.uploads').waitFor({ state: 'detached' });
  assert.equal(await guest.evaluate(countRemembered), 0, 'what was read is not told again');
  await guest.context().close();
});

test('a link asks for its password, changes what it allows, and opens nothing once it is closed', async () => {
  await ann.goto(`${box.url}/sharing`);
  const card = ann.locator('.link-card');
  await card.getByText('Guests may add photos').waitFor();
  assert.deepEqual(await findBarriers(ann), [], 'sharing');
  await card.getByRole('button', { name: 'More' }).click();
  await ann.getByRole('menuitem', { name: 'Change what it allows' }).click();
  await ann.getByLabel('Password', { exact: true }).fill('sea horse');
  await ann.getByLabel('Guests may add photos').uncheck();
  await ann.getByLabel('Guests see places and details').uncheck();
  await ann.getByLabel('The link works').selectOption('date');
  await ann.getByLabel('Last day').fill('2099-05-04');
  await ann.getByRole('button', { name: 'Save' }).click();
  await card.getByText('With a password').waitFor();
  await card.getByText('To look at only').waitFor();
  await card.getByText('2099').waitFor();

  const guest = await open(undefined);
  await guest.goto(`${box.url}/s/by-the-sea`);
  const password = guest.getByLabel('Password', { exact: true });
  await password.fill('sea cow');
  assert.deepEqual(await findBarriers(guest), [], 'password');
  await guest.getByRole('button', { name: 'Open' }).click();
  await guest.getByText('That is not it').waitFor();
  await password.fill('sea horse');
  await guest.keyboard.press('Enter');
  await shown(guest, 3);
  assert.equal(await guest.getByRole('button', { name: 'Download all' }).count(), 0);
  assert.equal(await guest.getByRole('button', { name: 'Add photos' }).count(), 0);
  await guest
    .getByRole('link', { name: /^Photo, / })
    .first()
    .click();
  await guest.getByRole('dialog').locator('img.stage-shown').waitFor();
  assert.equal(await guest.getByRole('link', { name: 'Download original' }).count(), 0);
  assert.deepEqual(await findBarriers(guest), [], 'viewer of a guest');

  await card.getByRole('button', { name: 'More' }).click();
  await ann.getByRole('menuitem', { name: 'Close the link' }).click();
  await ann.getByRole('dialog').getByRole('button', { name: 'Close the link' }).click();
  await ann.getByText('No links').waitFor();
  await guest.goto(`${box.url}/s/by-the-sea`);
  await guest.getByText('This link opens nothing').waitFor();
  assert.deepEqual(await findBarriers(guest), [], 'closed link');
  await guest.context().close();
});

test('single photos are shared from the timeline, and their guests see no others', async () => {
  await ann.goto(box.url);
  await shown(ann, 4);
  const tile = ann.getByRole('link', { name: /^Photo, / }).first();
  await tile.focus();
  await ann.keyboard.press(' ');
  await ann.getByRole('button', { name: 'Share with a link' }).click();
  await ann.getByRole('button', { name: 'Make the link' }).click();
  const address = await takeAddress(ann);
  const guest = await open(undefined);
  await guest.goto(address);
  await guest.getByRole('heading', { name: 'Shared photos' }).waitFor();
  await shown(guest, 1);
  await guest.context().close();
});

test('somebody on the box is let into an album, says something about it, and leaves', async () => {
  await ann.goto(`${box.url}/albums`);
  await ann.getByRole('link', { name: /Two days by the sea/ }).click();
  await ann.getByRole('button', { name: 'Share', exact: true }).click();
  await ann.getByRole('button', { name: 'Ben' }).click();
  await ann.getByLabel('What Ben may do').selectOption('editor');
  await ann.keyboard.press('Escape');

  const ben = await open(BEN, { viewport: { width: 360, height: 760 }, hasTouch: true });
  await ben.goto(`${box.url}/albums`);
  await ben.getByText('from Ann').waitFor();
  assert.deepEqual(await findBarriers(ben), [], 'albums on a phone');
  await ben.getByRole('link', { name: /Two days by the sea/ }).tap();
  await shown(ben, 3);
  await ben.getByRole('button', { name: 'Comments and likes' }).tap();
  await ben.getByRole('button', { name: 'Like the album' }).tap();
  await ben.getByText('Ben likes the album').waitFor();
  await ben.getByLabel('Write a comment').fill('I miss the crab.');
  await ben.keyboard.press('Enter');
  await ben.getByText('I miss the crab.').waitFor();
  assert.deepEqual(await findBarriers(ben), [], 'comments');
  await ben.keyboard.press('Escape');
  await ben
    .getByRole('link', { name: /^Photo, / })
    .first()
    .tap();
  const viewer = ben.getByRole('dialog', { name: 'Photo viewer' });
  await viewer.locator('img.stage-shown').waitFor();
  await viewer.getByRole('button', { name: 'More' }).tap();
  await ben.getByRole('menuitem', { name: 'Say something about it' }).tap();
  await ben.getByRole('button', { name: 'Like this photo' }).tap();
  await ben.getByText('Ben likes this photo').waitFor();
  await ben.keyboard.press('Escape');
  await ben.keyboard.press('Escape');
  await viewer.waitFor({ state: 'detached' });

  await ann.getByRole('button', { name: 'Comments and likes' }).click();
  await ann.getByRole('link', { name: 'Show the photo' }).waitFor();
  await ann.getByText('I miss the crab.').waitFor();
  // What is said meanwhile is there when she comes back to the page.
  const albumId = new URL(ann.url()).pathname.split('/').at(-1);
  const said = { albumId, type: 'comment', comment: 'And the ice cream.' };
  assert.ok((await ben.request.post(`${box.url}/api/activities`, { data: said })).ok());
  await ann.evaluate(() => window.dispatchEvent(new Event('focus')));
  await ann.getByText('And the ice cream.').waitFor();
  await ann.keyboard.press('Escape');
  await ann.getByRole('button', { name: 'More' }).click();
  await ann.getByRole('menuitem', { name: 'About this album' }).click();
  await ann.getByText('Who added how many').waitFor();
  assert.deepEqual(await findBarriers(ann), [], 'about the album');
  await ann.keyboard.press('Escape');

  await ben.getByRole('button', { name: 'More' }).first().tap();
  await ben.getByRole('menuitem', { name: 'Leave the album' }).tap();
  await ben.getByRole('dialog').getByRole('button', { name: 'Leave the album' }).tap();
  await ben.getByText('No albums yet').waitFor();
  await ben.goto(ann.url());
  await ben.getByText('This album is not here').waitFor();
  assert.deepEqual(await findBarriers(ben), [], 'an album of others');
  await ben.context().close();
});

test('a timeline is shared with somebody, who decides whether it stands among their own', async () => {
  await ann.goto(`${box.url}/sharing`);
  await ann.getByRole('button', { name: 'Share my timeline' }).click();
  await ann.getByRole('dialog').getByRole('button', { name: 'Ben' }).click();
  await ann.getByText('Ben sees your timeline now').waitFor();
  const ben = await open(BEN);
  await ben.goto(`${box.url}/sharing`);
  await ben.getByLabel('Show Ann’s photos in my timeline').check();
  await ben.goto(box.url);
  await ben
    .getByRole('link', { name: /^Photo, / })
    .first()
    .waitFor();
  await ann.getByRole('button', { name: 'Stop sharing with Ben' }).click();
  await ann.getByRole('dialog').getByRole('button', { name: 'Stop sharing' }).click();
  await ann.getByText('You share your timeline with nobody.').waitFor();
  await ben.reload();
  await ben.getByText('Room for a lifetime of photos').waitFor();
  await ben.context().close();
});

test('no page complained, and a deleted album leaves the photos in the library', async () => {
  await ann.goto(`${box.url}/albums`);
  await ann.getByRole('link', { name: /Two days by the sea/ }).click();
  await ann.getByRole('button', { name: 'More' }).click();
  await ann.getByRole('menuitem', { name: 'Delete the album' }).click();
  await ann.getByRole('dialog').getByRole('button', { name: 'Delete the album' }).click();
  await ann.getByText('No albums yet').waitFor();
  await ann.goto(box.url);
  await shown(ann, 4);
  assert.deepEqual(complaints, []);
});
